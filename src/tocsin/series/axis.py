"""Days in a row, on which observations are laid out and by which they decay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tocsin.series.observations import Observation

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Axis:
    """The days from ``first`` to ``last``, both included."""

    first: date
    last: date

    def __len__(self) -> int:
        return (self.last - self.first).days + 1

    def day(self, place: int) -> date:
        """The day at a place."""
        return self.first + timedelta(days=place)

    def place(self, day: date) -> int:
        """The place of a day; what lies outside is below 0 or not below the length."""
        return (day - self.first).days

    def spread(self, spans: Ints, amounts: Floats) -> Floats:
        """What of ``amounts`` falls on each day, when each is spread evenly over its span.

        ``spans`` are ordinals of first and last days, of shape (n, 2); ``amounts`` of shape (n,) or
        (n, m), for m layouts at once. The result has the shape (days,) or (days, m). What of a span
        lies outside the axis is left out, so that its day inside keep their share of the whole.
        """
        size = len(self)
        origin = self.first.toordinal()
        lengths = (spans[:, 1] - spans[:, 0] + 1).astype(np.float64)
        start = np.maximum(spans[:, 0] - origin, 0)
        stop = np.minimum(spans[:, 1] - origin + 1, size)
        inside = start < stop
        rest = (size + 1, *amounts.shape[1:])
        rates = amounts / (lengths if amounts.ndim == 1 else lengths[:, None])
        single = inside & (stop - start == 1)
        several = inside & ~single
        daily = np.zeros(rest)
        np.add.at(daily, start[single], rates[single])
        if several.any():
            # Of a span over many days only its ends are noted.
            steps = np.zeros(rest)
            np.add.at(steps, start[several], rates[several])
            np.subtract.at(steps, stop[several], rates[several])
            running = np.cumsum(steps, axis=0)
            # Where all spans have ended, sums of parts leave a rest that is none.
            running[np.abs(running) < 1e-12] = 0
            daily += running
        found: Floats = daily[:-1]
        return found


def spans_of(observations: Sequence[Observation]) -> Ints:
    """The ordinals of their first and last days, of shape (n, 2)."""
    ends = [(one.start.toordinal(), one.end.toordinal()) for one in observations]
    return np.array(ends, dtype=np.int64).reshape(len(ends), 2)


def decayed(daily: Floats, half_life: float) -> Floats:
    """The running sum over days (the first axis) in which what is ``half_life`` days old counts
    half."""
    kept = 0.5 ** (1 / half_life)
    found = np.empty_like(daily)
    level = np.zeros(daily.shape[1:])
    for place in range(len(daily)):
        level = level * kept + daily[place]
        found[place] = level
    return found
