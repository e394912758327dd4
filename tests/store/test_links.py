"""Links in every kind of store: they last, are found by any of their ids, and answer questions."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.linking.news import everything
from tests.linking.telling import Told, deed, told
from tests.store.conftest import CODING, NOW

from tocsin.errors import OptionError, StoreError
from tocsin.linking.linker import link
from tocsin.store import Coding, Entry, Filters, open_store
from tocsin.store.tables import TableStore

NEWS = everything()


def add(store: TableStore, *articles: Told, coding: Coding = CODING, later: int = 0) -> None:
    for one in articles:
        entry = Entry(
            path="a.jsonl", outcome="coded", document=one.document, digest=one.document.id,
            events=one.events,
        )  # fmt: skip
        store.add(entry, coding, at=NOW + timedelta(days=later))


def answers(store: TableStore) -> Any:
    return store.ask("incident_records"), store.ask("claims"), store.ask("stories")


@pytest.fixture
def full(store: TableStore) -> TableStore:
    """A store with linked articles."""
    add(store, *NEWS)
    link(store.links)
    return store


def test_links_last_over_closing_and_opening(lasting: str) -> None:
    with open_store(lasting) as store:
        add(store, *NEWS[:7])
        link(store.links)
        before = answers(store)
        assert all(before)
    for read_only in (True, False, True):
        with open_store(lasting, read_only=read_only) as store:
            assert answers(store) == before
            assert store.links.waiting(99) == []
            assert list(store.check()) == []
    with open_store(lasting) as store:
        add(store, *NEWS[7:])
        assert len(store.links.waiting(99)) == len(NEWS) - 7
        link(store.links)
        whole = answers(store)
    with open_store(lasting, read_only=True) as store, open_store(":memory:") as other:
        add(other, *NEWS)
        link(other.links)
        assert answers(store) == whole == answers(other)


def test_what_was_added_and_not_linked_waits_when_it_is_opened_again(lasting: str) -> None:
    with open_store(lasting) as store:
        add(store, *NEWS)
        link(store.links)
        late = told("late", deed("Ruritania razed the late mill.", "razed"))
        add(store, late)
    with open_store(lasting) as store:
        assert store.links.waiting(99) == ["late"]
        assert store.incident(late.events[0].id) is None
        assert link(store.links) == 1
        assert store.incident(late.events[0].id) is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_killed_process_loses_no_incident_for_good(lasting: str) -> None:
    child = os.fork()
    if child == 0:
        store = open_store(lasting)
        add(store, *NEWS)
        link(store.links, batch=4)
        os._exit(0)  # without closing
    assert os.waitpid(child, 0)[1] == 0
    with open_store(lasting) as store, open_store(":memory:") as other:
        link(store.links)
        add(other, *NEWS)
        link(other.links)
        assert list(store.check()) == []
        assert answers(store) == answers(other)


def test_an_incident_is_found_by_its_id_and_by_each_of_its_reports(full: TableStore) -> None:
    for row in full.ask("incidents"):
        incident = full.incident(row["id"])
        assert incident is not None
        assert incident.id == row["id"]
        for event in incident.reports:
            assert full.incident(event) == full.incident(f"i-{event}") == incident
    every = [event.id for one in NEWS for event in one.events]
    assert all(full.incident(id_) is not None for id_ in every)
    assert full.incident("i-nothing") is None
    assert full.incident("") is None


def test_a_story_is_found_by_its_id_and_by_each_of_its_articles(full: TableStore) -> None:
    for one in NEWS:
        story = full.links.story(f"s-{one.document.id}")
        assert story is not None
        assert one.document.id in story.documents
        assert full.links.story(story.id) == story
    assert full.links.story("s-nothing") is None


def test_nothing_is_linked_before_it_is_linked(store: TableStore) -> None:
    add(store, *NEWS)
    assert answers(store) == ([], [], [])
    assert store.links.waiting(3) == [one.document.id for one in NEWS[:3]]
    assert store.links.count() == 0


def test_copies_count_once_and_are_not_linked_themselves(store: TableStore) -> None:
    first, *_ = NEWS
    add(store, first)
    copy = told("copy", deed(first.document.text, "floated"), outlet="Echo").document
    store.add(
        Entry(path="b", outcome="copy", document=copy, digest="x", copy_of=first.document.id,
              copy_kind="same", contained=1.0),
        CODING, at=NOW,
    )  # fmt: skip
    again = told("again", deed("Ruritania floated 240 balloons that night.", "floated",
                               type="COERCE", mode=None))  # fmt: skip
    entry = Entry(path="c", outcome="coded", document=again.document, digest="y",
                  events=again.events, version_of="copy")  # fmt: skip
    store.add(entry, CODING, at=NOW)
    assert link(store.links) == 2
    assert store.links.families(["copy", "again", first.document.id]) == {
        "copy": first.document.id, "again": first.document.id,
    }  # fmt: skip
    assert list(store.check()) == []


def test_a_batch_goes_in_as_a_whole_or_not_at_all(
    store: TableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(store, *NEWS)

    def fail(*_: Any) -> None:
        raise ValueError("no stories")

    with monkeypatch.context() as patched:
        patched.setattr(type(store.links), "_put_stories", fail)
        with pytest.raises(ValueError, match="no stories"):
            link(store.links)
    assert answers(store) == ([], [], [])
    assert len(store.links.waiting(99)) == len(NEWS)
    assert link(store.links) == len(NEWS)
    assert list(store.check()) == []


def test_a_store_that_is_read_only_takes_no_links(lasting: str) -> None:
    with open_store(lasting) as store:
        add(store, *NEWS[:2])
    if lasting.endswith(
        ".duckdb"
    ):  # a folder is read into memory, and what is linked there is lost
        with open_store(lasting, read_only=True) as store, pytest.raises(StoreError):
            link(store.links)
    with open_store(lasting) as store:
        assert len(store.links.waiting(9)) == 2


def test_coding_anew_leaves_the_old_events_and_links_the_new(full: TableStore) -> None:
    one = NEWS[0]
    add(full, Told(one.document, ()), coding=Coding("2.0"), later=1)
    assert full.links.waiting(9) == [one.document.id]
    link(full.links)
    assert full.event(one.events[0].id) is not None
    assert full.incident(one.events[0].id) is None
    assert list(full.check()) == []


INCIDENTS: dict[str, str] = {
    "night 1a": "first", "night 1b": "first", "night 2a": "second", "night 2b": "second",
    "night 3": "third", "sum": "sum", "clash by one": "clash", "clash by other": "clash",
    "threat a": "threat", "threat b": "threat", "deal": "deal", "undated": "mill",
}  # fmt: skip
Ask = Callable[..., set[str]]


@pytest.fixture(scope="module", params=["memory", "duckdb", "parquet"])
def asked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A linked store of each kind, closed and opened again where it can be."""
    folder: Path = tmp_path_factory.mktemp("asked")
    name = {"memory": ":memory:", "duckdb": f"{folder}/a.duckdb", "parquet": f"{folder}/a/"}
    store = open_store(name[request.param])
    add(store, *NEWS)
    link(store.links)
    if request.param != "memory":
        store.close()
        store = open_store(name[request.param], read_only=True)
    yield store
    store.close()


