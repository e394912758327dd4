"""Alarms to a webhook, which is a server of this machine."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from tests.report.sending.made_up import SENTENCE, alarm

from tocsin.errors import OptionError, SendError
from tocsin.report.sending.webhook import Webhook


class _Hook(ThreadingHTTPServer):
    """Answers with what ``answers`` holds, then with 200, and keeps what it got."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answers: list[tuple[int, dict[str, str]]] = []
        self.got: list[tuple[str, dict[str, str], bytes]] = []
        self.wait = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook/secret?token=key"


class _Handler(BaseHTTPRequestHandler):
    server: _Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((self.path, dict(self.headers), body))
        status, headers = self.server.answers.pop(0) if self.server.answers else (200, {})
        if status == 0:
            self.server.wait.wait(10)
            status = 200
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def hook() -> Iterator[_Hook]:
    server = _Hook()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.wait.set()
    server.shutdown()
    server.server_close()
    thread.join()


def fails(hook: _Hook, status: int, **headers: str) -> SendError:
    hook.answers = [(status, headers)]
    with pytest.raises(SendError) as caught:
        Webhook(hook.url).send([alarm()])
    return caught.value


def test_all_alarms_come_in_one_request(hook: _Hook) -> None:
    Webhook(hook.url).send([alarm(1), alarm(2)])
    ((path, headers, body),) = hook.got
    assert path == "/hook/secret?token=key"
    assert headers["Content-Type"] == "application/json"
    sent = json.loads(body)["alarms"]
    assert [one["id"] for one in sent] == ["a-1", "a-2"]
    assert sent[0] == {
        "id": "a-1", "day": "2021-05-01", "dyad": "RUR:GRA", "kind": "new rung",
        "source": "incidents", "level": 2.0, "reason": "ASSAULT stands on rung 13",
        "evidence": ["i-1", "i-2"], "sentence": SENTENCE,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("status", "passing", "words"),
    [
        (404, False, "404 Not Found; it will not take the alarms"),
        (403, False, "403 Forbidden"),
        (429, True, "429 Too Many Requests"),
        (503, True, "503 Service Unavailable"),
        (302, False, "302 Found: it has moved"),
        (499, False, "499"),
    ],
)
def test_a_refusal_says_what_was_answered(
    hook: _Hook, status: int, passing: bool, words: str
) -> None:
    error = fails(hook, status)
    assert words in str(error)
    assert error.passing is passing


def test_no_error_tells_the_secret_or_the_text(hook: _Hook) -> None:
    messages = [str(fails(hook, status)) for status in (302, 404, 503)]
    with pytest.raises(SendError) as caught:
        Webhook("http://127.0.0.1:1/hook/secret?token=key").send([alarm()])
    for message in (*messages, str(caught.value)):
        assert "secret" not in message
        assert "key" not in message
        assert "Zenda" not in message
    assert caught.value.passing


def test_a_target_may_say_how_long_to_wait(hook: _Hook) -> None:
    assert fails(hook, 429, **{"Retry-After": "7"}).wait == 7
    assert fails(hook, 429, **{"Retry-After": "9999"}).wait == 60
    assert fails(hook, 429, **{"Retry-After": "tomorrow"}).wait is None


def test_a_target_that_does_not_answer_is_given_up(hook: _Hook) -> None:
    hook.answers = [(0, {})]
    with pytest.raises(SendError, match=r"did not answer in 0\.2 seconds") as caught:
        Webhook(hook.url, timeout=0.2).send([alarm()])
    assert caught.value.passing


def test_a_name_and_password_in_the_address_go_into_a_header(hook: _Hook) -> None:
    Webhook(hook.url.replace("127.0.0.1", "ana:p%40ss@127.0.0.1")).send([alarm()])
    ((path, headers, _),) = hook.got
    assert headers["Authorization"] == "Basic YW5hOnBAc3M="
    assert "ana" not in path + headers["Host"]


@pytest.mark.parametrize("url", ["ftp://example.org", "example.org/x", "http://", "http://a:b:c/"])
def test_what_is_no_address_is_refused_without_being_shown(url: str) -> None:
    with pytest.raises(OptionError) as caught:
        Webhook(url)
    assert url not in str(caught.value)


def test_what_is_shown_and_kept_has_no_secret() -> None:
    one = Webhook("https://ana:word@hooks.example.org:8443/secret")
    assert one.name == "https://hooks.example.org:8443"
    assert "secret" not in one.key
    assert one.key != Webhook("https://hooks.example.org:8443/other").key
