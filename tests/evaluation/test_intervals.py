"""Intervals: within their range, around their value, and those of published examples."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.evaluation.intervals import (
    Estimate,
    effective_n,
    ratio_limits,
    weighted_rate,
    weighted_wilson,
    wilson,
)

counts = st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
weights = st.floats(0.1, 50)


@given(counts)
def test_wilson_stays_between_zero_and_one_around_the_share(case: tuple[int, int]) -> None:
    right, n = case
    found = wilson(right, n)
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.high - found.low > 0  # no certainty, even where all or none are right


@given(counts)
def test_wilson_mirrors_right_and_wrong(case: tuple[int, int]) -> None:
    right, n = case
    one, other = wilson(right, n), wilson(n - right, n)
    assert one is not None
    assert other is not None
    assert one.low == pytest.approx(1 - other.high, abs=1e-9)


@given(counts)
def test_wilson_limits_solve_the_score_equation(case: tuple[int, int]) -> None:
    right, n = case
    found = wilson(right, n)
    assert found is not None
    for limit in (found.low, found.high):
        if 0 < limit < 1:
            z = (found.value - limit) / math.sqrt(limit * (1 - limit) / n)
            assert abs(z) == pytest.approx(1.959964, rel=1e-3)


@pytest.mark.parametrize(
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    ("right", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_published_limits(right: int, n: int, low: float, high: float) -> None:
    found = wilson(right, n)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


def test_nothing_judged_has_no_share() -> None:
    assert wilson(0, 0) is None
    assert weighted_wilson([]) is None
    assert weighted_rate([]) is None
    with pytest.raises(ValueError, match="3 of 2 is no share"):
        wilson(3, 2)


@given(counts, weights)
def test_equal_weights_change_nothing(case: tuple[int, int], weight: float) -> None:
    right, n = min(case[0], 60), min(case[1], 60)
    plain = wilson(right, n)
    found = weighted_wilson([(weight, at < right) for at in range(n)])
    assert found is not None
    assert plain is not None
    assert found.as_dict() == pytest.approx(plain.as_dict(), abs=2e-4)


@given(st.lists(weights, min_size=1, max_size=50))
def test_weights_never_add_cases(values: list[float]) -> None:
    assert 1 - 1e-9 <= effective_n(values) <= len(values) + 1e-9


@given(st.lists(st.tuples(weights, st.integers(0, 6)), min_size=1, max_size=50))
def test_a_rate_lies_in_its_interval(cases: list[tuple[float, int]]) -> None:
    found = weighted_rate(cases)
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high


def test_a_rate_of_nothing_has_an_upper_limit_and_uneven_counts_widen_it() -> None:
    none = weighted_rate([(1, 0)] * 100)
    assert none is not None
    assert (none.low, none.high) == (0, pytest.approx(1.96**2 / 100, abs=1e-4))
    even = weighted_rate([(1, 1)] * 10 + [(1, 0)] * 40)
    uneven = weighted_rate([(1, 10)] + [(1, 0)] * 49)
    assert even is not None
    assert uneven is not None
    assert even.value == uneven.value
    assert uneven.high > even.high


shares = st.tuples(st.floats(0, 1), st.floats(0.01, 1), st.floats(0.01, 1)).map(
    lambda part: Estimate(part[0], part[0] * part[1], part[0] + part[2], 10)
)


@given(shares, shares.filter(lambda e: e.value > 0.01))
def test_a_ratio_lies_between_its_limits(over: Estimate, under: Estimate) -> None:
    low, high = ratio_limits(over, under)
    assert 0 <= low <= over.value / under.value + 1e-9
    assert high >= over.value / under.value - 1e-9
