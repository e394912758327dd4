"""The review queue: what wants a human eye most, why, and what no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from tests.linking.telling import deed, told, who
from tests.work.test_deciding import add

from tocsin.errors import OptionError
from tocsin.store import Filters, open_store
from tocsin.store.reviewing import DOUBTS
from tocsin.store.tables import TableStore
from tocsin.work.deciding import decide
from tocsin.work.queue import _WORDS, WEIGHTS, Unsure, queue

BRIDGE = told("a", deed("Ruritania razed the Zenda bridge of Graustark.", confidence=0.9))
AGAIN = told(
    "b",
    deed("The Zenda bridge of Graustark was razed by Ruritania.", status="alleged", confidence=0.8),
    outlet="Post",
)
OTHERS = {
    "actors": [who("Strelsau", "STR", "GOV")], "recipients": [who("Hofbau", "HOF", "GOV")]
}  # fmt: skip
MILL = told("c", deed("Strelsau burnt the old mill of Hofbau.", "burnt", confidence=0.42, **OTHERS))
SURE = told(
    "d", deed("Strelsau shelled the harbour of Hofbau.", "shelled", confidence=0.99, **OTHERS),
    published=date(2021, 1, 1),
)  # fmt: skip


@pytest.fixture
def store() -> Iterator[TableStore]:
    with open_store(":memory:") as store:
        add(store, BRIDGE, AGAIN, MILL, SURE)
        assert store.links.count() == 3
        yield store


def of(rows: list[Unsure], told: Any) -> Unsure:
    (found,) = (row for row in rows if row.incident["id"] == f"i-{told.events[0].id}")
    return found


def test_what_is_least_sure_comes_first_with_its_reasons(store: TableStore) -> None:
    rows = queue(store)
    assert [row.score for row in rows] == sorted((row.score for row in rows), reverse=True)
    assert rows[-1].incident["id"] == f"i-{SURE.events[0].id}"
    assert of(rows, MILL).reason == "42% sure; only one report"
    bridge = of(rows, BRIDGE)
    assert "reports disagree on whether it happened" in bridge.reason
    assert "only one report" not in bridge.reason
    assert bridge.incident["sources"] == 2


def test_the_score_is_the_sum_of_what_the_doubts_add(store: TableStore) -> None:
    for row in queue(store):
        assert all(0 <= doubt.value <= 1 for doubt in row.doubts)
        assert row.score == pytest.approx(sum(doubt.adds for doubt in row.doubts), abs=0.1)


def test_every_doubt_has_a_weight_and_words() -> None:
    assert set(WEIGHTS) == set(DOUBTS) == set(_WORDS)


@pytest.mark.parametrize("field", ["types", "parties", "days"])
def test_reports_that_disagree_are_named(field: str) -> None:
    given: dict[str, dict[str, Any]] = {
        "types": {"type": "COERCE", "mode": None},
        "parties": {"actors": [who("Strelsau", "STR", "GOV")]},
        "days": {"date": date(2020, 6, 15)},
    }
    first = deed(BRIDGE.events[0].sentence.text, date=date(2020, 6, 16))
    other = deed("The Zenda bridge of Graustark was razed.", **given[field])
    with open_store(":memory:") as store:
        add(store, told("a", first), told("b", other))
        if store.links.count() > 1:
            ids = [one.id for one in store.links.incidents()]
            decide(store, action="merge", who="ana", ids=ids)
            store._db.execute("DELETE FROM decisions")
        (row,) = queue(store)
    assert field in [doubt.name for doubt in row.doubts]


def test_edges_within_and_between_incidents_are_doubts(store: TableStore) -> None:
    bridge, again, mill = (one.events[0].id for one in (BRIDGE, AGAIN, MILL))
    store._db.execute("DELETE FROM link_edges")
    store._db.execute(
        "INSERT INTO link_edges VALUES (?, ?, 0.1), (?, ?, 3.0)", [bridge, again, again, mill]
    )
    rows = queue(store)
    assert "two of its reports were put together by little" in of(rows, BRIDGE).reason
    assert f"a report of it is near one of i-{mill}" in of(rows, BRIDGE).reason
    assert of(rows, MILL).near == f"i-{bridge}"
    assert of(rows, SURE).near is None
    store._db.execute("DELETE FROM link_edges")
    assert "not all of its reports are near each other" in of(queue(store), BRIDGE).reason


def test_what_was_decided_about_is_left_out_until_it_is_undone(store: TableStore) -> None:
    ids = {row.incident["id"] for row in queue(store)}
    mill = f"i-{MILL.events[0].id}"
    decide(store, action="accept", who="ana", ids=[mill])
    assert {row.incident["id"] for row in queue(store)} == ids - {mill}
    decide(store, action="undo", who="ana", undoes=1)
    assert {row.incident["id"] for row in queue(store)} == ids
    decide(store, action="split", who="ana", ids=[AGAIN.events[0].id])
    left = {row.incident["id"] for row in queue(store)}
    assert left == ids - {f"i-{BRIDGE.events[0].id}"}


def test_the_queue_is_narrowed_and_given_by_pages(store: TableStore) -> None:
    rows = queue(store)
    pages = [queue(store, limit=1, offset=n) for n in range(4)]
    assert [page[0].incident["id"] for page in pages[:3]] == [row.incident["id"] for row in rows]
    assert pages[3] == []
    (only,) = queue(store, Filters(since=date(2020, 12, 1)))
    assert only.incident["id"] == f"i-{SURE.events[0].id}"
    assert len(queue(store, Filters(dyad=("STR", "*")))) == 2
    with pytest.raises(OptionError, match="cannot be narrowed by stance"):
        queue(store, Filters(stance="denies"))
    with pytest.raises(OptionError, match="page"):
        queue(store, limit=-1)
