"""What people decided, as judged pairs and as a judged sheet that the figures are made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.linking.telling import deed, told
from tests.work.test_deciding import AGAIN, BRIDGE, MILL, add, incident

from tocsin.evaluation.decided import SAMPLE, judged_events, judged_pairs, write_pairs
from tocsin.evaluation.judged import read_sheet
from tocsin.evaluation.links import evaluate_links, read_judged_pairs
from tocsin.evaluation.sheet import write_sheet
from tocsin.evaluation.sheet_scores import score_sheet
from tocsin.evaluation.sheet_table import sheet_table
from tocsin.store import open_store
from tocsin.store.tables import TableStore
from tocsin.work.deciding import decide


@pytest.fixture
def store() -> Iterator[TableStore]:
    """A store with the incident of the bridge, of two reports, and that of the mill."""
    with open_store(":memory:") as store:
        add(store, BRIDGE, AGAIN, MILL)
        yield store


def say(store: TableStore, action: str, *articles: Any, **more: Any) -> None:
    ids = [incident(store, one) for one in articles]
    decide(store, action=action, who="ana", ids=ids, **more)


def judged(store: TableStore) -> dict[str, dict[str, str]]:
    """The judgements of each document's event, without the notes."""
    return {
        row.document: {name: said for name, said in row.judged.items() if name != "note"}
        for row in judged_events(store)
    }


RIGHT = {
    "is_event": "y", "type_right": "y", "status_right": "y", "actors_right": "y",
    "recipients_right": "y",
}  # fmt: skip


def test_merges_and_splits_are_pairs_across_their_groups(store: TableStore) -> None:
    say(store, "merge", BRIDGE, MILL)
    pairs = judged_pairs(store)
    ends = [(one["one"]["document"], one["other"]["document"], one["same"]) for one in pairs]
    assert sorted(ends) == [("a", "c", True), ("b", "c", True)]
    assert {one["draw"] for one in pairs} == {"decided: merge"}
    decide(store, action="split", who="ana", ids=[MILL.events[0].id])
    assert [one["same"] for one in judged_pairs(store)] == [False, False]
    decide(store, action="undo", who="ana", undoes=2)
    assert [one["same"] for one in judged_pairs(store)] == [True, True]


def test_the_pairs_are_read_and_hold_in_a_store_only_with_the_decisions(
    store: TableStore, tmp_path: Path
) -> None:
    decide(store, action="split", who="ana", ids=[AGAIN.events[0].id])
    write_pairs(tmp_path / "pairs.jsonl", judged_pairs(store))
    pairs = read_judged_pairs(tmp_path / "pairs.jsonl")
    with open_store(":memory:") as other:
        add(other, BRIDGE, AGAIN, MILL)
        linked = [
            evaluate_links(pairs, [*BRIDGE.events, *AGAIN.events], one.links.incidents(), ()).linked
            for one in (store, other)
        ]
    assert linked == [[False], [True]]


def test_an_accepted_incident_of_like_reports_is_right_in_all_that_was_looked_at(
    store: TableStore,
) -> None:
    say(store, "accept", BRIDGE, note="looked it up")
    assert judged(store) == {"a": RIGHT, "b": RIGHT}
    assert judged_events(store)[0].judged["note"] == "accept by ana: looked it up"


def test_where_a_report_says_other_than_what_was_accepted_nothing_is_said() -> None:
    silent = told("b", deed("The Zenda bridge of Graustark was razed.", actors=(), mode=None))
    with open_store(":memory:") as store:
        add(store, BRIDGE, silent)
        ids = sorted({incident(store, BRIDGE), incident(store, silent)})
        if len(ids) > 1:
            decide(store, action="merge", who="ana", ids=ids)
        say(store, "accept", BRIDGE)
        said = judged(store)
    assert said["a"] == RIGHT
    assert said["b"] == {"is_event": "y", "status_right": "y", "recipients_right": "y"}


def test_parties_are_not_judged_where_reports_came_in_since(store: TableStore) -> None:
    say(store, "accept", MILL)
    later = told("d", deed("Strelsau burnt the old mill of Hofbau.", "burnt"))
    add(store, later)
    decide(store, action="merge", who="ana", ids=[MILL.events[0].id, later.events[0].id])
    assert judged(store)["c"] == {"is_event": "y", "type_right": "y", "status_right": "y"}


def test_what_is_relabelled_was_wrong_in_that(store: TableStore) -> None:
    say(store, "relabel", MILL, type="COERCE", status="alleged")
    say(store, "relabel", BRIDGE, type="ASSAULT")
    assert judged(store) == {
        "c": {"is_event": "y", "type_right": "n", "status_right": "n"},
        "a": {"is_event": "y"},
        "b": {"is_event": "y"},
    }
    say(store, "relabel", BRIDGE, type="ASSAULT", mode="aerial")
    assert judged(store)["a"] == {"is_event": "y", "type_right": "n"}


def test_what_is_rejected_is_no_event_until_it_is_decided_otherwise(store: TableStore) -> None:
    say(store, "accept", MILL)
    say(store, "reject", MILL)
    assert judged(store) == {"c": {"is_event": "n"}}
    decide(store, action="undo", who="ana", undoes=2)
    assert judged(store) == {"c": RIGHT}


def test_the_sheet_is_read_and_claims_to_be_no_sample_of_more(
    store: TableStore, tmp_path: Path
) -> None:
    say(store, "accept", BRIDGE)
    say(store, "reject", MILL, note="=a drill")
    write_sheet(tmp_path / "sheet.csv", judged_events(store))
    sheet = read_sheet(tmp_path / "sheet.csv")
    assert sheet.sample.startswith(SAMPLE)
    assert {(row.weight, row.population) for row in sheet.rows} == {(1.0, 3)}
    scores = score_sheet(sheet)
    event = scores.fields["event"]
    assert (event.right, event.wrong) == (2, 1)
    assert scores.recall is None
    assert "sample decided, not drawn" in sheet_table(scores)


def test_nothing_decided_is_nothing_judged(store: TableStore) -> None:
    assert judged_pairs(store) == []
    assert judged_events(store) == ()
