"""What is drawn day by day is what would be drawn for each day alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from tests.series.made_up import day

from tocsin.knowledge.measure import load_tension
from tocsin.series import redrawing, resampling
from tocsin.series.axis import Axis, Floats
from tocsin.series.redrawing import Redrawing
from tocsin.series.resampling import replicates

SETTINGS = replace(load_tension(), replicates=40)


def alone(amounts: Floats, rights: Floats, twins: tuple[Floats, Floats]) -> Floats:
    on = day(0).toordinal()
    spans = np.full((len(amounts), 2), on, dtype=np.int64)
    found: Floats = replicates(Axis(day(0), day(0)), spans, amounts, rights, twins, SETTINGS)[0]
    return found


@pytest.mark.parametrize("chunk", [4000, 60])
@pytest.mark.parametrize("seed", range(4))
def test_days_in_a_row_are_each_as_drawn_alone(
    seed: int, chunk: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (redrawing, resampling):
        monkeypatch.setattr(module, "CHUNK", chunk)
    monkeypatch.setattr(redrawing, "_KEPT", 2)
    rng = np.random.default_rng(seed)
    size = 220
    full = rng.choice([0.2, 0.5, 1.0], size) * rng.choice([0.25, 1.0], size)
    rights = rng.choice([0.4, 0.8, 0.96, 1.0], size)
    split = rng.choice([0, SETTINGS.split], size)
    merged = rng.choice([0, SETTINGS.merged], size)
    days = Redrawing(SETTINGS)
    for last in (0, 1, 90, 91, 150, 150, 152, 30, 219):
        at = np.arange(last)
        if rng.random() < 0.3:  # something was told anew, and is another now
            at = np.delete(at, rng.integers(0, last, 2)) if last > 4 else at
        amounts = full[at] * 0.5 ** ((last - at) / rng.choice((1, 14)))
        given = amounts, rights[at], (split[at], merged[at])
        np.testing.assert_array_equal(days.day(*given), alone(*given))
