"""The replicates: what is drawn, and that errors widen and do not shift."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.series.made_up import act, day

from tocsin.knowledge.measure import load_tension
from tocsin.series.axis import Axis, spans_of
from tocsin.series.resampling import replicates, twin_chances

AXIS = Axis(day(0), day(9))
SETTINGS = replace(load_tension(), replicates=20_000)


def drawn(right: float, split: float = 0, merged: float = 0, times: int = 1) -> np.ndarray:
    acts = [act(f"a{n}", on=4) for n in range(times)]
    size = len(acts)
    found = replicates(
        AXIS, spans_of(acts), np.full(size, 0.9), np.full(size, right),
        (np.full(size, split), np.full(size, merged)), SETTINGS,
    )  # fmt: skip
    assert found[[0, 3, 5, 9]].sum() == 0
    return found[4]


@pytest.mark.parametrize("right", [0.2, 0.7, 1.0])
@pytest.mark.parametrize(("split", "merged"), [(0, 0), (0.1, 0), (0.1, 0.2)])
def test_the_mean_is_what_is_expected(right: float, split: float, merged: float) -> None:
    found = drawn(right, split, merged, times=5)
    assert found.mean() == pytest.approx(5 * 0.9 * right, rel=0.03)


def test_the_variance_is_that_of_drawing_and_of_not_knowing() -> None:
    right = 0.4
    drawing, knowing = right**2, right * (1 - right)
    assert drawn(right).var() == pytest.approx(0.81 * (drawing + knowing), rel=0.05)


def test_errors_of_linking_widen_it() -> None:
    assert drawn(0.8, 0.1, 0.2, times=4).var() > 1.1 * drawn(0.8, times=4).var()


def test_what_is_alike_is_drawn_at_once_and_comes_to_the_same() -> None:
    together = drawn(0.6, times=30)
    assert together.mean() == pytest.approx(30 * 0.9 * 0.6, rel=0.02)
    assert together.var() == pytest.approx(30 * 0.81 * 0.6, rel=0.06)


def test_only_one_of_its_type_on_the_same_days_may_be_told_again() -> None:
    acts = [
        act("a", on=0, to=3), act("b", on=2), act("c", "THREATEN", on=2), act("d", on=4),
        act("e", on=5, documents=3),
    ]  # fmt: skip
    split, merged = twin_chances(acts, SETTINGS)
    assert split.tolist() == [0, SETTINGS.split, 0, 0, 0]
    assert merged.tolist() == [0, 0, 0, 0, SETTINGS.merged]


def test_rows_of_others_are_not_linked_and_so_not_linked_wrongly() -> None:
    rows = [act("a", source="icews"), act("b", source="icews", documents=4)]
    split, merged = twin_chances(rows, SETTINGS)
    assert not split.any()
    assert not merged.any()
