"""Decisions: what a person says holds, over new articles and new codings, until it is undone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from tests.linking.telling import deed, told, who
from tests.store.conftest import CODING, NOW

from tocsin.linking.linker import link
from tocsin.model.decision import Decision, anchor_of, in_force
from tocsin.model.event import Event
from tocsin.store import Coding, Entry, open_store
from tocsin.store.tables import TableStore

BRIDGE = told("a", deed("Ruritania razed the Zenda bridge of Graustark."))
AGAIN = told("b", deed("The Zenda bridge of Graustark was razed by Ruritania."))
OTHERS = {
    "actors": [who("Strelsau", "STR", "GOV")], "recipients": [who("Hofbau", "HOF", "GOV")]
}  # fmt: skip
MILL = told("c", deed("Strelsau burnt the old mill of Hofbau.", "burnt", **OTHERS))


def add(store: TableStore, *articles: Any, coding: Coding = CODING, later: int = 0) -> None:
    for one in articles:
        entry = Entry(
            path="a.jsonl", outcome="coded", document=one.document, digest=one.document.id,
            events=one.events,
        )  # fmt: skip
        store.add(entry, coding, at=NOW + timedelta(days=later))
    link(store.links)


def say(store: TableStore, action: Any, *groups: Sequence[Event], **more: Any) -> Decision:
    made = store.links.decisions()
    decision = Decision(
        number=len(made) + 1, made="2024-10-25T12:00:00", who="ana", action=action,
        groups=tuple(tuple(anchor_of(event) for event in group) for group in groups), **more,
    )  # fmt: skip
    documents = set(decision.documents)
    if decision.undoes is not None:
        documents |= {d for one in made for d in one.documents}
    store.links.decide(decision, documents)
    link(store.links)
    assert list(store.check()) == []
    return decision


def groups(store: TableStore) -> set[frozenset[str]]:
    """The documents of each incident."""
    return {frozenset(one.documents) for one in store.links.incidents()}


@pytest.fixture
def full(store: TableStore) -> TableStore:
    add(store, BRIDGE, AGAIN, MILL)
    assert groups(store) == {frozenset("ab"), frozenset("c")}
    return store


def test_what_is_merged_is_one(full: TableStore) -> None:
    say(full, "merge", BRIDGE.events, MILL.events)
    assert frozenset("ac") in {one & frozenset("ac") for one in groups(full)}
    assert len(groups(full)) < 3


def test_what_is_split_is_two_and_stays_so(full: TableStore) -> None:
    say(full, "split", BRIDGE.events, AGAIN.events)
    assert groups(full) == {frozenset("a"), frozenset("b"), frozenset("c")}
    add(full, told("d", deed("Guards of Strelsau left the ford.", "left", **OTHERS)))
    assert {frozenset("a"), frozenset("b")} <= groups(full)


def test_what_is_rejected_is_in_no_incident_and_still_an_event(full: TableStore) -> None:
    say(full, "reject", MILL.events)
    assert groups(full) == {frozenset("ab")}
    assert len(full.ask("events")) == 3


def test_a_label_goes_before_what_reports_say(full: TableStore) -> None:
    say(full, "relabel", MILL.events, type="COERCE", mode="seize", status="alleged")
    found = full.incident(MILL.events[0].id)
    assert found is not None
    assert (found.type, found.mode, found.status, found.quad) == ("COERCE", "seize", "alleged", 4)
    assert found.status_reason == "decided by ana on 2024-10-25 (decision 1)"


def test_an_undone_decision_holds_no_more_and_can_be_restored(full: TableStore) -> None:
    before = groups(full)
    say(full, "split", BRIDGE.events, AGAIN.events)
    say(full, "undo", undoes=1)
    assert groups(full) == before
    say(full, "undo", undoes=2)
    assert frozenset("a") in groups(full)
    assert [one.number for one in in_force(tuple(full.links.decisions()))] == [1]


def test_of_two_decisions_on_one_pair_the_later_holds(full: TableStore) -> None:
    say(full, "split", BRIDGE.events, AGAIN.events)
    say(full, "merge", BRIDGE.events, AGAIN.events)
    assert frozenset("ab") in groups(full)


def test_decisions_hold_when_articles_are_coded_anew(full: TableStore) -> None:
    say(full, "split", BRIDGE.events, AGAIN.events)
    say(full, "reject", MILL.events)
    # other ids, other modes, the same places
    anew = [
        told(id_, deed(one.sentence.text, one.trigger.text, mode=None))
        for id_, (one,) in (("a", BRIDGE.events), ("b", AGAIN.events), ("c", MILL.events))
    ]
    ids = {event.id for article in anew for event in article.events}
    assert not ids & {event.id for event in full.records()}
    add(full, *anew, coding=Coding("2.0"), later=1)
    assert {event.id for event in full.records()} == ids
    assert groups(full) == {frozenset("a"), frozenset("b")}


def test_decisions_last(lasting: str) -> None:
    with open_store(lasting) as store:
        add(store, BRIDGE, AGAIN, MILL)
        made = say(store, "split", BRIDGE.events, AGAIN.events, note="two bridges")
    with open_store(lasting, read_only=True) as store:
        assert store.links.decisions() == [made]
        assert frozenset("a") in groups(store)
