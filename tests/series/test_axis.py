"""Days in a row: what is spread over them, and how it decays."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.series.made_up import act, day

from tocsin.series.axis import Axis, decayed, spans_of

AXIS = Axis(day(0), day(9))


def test_an_act_is_spread_evenly_over_its_days() -> None:
    spans = spans_of([act(on=1, to=4), act(on=2)])
    found = AXIS.spread(spans, np.array([1.0, 2.0]))
    assert found.tolist() == [0, 0.25, 2.25, 0.25, 0.25, 0, 0, 0, 0, 0]


def test_what_lies_outside_is_lost_and_not_heaped_up_at_the_edge() -> None:
    spans = spans_of([act(on=-2, to=1), act(on=8, to=11), act(on=-5), act(on=20)])
    found = AXIS.spread(spans, np.ones(4))
    assert found.tolist() == [0.25, 0.25, 0, 0, 0, 0, 0, 0, 0.25, 0.25]


def test_many_layouts_are_spread_at_once() -> None:
    spans = spans_of([act(on=1, to=2)])
    found = AXIS.spread(spans, np.array([[1.0, 4.0]]))
    assert found[:4].tolist() == [[0, 0], [0.5, 2], [0.5, 2], [0, 0]]


def test_nothing_is_spread_as_nothing() -> None:
    assert AXIS.spread(spans_of([]), np.zeros(0)).tolist() == [0] * 10


@given(
    st.lists(
        st.tuples(st.integers(-5, 14), st.integers(0, 12), st.floats(0, 1)), max_size=20
    )
)  # fmt: skip
def test_spreading_is_what_it_says_day_by_day(acts: list[tuple[int, int, float]]) -> None:
    spans = spans_of([act(on=on, to=on + more) for on, more, _ in acts])
    found = AXIS.spread(spans, np.array([amount for _, _, amount in acts]))
    for place in range(10):
        there = sum(a / (more + 1) for on, more, a in acts if on <= place <= on + more)
        assert found[place] == pytest.approx(there, abs=1e-9)


def test_what_is_a_half_life_old_counts_half() -> None:
    daily = np.zeros(15)
    daily[0] = 1
    assert decayed(daily, 7)[[0, 7, 14]] == pytest.approx([1, 0.5, 0.25])


def test_days_and_places_are_each_other() -> None:
    assert AXIS.place(AXIS.day(7)) == 7
    assert len(AXIS) == 10
