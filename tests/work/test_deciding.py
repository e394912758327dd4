"""Deciding: what is kept, what is refused, what is listed, and what waits to be linked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.linking.telling import deed, told, who
from tests.store.conftest import CODING, NOW

from tocsin.errors import OptionError
from tocsin.linking.linker import link
from tocsin.model.decision import Anchor
from tocsin.store import Coding, Entry, open_store
from tocsin.store.tables import TableStore
from tocsin.work.deciding import decide, decisions_about, listed

BRIDGE = told("a", deed("Ruritania razed the Zenda bridge of Graustark."))
AGAIN = told("b", deed("The Zenda bridge of Graustark was razed by Ruritania."))
OTHERS = {
    "actors": [who("Strelsau", "STR", "GOV")], "recipients": [who("Hofbau", "HOF", "GOV")]
}  # fmt: skip
MILL = told("c", deed("Strelsau burnt the old mill of Hofbau.", "burnt", **OTHERS))


def add(store: TableStore, *articles: Any, coding: Coding = CODING) -> None:
    for one in articles:
        entry = Entry(
            path="a.jsonl", outcome="coded", document=one.document, digest=one.document.id,
            events=one.events,
        )  # fmt: skip
        store.add(entry, coding, at=NOW)
    link(store.links)


@pytest.fixture
def store() -> Iterator[TableStore]:
    """A store with the incident of the bridge, of two reports, and that of the mill."""
    with open_store(":memory:") as store:
        add(store, BRIDGE, AGAIN, MILL)
        yield store


def incident(store: TableStore, told: Any) -> str:
    found = store.incident(told.events[0].id)
    assert found is not None
    return found.id


def test_a_decision_is_kept_with_all_that_was_said(store: TableStore) -> None:
    at = datetime(2024, 10, 25, 12, 0, tzinfo=UTC)
    made = decide(
        store, action="relabel", who=" ana ", ids=[incident(store, MILL)], type="assault",
        mode="destroy", status="alleged", note="the second wire", at=at,
    )  # fmt: skip
    assert store.links.decisions() == [made]
    assert (made.number, made.made, made.who) == (1, "2024-10-25T12:00:00", "ana")
    assert (made.type, made.mode, made.status) == ("ASSAULT", "destroy", "alleged")
    assert made.groups == ((Anchor(document="c", type="ASSAULT", start=9, end=14),),)
    found = store.incident(incident(store, MILL))
    assert found is not None
    assert found.status == "alleged"


def test_what_is_accepted_is_as_it_was_and_waits_for_nothing(store: TableStore) -> None:
    before = store.ask("incident_records"), store.ask("stories")
    made = decide(store, action="accept", who="ana", ids=[incident(store, BRIDGE)])
    assert made.documents == {"a", "b"}
    assert (made.type, made.mode, made.status) == ("ASSAULT", "destroy", "actual")
    undone = decide(store, action="undo", who="ana", undoes=1)
    assert store.links.waiting(10) == []
    assert (store.ask("incident_records"), store.ask("stories")) == before
    assert [(one.number, holds) for one, holds in listed(store)] == [(1, False), (2, True)]
    assert undone.undoes == 1
    assert list(store.check()) == []


def test_nothing_is_linked_anew_for_what_is_accepted(
    store: TableStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    id_ = incident(store, BRIDGE)
    kept: list[set[str]] = []
    keep = store.links.decide
    monkeypatch.setattr(
        store.links, "decide", lambda one, which: (kept.append(set(which)), keep(one, which))
    )
    decide(store, action="accept", who="ana", ids=[id_])
    decide(store, action="undo", who="ana", undoes=1)
    decide(store, action="reject", who="ana", ids=[incident(store, MILL)])
    decide(store, action="undo", who="ana", undoes=3)
    decide(store, action="undo", who="ana", undoes=4)
    assert kept == [set(), set(), {"c"}, {"c"}, {"c"}]


def test_an_accepted_incident_can_be_named_by_any_of_its_events(store: TableStore) -> None:
    made = decide(store, action="accept", who="ana", ids=[AGAIN.events[0].id])
    assert made.documents == {"a", "b"}


def test_the_old_id_of_an_incident_stands_for_that_which_it_is_in_now(store: TableStore) -> None:
    old = f"i-{AGAIN.events[0].id}"
    assert old != incident(store, AGAIN)
    assert decide(store, action="reject", who="ana", ids=[old]).documents == {"a", "b"}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"action": "delete"}, "there is no decision 'delete'; there are merge, split"),
        ({"ids": []}, "to accept takes the id of an incident"),
        ({"ids": ["{0}", "{1}"]}, "to accept takes one id"),
        ({"ids": ["i-nobody"]}, "has no incident and no event with the id i-nobody"),
        ({"action": "merge"}, "to merge takes two ids and more"),
        ({"action": "merge", "ids": ["{0}", "{0}"]}, "to merge takes two ids and more"),
        ({"action": "split"}, "some of the events of one incident, and not all"),
        ({"action": "relabel"}, "to relabel takes a type, a mode or a status"),
        ({"action": "relabel", "mode": "seize"}, "a mode takes its type too"),
        ({"action": "relabel", "status": "sure"}, "the status 'sure' is unknown; allowed: actual"),
        ({"type": "AID"}, "to accept takes no type, mode or status"),
        ({"undoes": 1}, "to accept takes no number of a decision"),
        ({"action": "undo", "ids": []}, "to undo takes the number of a decision"),
        ({"action": "undo", "ids": [], "undoes": 7}, "has no decision 7"),
        ({"who": ""}, "it is empty"),
        ({"who": " "}, "it is empty"),
        ({"who": "a" * 201}, "has 201 characters; at most 200 are kept"),
        ({"who": "a\x1b[2J"}, "holds control characters"),
        ({"note": "a" * 2001}, "has 2,001 characters; at most 2,000 are kept"),
        ({"note": "one\ntwo"}, "holds control characters"),
        ({"note": "\udcff"}, "holds control characters"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    store: TableStore, said: dict[str, Any], message: str
) -> None:
    ids = incident(store, BRIDGE), incident(store, MILL)
    given = {"action": "accept", "who": "ana", "ids": ["{0}"]} | said
    given["ids"] = [one.format(*ids) for one in given["ids"]]
    with pytest.raises(OptionError, match=message):
        decide(store, **given)
    assert store.links.decisions() == []


def test_the_longest_name_and_reason_are_kept(store: TableStore) -> None:
    id_ = incident(store, MILL)
    made = decide(store, action="accept", who="a" * 200, ids=[id_], note="b" * 2000)
    assert (len(made.who), len(made.note or "")) == (200, 2000)


def test_what_is_taken_back_is_not_taken_back_twice(store: TableStore) -> None:
    decide(store, action="reject", who="ana", ids=[incident(store, BRIDGE)])
    decide(store, action="undo", who="ana", undoes=1)
    with pytest.raises(OptionError, match="decision 1 is taken back already"):
        decide(store, action="undo", who="ben", undoes=1)
    decide(store, action="undo", who="ben", undoes=2)
    with pytest.raises(OptionError, match="decision 2 is taken back already"):
        decide(store, action="undo", who="ana", undoes=2)
    decide(store, action="undo", who="ana", undoes=1)
    assert [holds for _, holds in listed(store)] == [False, False, True, True]


def test_decisions_about_an_incident_are_those_of_its_reports_and_their_undoing(
    store: TableStore,
) -> None:
    bridge, mill = incident(store, BRIDGE), incident(store, MILL)
    decide(store, action="accept", who="ana", ids=[bridge])
    decide(store, action="accept", who="ana", ids=[mill])
    decide(store, action="undo", who="ben", undoes=1)
    decide(store, action="undo", who="ana", undoes=3)
    about = [(one.number, holds) for one, holds in decisions_about(store, bridge)]
    assert about == [(1, True), (3, False), (4, True)]
    assert [one.number for one, _ in decisions_about(store, MILL.events[0].id)] == [2]
    with pytest.raises(OptionError, match="no incident"):
        decisions_about(store, "i-nobody")


def test_they_are_found_again_when_the_articles_are_coded_anew(store: TableStore) -> None:
    decide(store, action="accept", who="ana", ids=[incident(store, MILL)])
    other = told("c", deed("Strelsau burnt the old mill of Hofbau.", "burnt the", **OTHERS))
    add(store, other, coding=Coding("2.0"))
    assert [one.number for one, _ in decisions_about(store, incident(store, other))] == [1]


def unlinked(store: TableStore, one: Any) -> None:
    entry = Entry(
        path="b.jsonl", outcome="coded", document=one.document, digest=one.document.id,
        events=one.events,
    )  # fmt: skip
    store.add(entry, CODING, at=NOW)


SCHOOL = told("d", deed("Strelsau burnt the new school of Hofbau.", "burnt", **OTHERS))


@pytest.mark.parametrize("action", ["relabel", "reject"])
def test_who_leaves_the_rest_links_what_the_decision_changes_alone(
    store: TableStore, action: str
) -> None:
    unlinked(store, SCHOOL)
    status = "denied" if action == "relabel" else None
    decide(store, action=action, who="ana", ids=[incident(store, MILL)], status=status, rest=False)
    assert store.links.waiting(10) == ["d"]
    found = store.incident(MILL.events[0].id)
    assert (found.status if found is not None else None) == status
    link(store.links)
    assert store.links.waiting(10) == []
    assert store.incident(SCHOOL.events[0].id) is not None


def test_what_is_decided_between_two_batches_holds_for_those_after_it(store: TableStore) -> None:
    later = told("e", deed("Strelsau razed the Zenda bridge of Graustark.", "razed"))
    unlinked(store, SCHOOL)
    unlinked(store, later)

    def between(_: int) -> None:
        if not store.links.decisions():
            ids = [incident(store, BRIDGE)]
            decide(store, action="relabel", who="ana", ids=ids, status="alleged", rest=False)

    link(store.links, batch=1, done=between)
    found = store.incident(later.events[0].id)
    assert found is not None
    assert len(found.reports) == 3
    assert found.status == "alleged"
