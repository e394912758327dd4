"""What other choices make of the index."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.series.made_up import DYAD, act, day, read

from tocsin.series.effort import UNKNOWN, Effort
from tocsin.series.sensitivity import USUAL, sensitivity, spearman, without
from tocsin.series.tension import tension

ACTS = [
    act("a", on=5), act("b", "THREATEN", on=30, outlets=("Gazette",)),
    act("c", "ACCUSE", on=31, sources=3, outlets=("Courier", "Gazette"), status="alleged"),
]  # fmt: skip
TWO = Effort({day(n): {"Courier": 8, "Gazette": 2} for n in range(60)})


def test_the_usual_comes_first_and_agrees_with_itself() -> None:
    usual, *others = sensitivity(ACTS, TWO, DYAD)
    assert (usual.choice, usual.rank_correlation) == (USUAL, pytest.approx(1))
    assert usual.peak == usual.at_peak
    assert usual.peak_day == day(5)
    assert [one.choice for one in others] == [
        "half-life 7 days", "half-life 30 days", "prior effort 10", "prior effort 250",
        "severity by goldstein", "severity by rung",
        "severity by constant", "only what is a fact", "every status alike", "no corroboration",
        "not divided by effort", "without Courier", "without Gazette",
    ]  # fmt: skip


def test_the_choices_do_what_they_say() -> None:
    found = {one.choice: one for one in sensitivity(ACTS, TWO, DYAD)}
    usual = found[USUAL]
    assert found["prior effort 10"].last > usual.last > found["prior effort 250"].last
    assert found["half-life 30 days"].last > usual.last > found["half-life 7 days"].last
    assert found["every status alike"].last > usual.last > found["only what is a fact"].last
    assert found["no corroboration"].last < usual.last
    assert found["without Courier"].peak_day == day(31)
    raw = tension(ACTS, TWO, DYAD, interval=False, normalised=False)
    assert found["not divided by effort"].last == pytest.approx(raw.value(day(59)))


def test_only_days_on_which_something_was_read_are_compared() -> None:
    some = read({0: 5, 6: 5})
    assert sensitivity(ACTS, some, DYAD, until=day(40))[0].peak_day == day(6)
    assert sensitivity(ACTS, some, DYAD, since=day(10), until=day(40)) == []


def test_without_an_outlet_what_it_alone_tells_is_gone() -> None:
    left = without([*ACTS, act("d", outlets=())], "Gazette")
    assert [(one.id, one.sources) for one in left] == [("a", 1), ("c", 1), ("d", 1)]
    assert [one.id for one in without([*ACTS, act("d", outlets=())], UNKNOWN)] == ["a", "b", "c"]


def test_one_outlet_alone_is_not_left_out() -> None:
    assert not any("without" in one.choice for one in sensitivity(ACTS, read(), DYAD))


def test_ranks_agree_oppose_or_cannot_be_told() -> None:
    up = np.array([1.0, 2.0, 2.0, 5.0])
    assert spearman(up, up**3) == pytest.approx(1)
    assert spearman(up, -up) == pytest.approx(-1)
    assert spearman(up, np.ones(4)) is None
    # By hand: ranks 1, 2.5, 2.5, 4 and 1, 2, 3, 4.
    assert spearman(up, np.array([1.0, 2.0, 3.0, 4.0])) == pytest.approx(4.5 / np.sqrt(4.5 * 5))


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=2, max_size=30))
def test_a_rank_correlation_is_one(pairs: list[tuple[float, float]]) -> None:
    one, other = np.array(pairs).T
    found = spearman(one, other)
    assert found is None or -1 - 1e-9 <= found <= 1 + 1e-9
    assert found == spearman(other, one) or found == pytest.approx(spearman(other, one))
