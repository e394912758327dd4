"""Whatever comes out of articles, addresses and forms stays text: it makes no element, no link, no
header and no fault."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlencode

import pytest
from starlette.testclient import TestClient
from tests.linking.telling import about, at, day, deed, on, says, told, who
from tests.report.crisis.conftest import closed, entry
from tests.web import hostile
from tests.web.conftest import OURS, filled, visitor

from tocsin.report.crisis.wording import line
from tocsin.store import Entry

TEXTS = hostile.storable()
LISTS = (
    "/", "/articles?per=500", "/incidents?per=500", "/actors?per=500", "/channels?per=500",
    "/claims?per=500", "/threats?per=500", "/map", "/sources", "/search?words=razed&per=500",
    "/review", "/alarms", "/decisions?per=500",
)  # fmt: skip
KINDS = ("incidents", "articles", "channels", "dyads", "add", "static", "")
FIELDS = {
    "/incidents": ("dyad", "type", "mode", "status", "where", "outlet", "words", "sort"),
    "/articles": ("outlet", "words", "sort"),
    "/threats": ("dyad", "kind", "outcome", "speaker", "words", "sort"),
    "/claims": ("dyad", "speaker", "stance", "type", "status", "words"),
    "/channels": ("dyad", "kind", "state", "words", "sort"),
    "/actors": ("words", "where"),
    "/search": ("words", "outlet"),
    "/map": ("dyad", "type", "status", "where"),
    "/review": ("dyad", "type", "status", "words"),
}


def entries(words: list[str]) -> Iterator[Entry]:
    """For each of these an article of which everything is called so."""
    for n, one in enumerate(words):
        name = one.replace("\x00", "")
        story = told(
            f"{n} {one}",
            deed(
                f"{one} Ruritania razed bridge {n}.", "razed", date=on(day(n + 1)),
                actors=[who(name, "RUR", "GOV", entity=f"Q{n}")],
                recipients=[who(name, "GRA")], place=at(name, "RUR", n / 9, n / 9, radius_km=5),
                attribution=[says(who(name, "RUR")), says(None, name or "said", "denies")],
                object=None, confidence=0.5,
            ),
            deed(
                f"{one} Ruritania threatened to raze it.", "threatened", type="THREATEN",
                mode="violence", content=about("ASSAULT", "destroy", "raze"), date=on(day(n + 1)),
                condition="to raze it", actors=[who(name, "RUR")],
            ),
            published=day(n + 1), title=one, outlet=one, author=one, url=one,
        )  # fmt: skip
        road = closed(story)
        values = {"id": f"s{n}", "known": f"t{n} {one}", "name": name or "x", "kind": "road"}
        yield entry(story, [type(road)(**{f: getattr(road, f) for f in road.__slots__} | values)])
        yield Entry(path=one, line=n, outcome="set aside", reason=one)


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, TestClient]]:
    """Visitors to a store of harm and to one of harmless words in its places."""
    folder = tmp_path_factory.mktemp("hostile")
    harmless = [f"https://example.org/{n}" if n % 2 else f"Words {n}" for n in range(12)]
    with ExitStack() as stack:
        made = []
        for name, words in (("harm", TEXTS), ("plain", harmless)):
            path = filled(folder / f"{name}.duckdb", list(entries(words)))
            client = visitor(stack, path)
            client.headers.update(OURS)
            some = client.get("/incidents.json?per=6").json()["incidents"]
            for one, said in zip(some, words[5::30] or words, strict=False):
                note = "".join(char for char in said if char.isprintable())[:150]
                decision = {"action": "accept", "ids": one["id"], "who": note or "x", "note": note}
                assert client.post("/decisions", data=decision).status_code in (303, 400)
            client.cookies.clear()
            made.append(client)
        yield made[0], made[1]


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[tuple[str, tuple[str, ...]]] = set()
        self.links: set[str] = set()
        self.scripts: list[dict[str, str | None]] = []
        self.text: list[str] = []
        self.odd: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add((tag, tuple(sorted(name for name, _ in attrs))))
        self.links |= {
            value or "" for name, value in attrs if name in ("href", "src", "action", "formaction")
        }
        if tag == "script":
            self.scripts.append(dict(attrs))

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.odd.append(data)

    def unknown_decl(self, data: str) -> None:
        self.odd.append(data)

    def handle_pi(self, data: str) -> None:
        self.odd.append(data)


def checked(page: str) -> Elements:
    """The elements of a page of which none is hostile."""
    found = Elements(page)
    assert found.odd == []
    assert [list(one) for one in found.scripts] == [["src", "defer"]]
    assert str(found.scripts[0]["src"]).startswith("/static/desk.js?")
    for tag, names in found.found:
        assert not [name for name in names if name.startswith("on") or name == "srcdoc"], tag
    for link in found.links:
        assert re.match(r"(/(?!/)|\?|#|data:,$|https?://)", link), link
        assert not re.search(r"[\x00-\x20]", link), link
    return found


@pytest.mark.parametrize("path", LISTS)
def test_lists_of_hostile_things_are_made_of_our_elements_alone(
    clients: tuple[TestClient, TestClient], path: str
) -> None:
    harm, plain = clients
    base, _, query = path.partition("?")
    for one in clients:
        # A page does not wait for what a program waits for, and shows it when it is there.
        one.get(f"{'/overview' if base == '/' else base}.json?{query}")
    page = harm.get(path)
    assert page.status_code == 200
    usual = checked(plain.get(path).text).found
    further = plain.get(path.replace("500", "5&page=2"), follow_redirects=True)
    usual |= checked(further.text).found
    assert checked(page.text).found <= usual


@pytest.mark.parametrize("first", range(0, len(TEXTS), 30))
def test_so_are_articles_and_incidents(clients: tuple[TestClient, TestClient], first: int) -> None:
    harm, plain = clients
    usual = {
        kind: {
            pair
            for one in plain.get(f"/{kind}.json?per=6").json()[kind]
            for pair in checked(plain.get(f"/{kind}/{quote(one['id'], safe='')}").text).found
        }
        for kind in ("articles", "incidents")
    }
    for n, text in list(enumerate(TEXTS))[first : first + 30 : 9]:
        page = harm.get(f"/articles/{quote(quote(f'{n} {text}', safe=''), safe='%')}")
        if page.status_code == 404:  # the client resolves some names itself
            continue
        found = checked(page.text)
        assert found.found <= usual["articles"]
        assert line(text) in line("".join(found.text))
        event = harm.get(f"/articles/{quote(quote(f'{n} {text}', safe=''), safe='%')}.json").json()
        page = harm.get(f"/incidents/{event['events'][0]['incident']}")
        assert page.status_code == 200
        assert checked(page.text).found <= usual["incidents"]


@pytest.mark.parametrize(
    ("path", "name", "field"),
    [
        ("/articles", "articles", "title"),
        ("/incidents", "incidents", "sentence"),
        ("/channels", "channels", "name"),
        ("/sources", "outlets", "name"),
    ],
)
def test_all_of_it_is_shown(
    clients: tuple[TestClient, TestClient], path: str, name: str, field: str
) -> None:
    harm, _ = clients
    query = {} if path == "/sources" else {"per": "500"}
    shown = line("".join(checked(harm.get(path, params=query).text).text))
    rows = harm.get(f"{path}.json", params=query).json()[name]
    assert len(rows) > 100
    for row in rows:
        assert line(row[field] or "") in shown


def test_no_link_is_made_of_what_is_no_address_of_the_web(
    clients: tuple[TestClient, TestClient],
) -> None:
    harm, _ = clients
    for one in harm.get("/articles.json?per=500").json()["articles"]:
        if one["url"] is not None:
            assert re.match(r"https?://[^\s/]", one["url"])
            assert one["url"].isprintable()


@pytest.mark.parametrize("path", list(FIELDS))
def test_hostile_filters_are_asked_and_shown_as_text(nobody: TestClient, path: str) -> None:
    names = FIELDS[path]
    usual = checked(nobody.get(path).text).found
    usual |= checked(nobody.get(f"{path}?words=x&where=y&page=3").text).found
    usual |= checked(nobody.get(f"{path}?words=x").text).found
    for n, text in enumerate(hostile.texts()[len(path) % 16 :: 16 if path != "/actors" else 64]):
        query = urlencode({names[n % len(names)]: text[:200].encode("utf-8", "surrogatepass")})
        for address in (f"{path}?{query}", f"{path}.json?{query}", f"{path}.csv?{query}"):
            if address.startswith(("/search.csv", "/review.csv")):
                continue
            answer = nobody.get(address)
            assert answer.status_code in (200, 400), (address, answer.text)
        page = nobody.get(f"{path}?{query}")
        found = checked(page.text)
        if page.status_code == 200:
            assert found.found <= usual, (text, found.found - usual)


@pytest.mark.parametrize("path", list(FIELDS))
def test_hostile_numbers_and_days_are_refused_or_taken(nobody: TestClient, path: str) -> None:
    names = ("since", "until", "page", "per", "min_sources", "at", "done", "on")
    for n, value in enumerate(hostile.NUMBERS):
        for name in (names[n % len(names)], names[(n + len(path)) % len(names)]):
            answer = nobody.get(f"{path}.json", params={name: value})
            assert answer.status_code in (200, 400), (name, value[:20], answer.text)


def test_hostile_names_of_filters_are_refused(nobody: TestClient) -> None:
    for text in hostile.texts()[::6]:
        query = urlencode({text.encode("utf-8", "surrogatepass") or b"x": "x"})
        answer = nobody.get(f"/incidents?{query}", headers={"Accept": "text/html"})
        assert answer.status_code == 400
        checked(answer.text)


def asked(client: TestClient, path: str, query: bytes = b"") -> tuple[int, list[Any], bytes]:
    """The answer to a path as it comes over the wire."""
    sent: list[Any] = []
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": unquote(path), "raw_path": path.encode("utf-8", "replace"),
        "query_string": query, "root_path": "", "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80), "state": {},
        "headers": [(b"host", b"testserver"), (b"accept", b"text/html")],
    }  # fmt: skip

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    assert client.portal is not None
    client.portal.call(client.app, scope, receive, send)  # type: ignore[arg-type]
    body = b"".join(one.get("body", b"") for one in sent[1:])
    return sent[0]["status"], sent[0]["headers"], body


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_paths_lead_nowhere(nobody: TestClient, kind: str) -> None:
    for path in hostile.PATHS:
        for tail in ("", ".json"):
            address = f"/{kind}/{path}{tail}" if kind else f"/{path}{tail}"
            status, headers, body = asked(nobody, address)
            assert status in (200, 303, 307, 400, 404, 405), (address, status)
            assert b"root:" not in body
            for name, value in headers:
                assert b"\n" not in value, (name, value)
                assert b"\r" not in value, (name, value)
                if name == b"location":
                    assert re.match(rb"(/(?![/\\])|http://testserver/)", value), value
            if b"<html" in body:
                checked(body.decode())


def test_hostile_queries_lead_nowhere(nobody: TestClient) -> None:
    for query in (b"%", b"%zz", b"&&&", b"=", b"a", b"\xff=\xfe", b"words=%ff%fe", b"words=%00",
                  b"words[]=x", b"words=a&words=b", b";", b"?" * 500, b"&words=x" * 500,
                  b"%0d%0aX-Odd: 1", b"page=1%00", b"\xc3\xbc"):  # fmt: skip
        for path in ("/incidents", "/incidents.json", "/search"):
            status, headers, _ = asked(nobody, path, query)
            assert status in (200, 400), (path, query, status)
            assert all(b"\n" not in value for _, value in headers)


def test_hostile_words_in_forms_are_kept_or_refused(own: Path, quarrel: Path, visit: Any) -> None:
    client = visit(own)
    client.headers.update(OURS)
    incident = client.get("/incidents.json").json()["incidents"][0]["id"]
    for text in hostile.texts()[::24]:
        words = text.encode("utf-8", "surrogatepass")
        for data in (
            {"action": words, "ids": incident, "who": "ana"},
            {"action": "accept", "ids": words, "who": "ana"},
            {"action": "relabel", "ids": incident, "who": "ana", "kind": words, "status": words},
            {"action": "undo", "undoes": words, "who": words},
        ):
            form = urlencode(data).encode()
            kind = {"Content-Type": "application/x-www-form-urlencoded"}
            answer = client.post("/decisions", content=form, headers=kind)
            assert answer.status_code in (303, 400), (data, answer.text)
            if answer.status_code == 400:
                checked(answer.text)


def test_hostile_words_in_a_cookie_stay_words(nobody: TestClient) -> None:
    for text in hostile.texts()[::10]:
        name = quote(text.encode("utf-8", "surrogatepass"))
        for value in (name, text.encode("utf-8", "replace")):
            if b"\n" in (raw := value if isinstance(value, bytes) else value.encode()):
                continue
            page = nobody.get("/decisions", headers=[(b"Cookie", b"tocsin-who=" + raw)])  # type: ignore[arg-type]
            assert page.status_code == 200
            checked(page.text)


@pytest.mark.parametrize("number", range(5))
def test_what_is_very_long_is_shown_and_explained(tmp_path: Path, visit: Any, number: int) -> None:
    text = list(hostile.long_ones())[number]
    path = filled(tmp_path / "long.duckdb", [entry(told("long", title=text[:900], more=text))])
    client = visit(path)
    client.headers.update(OURS)
    page = client.get("/articles/long")
    assert page.status_code == 200
    assert len(page.content) >= len(text)
    assert "alert" not in page.text
    for one in ("/articles", "/articles.json", "/search?words=Ruritania"):
        assert client.get(one).status_code == 200
    assert client.post("/explain", data={"text": text}).status_code in (400, 413)
    assert client.post("/explain", data={"text": text[:20_000]}).status_code in (200, 400)
