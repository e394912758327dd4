"""The low ends of the intervals of an index as it stood, for one day after the other."""

from __future__ import annotations

from datetime import date

import numpy as np

from tocsin.series.alarms.history import Flags
from tocsin.series.alarms.standing import Standing
from tocsin.series.axis import Floats, Ints
from tocsin.series.observations import INCIDENT
from tocsin.series.redrawing import Redrawing


class Lows:
    """Tells the low ends. It keeps what was drawn for the last day, so it is best asked for days in
    their order, and not kept itself."""

    def __init__(self, standing: Standing) -> None:
        history, self._standing = standing.history, standing
        seen = [one.observation for one in history.versions]
        counts = (history.weight > 0) & (standing.severe > 0)
        order = sorted(np.flatnonzero(counts), key=lambda at: (seen[at].start, seen[at].id))
        self._places: Ints = np.array(order, dtype=np.int64)
        acts = [seen[at] for at in order]
        self._start, self._end = history.start[self._places], history.end[self._places]
        self._right = history.right[self._places]
        status = [history.weigh.status(one) for one in acts]
        self._full: Floats = np.array(status, dtype=np.float64) * standing.severe[self._places]
        numbers: dict[str, int] = {}
        # Others' rows have no twins.
        types = [
            numbers.setdefault(one.type, len(numbers)) if one.source == INCIDENT else -1
            for one in acts
        ]
        self._type: Ints = np.array(types, dtype=np.int64)
        merged = [one.source == INCIDENT and one.documents > 1 for one in acts]
        self._merged: Flags = np.array(merged, dtype=np.bool_)
        kept = 0.5 ** (1 / standing.settings.half_life)
        last = standing.axis.last.toordinal()
        days = last - int(self._start.min(initial=last))
        self._rest: Floats = np.array([kept**n for n in range(days + 2)], dtype=np.float64)
        self._redrawing = Redrawing(standing.settings)

    def of(self, day: date) -> float:
        """The low end of the interval of a day, drawn as that of the index is."""
        history, settings = self._standing.history, self._standing.settings
        known = history.known(day)[self._places] & (self._start <= day.toordinal())
        at = np.flatnonzero(known)
        drawn = self._redrawing.day(
            self._full[at] * self._left(at, day), self._right[at], self._twins(at)
        )
        tail = (1 - settings.level) / 2
        unit = self._standing.units[self._standing.axis.place(day)]
        return float(np.quantile(drawn, tail) * unit)

    def _left(self, at: Ints, day: date) -> Floats:
        """How much of each has not faded, as :func:`tocsin.series.tension.left` has it."""
        start, end, ordinal = self._start[at], self._end[at], day.toordinal()
        last = np.minimum(end, ordinal)
        found: Floats = (
            self._rest[ordinal - last]
            * (1 - self._rest[last - start + 1])
            / (1 - self._rest[1])
            / (end - start + 1)
        )
        return found

    def _twins(self, at: Ints) -> tuple[Floats, Floats]:
        """As :func:`tocsin.series.resampling.twin_chances` has them."""
        settings = self._standing.settings
        split = np.zeros(len(at))
        start, end, type_ = self._start[at], self._end[at], self._type[at]
        for number in range(int(type_.max(initial=-1)) + 1):
            own = np.flatnonzero(type_ == number)
            if len(own) > 1:
                reach = np.maximum.accumulate(end[own])[:-1]
                split[own[1:][reach >= start[own[1:]]]] = settings.split
        return split, np.where(self._merged[at], settings.merged, 0.0)
