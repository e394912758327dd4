"""The tension index as it stood on each day, from what was known by its end.

The index of :mod:`tocsin.series.tension` is made of all that is known now. Here an act comes into
it on the day of its report, with what had not faded by then, and leaves it when a later report
makes another version of it. What a day shows is what one would have seen on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.knowledge.measure import TensionSettings, load_tension
from tocsin.series.alarms.history import History, Version
from tocsin.series.axis import Axis, Floats, decayed
from tocsin.series.scales import Side, severity
from tocsin.series.tension import left, tension

_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The index over the days of ``axis``: ``values``, in its own unit; ``sums`` are C(t) and
    ``units`` what they are multiplied by, all of shape (days,). ``severe`` (versions,) is how
    severe each version is, 0 to 1."""

    history: History
    settings: TensionSettings
    axis: Axis
    values: Floats
    sums: Floats
    units: Floats
    severe: Floats

    def shares(self, day: date) -> list[tuple[float, Version]]:
        """The versions that made the value of a day, each with its share, the largest first."""
        unit = float(self.units[self.axis.place(day)])
        found = []
        for at in self._counted(day):
            one = self.history.versions[at]
            rest = left(one.observation, day, self.settings.half_life)
            found.append((float(self.history.weight[at] * self.severe[at]) * rest * unit, one))
        return sorted(found, key=lambda pair: (-pair[0], pair[1].observation.id))

    def _counted(self, day: date) -> list[int]:
        """The places of the versions that count on a day."""
        known = self.history.known(day) & (self.history.start <= day.toordinal())
        counts = known & (self.history.weight > 0) & (self.severe > 0)
        return [int(at) for at in np.flatnonzero(counts)]


def standing(
    history: History, *, side: Side = "conflict", settings: TensionSettings | None = None
) -> Standing:
    """The index of the history's dyad on each of its days, as it stood."""
    settings = settings or load_tension()
    axis = history.axis
    of = severity("plover", side)
    severe = np.array([of(one.observation) for one in history.versions], dtype=np.float64)
    steps = np.zeros(len(axis))
    for at in np.flatnonzero((severe > 0) & (history.weight > 0)):
        amount = float(history.weight[at] * severe[at])
        _lay(steps, axis, history.versions[at], amount, settings.half_life)
    read = tension((), history.effort, history.dyad, since=axis.first, until=axis.last,
                   settings=settings, interval=False)  # fmt: skip
    units: Floats = settings.per / (read.effort + settings.prior_effort)
    sums = decayed(steps, settings.half_life)
    # What came and went in versions leaves a rounding error that is no tension.
    sums[np.abs(sums) < 1e-12] = 0
    return Standing(
        history=history, settings=settings, axis=axis, values=sums * units, sums=sums,
        units=units, severe=severe,
    )  # fmt: skip


def _lay(steps: Floats, axis: Axis, one: Version, amount: float, half_life: float) -> None:
    """Put what a version adds to each day's sum, and takes away when it holds no more."""
    seen, size = one.observation, len(axis)
    # What was known before anything counts as read (an original may be of a later day than its
    # copy) is there from the first day on.
    since = max(one.since, axis.first)
    came = axis.place(since)
    gone = size if one.until is None else min(axis.place(one.until), size)
    if came >= gone:
        return
    if seen.start <= since:
        steps[came] += amount * left(seen, since, half_life)
    first = max(axis.place(seen.start), came + 1)
    last = min(axis.place(seen.end), gone - 1)
    if first <= last:
        steps[first : last + 1] += amount / seen.length
    if one.until is not None and gone < size:
        day = one.until - _DAY
        if seen.start <= day:
            steps[gone] -= amount * left(seen, day, half_life) * 0.5 ** (1 / half_life)
