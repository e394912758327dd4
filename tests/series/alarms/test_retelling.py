"""Versions from the columns of events are those of the whole incidents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from random import Random
from typing import Any

import pytest
from tests.linking.telling import Told, about, at, count, day, deed, on, says, told, who
from tests.linking.test_ledgers import decide
from tests.series.conftest import CODING, NOW, entry
from tests.store.test_ledgers import state

from tocsin.linking.linker import link
from tocsin.series.alarms.history import Version
from tocsin.series.alarms.retelling import of_whole
from tocsin.series.alarms.retold import load_retold
from tocsin.series.alarms.versions import load_versions
from tocsin.series.loading import is_sum, of_incidents
from tocsin.store import open_store
from tocsin.store.tables import TableStore

RUPERT = who("Rupert", "RUR", "GOV", entity="Q1", via="role")
EXILED = who("Rupert", "GRA", "GOV", entity="Q1")
MILLERS = who("the millers", None, "CVL")
OUTLETS = ("Courier", "Gazette", "Reuters", None)


def article(rng: Random, number: int) -> Told:
    """One of three happenings, told with some of what reports differ in."""
    what = rng.randrange(3)
    happened = day(3 + 40 * what)
    by = rng.choice(([who("Ruritania", "RUR", "GOV")], [RUPERT, MILLERS], [RUPERT]))
    given: dict[str, Any] = {
        "date": rng.choice((happened, on(happened, day(5 + 40 * what)), None)),
        "actors": by,
        "status": rng.choice(("actual", "actual", "alleged", "background", "denied")),
        "confidence": rng.choice((0.4, 0.7, 0.7, 0.9)),
        "mode": rng.choice(("destroy", "destroy", None)),
        "contexts": rng.sample(("military", "diplomatic", "cbrn"), rng.randint(0, 2)),
        "quantities": rng.sample(
            (count(4, casualty="killed"), count(9, casualty="killed", part="total"),
             count(7, casualty="wounded"), count(7, casualty="killed", occasions=3),
             count(2, "tank")),
            rng.randint(0, 3),
        ),
        "place": rng.choice((None, at("Zenda"))),
        "attribution": rng.choice(((), [says(RUPERT, stance="denies")])),
        "cardinality": rng.choice(("one", "one", "one", "several", "habitual")),
        "condition": rng.choice((None, "unless Graustark yields")),
        "deadline": rng.choice((None, on(day(90), text="by May"))),
        "content": rng.choice((None, about("ASSAULT", "destroy"), about("RETREAT"))),
    }  # fmt: skip
    return told(
        f"d{number}", deed("Ruritania razed  the Zenda bridge of Graustark.", **given),
        published=None if rng.random() < 0.1 else day(3 + 40 * what + rng.randint(0, 5)),
        outlet=rng.choice(OUTLETS),
        more=rng.choice(("", "ZENDA (Reuters) - So they say.")),
    )  # fmt: skip


def store_of(*articles: Told) -> TableStore:
    store = open_store(":memory:")
    for n, one in enumerate(articles):
        said = [state(n, one, "closed", day(9))] if n == 1 else []
        said = [replace(report, event=one.events[0].id) for report in said]
        store.add(entry(one, states=said), CODING, at=NOW)
    link(store.links)
    return store


def whole(store: TableStore) -> Iterator[Version]:
    """The versions of incidents of several days, from the whole incidents."""
    shutting = {row["event"] for row in store.ask("shutting_events")}
    for retold in load_retold(store, [one.id for one in store.links.incidents()]):
        rows = list(of_whole(retold, shutting))
        for (known, row, sentence), until in zip_longest(rows, [one[0] for one in rows[1:]]):
            if is_sum(row):
                continue
            for one, dated in of_incidents([row]):
                if dated:
                    yield Version(one, known, until, sentence)


def told_again(store: TableStore) -> list[Version]:
    several = {one.id for one in load_retold(store, [one.id for one in store.links.incidents()])}
    found, _ = load_versions(store)
    return in_order(one for one in found if one.observation.id in several)


def in_order(versions: Any) -> list[Version]:
    return sorted(versions, key=lambda one: (one.observation.id, one.since))


@pytest.mark.parametrize("seed", range(12))
def test_they_are_those_of_whole_incidents(seed: int) -> None:
    rng = Random(seed)
    store = store_of(*(article(rng, n) for n in range(24)))
    assert told_again(store) == in_order(whole(store))
    assert len(told_again(store)) > 5


def test_so_they_are_of_what_a_person_relabelled() -> None:
    rng = Random(3)
    articles = [article(rng, n) for n in range(24)]
    store = store_of(*articles)
    decide(store, "relabel", *articles[0].events, type="COERCE", mode="seize", status="alleged")
    link(store.links)
    assert "COERCE" in {one.observation.type for one in told_again(store)}
    assert told_again(store) == in_order(whole(store))


def test_so_they_are_of_a_party_of_two_countries() -> None:
    articles = [
        told("a", deed(actors=[EXILED], date=day(3)), published=day(3)),
        told("b", deed(actors=[replace(RUPERT, text="Count Rupert")], date=day(3)),
             published=day(4), outlet="Gazette"),
        told("c", deed(actors=[EXILED], date=day(3)), published=day(6), outlet="Herald"),
    ]  # fmt: skip
    store = store_of(*articles)
    assert told_again(store) == in_order(whole(store))
    assert len(told_again(store)) == 3
