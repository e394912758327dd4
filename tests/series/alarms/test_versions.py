"""Histories out of a store: what was known on each day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.linking.telling import Told, about, count, day, deed, on, told
from tests.series.conftest import Fill, entry, row
from tests.store.test_ledgers import state

from tocsin.errors import OptionError
from tocsin.series.alarms.retelling import load_retellings
from tocsin.series.alarms.versions import load_history
from tocsin.series.alarms.watching import watch_all, watch_dyad
from tocsin.series.loading import load_observations

DYAD = ("RUR", "GRA")
ALLEGED = told("a", deed(date=day(3), status="alleged", confidence=0.6), published=day(3))
AGAIN = told(
    "b", deed("Ruritania razed the Zenda bridge of Graustark and killed 40 people.", date=day(3),
              quantities=[count(40, "people", qualifier=None)]),
    published=day(6), outlet="Gazette",
)  # fmt: skip
OTHER = told(
    "c", deed("Ruritania threatened to shell the Tarlenheim pass of Graustark.", "threatened",
              type="THREATEN", mode="violence", date=day(9)),
    published=day(9),
)  # fmt: skip


def test_an_incident_stands_in_the_version_of_its_day(fill: Fill) -> None:
    store = fill(ALLEGED, AGAIN, OTHER)
    history = load_history(store, DYAD)
    assert [one.since for one in history.versions] == [day(3), day(6), day(9)]
    first, second, _ = (one.observation for one in history.versions)
    assert first.id == second.id == f"i-{ALLEGED.events[0].id}"
    assert (first.status, first.sources, first.outlets) == ("alleged", 1, ("Courier",))
    assert (second.status, second.outlets) == ("actual", ("Courier", "Gazette"))
    assert second.sources == 2
    assert history.told(day(5)) == [first]
    assert history.told(day(6)) == [second]
    assert history.versions[0].sentence == ALLEGED.events[0].sentence.text


def test_the_last_version_is_the_incident_of_the_store(fill: Fill) -> None:
    store = fill(ALLEGED, AGAIN, OTHER)
    history = load_history(store, DYAD)
    now = [one.observation for one in history.versions if one.until is None]
    stored = {one.id: one for one in load_observations(store, dyad=DYAD).observations}
    assert {one.id: replace(one, reported=None) for one in now} == {
        id_: replace(one, reported=None) for id_, one in stored.items()
    }


def test_what_was_published_later_changes_nothing_of_before(fill: Fill) -> None:
    whole = load_history(fill(ALLEGED, AGAIN, OTHER), DYAD)
    assert whole.told(day(5)) == load_history(_store(ALLEGED), DYAD).told(day(5))
    assert whole.told(day(6)) == load_history(_store(ALLEGED, AGAIN), DYAD).told(day(6))


def _store(*articles: Told) -> Any:
    from tests.series.conftest import CODING, NOW

    from tocsin.linking.linker import link
    from tocsin.store import open_store

    store = open_store(":memory:")
    for one in articles:
        store.add(entry(one), CODING, at=NOW)
    link(store.links)
    return store


def test_what_has_no_day_of_report_is_left_out_and_counted(fill: Fill) -> None:
    undated = told("d", deed("Ruritania burnt the Zenda mill of Graustark.", "burnt", date=day(4)),
                   published=None)  # fmt: skip
    history = load_history(fill(OTHER, undated), DYAD)
    assert [one.observation.type for one in history.versions] == ["THREATEN"]
    assert history.undated == 1


def test_of_reports_with_and_without_a_day_only_those_with_one_count(fill: Fill) -> None:
    undated = replace(AGAIN.document, published=None)
    events = tuple(replace(one, published=None) for one in AGAIN.events)
    store = fill(ALLEGED, Told(undated, events))
    (version,) = load_history(store, DYAD).versions
    assert (version.since, version.observation.outlets) == (day(3), ("Courier",))
    assert len(list(load_retellings(store))) == 1


def test_a_row_is_known_on_its_day(fill: Fill) -> None:
    history = load_history(fill(row(1), row(2, day=day(4))), ("GRA", "RUR"), source="icews")
    assert [one.since for one in history.versions] == [
        one.observation.start for one in history.versions
    ]
    assert all(one.until is None for one in history.versions)


def test_without_articles_there_is_no_history(fill: Fill) -> None:
    with pytest.raises(OptionError, match="no article with a day"):
        load_history(fill(), DYAD)


def test_a_lost_channel_rings_with_evidence_that_opens(fill: Fill) -> None:
    lost = entry(OTHER, states=[state(1, OTHER, "closed", day(9))])
    store = fill(lost)
    (found,) = [one for one in watch_dyad(store, DYAD).alarms if one.kind == "channel lost"]
    assert (found.day, found.evidence) == (day(9), ("zenda-road", OTHER.document.id))
    assert store.document(found.evidence[1]) is not None


def test_a_threat_that_is_due_rings_with_its_incident(fill: Fill) -> None:
    threat = told(
        "t", deed("Ruritania threatened to raze the Zenda bridge of Graustark by Friday.",
                  "threatened", type="THREATEN", mode="violence", date=day(1),
                  deadline=on(day(20), text="by Friday")),
        published=day(1),
    )  # fmt: skip
    last = told("z", deed("Strelsau slept.", "slept", type="CONSULT", mode=None, recipients=(),
                          date=day(25)), published=day(25))  # fmt: skip
    store = fill(threat, last)
    found = [one for one in watch_dyad(store, DYAD).alarms if one.kind == "threat due"]
    assert [one.day for one in found] == [day(6), day(20)]
    assert found[0].evidence == (f"i-{threat.events[0].id}",)
    assert found[0].sentence == threat.events[0].sentence.text
    assert "due in 14 days" in found[0].reason
    assert "due today" in found[1].reason
    assert watch_dyad(store, ("GRA", "RUR")).alarms == ()
    assert [one.day for one in watch_dyad(store, DYAD, until=day(10)).alarms] == [day(6)]


def test_all_dyads_with_acts_enough_are_watched(fill: Fill) -> None:
    store = fill(ALLEGED, AGAIN, OTHER)
    names = [one.history.dyad for one in watch_all(store, least=2)]
    assert names == [DYAD]
    assert list(watch_all(store)) == []
    (one,) = watch_all(store, least=2)
    assert one.alarms == watch_dyad(store, DYAD).alarms


def test_a_threat_that_was_carried_out_is_not_due_once_that_is_known(fill: Fill) -> None:
    threat = told(
        "t", deed("Ruritania threatened to raze the Zenda bridge of Graustark by Friday.",
                  "threatened", type="THREATEN", mode="violence", date=day(1),
                  content=about("ASSAULT", "destroy", "raze"),
                  deadline=on(day(20), text="by Friday")),
        published=day(1),
    )  # fmt: skip
    done = deed("Ruritania razed the Zenda bridge of Graustark.", date=on(day(10)))
    last = told("z", deed("Strelsau slept.", "slept", type="CONSULT", mode=None, recipients=(),
                          date=day(28)), published=day(28))  # fmt: skip

    def days(*articles: Told) -> list[Any]:
        store = _store(threat, last, *articles)
        found = watch_dyad(store, DYAD).alarms
        return [one.day for one in found if one.kind == "threat due"]

    assert days(told("r", done, published=day(10))) == [day(6)]
    assert days(told("r", done, published=day(25))) == [day(6), day(20)]
