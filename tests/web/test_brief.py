"""A store that is held for one question at a time."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.linking.telling import deed, told
from tests.series.conftest import CODING, NOW, entry

from tocsin.linking.linker import link
from tocsin.series.alarms.watching import watch_dyad
from tocsin.store import open_store
from tocsin.web.brief import OtherStateError, briefly
from tocsin.web.desk import Desk
from tocsin.web.measuring import alarms, ring_alarms

DYAD = ("RUR", "GRA")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    path = tmp_path / "a.duckdb"
    with open_store(str(path)) as store:
        store.add(entry(told("a", deed())), CODING, at=NOW)
        link(store.links)
    return Desk(path)


def test_between_two_questions_others_may_write(desk: Desk) -> None:
    with desk.reading() as reading:
        stamp, expected = reading.stamp, watch_dyad(reading.store, DYAD)
    store = briefly(desk, stamp)
    (row,) = store.ask("incidents")
    with desk.gate.writing():
        pass
    assert store.incident(row["id"]) == store.links.incident(row["id"])
    assert watch_dyad(store, DYAD).alarms == expected.alarms
    desk.close()


def test_what_has_changed_since_is_not_told(desk: Desk) -> None:
    with desk.reading() as reading:
        store = briefly(desk, reading.stamp)
    with desk.gate.writing() as other:
        other.add(entry(told("b", deed("Ruritania burnt the mill.", "burnt"))), CODING, at=NOW)
    with pytest.raises(OtherStateError, match="has changed meanwhile"):
        store.ask("incidents")
    desk.close()


def test_alarms_that_were_rung_ahead_are_found(desk: Desk) -> None:
    with desk.reading() as reading:
        reading.once("anything", lambda: 1)
        stamp = reading.stamp
    ring_alarms(desk, stamp, DYAD)
    with desk.reading() as reading:
        found = reading.ready(("alarms", DYAD))
        assert found is not None
        assert alarms(reading, DYAD) is found
        assert found == watch_dyad(reading.store, DYAD).alarms
    desk.close()
