"""Errors: one shape for programs, a page in words for people, and nothing of our inside."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import OURS, Visit

from tocsin.web.desk import Desk
from tocsin.web.gate import BusyError
from tocsin.web.guard import Limits
from tocsin.web.problems import MEDIA_TYPE, wants_json

BAD: tuple[tuple[str, int, str], ...] = (
    ("/incidents.json?dyad=PRK", 400, "dyad PRK is no pair of codes such as PRK:KOR"),
    ("/incidents.json?type=WAR", 400, "allowed: AGREE, CONSULT"),
    ("/incidents.json?status=sure", 400, "allowed: actual, background"),
    ("/incidents.json?sort=size", 400, "cannot be sorted by 'size'; by: "),
    ("/incidents.json?dyad=Ruritania:Graustark", 400, "is no pair of codes such as PRK:KOR"),
    ("/incidents.json?mode=raze", 400, "mode 'raze' is unknown; allowed: "),
    ("/incidents.json?type=COERCE&mode=destroy", 400, "mode 'destroy' is unknown; allowed: "),
    ("/incidents.json?since=2020-02-30", 400, "since: '2020-02-30' is no day such as 2020-06-16"),
    ("/incidents.json?since=yesterday", 400, "since: 'yesterday' is no day such as 2020-06-16"),
    ("/incidents.json?page=two", 400, "page: 'two' is no whole number"),
    ("/incidents.json?page=" + "two" * 99, 400, "two…' is no whole number"),
    ("/incidents.json?since=2020-06-02&until=2020-06-01", 400, "is later than until"),
    ("/incidents.json?page=0", 400, "page: input should be greater than or equal to 1"),
    ("/incidents.json?per=501", 400, "per: input should be less than or equal to 500"),
    ("/incidents.json?page=" + "9" * 400, 400, "page: "),
    ("/incidents.json?words=" + "x" * 201, 400, "words: string should have at most 200"),
    ("/incidents.json?limit=5", 400, "limit is not known here"),
    ("/threats.json?outcome=won", 400, "allowed: "),
    ("/threats.json?kind=hint", 400, "kind 'hint' is unknown; allowed: threat, demand"),
    ("/channels.json?state=odd", 400, "allowed: "),
    ("/channels.json?kind=odd", 400, "kind 'odd' is unknown; allowed: "),
    ("/actors.json?where=Ruritania", 400, "where Ruritania is no country's code such as PRK"),
    ("/claims.json?stance=maybe", 400, "allowed: asserts, denies, neither"),
    ("/alarms.json?kind=fire", 400, "allowed: new rung"),
    ("/alarms.json?since=2020-06-02&until=2020-06-01", 400, "is later than until"),
    ("/dyads/RUR.json", 400, "is no pair of codes"),
    ("/dyads/*:*.json", 400, "one country at least"),
    ("/dyads/RUR:RUR.json", 400, "a relation is between two, such as PRK:KOR; RUR:RUR is one"),
    ("/alarms.json?dyad=RUR:XQX", 404, "XQX is no country that is known"),
    ("/dyads/RUR:XQX.json", 404, "XQX is no country that is known"),
    ("/dyads/RUR:GRA.json?since=0001-01-01", 400, "more than 200 years"),
    ("/incidents/i-none.json", 404, "there is no incident i-none"),
    ("/articles/none.json", 404, "there is no article none"),
    ("/channels/none.json", 404, "there is no channel and no agreement none"),
    ("/add/none.json", 404, "nothing was added here under none"),
    ("/nowhere.json", 404, "there is nothing at /nowhere.json"),
    ("/static/../guard.py.json", 404, "there is nothing at"),
)


def told(answer: Any, status: int) -> str:
    """The detail of a problem in the one shape."""
    assert answer.status_code == status
    assert answer.headers["content-type"] == MEDIA_TYPE
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail"}
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    return str(problem["detail"])


@pytest.mark.parametrize(("path", "status", "words"), BAD)
def test_programs_are_told_in_one_shape_what_is_wrong_and_what_is_allowed(
    reader: TestClient, path: str, status: int, words: str
) -> None:
    assert words in told(reader.get(path), status)


@pytest.mark.parametrize(("path", "status", "words"), BAD)
def test_people_are_told_the_same_on_a_page(
    reader: TestClient, path: str, status: int, words: str
) -> None:
    answer = reader.get(path.replace(".json", "", 1), headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'role="alert"' in answer.text
    plain = answer.text.replace("&#39;", "'").replace("&gt;", ">")
    assert words.replace(".json", "") in plain


def test_a_page_is_told_as_json_to_who_asks_for_that(reader: TestClient) -> None:
    told(reader.get("/incidents/none", headers={"Accept": "application/json"}), 404)
    told(reader.get("/incidents/none", headers={"Accept": "application/problem+json, */*"}), 404)
    browser = {"Accept": "text/html,application/json;q=0.9"}
    assert "<h1>" in reader.get("/incidents/none", headers=browser).text


def test_a_method_that_is_not_taken_is_told_with_those_that_are(reader: TestClient) -> None:
    answer = reader.put("/incidents.json", headers=OURS)
    assert "PUT is not taken here; allowed: GET" in told(answer, 405)
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (b"", "the request: "),
        (b"{", "the body is no json: expecting"),
        (b"[]", "valid dictionary"),
        (b'{"action": "delete", "who": "ana"}', "'accept', 'relabel', 'reject'"),
        (b'{"action": "accept"}', "who: field required"),
        (b'{"action": "accept", "who": "a", "x": 1}', "x is not known here"),
        (b'{"action": "accept", "who": "\\ud800"}', "who: "),
        (b'{"action": "undo", "who": "a", "undoes": 1e400}', "undoes: "),
        (b"\xff\xfe{}", "the body is no json"),
        (b'{"a":' * 5000, "pars"),
    ],
)
def test_a_body_that_cannot_be_is_refused(reader: TestClient, said: bytes, words: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = reader.post("/decisions.json", content=said, headers=headers)
    assert words in told(answer, 400).lower().replace("ana", "")


def test_what_guards_refuse_has_the_same_shape(quarrel: Path, visit: Visit) -> None:
    client = visit(quarrel, limits=Limits(form=10, rate=0.001, burst=3), token="t")
    told(client.get("/incidents.json"), 401)
    bearer = {"Authorization": "Bearer t"}
    told(client.post("/decisions.json", json={"action": "undo"}, headers=bearer), 413)
    found = client.post("/decisions", content=b"", headers=bearer)
    assert (found.status_code, found.headers["content-type"]) == (403, "text/plain; charset=utf-8")
    told(client.get("/incidents.json"), 429)


def fail(error: Exception) -> Any:
    def reading(_: Desk, **__: bool) -> Any:
        raise error

    return reading


def test_a_busy_store_is_told_with_when_to_come_again(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "reading", fail(BusyError("is in use", path="a.duckdb")))
    answer = reader.get("/incidents.json")
    assert "a.duckdb" in told(answer, 503)
    assert answer.headers["retry-after"] == "5"
    page = reader.get("/incidents", headers={"Accept": "text/html"})
    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert 'data-again="5"' in page.text


def test_a_change_is_not_sent_again_by_itself(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def writing(_: Any) -> Any:
        raise BusyError("is in use", path="a.duckdb")

    monkeypatch.setattr("tocsin.web.gate.Gate.writing", writing)
    said = {"action": "undo", "undoes": "1", "who": "ana"}
    page = reader.post("/decisions", data=said, headers=OURS)
    assert page.status_code == 503
    assert "data-again" not in page.text


@pytest.mark.parametrize("error", [RuntimeError("secret"), MemoryError(), KeyError("secret")])
def test_a_fault_of_ours_shows_nothing_of_it_and_stands_in_the_log(
    reader: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:  # fmt: skip
    monkeypatch.setattr(Desk, "reading", fail(error))
    with caplog.at_level(logging.ERROR, "tocsin.web"):
        answer = reader.get("/incidents.json")
        page = reader.get("/incidents", headers={"Accept": "text/html"})
    assert "the log of tocsin serve tells more" in told(answer, 500)
    for one in (answer, page):
        assert one.status_code == 500
        assert "secret" not in one.text
        assert "Traceback" not in one.text
        assert "default-src 'none'" in one.headers["content-security-policy"]
    assert "a fault at /incidents.json" in caplog.text
    assert type(error).__name__ in caplog.text


@pytest.mark.parametrize(
    ("path", "accept", "json"),
    [
        ("/incidents.json", "text/html", True),
        ("/incidents", "text/html", False),
        ("/incidents", "", False),
        ("/incidents", "*/*", False),
        ("/incidents", "application/json", True),
        ("/incidents", "text/html, application/json", False),
    ],
)
def test_who_is_told_as_json(path: str, accept: str, json: bool) -> None:
    assert wants_json(path, accept) is json


def test_people_are_told_of_a_day_that_is_none_and_how_to_go_on(reader: TestClient) -> None:
    page = reader.get("/incidents?since=20203").text.replace("&#39;", "'")
    assert "<h1>That cannot be asked</h1>" in page
    assert "since: '20203' is no day such as 2020-06-16" in page
    assert '<a href="/incidents">The same page without filters</a>' in page
    assert "without filters" not in reader.get("/dyads/RUR?since=2020-01-01").text