def names(store: TableStore, question: str, filters: dict[str, Any]) -> list[str]:
    """What is found, by the names that the incidents have here."""
    found = []
    for row in store.ask(question, Filters(**filters)):
        incident = store.incident(row.get("incident") or row["id"])
        assert incident is not None
        found.append(INCIDENTS[incident.documents[0]])
    return found


BALLOONS = ["first", "second", "third", "sum"]
DAYS = {n: next(one for one in NEWS if one.document.id == n).document.published for n in INCIDENTS}


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, {*INCIDENTS.values()}),
        ({"dyad": ("RUR", "GRA")}, {*BALLOONS, "clash", "threat", "mill"}),
        ({"dyad": ("GRA", "RUR")}, {"clash"}),
        ({"dyad": ("*", "HOF")}, {"deal"}),
        ({"dyad": ("STR", "*")}, {"deal"}),
        ({"type": "COERCE"}, {*BALLOONS}),
        ({"type": "COERCE", "mode": "destroy"}, set()),
        ({"mode": "firearms"}, {"clash"}),
        ({"status": "actual", "type": "THREATEN"}, {"threat"}),
        ({"status": "alleged"}, set()),
        ({"where": "RUR"}, {"clash"}),
        ({"where": "zen"}, {"clash"}),
        ({"where": "Hofbau"}, set()),
        ({"words": "RUNWAYS"}, set()),  # stands in the text, not in the sentence
        ({"words": "hofbau airport"}, {"second"}),
        ({"sources": 2}, {"first", "second", "clash", "threat"}),
        ({"sources": 3}, set()),
        ({"outlet": "Herald"}, {"second", "sum", "deal"}),
        ({"outlet": "Hera"}, set()),
        ({"document": "threat b"}, {"threat"}),
        ({"document": "feast"}, set()),
        # what is told to go on since May goes on while it is told
        ({"since": DAYS["night 2a"]}, {"third", "clash", "sum"}),
        ({"until": DAYS["night 1a"]}, {"first", "sum"}),
        ({"since": DAYS["threat a"], "until": DAYS["threat a"]}, {"threat", "sum"}),
    ],
)  # fmt: skip
def test_incidents_are_narrowed(
    asked: TableStore, filters: dict[str, Any], found: set[str]
) -> None:
    assert sorted(names(asked, "incidents", filters)) == sorted(found)
    records = asked.ask("incident_records", Filters(**filters))
    assert len(records) == len(found)
    if filters:  # claims of the same incidents
        assert set(names(asked, "claims", filters)) == found & {"clash"}


