"""Series: what is counted in each period, and what is missing and not zero."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.series.made_up import DYAD, act, day, read

from tocsin.errors import OptionError
from tocsin.series.counting import count_kinds, count_series
from tocsin.series.periods import Period, periods


def test_a_day_without_articles_is_missing_and_one_without_incidents_is_zero() -> None:
    none, zero, some = count_series(
        [act(on=2)], read({1: 3, 2: 1}), DYAD, since=day(0), until=day(2)
    )
    assert (none.articles, none.incidents, none.tension, none.highest_rung) == (0, None, None, None)
    assert (zero.articles, zero.incidents, zero.tension, zero.plover_mean) == (3, 0, 0, None)
    assert (some.articles, some.incidents, some.highest_rung) == (1, 1, "limited-force")
    assert some.tension is not None
    assert some.tension > 0


def test_words_deeds_and_scores_are_summed() -> None:
    acts = [act("a", on=1), act("b", "THREATEN", on=2), act("c", "AID", on=3, confidence=0.5)]
    (week,) = count_series(acts, read(), DYAD, by="month", since=day(0), until=day(6))
    assert (week.incidents, week.words, week.deeds) == pytest.approx((3, 1, 2))
    assert week.weighted == pytest.approx(0.8 + 0.8 + 0.5)
    assert week.plover_sum == pytest.approx(-9 - 3.5 + 10)
    assert week.plover_mean == pytest.approx(-2.5 / 3)
    assert week.goldstein_sum == pytest.approx(sum(one.goldstein for one in acts))
    assert (week.articles, week.outlets, week.highest_rung) == (70, 1, "limited-force")
    assert week.tension_low is not None
    assert week.tension_low <= week.tension <= week.tension_high  # type: ignore[operator]
    assert week.cooperation is not None
    assert week.cooperation > 0


def test_what_may_have_happened_on_several_days_counts_in_parts() -> None:
    rows = count_series([act(on=1, to=4)], read(), DYAD, since=day(0), until=day(5))
    assert [row.incidents for row in rows] == pytest.approx([0, 0.25, 0.25, 0.25, 0.25, 0])
    assert [row.highest_rung is not None for row in rows] == [False, True, True, True, True, False]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=15))
def test_every_cut_counts_the_same_incidents(acts: list[tuple[int, int]]) -> None:
    observed = [act(f"a{n}", on=on, to=on + more) for n, (on, more) in enumerate(acts)]
    for by in ("day", "week", "month"):
        rows = count_series(observed, read(), DYAD, by=by)
        assert sum(row.incidents or 0 for row in rows) == pytest.approx(len(acts), abs=1e-6)
        assert sum(row.articles for row in rows) == 600
    for per in ("type", "rung"):
        kinds = count_kinds(observed, read(), DYAD, per=per, by="week")
        assert sum(row.incidents or 0 for row in kinds) == pytest.approx(len(acts), abs=1e-6)


def test_the_long_form_has_a_row_for_each_kind_that_there_is() -> None:
    acts = [act("a", on=1), act("b", "THREATEN", on=8), act("c", "THREATEN", on=9)]
    rows = count_kinds(acts, read(), DYAD, per="rung", by="week", until=day(9))
    assert [(row.kind, row.incidents) for row in rows] == [
        ("threats", 0), ("limited-force", 1), ("threats", 2), ("limited-force", 0),
    ]  # fmt: skip
    rows = count_kinds(acts, read({0: 1}), DYAD, per="type", until=day(1))
    assert [(row.kind, row.incidents) for row in rows] == [("ASSAULT", 0), ("ASSAULT", None)]


def test_unknown_periods_and_kinds_are_refused() -> None:
    with pytest.raises(OptionError, match="no period 'decade'; there are day, week, month"):
        count_series([], read(), DYAD, by="decade")
    with pytest.raises(OptionError, match="cannot be told apart by 'colour'; by: type, rung"):
        count_kinds([], read(), DYAD, per="colour")
    with pytest.raises(OptionError, match="no article"):
        count_series([], read({}), DYAD)


def test_weeks_begin_on_monday_and_the_ends_are_cut() -> None:
    found = list(periods(date(2020, 12, 30), date(2021, 1, 12), "week"))
    assert found == [
        Period(date(2020, 12, 30), date(2021, 1, 3)),
        Period(date(2021, 1, 4), date(2021, 1, 10)),
        Period(date(2021, 1, 11), date(2021, 1, 12)),
    ]


@given(st.dates(), st.integers(0, 800), st.sampled_from(["day", "week", "month"]))
def test_periods_cover_every_day_once(since: date, days: int, by: str) -> None:
    until = date.fromordinal(min(since.toordinal() + days, date.max.toordinal()))
    found = list(periods(since, until, by))
    assert found[0].start == since
    assert found[-1].end == until
    for one, other in pairwise(found):
        assert other.start.toordinal() == one.end.toordinal() + 1
        if by == "week":
            assert other.start.weekday() == 0
        if by == "month":
            assert other.start.day == 1
