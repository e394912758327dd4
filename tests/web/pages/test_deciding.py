"""Review and decisions: the queue, every kind of decision by form and by JSON, and the way back."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Visit

from tocsin.store import open_store
from tocsin.web.pages.decisions import _address


def incidents(client: TestClient, **query: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get("/incidents.json", params=query).json()["incidents"]
    return found


def bridge(client: TestClient) -> str:
    """The incident of two reports."""
    return next(str(one["id"]) for one in incidents(client) if one["reports"] == 2)


def decide(client: TestClient, **said: Any) -> dict[str, Any]:
    answer = client.post("/decisions.json", json={"who": "ana"} | said)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def queue(client: TestClient, **query: str) -> list[str]:
    waiting = client.get("/review.json", params=query).json()["waiting"]
    return [one["incident"]["id"] for one in waiting]


def test_the_queue_begins_with_what_is_most_in_doubt(reader: TestClient) -> None:
    page = reader.get("/review.json").json()
    scores = [one["score"] for one in page["waiting"]]
    assert scores == sorted(scores, reverse=True)
    assert page["incident"]["id"] == page["waiting"][0]["incident"]["id"]
    for one in page["waiting"]:
        assert one["score"] == pytest.approx(sum(doubt["adds"] for doubt in one["doubts"]), abs=0.1)
    assert page["waiting"][0]["doubts"][0]["reason"] in reader.get("/review").text


def test_one_can_pass_over_and_narrow(reader: TestClient) -> None:
    whole = queue(reader)
    assert queue(reader, at="1") == whole[1:]
    assert queue(reader, at=str(len(whole))) == []
    threats = queue(reader, type="threaten")
    assert 0 < len(threats) < len(whole)
    assert [id_ for id_ in whole if id_ in threats] == threats
    page = reader.get("/review", params={"type": "THREATEN", "at": "0"}).text
    assert "/review?type=THREATEN" in html.unescape(page)
    done = reader.get("/review", params={"at": "9"}).text
    assert "Back to the first" in done


def test_what_was_decided_leaves_the_queue_until_it_is_taken_back(writer: TestClient) -> None:
    first, *rest = queue(writer)
    made = decide(writer, action="accept", ids=[first])
    assert queue(writer) == rest
    decide(writer, action="undo", undoes=made["number"])
    assert queue(writer) == [first, *rest]


def test_a_label_is_corrected(writer: TestClient) -> None:
    id_ = bridge(writer)
    made = decide(writer, action="relabel", ids=[id_], type="coerce", mode="restrict", note="seen")
    assert (made["words"], made["note"], made["who"]) == (
        "corrected to COERCE restrict", "seen", "ana",
    )  # fmt: skip
    page = writer.get(f"/incidents/{id_}.json").json()
    assert (page["type"], page["mode"]) == ("COERCE", "restrict")
    assert [one["number"] for one in page["decisions"]] == [1]
    decide(writer, action="undo", undoes=1)
    assert writer.get(f"/incidents/{id_}.json").json()["type"] == "ASSAULT"


def test_what_never_happened_is_gone_and_can_be_brought_back(writer: TestClient) -> None:
    id_, before = bridge(writer), incidents(writer)
    decide(writer, action="reject", ids=[id_])
    assert id_ not in [one["id"] for one in incidents(writer)]
    assert writer.get(f"/incidents/{id_}").status_code == 404
    listed = writer.get("/decisions").text
    assert "rejected: nothing that happened or was said" in listed
    decide(writer, action="undo", undoes=1)
    assert incidents(writer) == before


def test_two_are_put_together_and_parted_again(writer: TestClient) -> None:
    first = bridge(writer)
    other = next(x["id"] for x in incidents(writer, type="ASSAULT") if x["id"] != first)
    before = len(incidents(writer))
    decide(writer, action="merge", ids=[first, other])
    assert len(incidents(writer)) == before - 1
    whole = writer.get(f"/incidents/{first}.json").json()
    reports = [one["event"] for one in whole["reports"]]
    assert len(reports) == 3
    decide(writer, action="split", ids=reports[:1])
    assert (
        writer.get(f"/incidents/{reports[0]}.json").json()["id"]
        != (writer.get(f"/incidents/{reports[2]}.json").json()["id"])
    )
    assert [d["decision"]["action"] for d in writer.get("/decisions.json").json()["decisions"]] == [
        "split", "merge",
    ]  # fmt: skip


def form(client: TestClient, page: str, id_: str) -> dict[str, Any]:
    """What a form of a page sends before anybody touches it."""
    body = client.get(page).text
    form = re.search(rf'<form method="post"[^>]* id="{id_}".*?</form>', body, re.S)
    assert form is not None
    found: dict[str, Any] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0]):
        found.setdefault(name, html.unescape(value))
    return found


def test_a_form_decides_and_leads_back(writer: TestClient) -> None:
    page = "/review?type=ASSAULT"
    sent = form(writer, page, "decide") | {
        "who": " Ana Ört ", "note": "a\r\nb", "action": "accept", "kind": "", "status": "",
    }  # fmt: skip
    answer = writer.post("/decisions", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?type=ASSAULT&done=1")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    back = writer.get(answer.headers["location"]).text
    assert "Decision 1 is kept" in back
    assert 'value="Ana Ört"' in back
    (one,) = writer.get("/decisions.json").json()["decisions"]
    assert (one["decision"]["who"], one["decision"]["note"]) == ("Ana Ört", "a b")


def test_the_forms_of_an_incident_merge_split_relabel_and_undo(writer: TestClient) -> None:
    id_ = bridge(writer)
    page = f"/incidents/{id_}"
    events = [one["event"] for one in writer.get(f"{page}.json").json()["reports"]]
    other = next(one["id"] for one in incidents(writer, type="CONSULT"))
    sent = form(writer, page, "decide")
    assert sent["ids"] == id_
    relabel = {"who": "ana", "action": "relabel", "kind": "COERCE/seize", "status": "alleged"}
    answers = [
        writer.post("/decisions", data=sent | relabel),
        writer.post("/decisions", data={"action": "undo", "undoes": "1", "who": "ana",
                                        "back": page}),
        writer.post("/decisions", data=form(writer, page, "split") | {"who": "ana",
                                                                      "ids": events[:1]}),
        writer.post("/decisions", data=form(writer, page, "merge") | {"who": "ana",
                                                                      "ids": [id_, other]}),
    ]  # fmt: skip
    assert [one.status_code for one in answers] == [303] * 4
    assert [one.headers["location"] for one in answers] == [f"{page}?done={n}" for n in range(1, 5)]
    made = writer.get("/decisions.json").json()["decisions"]
    assert [(one["decision"]["action"], one["decision"]["holds"]) for one in made] == [
        ("merge", True), ("split", True), ("undo", True), ("relabel", False),
    ]  # fmt: skip


def test_who_rejects_an_incident_on_its_page_is_not_led_to_a_page_that_is_gone(
    writer: TestClient,
) -> None:
    page = f"/incidents/{bridge(writer)}"
    sent = form(writer, page, "decide") | {"who": "ana", "action": "reject"}
    leads = writer.post("/decisions", data=sent).headers["location"]
    assert leads == "/decisions?done=1"
    there = writer.get(leads).text
    assert "Decision 1 is kept" in there
    assert "rejected: nothing that happened or was said" in there
    told = writer.get(page)
    assert told.status_code == 404
    assert "/decisions" in told.text
    undo = {"action": "undo", "undoes": "1", "who": "ana", "back": page}
    assert writer.post("/decisions", data=undo).headers["location"] == f"{page}?done=2"


def test_the_address_of_what_was_put_together_leads_to_the_whole(writer: TestClient) -> None:
    first, other = bridge(writer), next(x["id"] for x in incidents(writer, type="CONSULT"))
    decide(writer, action="merge", ids=[first, other])
    whole = {one["id"] for one in incidents(writer)} & {first, other}
    assert len(whole) == 1
    assert {writer.get(f"/incidents/{id_}.json").json()["id"] for id_ in (first, other)} == whole


def test_a_decision_is_taken_back_once_and_is_not_offered_again(writer: TestClient) -> None:
    page = f"/incidents/{bridge(writer)}"
    sent = form(writer, page, "decide") | {"who": "ana", "action": "accept"}
    done = writer.post("/decisions", data=sent).headers["location"]
    assert "Decision 1 is kept" in writer.get(done).text
    undo = {"action": "undo", "undoes": "1", "who": "ana", "back": page}
    assert writer.post("/decisions", data=undo).status_code == 303
    assert "Decision 1 is kept" not in writer.get(done).text
    again = writer.post("/decisions", data=undo)
    assert again.status_code == 400
    assert "decision 1 is taken back already" in again.text
    assert len(writer.get("/decisions.json").json()["decisions"]) == 2


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"action": "accept"}, "takes the id of an incident"),
        ({"action": "accept", "ids": ["i-none"]}, "has no incident and no event with the id"),
        ({"action": "accept", "ids": ["i-none"], "who": ""}, "it is empty"),
        ({"action": "accept", "ids": ["x"] * 201}, "ids: list should have at most 200"),
        ({"action": "accept", "ids": ["x" * 301]}, "ids.0: string should have at most 300"),
        ({"action": "undo", "undoes": 5}, "has no decision 5"),
        ({"action": "undo", "undoes": 0}, "undoes: "),
        ({"action": "relabel", "ids": ["i-none"], "type": "WAR"}, "allowed: AGREE"),
        ({"action": "merge", "ids": ["i-none"]}, "takes two ids"),
        ({"action": "accept", "ids": ["i-none"], "note": "a\nb"}, "control characters"),
    ],
)
def test_what_cannot_be_decided_is_told_and_not_kept(
    reader: TestClient, said: dict[str, Any], words: str
) -> None:
    before = reader.get("/decisions.json").json()
    answer = reader.post("/decisions.json", json={"who": "ana"} | said)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert reader.get("/decisions.json").json() == before


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/review?dyad=RUR%3AGRA&at=2", "/review?dyad=RUR%3AGRA&at=2&done=7"),
        ("/incidents/i-1?done=3", "/incidents/i-1?done=7"),
        ("/incidents/i-1#report-2", "/incidents/i-1?done=7"),
        ("/", "/?done=7"),
        ("/dyads/RUR:*", "/dyads/RUR:*?done=7"),
    ],
)
def test_one_is_led_back_to_where_one_was(back: str, leads: str) -> None:
    assert _address(back, 7) == leads


@pytest.mark.parametrize(
    "back",
    [
        "", "//evil.example", "///evil.example", "\\\\evil.example", "/\\evil.example",
        "/\t/evil.example", "/\t///evil.example", "/\n/evil.example", "\t//evil.example",
        "https://evil.example/", "https:/evil.example", "javascript:alert(1)", "data:text/html,x",
        "evil.example", "?x=1", "#x", "/%0d%0aSet-Cookie: a=b", "/x\r\nSet-Cookie: a=b",
        "/\t/[evil", "/[", "/%2F/evil.example", "/%2F%2Fevil.example", "/%5Cevil.example",
        "/ü?ü=\udcff", "/?a=b\r\nX: y", "/x?//evil.example", "/@evil.example", "/..//evil.example",
        " //evil.example", "/\u2028/evil",
    ],
)  # fmt: skip
def test_nobody_is_led_elsewhere(reader: TestClient, back: str) -> None:
    leads = _address(back, 7)
    assert leads.startswith("/")
    assert not leads.startswith(("//", "/\\"))
    assert "done=7" in leads
    parts = urlsplit(leads)
    assert (parts.scheme, parts.netloc) == ("", "")


@pytest.mark.parametrize("back", ["/\t///evil.example", "/a\r\nX-Odd: 1?b\r\nX-Odd: 2", "/ü ü?ü ü"])
def test_the_way_back_is_one_line_of_letters_that_headers_know(
    writer: TestClient, back: str
) -> None:
    sent = {"action": "accept", "ids": bridge(writer), "who": "ana", "back": back}
    answer = writer.post("/decisions", data=sent)
    assert answer.status_code == 303
    assert answer.headers["location"].isascii()
    assert "x-odd" not in answer.headers
    assert not answer.headers["location"].startswith("//")


def test_decisions_can_be_taken_out_as_judgements(writer: TestClient) -> None:
    id_ = bridge(writer)
    decide(writer, action="accept", ids=[id_], note="=cmd()")
    events = [one["event"] for one in writer.get(f"/incidents/{id_}.json").json()["reports"]]
    decide(writer, action="split", ids=events[:1])
    sheet = writer.get("/decisions/sheet.csv")
    assert sheet.headers["content-disposition"] == 'attachment; filename="decided.judged.csv"'
    rows = list(csv.reader(io.StringIO(sheet.text)))
    assert len(rows) > 1
    assert not any(cell[:1] in ("=", "+", "@") for row in rows for cell in row)
    pairs = writer.get("/decisions/pairs.jsonl").text.splitlines()
    assert all(json.loads(line) for line in pairs)
    assert pairs


def test_a_decision_says_which_incident_it_is_about(writer: TestClient) -> None:
    id_ = bridge(writer)
    decide(writer, action="relabel", ids=[id_], type="COERCE", mode="restrict")
    decide(writer, action="undo", undoes=1)
    made = writer.get("/decisions.json").json()["decisions"]
    assert [[one["id"] for one in line["incidents"]] for line in made] == [[id_], [id_]]
    listed = writer.get("/decisions").text
    assert listed.count(f'href="/incidents/{id_}"') == 2
    assert "destruction</a> Ruritania → Graustark" in listed


def test_of_what_was_rejected_the_sentence_is_shown(writer: TestClient) -> None:
    found = writer.get(f"/incidents/{bridge(writer)}.json").json()
    told = "".join(piece["text"] for piece in found["reports"][0]["pieces"])
    decide(writer, action="reject", ids=[found["id"]])
    (line,) = writer.get("/decisions.json").json()["decisions"]
    assert line["incidents"] == []
    assert line["sentence"] == told
    assert told in html.unescape(writer.get("/decisions").text)


def test_the_incident_that_one_is_near_to_goes_by_what_it_is(own: Path, visit: Visit) -> None:
    with open_store(own) as store:
        one, other = (
            next(id_ for id_ in store.links.incidents() if id_.type == type_)
            for type_ in ("THREATEN", "CONSULT")
        )
        store._db.execute("DELETE FROM link_edges")
        edge = [*sorted((one.reports[0], other.reports[0])), 3.0]
        store._db.execute("INSERT INTO link_edges VALUES (?, ?, ?)", edge)
    client = visit(own)
    (waiting,) = client.get("/review.json", params={"type": "THREATEN"}).json()["waiting"]
    reason = next(one["reason"] for one in waiting["doubts"] if one["name"] == "near another")
    assert waiting["near"] == other.id
    assert reason.startswith("a report of it is near one of another incident: visit, ")
    assert " i-" not in reason
    page = html.unescape(client.get("/review", params={"type": "THREATEN"}).text)
    assert f'<a href="/incidents/{other.id}">{reason}</a>' in page
