"""The alarm of change: a step upward in what comes to the index in a week.

As of the end of each week the weeks of the look-back are cut into parts (PELT: R. Killick, P.
Fearnhead and I. A. Eckley, J. Am. Stat. Assoc. 107, 2012), so that no later week has a say. A
change can ring when its part has the shortest length, at the earliest at the end of its second
week by the settings that ship.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from typing import Any

import numpy as np

from tocsin.errors import ResourceError
from tocsin.knowledge.alarms import AlarmSettings
from tocsin.model.alarm import Alarm
from tocsin.series.alarms.history import Version
from tocsin.series.alarms.making import alarm
from tocsin.series.alarms.standing import Standing
from tocsin.series.axis import Floats

_WEEK = 7
# The median of the absolute value of a normal number, in standard deviations.
_MEDIAN = 0.6744897501960817

#: Finds the first places of all parts but the first in values, by a penalty and a shortest length.
Cut = Callable[[Floats, float, int], list[int]]


def has_ruptures() -> bool:
    """Whether what finds change points is installed: it comes with the extra ``forecast``."""
    try:
        _ruptures()
    except ResourceError:
        return False
    return True


def pelt(values: Floats, penalty: float, shortest: int) -> list[int]:
    """The first places of all parts but the first: the cut that makes the sum of squares and the
    penalties smallest. ResourceError where ruptures is not installed."""
    found = _ruptures().KernelCPD(kernel="linear", min_size=shortest).fit(values.reshape(-1, 1))
    return [int(at) for at in found.predict(pen=penalty)[:-1]]


@lru_cache(maxsize=1)
def _ruptures() -> Any:
    try:
        return import_module("ruptures")
    except ImportError:
        raise ResourceError(
            "change points need ruptures: pip install 'tocsin[forecast]'"
        ) from None


def shifts(standing: Standing, settings: AlarmSettings, cut: Cut = pelt) -> Iterator[Alarm]:
    """The steps upward, each on the last day of the week at the end of which it is seen."""
    history = standing.history
    ends, new = inflow(standing)
    rung: list[int] = []
    longest = settings.look_back // _WEEK
    for size in range(settings.least_history // _WEEK + 1, len(ends) + 1):
        first = max(0, size - longest)
        change = last_step(new[first:size], settings, cut)
        if change is None:
            continue
        at = first + change
        if size - at > settings.change_latest:
            continue
        if any(abs(at - one) <= settings.change_apart for one in rung):
            continue
        rung.append(at)
        day = ends[size - 1]
        if history.first <= day <= history.last:
            yield _alarm(standing, settings, ends, new[first:size], change, day, at)


def inflow(standing: Standing) -> tuple[list[date], Floats]:
    """The last days of all whole weeks (Sundays), and what came to the index in each: its value
    less what the decay has left of that of the week before."""
    axis = standing.axis
    places = [at for at in range(len(axis)) if axis.day(at).isoweekday() == _WEEK and at >= 6]
    kept = 0.5 ** (_WEEK / standing.settings.half_life)
    sums = standing.sums[places]
    before = np.array([standing.sums[at - _WEEK] if at >= _WEEK else 0.0 for at in places])
    new: Floats = np.maximum(0, sums - kept * before) * standing.units[places]
    return [axis.day(at) for at in places], new


def last_step(new: Floats, settings: AlarmSettings, cut: Cut = pelt) -> int | None:
    """The first week of the last part where that is higher than the one before; None where there
    is no change, or the last one goes down."""
    values = np.sqrt(new)
    variance = _variance(values)
    if variance <= 0:
        return None
    penalty = settings.change_penalty * variance * float(np.log(len(values)))
    found = cut(values, penalty, settings.change_shortest)
    if not found:
        return None
    at = found[-1]
    begin = found[-2] if len(found) > 1 else 0
    return at if values[at:].mean() > values[begin:at].mean() else None


def _variance(values: Floats) -> float:
    """The variance of the noise, told from differences of neighbours; where half of them are none,
    from their squares."""
    steps = np.diff(values)
    if not len(steps):
        return 0.0
    robust = float(np.median(np.abs(steps))) / _MEDIAN
    return (robust**2 if robust > 0 else float((steps**2).mean())) / 2


def _alarm(
    standing: Standing,
    settings: AlarmSettings,
    ends: list[date],
    new: Floats,
    change: int,
    day: date,
    at: int,
) -> Alarm:
    begin = ends[at] - timedelta(days=_WEEK - 1)
    weeks = len(new) - change
    after, before = float(new[change:].mean()), float(new[:change].mean())
    reason = (
        f"since the week of {begin}, for {weeks} weeks, {after:.1f} comes to the tension in a week "
        f"in the mean, and {before:.1f} in the {change} weeks before"
    )
    evidence = _evidence(standing, begin, day)[: settings.evidence]
    ratio = after / before if before > 0 else None
    return alarm(
        standing.history, "change point", day, reason, evidence, about=begin.isoformat(),
        level=ratio,
    )  # fmt: skip


def _evidence(standing: Standing, begin: date, day: date) -> list[Version]:
    """What came to be known since the change, the largest share first."""
    return [one for _, one in standing.shares(day) if one.since >= begin]
