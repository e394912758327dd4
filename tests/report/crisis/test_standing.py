"""How the index stands, and what rose or fell."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.series.made_up import DYAD, act, day, read

from tocsin.knowledge.measure import load_tension
from tocsin.report.crisis.standing import changes, rung_counts, standing, windows
from tocsin.series.effort import Effort
from tocsin.series.measure import Measured
from tocsin.series.observations import Observation


def measured(acts: list[Observation], effort: Effort | None = None, last: int = 59) -> Measured:
    return Measured(
        dyad=DYAD, source="incidents", observations=tuple(acts), effort=effort or read(),
        first=day(0), last=day(last), settings=load_tension(), scale="plover", undated=0,
        untyped=0, summed=0, only_supposed=0,
    )  # fmt: skip


def test_a_quiet_end_stands_below_the_days_before() -> None:
    now = standing(measured([act(on=5)]))
    assert now is not None
    assert now.below < now.known == 59
    assert now.peak == day(5)


def test_nothing_is_said_where_nothing_had_been_read() -> None:
    assert standing(measured([act(on=5)], read({70: 3}))) is None


def test_many_more_of_a_kind_are_a_clear_rise_and_few_are_not() -> None:
    few = [act(str(n), "ACCUSE", on=40 + n) for n in range(3)]
    assert [one.clear for one in changes(measured(few))] == [False]
    many = [act(str(n), "ACCUSE", on=31 + n) for n in range(25)]
    (change,) = changes(measured(many))
    assert (change.clear, change.rises, change.now, change.before) == (True, True, 25, 0)


def test_twice_as_much_news_is_no_rise_where_twice_as_much_is_read() -> None:
    effort = read({n: 10 if n < 30 else 100 for n in range(60)})
    acts = [act(f"a{n}", "ACCUSE", on=n) for n in range(4)]
    acts += [act(f"b{n}", "ACCUSE", on=30 + n % 28) for n in range(40)]
    (change,) = changes(measured(acts, effort))
    assert not change.clear


def test_hundreds_of_acts_do_not_overflow() -> None:
    acts = [act(str(n), "ACCUSE", on=n % 60) for n in range(3000)]
    (change,) = changes(measured(acts))
    assert change.chance == pytest.approx(1.0)


def test_a_short_period_is_not_compared() -> None:
    assert windows(measured([], last=10)) is None
    assert changes(measured([act(on=2)], last=10)) == ()


def test_rungs_are_counted_as_the_series_counts_them() -> None:
    one = measured([act("a", on=3), act("b", "ACCUSE", on=4)])
    counts = rung_counts(one, one.first, one.last)
    rows = one.kinds("month", "rung")
    for kind in {row.kind for row in rows}:
        whole = sum(row.incidents or 0 for row in rows if row.kind == kind)
        assert counts[kind].incidents == pytest.approx(whole)


def test_the_value_is_that_of_tocsin_series() -> None:
    one = measured([act("a", on=3), act("b", on=50)])
    now = standing(one)
    assert now is not None
    last = one.counts("day")[-1]
    assert (now.value, now.low, now.high) == (last.tension, last.tension_low, last.tension_high)
    assert standing(replace(one, observations=())) is not None
