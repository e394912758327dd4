"""The index as it stood."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.series.alarms.made_up import history, version
from tests.series.made_up import DYAD, day, read

from tocsin.series.alarms.history import Version
from tocsin.series.alarms.lows import Lows
from tocsin.series.alarms.standing import standing
from tocsin.series.tension import tension

_TYPES = ("ACCUSE", "THREATEN", "ASSAULT", "AGREE")


@st.composite
def told(draw: st.DrawFn) -> list[Version]:
    """Incidents in one to three versions with days, types and statuses of their own."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        days = sorted(draw(st.sets(st.integers(0, 39), min_size=1, max_size=3)))
        for at, until in zip(days, [*days[1:], None], strict=True):
            start = draw(st.integers(-5, 42))
            found.append(
                version(
                    f"i{number}", draw(st.sampled_from(_TYPES)), on=start,
                    to=start + draw(st.integers(0, 4)), told=at, until=until,
                    status=draw(st.sampled_from(("actual", "alleged", "predicted"))),
                )
            )  # fmt: skip
    return found


@given(told())
def test_each_day_is_the_index_of_what_was_known_by_then(versions: list[Version]) -> None:
    whole = history(*versions, days=40)
    index = standing(whole)
    for number in range(40):
        known = tension(
            whole.told(day(number)), whole.effort, DYAD, since=day(0), until=day(number),
            interval=False,
        )  # fmt: skip
        assert index.values[number] == pytest.approx(known.values[number], abs=1e-9)


@given(told())
def test_its_shares_make_its_value(versions: list[Version]) -> None:
    index = standing(history(*versions, days=40))
    for number in (0, 20, 39):
        shares = [share for share, _ in index.shares(day(number))]
        assert sum(shares) == pytest.approx(index.values[number], abs=1e-9)
        assert shares == sorted(shares, reverse=True)


def test_a_later_report_changes_no_earlier_day() -> None:
    first = version(type="THREATEN", on=3, told=5, until=20)
    again = version(type="ASSAULT", on=3, told=20)
    alone = standing(history(version(type="THREATEN", on=3, told=5), days=40))
    both = standing(history(first, again, days=40))
    assert np.allclose(alone.values[:20], both.values[:20])
    assert (both.values[20:] > alone.values[20:]).all()
    assert not both.values[:5].any()


def test_what_was_known_before_anything_counts_as_read_is_there_from_the_first_day() -> None:
    effort = read(dict.fromkeys(range(5, 40), 10))
    early = standing(history(version("a", "ASSAULT", on=2), effort=effort, days=40))
    assert early.axis.first == day(5)
    assert early.values[0] > early.values[10] > early.values[34] > 0
    gone = version("a", "ASSAULT", on=2, until=4)
    assert not standing(history(gone, effort=effort, days=40)).values.any()


def test_the_low_end_is_that_of_the_index() -> None:
    versions = [version(f"a{n}", "ASSAULT", on=n % 30) for n in range(60)]
    whole = history(*versions, days=40)
    usual = tension(whole.told(day(35)), whole.effort, DYAD, since=day(0), until=day(35))
    low = usual.interval(day(35))
    assert low is not None
    assert Lows(standing(whole)).of(day(35)) == pytest.approx(low[0], rel=0.1)
