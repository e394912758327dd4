"""One request: who is connected to, how long it may take, how much may come."""

from __future__ import annotations

import gzip
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import httpcore
import pytest
from tests.ingest.fetch.site import Answer, Site, page

from tocsin.errors import OptionError
from tocsin.ingest.fetch.network import Client, Guard, Patience
from tocsin.ingest.fetch.problems import RefusedError, UnreachableError

QUICK = Patience(connect=1.0, read=0.3, whole=0.6)


@pytest.fixture
def client(site: Site) -> Iterator[Client]:
    client = Client(user_agent="tocsin/test", allow=[site.place], patience=QUICK)
    yield client
    client.close()


def resolver(*ips: str) -> Any:
    def resolve(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    return resolve


class Recorder(httpcore.NetworkBackend):
    """Connects to nothing, and remembers to whom it should have."""

    def __init__(self, answers: Iterable[bytes] = (), *, broken: Iterable[str] = ()) -> None:
        self.connected: list[tuple[str, int]] = []
        self.names: list[str | None] = []
        self._answers = list(answers)
        self._broken = set(broken)

    def connect_tcp(self, host: str, port: int, *_: Any, **__: Any) -> httpcore.NetworkStream:
        self.connected.append((host, port))
        if host in self._broken:
            raise httpcore.ConnectError("refused")
        return Stream(self, self._answers)


class Stream(httpcore.NetworkStream):
    def __init__(self, recorder: Recorder, answers: list[bytes]) -> None:
        self._recorder = recorder
        self._answers = answers

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._answers.pop(0) if self._answers else b""

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        pass

    def close(self) -> None:
        pass

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: Any = None
    ) -> httpcore.NetworkStream:
        self._recorder.names.append(server_hostname)
        assert ssl_context.verify_mode == ssl.CERT_REQUIRED
        assert ssl_context.check_hostname
        return self

    def get_extra_info(self, info: str) -> Any:
        return None


OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@pytest.mark.parametrize(
    "ips",
    [
        ["127.0.0.1"], ["10.0.0.1"], ["169.254.169.254"], ["::1"], ["fe80::1%eth0"],
        ["93.184.216.34", "127.0.0.1"], ["2a00::1", "::ffff:10.0.0.1"], ["64:ff9b::7f00:1"],
        ["nonsense"],
    ],
)  # fmt: skip
def test_a_name_that_leads_to_a_private_address_is_refused(ips: list[str]) -> None:
    network = Recorder()
    client = Client(user_agent="tocsin/test", resolve=resolver(*ips), network=network)
    with pytest.raises(RefusedError) as raised:
        client.get("http://zenda.example/", limit=100)
    assert raised.value.reason == "private address"
    assert network.connected == []


def test_what_was_checked_is_what_is_connected_to() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        asked.append(host)
        ip = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port))]

    network = Recorder([OK])
    client = Client(user_agent="tocsin/test", resolve=rebinding, network=network)
    assert client.get("https://zenda.example/", limit=100).body == b"ok"
    assert asked == ["zenda.example"]
    assert network.connected == [("93.184.216.34", 443)]
    assert network.names == ["zenda.example"]


def test_the_next_address_is_tried_where_one_does_not_answer() -> None:
    network = Recorder([OK], broken=["93.184.216.34"])
    resolve = resolver("93.184.216.34", "93.184.216.34", "93.184.216.35")
    client = Client(user_agent="tocsin/test", resolve=resolve, network=network)
    assert client.get("http://zenda.example/", limit=100).body == b"ok"
    assert [host for host, _ in network.connected] == ["93.184.216.34", "93.184.216.35"]


def test_a_name_that_is_allowed_may_be_private_on_its_port_only() -> None:
    guard = Guard(allow=[("zenda.example", 8080)], resolve=resolver("10.0.0.1"))
    assert guard.checked("zenda.example", 8080) == ["10.0.0.1"]
    with pytest.raises(RefusedError):
        guard.checked("zenda.example", 80)


