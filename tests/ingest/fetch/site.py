"""A site on this machine, a clock that is moved by hand, and invented pages, feeds and sitemaps."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tocsin.ingest.fetch import Fetcher, Outcome, State
from tocsin.ingest.fetch.network import Client, Patience

BODY = (
    "Rebels shelled the port of Zenda on Tuesday, killing two sailors, the mayor said.",
    "The navy of Ruritania answered with fire from three ships, which left the harbour at noon.",
    "The mayor called on both sides to end the fighting and to let the wounded leave the town.",
)


@dataclass(slots=True)
class Answer:
    """What the site gives for a path."""

    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    drip: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    path: str
    headers: Mapping[str, str]


class Site:
    """Answers what it was told to, 404 to everything else, and keeps what it was asked.

    An answer with an ``ETag`` or ``Last-Modified`` is not given again to who has it already.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Sequence[Answer]] = {}
        self.asked: list[Asked] = []
        self.fetchers: list[Fetcher] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # else each answer takes 40 ms

            def do_GET(self) -> None:
                site._answer(self)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *_: Any) -> None:
                pass  # whoever hangs up on us is being tested for it

        self._server = Server(("127.0.0.1", 0), Handler)
        self.place = ("127.0.0.1", int(self._server.server_address[1]))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        for fetcher in self.fetchers:
            fetcher.__exit__(None, None, None)
        self._server.shutdown()
        self._server.server_close()

    def url(self, path: str) -> str:
        return f"http://{self.place[0]}:{self.place[1]}{path}"

    def paths(self, *, robots: bool = False) -> list[str]:
        return [one.path for one in self.asked if robots or one.path != "/robots.txt"]

    def _answer(self, handler: BaseHTTPRequestHandler) -> None:
        said = {name.lower(): value for name, value in handler.headers.items()}
        self.asked.append(Asked(handler.path, said))
        answer = self.answers.get(handler.path, Answer(b"nothing here", status=404))
        if not isinstance(answer, Answer):  # one after the other, the last for ever
            number = sum(one.path == handler.path for one in self.asked)
            answer = answer[min(number, len(answer)) - 1]
        if answer.drip is not None:
            answer.drip(handler)
            return
        status, body = answer.status, answer.body
        for asks, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified")):
            if asks in said and said[asks] == answer.headers.get(name):
                status, body = 304, b""
        handler.send_response(status)
        handler.send_header("Content-Type", answer.kind)
        for name, value in answer.headers.items():
            handler.send_header(name, value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)


class Clock:
    """Tells the time that it is set to; sleeping moves it on at once."""

    def __init__(self, now: float = 1_600_000_000.0) -> None:
        self.now = now
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def fetcher(site: Site, state: State, clock: Clock, **options: Any) -> Fetcher:
    """A fetcher that may ask the site, in the time of ``clock``; the site closes it."""
    patience = options.pop("patience", None) or Patience(connect=2.0, read=2.0, whole=5.0)
    allow = options.pop("allow", (site.place,))
    agent = options.pop("user_agent", "tocsin/test")
    client = options.pop("client", None) or Client(
        user_agent=agent, allow=allow, patience=patience, **options.pop("network", {})
    )
    made = Fetcher(state, client=client, allow=allow, clock=clock, sleep=clock.sleep, **options)
    site.fetchers.append(made)
    return made


def page(title: str = "Port shelled", body: Sequence[str] = BODY, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{one}</p>" for one in body)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><nav>"
        f"<a href='/'>Home</a></nav><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    ).encode()


def story(number: int) -> bytes:
    """A page with a text of its own."""
    return page(f"Story {number}", (f"This is story {number} of the war for Zenda.", *BODY))


def rss(entries: Sequence[str], title: str = "Zenda Wire") -> bytes:
    items = "".join(f"<item>{entry}</item>" for entry in entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>{title}</title><language>en-gb</language>{items}</channel></rss>"
    ).encode()


def linked(url: str, title: str = "Port shelled") -> str:
    return (
        f"<title>{title}</title><link>{url}</link><description>Rebels shelled the port."
        "</description><pubDate>Tue, 16 Jun 2020 20:30:00 +0900</pubDate>"
    )


def sitemap(urls: Sequence[tuple[str, str]], kind: str = "urlset") -> bytes:
    entry = "url" if kind == "urlset" else "sitemap"
    said = "".join(
        f"<{entry}><loc>{url}</loc>{f'<lastmod>{mod}</lastmod>' if mod else ''}</{entry}>"
        for url, mod in urls
    )
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    return f'<?xml version="1.0"?><{kind} xmlns="{space}">{said}</{kind}>'.encode()


def kinds(outcomes: list[Outcome]) -> Counter[str]:
    """How many outcomes there are of each kind."""
    return Counter(outcome.kind for outcome in outcomes)


def feed_of(site: Site, *paths: str, **headers: str) -> Answer:
    """A feed with links to these paths."""
    entries = [linked(site.url(path)) for path in paths]
    return Answer(rss(entries), "application/rss+xml", headers=headers)


def stories(site: Site, number: int) -> list[str]:
    """Put so many pages on the site; their paths."""
    paths = [f"/story/{n}" for n in range(1, number + 1)]
    for n, path in enumerate(paths, 1):
        site.answers[path] = Answer(story(n))
    return paths
