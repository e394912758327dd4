"""What every request must pass, and what every answer carries."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.testclient import TestClient
from tests.web.conftest import OURS, Visit, visitor

from tocsin.web.app import ROUTERS
from tocsin.web.guard import POLICY, Buckets, Limits, names_of, same_token

TOKEN = "a-token-that-nobody-guesses"
HTML = {"Accept": "text/html"}
OPEN = ("/enter", "/static/desk.css")


@pytest.fixture(scope="module")
def locked_desk(quarrel: Path) -> Iterator[TestClient]:
    with ExitStack() as stack:
        yield visitor(stack, quarrel, token=TOKEN)


@pytest.fixture
def locked(locked_desk: TestClient) -> TestClient:
    """A visitor who has not shown the token yet."""
    locked_desk.cookies.clear()
    return locked_desk


@pytest.fixture(scope="module")
def own_host(quarrel: Path) -> Iterator[TestClient]:
    with ExitStack() as stack:
        yield visitor(stack, quarrel, hosts=frozenset(names_of("127.0.0.1")))


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8040", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8040", 200),
        ("[::1", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
        ("127.0.0.1.nip.io:8040", 403),
        ("", 403),
        ("[", 403),
        ("<script>", 403),
    ],
)
def test_only_names_of_this_machine_are_answered_to(
    own_host: TestClient, host: str, status: int
) -> None:
    found = own_host.get("/incidents.json", headers={"Host": host})
    assert found.status_code == status
    if status == 403:
        assert "answers to 127.0.0.1, [::1], localhost" in found.json()["detail"]


def test_the_names_of_this_machine() -> None:
    assert set(names_of("127.0.0.2")) == {"127.0.0.1", "127.0.0.2", "localhost", "[::1]"}
    assert "[::1]" in names_of("::1")


@pytest.mark.parametrize("host", ["[::1", "[", "a b", "x" * 300, "localhost:99999999"])
def test_a_host_that_cannot_be_is_no_fault(reader: TestClient, host: str) -> None:
    for path in ("/", "/incidents/none", "/incidents?odd=1", "/incidents/"):
        assert reader.get(path, headers={"Host": host}).status_code < 500


def test_without_the_token_one_is_sent_to_enter(locked: TestClient) -> None:
    found = locked.get("/incidents", headers=HTML)
    assert (found.status_code, found.headers["location"]) == (303, "/enter?to=/incidents")
    assert locked.get("/", headers=HTML).headers["location"] == "/enter"
    assert "<input" in locked.get("/enter").text
    for path in ("/incidents.json", "/openapi.json"):
        found = locked.get(path)
        assert (found.status_code, found.headers["www-authenticate"]) == (401, "Bearer")
        assert found.headers["content-type"] == "application/problem+json"
    assert locked.post("/decisions", data={"action": "undo"}, headers=OURS).status_code == 401


def test_everything_but_the_entrance_and_the_style_asks_for_the_token(locked: TestClient) -> None:
    for route in sorted(locked.app.state.pages):  # type: ignore[attr-defined]
        path = route.replace("{id:path}", "x").replace("{id}", "x").replace("{pair}", "RUR:GRA")
        path = path.replace("{name}", "desk.css")
        assert (locked.get(path).status_code in (303, 401)) is (path not in OPEN), path


def test_the_token_opens_as_bearer_and_as_cookie(locked: TestClient) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    assert locked.get("/incidents.json", headers=bearer).status_code == 200
    assert locked.get("/incidents.json", headers={"Authorization": f"bearer  {TOKEN}"}).is_success
    assert locked.get("/incidents.json").status_code == 401
    entered = locked.post("/enter", data={"token": f" {TOKEN} "}, headers=OURS)
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert locked.get("/incidents").status_code == 200


@pytest.mark.parametrize(
    "address", ["/incidents?dyad=RUR%3AGRA&words=a+b", "/articles/a%2Fb%3Fc", "/dyads/RUR:*?since="]
)
def test_who_enters_comes_to_the_page_that_was_asked_for(locked: TestClient, address: str) -> None:
    asked = locked.get(locked.get(address, headers=HTML).headers["location"]).text
    hidden = re.search(r'name="to" value="([^"]*)"', asked)
    assert hidden is not None
    sent = {"to": html.unescape(hidden[1])}
    assert 'name="to"' in locked.post("/enter", data=sent | {"token": "no"}, headers=OURS).text
    entered = locked.post("/enter", data=sent | {"token": TOKEN}, headers=OURS)
    assert entered.headers["location"] == address


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\t/evil", "evil", ""])
def test_nobody_who_enters_is_led_elsewhere(locked: TestClient, to: str) -> None:
    entered = locked.post("/enter", data={"to": to, "token": TOKEN}, headers=OURS)
    assert entered.headers["location"] == "/"


def test_the_token_may_come_in_the_address_that_was_shown(locked: TestClient) -> None:
    assert locked.get("/enter", params={"token": "wrong"}).status_code == 401
    assert locked.get("/enter", params={"token": TOKEN}).status_code == 303
    assert locked.get("/").status_code == 200


def test_cookies_of_other_servers_do_not_hide_the_token(locked: TestClient) -> None:
    for other in ('a[b]={"c": 1}', "odd", "=", "a b=c d", 'q="un;closed'):
        headers = {"Cookie": f"{other}; tocsin-token={TOKEN}; {other}"}
        assert locked.get("/incidents.json", headers=headers).status_code == 200, other


@pytest.mark.parametrize(
    "headers",
    [
        {"Authorization": "Bearer wrong"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer \xff\xfe"},
        {"Cookie": "tocsin-token=wrong"},
        {"Cookie": f"other={TOKEN}"},
        {"Cookie": "tocsin-token"},
    ],
)
def test_another_token_opens_nothing(locked: TestClient, headers: dict[str, str]) -> None:
    raw = {name: value.encode("latin-1") for name, value in headers.items()}
    assert locked.get("/incidents.json", headers=raw).status_code == 401  # type: ignore[arg-type]


def test_the_token_stands_in_no_page_and_in_no_log(
    locked: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    pages = [
        locked.get("/enter"), locked.post("/enter", data={"token": "wrong"}, headers=OURS),
        locked.post("/enter", data={"token": TOKEN * 9}, headers=OURS), locked.get("/incidents"),
        *(locked.get(path, headers=bearer) for path in ("/", "/add", "/api", "/openapi.json")),
        locked.get(f"/incidents?token={TOKEN}"),
    ]  # fmt: skip
    assert [page.text.count(TOKEN) for page in pages] == [0] * len(pages)
    assert "wrong" not in pages[1].text
    assert pages[1].status_code == 401
    assert TOKEN not in caplog.text
    assert TOKEN not in "".join(capfd.readouterr())


def test_an_open_desk_has_no_entrance(reader: TestClient) -> None:
    assert reader.get("/enter").headers["location"] == "/"
    assert reader.post("/enter", data={"token": "x"}, headers=OURS).headers["location"] == "/"


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "HTTP://TESTSERVER"}, True),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}, True),
        ({}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "http://testserver:1"}, False),
        ({"Origin": "http://["}, False),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"}, False),
        ({"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "same-origin"}, False),
        ({"Content-Type": "text/plain"}, False),
        ({"Content-Type": "application/jsonp"}, False),
        ({"Content-Type": "application/json"}, True),
        ({"Content-Type": "application/json; charset=utf-8"}, True),
        ({"Content-Type": "application/json", "Origin": "http://evil.example"}, False),
        ({"Content-Type": "application/json", "Sec-Fetch-Site": "cross-site"}, False),
    ],
)
def test_changes_come_from_pages_of_this_desk_or_from_programs(
    reader: TestClient, headers: dict[str, str], passes: bool
) -> None:
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    for path in ("/decisions", "/decisions.json", "/add", "/articles.json", "/explain"):
        found = reader.post(path, content=b"", headers=kind | headers)
        assert found.status_code < 500
        assert (found.status_code == 403) is not passes, path
        if not passes:
            assert "from the pages of this desk alone" in found.text


def test_nothing_is_changed_by_asking(reader: TestClient) -> None:
    for path in ("/add/x/stop", "/decisions?action=undo&undoes=1"):
        assert reader.get(path, headers=OURS).status_code in (400, 404, 405)


def pieces(size: int) -> Iterator[bytes]:
    for _ in range(size // 100):
        yield b"x" * 100


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/decisions", "application/x-www-form-urlencoded"),
        ("/explain", "application/x-www-form-urlencoded"),
        ("/explain", "multipart/form-data; boundary=b"),
        ("/decisions.json", "application/json"),
        ("/articles.json", "application/json"),
        ("/explain.json", "application/json"),
    ],
)
def test_a_body_that_is_too_large_is_refused_with_and_without_its_length(
    quarrel: Path, visit: Visit, path: str, kind: str
) -> None:
    client = visit(quarrel, limits=Limits(form=1000))
    headers = OURS | {"Content-Type": kind}
    for body in (b"x" * 2000, pieces(2000)):
        found = client.post(path, content=body, headers=headers)
        assert found.status_code == 413
        assert "more than the 1,000 bytes" in found.text
        assert found.headers["content-security-policy"] == POLICY
    assert client.post(path, content=pieces(900), headers=headers).status_code == 400


def test_an_upload_may_be_larger_than_a_form_and_not_without_end(
    quarrel: Path, visit: Visit
) -> None:
    client = visit(quarrel, limits=Limits(form=100, upload=5000))
    for size, status in ((1000, 400), (9000, 413)):
        files = {"other": ("a.txt", b"x" * size)}
        assert client.post("/add", files=files, headers=OURS).status_code == status
    boundary = OURS | {"Content-Type": "multipart/form-data; boundary=b"}
    assert client.post("/add", content=pieces(9000), headers=boundary).status_code == 413


@pytest.mark.parametrize("length", ["-1", "x", "", "9" * 30, "1e3", "٣"])
def test_a_length_that_cannot_be_is_not_believed(reader: TestClient, length: str) -> None:
    headers = OURS | {"Content-Type": "application/json"}
    found = reader.post(
        "/decisions.json", content=b"{}",
        headers=[*headers.items(), (b"Content-Length", length.encode())],  # type: ignore[list-item]
    )  # fmt: skip
    assert found.status_code == 400


def test_too_many_requests_are_told_to_wait(quarrel: Path, visit: Visit) -> None:
    client = visit(quarrel, limits=Limits(rate=0.001, burst=3))
    assert [client.get("/static/desk.js").status_code for _ in range(4)] == [200, 200, 200, 429]
    found = client.get("/incidents.json")
    assert (found.status_code, found.headers["retry-after"]) == (429, "1")
    assert found.json()["status"] == 429


def test_changes_have_a_pace_of_their_own(quarrel: Path, visit: Visit) -> None:
    client = visit(quarrel, limits=Limits(write_rate=0.001, write_burst=2))
    posts = [client.post("/decisions.json", json={}) for _ in range(3)]
    assert [one.status_code for one in posts] == [400, 400, 429]
    assert posts[-1].headers["retry-after"] == "30"
    assert client.get("/incidents.json").status_code == 200


def test_a_bucket_fills_again_and_each_visitor_has_one() -> None:
    buckets = Buckets(rate=2.0, burst=2)
    assert [buckets.take("a", now=0.0) for _ in range(3)] == [True, True, False]
    assert buckets.take("b", now=0.0)
    assert [buckets.take("a", now=at) for at in (0.4, 0.5, 0.5, 100.0, 100.0, 100.0)] == [
        False, True, False, True, True, False,
    ]  # fmt: skip


def test_buckets_do_not_grow_without_end() -> None:
    buckets = Buckets(rate=1.0, burst=1, most=10)
    for number in range(100):
        buckets.take(f"v{number}", now=0.0)
    assert len(buckets._left) == 10


POSTS = (
    ("/decisions", {"data": {"action": "undo", "undoes": "1", "who": "ana"}}),
    ("/decisions.json", {"json": {"action": "undo", "undoes": 1, "who": "ana"}}),
    ("/add", {"data": {"text": "Ruritania razed it."}}),
    ("/articles.json", {"json": {"text": "Ruritania razed it."}}),
    ("/add/x/stop", {"data": {}}),
)


@pytest.mark.parametrize(("path", "said"), POSTS)
def test_a_desk_that_is_read_only_changes_nothing(
    quarrel: Path, visit: Visit, path: str, said: dict[str, Any]
) -> None:
    found = visit(quarrel, read_only=True).post(path, headers=OURS, **said)
    assert found.status_code == 403
    assert "read only" in found.text


def test_every_way_to_change_something_is_tried_where_it_is_read_only() -> None:
    posts = {
        route.path
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and "POST" in route.methods
    }
    tried = {path.replace("/x/", "/{id}/") for path, _ in POSTS}
    assert posts - tried == {"/explain", "/explain.json", "/enter"}


def test_a_desk_that_is_read_only_still_explains(quarrel: Path, visit: Visit) -> None:
    client = visit(quarrel, read_only=True)
    text = {"text": "Ruritania razed the bridge."}
    assert client.post("/explain", data=text, headers=OURS).status_code == 200
    assert client.post("/explain.json", json=text).status_code == 200


def test_a_desk_that_is_read_only_offers_nothing_to_change(quarrel: Path, visit: Visit) -> None:
    client = visit(quarrel, read_only=True)
    incident = client.get("/incidents.json").json()["incidents"][0]["id"]
    for path in ("/", "/incidents", f"/incidents/{incident}", "/review", "/decisions", "/add"):
        page = client.get(path)
        assert page.status_code == 200
        assert 'method="post"' not in page.text, path
        assert "read only" in page.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("HEAD", "/", 200),
        ("GET", "/incidents.json", 200),
        ("GET", "/incidents.csv", 200),
        ("GET", "/static/desk.css", 200),
        ("GET", "/incidents/", 307),
        ("GET", "/incidents/none", 404),
        ("GET", "/incidents.json?odd=1", 400),
        ("GET", "/nowhere", 404),
        ("OPTIONS", "/", 405),
        ("POST", "/decisions", 403),
        ("GET", "/openapi.json", 200),
    ],
)
def test_every_answer_carries_what_keeps_browsers_safe(
    reader: TestClient, method: str, path: str, status: int
) -> None:
    found = reader.request(method, path)
    assert found.status_code == status
    safe(found.headers)
    forever = path.startswith("/static/")
    assert ("immutable" in found.headers["cache-control"]) is forever


def safe(headers: Any) -> None:
    assert headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers


def test_answers_without_a_body_carry_it_too(reader: TestClient) -> None:
    tag = reader.get("/incidents").headers["etag"]
    found = reader.get("/incidents", headers={"If-None-Match": tag})
    assert found.status_code == 304
    safe(found.headers)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "BREW", "OPTIONS"])
def test_methods_that_nobody_takes_are_refused(reader: TestClient, method: str) -> None:
    for path in ("/", "/incidents.json", "/decisions", "/nowhere"):
        assert reader.request(method, path).status_code in (403, 404, 405)
        assert reader.request(method, path, headers=OURS).status_code in (404, 405)


def test_comparing_tokens_takes_whatever_comes() -> None:
    assert same_token("ä", "ä")
    assert not same_token("\udcff", "a")
    assert not same_token("", "a")
