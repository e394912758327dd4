"""All that is measured of one dyad."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.linking.telling import day, deed, told
from tests.series.conftest import Fill

from tocsin.errors import OptionError
from tocsin.series.measure import measure
from tocsin.store.tables import TableStore

DYAD = ("RUR", "GRA")


@pytest.fixture
def store(fill: Fill) -> TableStore:
    """Ruritania acts on the second, threatens on the fourth, and has acted long before."""
    threat = "Ruritania threatened the pass of Graustark."
    return fill(
        told("a", deed(date=day(2)), published=day(2)),
        told("b", deed(threat, "threatened", type="THREATEN", mode="violence", date=day(4)),
             published=day(4)),
        told("c", deed("Ruritania burnt the Zenda mill.", "burnt", date=day(-60)),
             published=day(30)),
    )  # fmt: skip


def test_it_goes_from_the_first_to_the_last_day_that_was_read(store: TableStore) -> None:
    measured = measure(store, DYAD)
    assert (measured.first, measured.last) == (day(2), day(30))
    rows = measured.counts("day")
    assert [row.start for row in rows if row.articles] == [day(2), day(4), day(30)]
    assert rows[-1].tension == measured.tension.value(day(30))
    assert rows[-1].cooperation == 0


def test_what_no_period_counts_is_counted(store: TableStore) -> None:
    assert measure(store, DYAD).in_unread("day") == 1
    assert measure(store, DYAD, until=day(10)).in_unread("day") == 1
    # What was read before the series is not missing from it.
    assert measure(store, DYAD, since=day(4)).in_unread("day") == 1


def test_it_is_narrowed_to_a_rung_a_type_or_a_status(store: TableStore) -> None:
    assert [one.type for one in measure(store, DYAD, rung="threats").observations] == ["THREATEN"]
    assert len(measure(store, DYAD, type_="ASSAULT").observations) == 2
    assert measure(store, DYAD, status="alleged").observations == ()


def test_a_short_memory_forgets(store: TableStore) -> None:
    last = day(30)
    usual, short = measure(store, DYAD), measure(store, DYAD, half_life=3)
    assert short.settings.effort_half_life == 3
    assert short.tension.value(last) < usual.tension.value(last)  # type: ignore[operator]


def test_what_happened_before_the_series_still_counts_in_the_index(store: TableStore) -> None:
    later = measure(store, DYAD, since=day(3), until=day(30))
    assert later.tension.value(day(4)) == pytest.approx(measure(store, DYAD).tension.value(day(4)))
    assert later.tension.explain(day(4))[-1].observation.start < day(3)


def test_the_sensitivity_is_that_of_the_same_index(store: TableStore) -> None:
    measured = measure(store, DYAD, half_life=5, scale="rung")
    usual = measured.sensitivity()[0]
    assert usual.last == pytest.approx(measured.tension.value(day(30)))
    assert "half-life 14 days" in [one.choice for one in measured.sensitivity()]


def test_days_that_are_not_there_are_refused(store: TableStore) -> None:
    with pytest.raises(OptionError, match="something was read from 2020-06-02 to 2020-06-30"):
        measure(store, DYAD, since=day(30) + timedelta(days=1))
