"""Observations out of stores: of incidents and of rows of others' series."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from tests.linking.telling import about, count, day, deed, on, since, told, who
from tests.series.conftest import CODING, NOW, Fill, entry, row
from tests.store.test_ledgers import state

from tocsin.errors import OptionError
from tocsin.linking.linker import link
from tocsin.series.loading import load_observations
from tocsin.series.observations import Observation
from tocsin.store import open_store
from tocsin.store.tables import TableStore

RUR_GRA = ("RUR", "GRA")


def observed(store: TableStore, dyad: tuple[str, str] = RUR_GRA) -> tuple[Observation, ...]:
    return load_observations(store, dyad=dyad).observations


def test_an_incident_is_one_observation_of_all_its_reports(fill: Fill) -> None:
    one = told("a", deed(date=day(14), confidence=0.6), published=day(15))
    two = told("b", deed(date=day(14), confidence=0.9), published=day(16), outlet="Gazette")
    (found,) = observed(fill(one, two))
    assert (found.start, found.end, found.reported) == (day(14), day(14), day(15))
    assert (found.documents, found.sources, found.confidence) == (2, 2, 0.9)
    assert found.outlets == ("Courier", "Gazette")
    assert (found.source, found.rung.id, found.goldstein) == ("incident", "limited-force", -9.2)


def test_news_without_a_day_is_of_the_days_before_its_report(fill: Fill) -> None:
    (found,) = observed(fill(told("a", deed(), published=day(16))))
    assert (found.start, found.end, found.length) == (day(13), day(16), 4)


def test_what_is_known_of_old_counts_on_its_own_days_or_not_at_all(fill: Fill) -> None:
    old = told("a", deed(date=day(1), status="background"), published=day(200))
    never = told(
        "b", deed("Ruritania once razed the old mill of Graustark.", status="background"),
        published=day(200),
    )  # fmt: skip
    found = load_observations(fill(old, never), dyad=RUR_GRA)
    assert [(one.start, one.end) for one in found.observations] == [(day(1), day(1))]
    assert found.undated == 1
    assert load_observations(fill(), dyad=("GRA", "RUR")).undated == 0


def test_a_habit_is_no_act_and_a_sum_only_on_its_days(fill: Fill) -> None:
    habit = told("a", deed(cardinality="habitual", date=day(14)), published=day(16))
    dozens = told("b", deed(cardinality="several"), published=day(40))
    both_nights = told(
        "c", deed(cardinality="several", date=on(day(60), day(61))), published=day(62)
    )
    found = load_observations(fill(habit, dozens, both_nights), dyad=RUR_GRA)
    assert [(one.start, one.end) for one in found.observations] == [(day(60), day(61))]
    assert found.summed == 2
    assert load_observations(fill(), dyad=("GRA", "RUR")).summed == 0


def test_what_goes_on_since_a_day_is_spread_up_to_its_report(fill: Fill) -> None:
    (found,) = observed(fill(told("a", deed(date=since(day(2))), published=day(11))))
    assert (found.start, found.end) == (day(2), day(11))


def test_the_dead_lift_it_and_sums_do_not(fill: Fill) -> None:
    sentence = "Ruritanian guns killed 40 men of Graustark."
    killed = count(40, "man", casualty="killed")
    many = told("a", deed(sentence, "killed", mode="firearms", date=day(3), quantities=[killed]),
                published=day(3))  # fmt: skip
    in_all = count(90, "man", casualty="killed", part="total")
    total = told(
        "b",
        deed("Ruritania shot 2 men; 90 have been killed in all.", "shot", mode="firearms",
             date=day(20), quantities=[in_all]),
        published=day(20),
    )  # fmt: skip
    assert [one.rung.id for one in observed(fill(many, total))] == ["large-force", "limited-force"]


def test_a_demand_with_a_condition_is_no_appeal(fill: Fill) -> None:
    asks = "Ruritania asked Graustark for talks, if the guns are silent."
    asked = told(
        "a",
        deed(asks, "asked", type="REQUEST", mode="meet", date=on(day(3)),
             content=about("CONSULT", None, "talks"), condition="if the guns are silent"),
        published=day(3),
    )  # fmt: skip
    (found,) = observed(fill(asked))
    assert found.rung.id == "demands"


@pytest.mark.parametrize(
    ("said", "rung"),
    [("closed", "breaking-of-channels"), ("open", "sanctions"), ("threatened", "sanctions")],
)
def test_a_channel_that_is_shut_is_a_channel_broken(fill: Fill, said: str, rung: str) -> None:
    shut = told(
        "a",
        deed("Ruritania closed the Zenda road to Graustark.", "closed", type="SANCTION",
             mode="discontinue", date=day(3)),
        published=day(3),
    )  # fmt: skip
    told_of = replace(state(1, shut, said, day(3)), event=shut.events[0].id)
    (found,) = observed(fill(entry(shut, states=[told_of])))
    assert found.rung.id == rung


def test_talks_are_found_from_both_sides_and_deeds_from_one(fill: Fill) -> None:
    met = "Ruritania met Graustark."
    store = fill(
        told("a", deed(met, "met", type="CONSULT", mode=None, date=day(3)), published=day(3)),
        told("b", deed(date=day(20)), published=day(20)),
        told("c", deed("Ruritania razed the barn of Strelsau.",
                       recipients=[who("Strelsau", "STR")]), published=day(9)),
    )  # fmt: skip
    assert [one.type for one in observed(store)] == ["CONSULT", "ASSAULT"]
    assert [one.type for one in observed(store, ("GRA", "RUR"))] == ["CONSULT"]
    assert len(observed(store, ("RUR", "*"))) == 3
    assert len(observed(store, ("*", "STR"))) == 1
    assert load_observations(store, dyad=RUR_GRA, type_="CONSULT").observations[0].mode is None


def test_every_kind_of_store_gives_the_same(tmp_path: Path) -> None:
    found = []
    for name in (":memory:", str(tmp_path / "a.duckdb"), f"{tmp_path}/a/"):
        with open_store(name) as store:
            store.add(entry(told("a", deed(date=day(14)))), CODING, at=NOW)
            link(store.links)
            store.add_imported([row(1)])
            both = observed(store), load_observations(store, source="icews").observations
        found.append(both)
    assert found[0] == found[1] == found[2]


# Rows of others' series.


def test_a_row_is_one_observation(fill: Fill) -> None:
    found = load_observations(fill(row(1), row(2)), dyad=("GRA", "RUR"), source="icews")
    assert len(found.observations) == 2
    one = found.observations[0]
    assert (one.source, one.length, one.status, one.confidence) == ("icews", 1, "actual", None)
    assert (one.score, one.goldstein, one.rung.id) == (-3.5, -2.0, "accusations")


def test_the_own_score_counts_where_it_is_goldsteins(fill: Fill) -> None:
    rows = row(1, score=-9.0), row(2, score=-9.0, scale="intensity")
    found = load_observations(fill(*rows), source="icews").observations
    assert sorted(one.goldstein for one in found) == [-9.0, -2.0]


def test_statements_are_no_events_and_are_counted(fill: Fill) -> None:
    rows = row(1), row(2, type=None, mode=None, cameo="010"), row(3, type=None, actor_country="STR")
    found = load_observations(fill(*rows), dyad=("GRA", "RUR"), source="icews")
    assert (len(found.observations), found.untyped) == (1, 1)


def test_rows_that_name_no_country_belong_to_nobody(fill: Fill) -> None:
    found = load_observations(fill(row(1, recipient_country=None)), source="icews")
    assert found.observations == ()


def test_a_mode_that_plover_has_not_stands_on_the_rung_of_its_type(fill: Fill) -> None:
    found = load_observations(fill(row(1, mode="by-letter")), source="icews")
    assert found.observations[0].rung.id == "accusations"


def test_an_unknown_source_is_refused(fill: Fill) -> None:
    with pytest.raises(OptionError, match="no source 'phoenix'; there are incidents, icews"):
        load_observations(fill(), source="phoenix")