def test_a_name_that_nobody_knows_is_tried_again_later() -> None:
    def unknown(*_: Any, **__: Any) -> Any:
        raise socket.gaierror(-2, "Name or service not known")

    client = Client(user_agent="tocsin/test", resolve=unknown, network=Recorder())
    with pytest.raises(UnreachableError, match=r"zenda\.example is not known"):
        client.get("http://zenda.example/", limit=100)


def test_the_proxy_of_the_environment_is_not_asked(
    site: Site, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.answers["/a"] = Answer(b"ok")
    assert client.get(site.url("/a"), limit=10).body == b"ok"


def test_servers_are_told_who_asks(site: Site, client: Client) -> None:
    client.get(site.url("/a"), limit=10)
    headers = site.asked[0].headers
    assert headers["user-agent"] == "tocsin/test"
    assert headers["host"] == f"127.0.0.1:{site.place[1]}"
    assert headers["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in headers


@pytest.mark.parametrize("agent", ["", "  ", "a\r\nX: y", "Bücher/1"])
def test_a_user_agent_is_one_line_of_ascii(agent: str) -> None:
    with pytest.raises(OptionError, match="printable ASCII"):
        Client(user_agent=agent)


def drip_body(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    drip(handler, b"x")


def drip_head(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    drip(handler, b"x")


def drip(handler: BaseHTTPRequestHandler, piece: bytes) -> None:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        handler.wfile.write(piece)
        time.sleep(0.05)


@pytest.mark.parametrize("dripping", [drip_body, drip_head])
def test_a_server_that_drips_is_cut_off(site: Site, client: Client, dripping: Any) -> None:
    site.answers["/a"] = Answer(drip=dripping)
    start = time.monotonic()
    with pytest.raises(UnreachableError, match="cannot be reached"):
        client.get(site.url("/a"), limit=1_000_000)
    assert 0.5 < time.monotonic() - start < 2
    # and the next request has its whole time again
    site.answers["/b"] = Answer(b"ok")
    assert client.get(site.url("/b"), limit=10).body == b"ok"


def test_a_server_that_says_nothing_is_cut_off(site: Site, client: Client) -> None:
    site.answers["/a"] = Answer(drip=lambda _: time.sleep(1))
    with pytest.raises(UnreachableError, match="cannot be reached"):
        client.get(site.url("/a"), limit=10)


def test_a_body_over_the_limit_is_not_read(site: Site, client: Client) -> None:
    site.answers["/a"] = Answer(b"x" * 11)
    with pytest.raises(RefusedError, match="too large"):
        client.get(site.url("/a"), limit=10)
    assert client.get(site.url("/a"), limit=10, cut=True).body == b"x" * 10
    assert client.get(site.url("/a"), limit=11).body == b"x" * 11


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    for _ in range(10_000):
        handler.wfile.write(b"2710\r\n" + b"x" * 10_000 + b"\r\n")


def test_a_body_that_does_not_say_how_long_it_is_ends_at_the_limit(
    site: Site, client: Client
) -> None:
    site.answers["/a"] = Answer(drip=endless)
    with pytest.raises(RefusedError, match="too large"):
        client.get(site.url("/a"), limit=100_000)


def test_a_compressed_page_is_unpacked_and_a_bomb_is_not(site: Site, client: Client) -> None:
    headers = {"Content-Encoding": "gzip"}
    site.answers["/a"] = Answer(gzip.compress(page()), headers=headers)
    site.answers["/b"] = Answer(gzip.compress(bytes(30_000_000)), headers=headers)
    assert client.get(site.url("/a"), limit=10_000).body == page()
    with pytest.raises(RefusedError, match="too large"):
        client.get(site.url("/b"), limit=1_000_000)


@pytest.mark.parametrize(
    "raw", [b"", b"no http at all\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"]
)
def test_a_broken_answer_is_tried_again_later(raw: bytes) -> None:
    network = Recorder([raw] if raw else [])
    client = Client(user_agent="tocsin/test", resolve=resolver("93.184.216.34"), network=network)
    with pytest.raises(UnreachableError):
        client.get("http://zenda.example/", limit=100)
