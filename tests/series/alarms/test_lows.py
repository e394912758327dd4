"""The low ends of intervals, for one day after the other."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from tests.series.alarms.made_up import history, version
from tests.series.made_up import day

from tocsin.series.alarms.history import History, Version
from tocsin.series.alarms.lows import Lows
from tocsin.series.alarms.standing import Standing, standing
from tocsin.series.axis import Axis
from tocsin.series.resampling import replicates, twin_chances
from tocsin.series.tension import left


def lives(rng: Random) -> list[Version]:
    found = []
    for number in range(60):
        on = rng.randint(0, 150)
        to, told = on + rng.choice((0, 0, 3, 30)), on + rng.randint(0, 5)
        more = {"documents": rng.randint(1, 3), "confidence": rng.choice((0.5, 0.9)),
                "source": rng.choice(("incident", "incident", "icews"))}  # fmt: skip
        type_ = rng.choice(("ASSAULT", "ACCUSE", "CONSULT"))
        until = told + rng.randint(1, 9) if rng.random() < 0.4 else None
        found.append(version(f"i{number}", type_, on=on, to=to, told=told, until=until, **more))
        if until is not None:
            found.append(version(f"i{number}", "COERCE", on=on + 1, told=until, **more))
    return found


def alone(index: Standing, at: int) -> float:
    """The same of one day, one act after the other."""
    of: History = index.history
    on = day(at)
    known = [
        n
        for n in np.flatnonzero(of.known(on))
        if of.start[n] <= on.toordinal() and of.weight[n] > 0 and index.severe[n] > 0
    ]
    known.sort(key=lambda n: (of.versions[n].observation.start, of.versions[n].observation.id))
    acts = [of.versions[n].observation for n in known]
    amounts = [
        of.weigh.status(act) * float(index.severe[n]) * left(act, on, index.settings.half_life)
        for n, act in zip(known, acts, strict=True)
    ]
    drawn = replicates(
        Axis(on, on), np.full((len(acts), 2), on.toordinal(), dtype=np.int64), np.array(amounts),
        of.right[known], twin_chances(acts, index.settings), index.settings,
    )  # fmt: skip
    unit = index.units[index.axis.place(on)]
    return float(np.quantile(drawn[0], (1 - index.settings.level) / 2) * unit)


@pytest.mark.parametrize("seed", range(4))
def test_each_is_that_of_its_day_alone(seed: int) -> None:
    index = standing(history(*lives(Random(seed))))
    lows = Lows(index)
    for at in (1, 40, 41, 43, 80, 120, 121, 60, 199):
        assert lows.of(day(at)) == alone(index, at)


def test_where_nothing_counts_it_is_zero() -> None:
    assert Lows(standing(history())).of(day(20)) == 0
    assert Lows(standing(history(version("a", "CONSULT")))).of(day(20)) == 0
