"""What a report is made of is what the other commands would say."""

from __future__ import annotations

import pytest
from tests.linking.telling import day, deed, on, told
from tests.report.crisis.conftest import DYAD, Fill, razed, threat

from tocsin.errors import OptionError
from tocsin.report.crisis.gathering import gather
from tocsin.report.crisis.material import Material
from tocsin.series.measure import measure
from tocsin.store import Filters
from tocsin.store.tables import TableStore


def test_both_directions_are_there_with_their_incidents(material: Material) -> None:
    assert [side.dyad for side in material.sides] == [("RUR", "GRA"), ("GRA", "RUR")]
    assert set(material.observations) <= set(material.incidents)
    assert (material.since, material.until) == (day(13), day(24))
    assert len(material.published()) == 8


def test_the_observations_are_those_of_the_series(quarrel: TableStore, material: Material) -> None:
    for side in material.sides:
        found = measure(quarrel, side.dyad).observations
        assert side.observations == found


def test_threats_are_those_that_tocsin_threats_prints(
    quarrel: TableStore, material: Material
) -> None:
    rows = quarrel.ask("threats", Filters(dyad=DYAD))
    assert [one.id for one in material.sides[0].threats] == [row["id"] for row in rows]


def test_what_ended_a_threat_is_there_though_it_lies_outside_of_the_period(fill: Fill) -> None:
    store = fill(threat(), razed())
    material = gather(store, DYAD, until=day(14))
    (made,) = material.sides[0].threats
    assert made.outcome == "carried out"
    assert made.outcome_incident in material.incidents
    assert made.outcome_incident not in material.observations
    assert material.reports[made.outcome_incident or ""][0].outlet == "Courier"


def test_an_incident_of_before_the_period_is_left_out(fill: Fill) -> None:
    store = fill(told("o", deed(date=on(day(1))), published=day(1)), razed())
    material = gather(store, DYAD, since=day(10))
    assert [one.start for one in material.observations.values()] == [day(16)]


def test_one_country_at_least_is_named(quarrel: TableStore) -> None:
    with pytest.raises(OptionError, match="one country at least"):
        gather(quarrel, ("*", "*"))


def test_of_all_others_either_side_may_be_asked_for(quarrel: TableStore) -> None:
    material = gather(quarrel, ("RUR", "*"))
    assert [side.dyad for side in material.sides] == [("RUR", "*"), ("*", "RUR")]
    assert material.incidents


def test_a_country_with_itself_has_one_direction(quarrel: TableStore) -> None:
    assert [side.dyad for side in gather(quarrel, ("RUR", "RUR")).sides] == [("RUR", "RUR")]
