"""What is loaded of a store to watch it: enough, and each thing in time."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from tests.linking.test_ledgers import add, decide, news

from tocsin.knowledge.alarms import load_alarms
from tocsin.linking.linker import link
from tocsin.linking.threats import follow
from tocsin.model.incident import Incident
from tocsin.model.threat import Threat
from tocsin.series.alarms.due import Telling, due
from tocsin.series.alarms.retold import load_retold
from tocsin.series.alarms.watching import load_watch, ring, tell, watch_dyad
from tocsin.series.observations import ANY, Dyad
from tocsin.store import open_store
from tocsin.store.tables import TableStore

DYADS = (("RUR", "GRA"), ("GRA", "STR"), ("RUR", ANY), (ANY, ANY))


@cache
def store_of(seed: int) -> TableStore:
    rng = Random(seed)
    store = open_store(":memory:")
    articles = news(rng, 160)
    for one, said in articles:
        add(store, one, said)
    link(store.links)
    told = [one.events[0] for one, _ in articles if one.events]
    for first in rng.sample(told, 12):
        # told on another day by another article
        other = min(told, key=lambda event: (event.type != first.type, event is first, event.id))
        decide(store, "merge", first, other)
    decide(store, "relabel", told[0], type="ASSAULT", mode="destroy")
    link(store.links)
    return store


def everything(store: TableStore) -> list[Telling]:
    incidents = store.links.incidents()
    again = {one.id: one for one in load_retold(store, [one.id for one in incidents])}
    found = [
        Telling((one.first_report,), (one,))
        for one in incidents
        if one.first_report is not None and one.id not in again
    ]
    return found + [
        Telling(tuple(one[0] for one in own.versions), tuple(one[1] for one in own.versions))
        for own in again.values()
        if own.versions
    ]


def countries(one: Incident) -> set[str]:
    return {party.country for party in (*one.actors, *one.recipients) if party.country is not None}


def open_then(store: TableStore, dyad: Dyad) -> set[tuple[Threat, object]]:
    """The threats and demands that are due, each followed among all that was known."""
    loaded = load_watch(store, dyad)
    tellings = everything(store)
    named = [one for one in loaded.tellings if one.versions[-1].id in loaded.named]
    near = {one for telling in named for version in telling.versions for one in countries(version)}
    tellings = [one for one in tellings if countries(one.versions[-1]) & near]
    found = set()
    for telling in named:
        deadlines = {one.deadline.end for one in telling.versions if one.deadline is not None}
        for deadline in deadlines:
            if deadline is None or deadline > loaded.history.last:
                continue
            own = telling.at(deadline)
            if own is None or own.deadline is None or own.deadline.end != deadline:
                continue
            known = [one for other in tellings if (one := other.at(deadline)) is not None]
            threats = follow(known, as_of=deadline, only=(own.id,))
            found |= {(one, deadline) for one in threats if one.outcome == "open"}
    return found


@pytest.mark.parametrize("dyad", DYADS)
@pytest.mark.parametrize("seed", range(1, 3))
def test_what_is_due_is_what_is_open_among_all(seed: int, dyad: Dyad) -> None:
    store = store_of(seed)
    loaded = load_watch(store, dyad)
    found = due(loaded.tellings, load_alarms(), loaded.history.last, only=loaded.named)
    on_the_day = {(one.threat, one.day) for one in found if one.day == one.deadline}
    assert on_the_day == open_then(store, dyad)
    assert dyad != (ANY, ANY) or on_the_day


def test_of_a_dyad_only_its_own_channels_are_looked_at() -> None:
    store = store_of(1)
    settings = replace(load_alarms(), fresh=400)
    whole = watch_dyad(store, (ANY, ANY), settings=settings).alarms
    kinds = ("channel lost", "agreement broken")
    for dyad in (("RUR", "GRA"), ("GRA", "STR")):
        alarms = watch_dyad(store, dyad, settings=settings).alarms
        own = [one for one in alarms if one.kind in kinds]
        assert own == [one for one in whole if one.dyad == dyad and one.kind in kinds]
    assert any(one.kind == "channel lost" for one in whole)


def test_it_is_rung_without_the_store() -> None:
    store = store_of(2).beside()
    expected = watch_dyad(store, ("RUR", "GRA")).alarms
    loaded = load_watch(store, ("RUR", "GRA"))
    rung = ring(loaded)
    assert tell(store, rung).alarms == expected
    store.close()
    assert ring(loaded).alarms == rung.alarms
