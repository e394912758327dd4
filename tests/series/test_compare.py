"""Two series held against each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from tests.series.made_up import DYAD, act, read

from tocsin.errors import OptionError
from tocsin.series.compare import Likeness, Side, agreement, common_days, compare, pearson
from tocsin.series.effort import Effort
from tocsin.series.observations import Observation


def side(acts: list[Observation], days: range = range(140), name: str = "incidents") -> Side:
    return Side(name, tuple(acts), read(dict.fromkeys(days, 10)))


def found(one: Side, other: Side, **more: Any) -> dict[str, Likeness]:
    return {row.what: row for row in compare(one, other, dyad=DYAD, **more)}


BUSY = [act(f"a{n}", "ASSAULT", on=n * 7 + k) for n in range(20) for k in range(n % 5)]
TALKS = [act(f"t{n}", "CONSULT", on=n * 7) for n in range(20)]


def test_what_is_the_same_is_alike() -> None:
    rows = found(side(BUSY), side(BUSY))
    assert rows["ASSAULT"].pearson == pytest.approx(1)
    assert rows["material conflict"].spearman == pytest.approx(1)
    assert rows["tension"].pearson == pytest.approx(1)
    assert (rows["ASSAULT"].total, rows["ASSAULT"].other_total) == (40, 40)
    assert "ACCUSE" not in rows


def test_what_runs_the_other_way_is_unlike() -> None:
    turned = [act(f"b{n}", "ASSAULT", on=n * 7 + k) for n in range(20) for k in range(4 - n % 5)]
    row = found(side(BUSY), side(turned))["ASSAULT"]
    assert row.pearson is not None
    assert row.pearson < -0.7
    assert row.spearman is not None
    assert row.spearman < -0.7


def test_what_never_changes_has_no_correlation() -> None:
    row = found(side(TALKS), side(BUSY))["CONSULT"]
    assert (row.pearson, row.spearman, row.other_total) == (None, None, 0)


def test_only_the_periods_in_which_both_read() -> None:
    rows = found(side(BUSY), side(BUSY, range(70, 200)))
    assert rows["ASSAULT"].n == 11  # of weeks from Monday, the first and the last cut
    assert found(side(BUSY), side(BUSY), by="month")["ASSAULT"].n == 5
    # Sixty days touch ten weeks, and the day far behind them one.
    gap = Effort(dict(read().by_day) | dict(read({100: 5}).by_day))
    assert found(Side("icews", tuple(BUSY), gap), side(BUSY))["tension"].n == 11


def test_no_day_in_common_is_an_error_that_tells_the_spans() -> None:
    with pytest.raises(OptionError, match=r"a 2021-01-01 to 2021-01-10; b 2021-02-20"):
        common_days(side([], range(10), "a"), side([], range(50, 60), "b"))
    with pytest.raises(OptionError, match="nothing of b"):
        common_days(side([], name="a"), Side("b", (), Effort({})))
    with pytest.raises(OptionError, match="by: week, month"):
        list(compare(side([]), side([]), by="day"))


def test_change_points_agree_within_a_period() -> None:
    rises = [act(f"r{n}", "ASSAULT", on=n) for n in range(70, 140)]
    later = [act(f"s{n}", "ASSAULT", on=n) for n in range(77, 140)]
    row = found(side(rises), side(later))["change points"]
    assert (row.total, row.other_total, row.share, row.other_share) == (1, 1, 1, 1)
    never = found(side(rises), side(TALKS))["change points"]
    assert (never.total, never.other_total, never.share, never.other_share) == (1, 0, 0, None)


def test_without_a_dyad_those_that_both_have_enough_of() -> None:
    other = [act(f"o{n}", "ASSAULT", on=n, actors=frozenset({"STR"})) for n in range(40)]
    pairs = {row.dyad for row in compare(side([*BUSY, *other]), side(BUSY))}
    assert pairs == {DYAD}


def test_small_functions() -> None:
    one = np.array([1.0, 2, 4, 3])
    other = np.array([2.0, 1, 5, 9])
    assert pearson(one, other) == pytest.approx(float(np.corrcoef(one, other)[0, 1]))
    assert pearson(one, np.ones(4)) is None
    assert agreement([3, 10], [4]) == 0.5
    assert agreement([], [4]) is None