@pytest.mark.parametrize(
    ("filters", "speakers"),
    [
        ({"speaker": "RURI"}, ["Ruritania"]),
        ({"speaker": "a"}, ["Graustark", "Ruritania"]),
        ({"speaker": "Strelsau"}, []),
        ({"stance": "asserts"}, ["Graustark", "Ruritania"]),
        ({"stance": "denies"}, []),
        ({"stance": "asserts", "speaker": "grau", "type": "ASSAULT"}, ["Graustark"]),
        ({"limit": 1}, ["Graustark"]),
    ],
)
def test_claims_are_narrowed(
    asked: TableStore, filters: dict[str, Any], speakers: list[str]
) -> None:
    rows = asked.ask("claims", Filters(**filters))
    assert [row["speaker"] for row in rows] == speakers
    assert all(len(row["events"]) == row["reports"] == 1 for row in rows)


def test_incidents_come_by_day_and_limited(asked: TableStore) -> None:
    rows = asked.ask("incidents")
    days = [row["date_start"] or row["first_report"] for row in rows]
    known = [one for one in days if one is not None]
    assert known == sorted(known)
    assert days[len(known) :] == [None]
    assert asked.ask("incidents", Filters(limit=3)) == rows[:3]
    assert not {"record", "actor_countries"} & rows[0].keys()


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"words": "cherries"}, {"s-feast"}),
        ({"document": "threat b"}, {"s-threat a"}),
        ({"outlet": "Herald"}, {"s-night 2a", "s-sum", "s-deal"}),
        ({"sources": 2}, {"s-night 1a", "s-night 2a", "s-clash by one", "s-threat a"}),
        ({"since": DAYS["night 3"]}, {"s-night 3", "s-sum"}),
        ({"until": DAYS["night 1a"]}, {"s-night 1a"}),
    ],
)
def test_stories_are_narrowed(asked: TableStore, filters: dict[str, Any], found: set[str]) -> None:
    assert {row["id"] for row in asked.ask("stories", Filters(**filters))} == found


@pytest.mark.parametrize(
    ("question", "filters"),
    [("incidents", {"least": 0.5}), ("incidents", {"speaker": "x"}), ("stories", {"type": "AID"})],
)
def test_what_a_question_cannot_be_narrowed_by_is_refused(
    asked: TableStore, question: str, filters: dict[str, Any]
) -> None:
    with pytest.raises(OptionError, match=f"{question} cannot be narrowed by"):
        asked.ask(question, Filters(**filters))


def test_nothing_in_a_value_becomes_sql(asked: TableStore) -> None:
    for filters in ({"words": "' OR 1=1 --"}, {"outlet": "'; DROP TABLE incidents; --"}):
        assert asked.ask("incidents", Filters(**filters)) == []
    assert asked.ask("claims", Filters(speaker="%' OR 1=1 --")) == []
    assert asked.ask("incidents")
