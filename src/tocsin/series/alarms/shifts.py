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
from tocsin.series.alarms.making import alarm, number
from tocsin.series.alarms.standing import Standing
from tocsin.series.axis import Floats

_WEEK = 7
# What is left where the decay takes away all that there was.
_NOTHING = 1e-9

#: What to do where ruptures is not installed.
MISSING = "they need ruptures, which comes with pip install 'tocsin[forecast]'"
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
        raise ResourceError(MISSING) from None


def shifts(standing: Standing, settings: AlarmSettings, cut: Cut = pelt) -> Iterator[Alarm]:
    """The steps upward, each on the last day of the week at the end of which it is seen."""
    history = standing.history
    ends, new = inflow(standing)
    rung: list[int] = []
    longest = settings.look_back // _WEEK
    for size in range(settings.least_history // _WEEK + 1, len(ends) + 1):
        first = max(0, size - longest)
        if not history.was_read(ends[size - 1], settings):
            continue
        step = last_step(new[first:size], settings, cut)
        if step is None:
            continue
        begin, at = first + step[0], first + step[1]
        if size - at > settings.change_latest:
            continue
        if any(abs(at - one) <= settings.change_apart for one in rung):
            continue
        rung.append(at)
        day = ends[size - 1]
        if history.first <= day <= history.last:
            yield _alarm(standing, settings, ends[:size], new[:size], begin, at)


def inflow(standing: Standing) -> tuple[list[date], Floats]:
    """The last days of all whole weeks (Sundays), and what came to the index in each: its value
    less what the decay has left of that of the week before."""
    axis = standing.axis
    places = [at for at in range(len(axis)) if axis.day(at).isoweekday() == _WEEK and at >= 6]
    kept = 0.5 ** (_WEEK / standing.settings.half_life)
    sums = standing.sums[places]
    before = np.array([standing.sums[at - _WEEK] if at >= _WEEK else 0.0 for at in places])
    new: Floats = np.maximum(0, sums - kept * before) * standing.units[places]
    new[new < _NOTHING] = 0
    return [axis.day(at) for at in places], new


def last_step(new: Floats, settings: AlarmSettings, cut: Cut = pelt) -> tuple[int, int] | None:
    """The first weeks of the last two parts where the last is the higher one; None where there is
    no change, or the last one goes down."""
    found = steps_of(new, settings, cut)
    if not found:
        return None
    values = np.sqrt(new)
    at = found[-1]
    begin = found[-2] if len(found) > 1 else 0
    return (begin, at) if values[at:].mean() > values[begin:at].mean() else None


def steps_of(new: Floats, settings: AlarmSettings, cut: Cut = pelt) -> list[int]:
    """The first places of all parts but the first, of what comes in a period, whether it goes up
    or down with them."""
    values = np.sqrt(new)
    variance = _variance(values)
    if variance <= 0 or len(values) < 2 * settings.change_shortest:
        return []
    penalty = settings.change_penalty * variance * float(np.log(len(values)))
    return cut(values, penalty, settings.change_shortest)


def _variance(values: Floats) -> float:
    """The variance of the noise: half the mean square of the differences of neighbours."""
    steps = np.diff(values)
    return float((steps**2).mean()) / 2 if len(steps) else 0.0


def _alarm(
    standing: Standing, settings: AlarmSettings, ends: list[date], new: Floats, begin: int, at: int
) -> Alarm:
    """``begin`` and ``at`` are the first weeks of the last two parts; the last week is this one."""
    day, monday = ends[-1], ends[at] - timedelta(days=_WEEK - 1)
    after, before = float(new[at:].mean()), float(new[begin:at].mean())
    reason = (
        f"since the week of {monday}, for {len(new) - at} weeks, {number(after)} comes to the "
        f"tension in a week in the mean; in the {at - begin} weeks before it was {number(before)}"
    )
    # What came to be known since the change, the largest share first.
    evidence = [one for _, one in standing.shares(day) if one.since >= monday]
    return alarm(
        standing.history, "change point", day, reason, evidence[: settings.evidence],
        about=monday.isoformat(), level=after / before if before > 0 else None,
    )  # fmt: skip
