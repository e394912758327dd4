"""The tension index: what raises it, what does not, and that every value opens."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.series.made_up import DYAD, act, day, read

from tocsin.errors import OptionError
from tocsin.knowledge.measure import load_tension
from tocsin.series.effort import Effort
from tocsin.series.observations import Observation
from tocsin.series.tension import tension

SETTINGS = load_tension()
KINDS = st.sampled_from(["ASSAULT", "THREATEN", "ACCUSE", "AID", "CONSULT", "REQUEST"])
STATUS = st.sampled_from(["actual", "background", "alleged", "unconfirmed", "denied", "predicted"])
ACTS = st.lists(
    st.builds(
        lambda number, kind, status, on, length, sources, confidence: act(
            f"a{number}", kind, on=on, to=on + length, status=status, sources=sources,
            confidence=confidence,
        ),
        st.integers(0, 10**9), KINDS, STATUS, st.integers(-100, 65), st.integers(0, 40),
        st.integers(1, 5), st.floats(0.05, 1),
    ),
    max_size=12,
)  # fmt: skip


def level(*acts: Observation, effort: Effort | None = None, on: int = 30, **more: Any) -> float:
    index = tension(acts, effort or read(), DYAD, interval=False, **more)
    value = index.value(day(on))
    assert value is not None
    return value


def test_the_value_is_that_of_the_formula() -> None:
    one = act(on=30, confidence=0.8)
    read_until = sum(10 * 0.5 ** (days / 14) for days in range(31))
    assert level(one) == pytest.approx(1000 * 0.8 * 0.9 / (read_until + SETTINGS.prior_effort))
    assert level(one, on=44) < level(one) / 2 * 1.01


@settings(max_examples=60)
@given(ACTS, st.integers(0, 59))
def test_the_shares_sum_up_to_the_value(acts: list[Observation], on: int) -> None:
    index = tension(acts, read(), DYAD, interval=False)
    value = index.value(day(on))
    assert value is not None
    shares = index.explain(day(on))
    assert sum(share.share for share in shares) == pytest.approx(value, abs=1e-9)
    assert all(share.observation.start <= day(on) for share in shares)
    assert [s.share for s in shares] == sorted((s.share for s in shares), reverse=True)


@settings(max_examples=30)
@given(ACTS, st.integers(0, 59))
def test_more_conflict_never_lowers_it(acts: list[Observation], on: int) -> None:
    more = [*acts, act("more", on=on)]
    before = tension(acts, read(), DYAD, interval=False).values
    after = tension(more, read(), DYAD, interval=False).values
    assert (after >= before - 1e-9).all()
    assert after[on] > before[on]


def test_what_is_worse_or_surer_or_nearer_counts_more() -> None:
    assert level(act(on=30)) > level(act(type="THREATEN", on=30)) > 0
    assert level(act(on=30)) > level(act(on=30, status="alleged"))
    assert level(act(on=30)) > level(act(on=20)) > 0
    assert level(act(on=30, sources=3)) > level(act(on=30))
    assert level(act(on=30)) > level(act(on=30, confidence=0.5))


def test_what_is_yet_to_come_counts_nothing() -> None:
    assert level(act(on=31)) == 0
    assert level(act(on=29, to=32)) == pytest.approx(level(act(on=29)) / 4 + level(act(on=30)) / 4)
    assert level(act(on=30, status="predicted")) == 0


def test_an_old_deed_counts_on_its_own_day() -> None:
    old = act(on=-20_000, status="background", reported=day(30))
    assert level(old) < 1e-9


def test_cooperation_is_beside_and_is_not_subtracted() -> None:
    deed, help_ = act(on=30), act("b", "AID", on=30)
    assert level(deed, help_) == level(deed)
    assert level(deed, help_, side="cooperation") == level(help_, side="cooperation") > 0
    assert level(deed, side="cooperation") == 0


def test_of_other_dyads_nothing_counts() -> None:
    assert level(act(on=30, actors=frozenset({"GRA"}), recipients=frozenset({"RUR"}))) == 0


def test_reading_more_of_the_same_changes_nothing_but_the_prior() -> None:
    acts = [act(f"a{n}", on=n * 3) for n in range(15)]
    twice = [*acts, *(replace(one, id=f"{one.id}'") for one in acts)]
    double = Effort({d: {"Courier": 20} for d in read().by_day})
    free = replace(SETTINGS, prior_effort=1e-12)
    assert level(*twice, effort=double, settings=free) == pytest.approx(level(*acts, settings=free))
    # With the prior the larger store is believed a little more, and never twice as much.
    assert level(*acts) < level(*twice, effort=double) < 1.5 * level(*acts)


def test_reading_more_without_more_conflict_lowers_it() -> None:
    assert level(act(on=30), effort=read(dict.fromkeys(range(60), 20))) < level(act(on=30))


def test_two_articles_do_not_ring() -> None:
    first = level(act(on=0), effort=read({0: 2}), on=0)
    assert first < 1000 * 0.8 * 0.9 / 2 / 20


def test_before_the_first_article_there_is_no_value() -> None:
    index = tension([act(on=5)], read({5: 3}), DYAD, since=day(0), until=day(9))
    assert index.value(day(4)) is None
    assert index.interval(day(4)) is None
    assert index.explain(day(4)) == []
    assert index.value(day(9)) is not None
    assert index.value(day(10)) is None


def test_days_long_before_and_after_cost_nothing() -> None:
    """What is asked for may be centuries, and what is known two months."""
    wide = tension([act(on=5)], read(), DYAD, since=date(1850, 1, 1), until=date(2030, 1, 1))
    plain = tension([act(on=5)], read(), DYAD)
    assert wide.value(day(20)) == pytest.approx(plain.value(day(20)))
    assert wide.interval(day(20)) == pytest.approx(plain.interval(day(20)))
    assert wide.value(day(-1)) is None
    long = replace(SETTINGS, half_life=3000.0, effort_half_life=3000.0)
    assert (
        tension([act(on=-40_000, status="background")], read(), DYAD, settings=long).high
        is not None
    )
    with pytest.raises(OptionError, match="more than 200 years"):
        tension([], read(), DYAD, since=date(1, 1, 1))


def test_where_nothing_was_read_there_is_no_index() -> None:
    with pytest.raises(OptionError, match="no article with a day of publication was read"):
        tension([act()], read({}), DYAD)
    with pytest.raises(OptionError, match="there are no days from 2030-01-01"):
        tension([act()], read(), DYAD, since=date(2030, 1, 1))


def test_an_unknown_scale_is_refused() -> None:
    with pytest.raises(OptionError, match="no scale 'richter'; there are plover"):
        tension([act()], read(), DYAD, scale="richter")


@pytest.mark.parametrize("scale", ["plover", "goldstein", "rung", "constant"])
def test_every_scale_tells_conflict_from_cooperation(scale: str) -> None:
    assert level(act(on=30), scale=scale) > 0
    assert level(act(on=30, type="AID"), scale=scale) == 0
    assert level(act(on=30, type="AID"), scale=scale, side="cooperation") > 0
    assert level(act(on=30), scale=scale, side="cooperation") == 0


def test_by_rungs_the_top_counts_whole() -> None:
    index = tension([act(mode="aerial"), act("b", "RETREAT")], read(), DYAD, scale="rung")
    assert [share.severity for share in index.explain(day(9))] == [1.0]


# The interval.

MANY = [act(f"a{n}", on=n % 50, to=n % 50 + n % 4, confidence=0.3 + n % 7 / 10) for n in range(80)]


def test_the_interval_is_the_same_twice_and_holds_the_value() -> None:
    one, two = (tension(MANY, read(), DYAD) for _ in range(2))
    assert one.low is not None
    assert one.high is not None
    assert two.low is not None
    assert np.array_equal(one.low, two.low)
    assert (one.low[10:] < one.values[10:]).all()
    assert (one.high[10:] > one.values[10:]).all()


def test_the_order_of_the_observations_changes_nothing() -> None:
    one, two = tension(MANY, read(), DYAD), tension(MANY[::-1], read(), DYAD)
    assert np.array_equal(one.values, two.values)
    assert one.interval(day(40)) == two.interval(day(40))


def test_surer_acts_give_a_narrower_interval() -> None:
    def width(acts: list[Observation]) -> float:
        index = tension(acts, read(), DYAD)
        found, value = index.interval(day(55)), index.value(day(55))
        assert found is not None
        assert value is not None
        return (found[1] - found[0]) / value

    unsure = [replace(one, confidence=0.2) for one in MANY]
    sure = [replace(one, confidence=1.0) for one in MANY]
    assert width(sure) < width(unsure)


def test_a_year_takes_less_than_a_second() -> None:
    acts = [act(f"a{n}", on=n % 365, to=n % 365 + 3, confidence=n % 97 / 97) for n in range(3000)]
    effort = read(dict.fromkeys(range(365), 20))
    start = time.perf_counter()
    tension(acts, effort, DYAD)
    assert time.perf_counter() - start < 3  # 0.3 s on one core that has nothing else to do
