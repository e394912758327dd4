"""What was known of a dyad on each day: observations in the versions that their reports made.

An incident that is reported again may get other days, another status or more dead. Its version of
a day is made from the reports that had been published by then. Only which reports are of one
incident is taken as it is known now: linking is not run again for every day. A row of another's
series is known on its day, and does not change.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from tocsin.knowledge.alarms import AlarmSettings
from tocsin.series.axis import Axis, Floats, Ints
from tocsin.series.effort import Effort
from tocsin.series.observations import Dyad, Observation
from tocsin.series.weighing import Weighing, weighing

FACTS = ("actual", "background")
Flags = NDArray[np.bool_]
#: Later than any day.
NEVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Version:
    """An observation as it was known from the end of the day ``since`` on, and from that of
    ``until`` on no more; None where it still is. ``sentence`` is that of the report that tells
    most, None for rows of others' series."""

    observation: Observation
    since: date
    until: date | None = None
    sentence: str | None = None


@dataclass(frozen=True, kw_only=True)
class History:
    """The versions of the observations of a dyad, by the days from which they were known.

    ``first`` and ``last`` are the days between which alarms are looked for; ``effort`` is what was
    read. ``undated`` counts what has no day of report or none on which it may have happened. The
    arrays have one place for each version, days are ordinals: ``since`` and ``until`` (NEVER where
    it still holds), ``start`` and ``end``, the number of the ``rung``, the ``weight``; ``fact``
    says that it is told as one, ``news`` that it is and is no background, ``deed`` that it is one
    of conflict; ``right`` is how probable it is that it is right.
    """

    dyad: Dyad
    source: str
    versions: tuple[Version, ...]
    effort: Effort
    first: date
    last: date
    undated: int = 0
    since: Ints = field(init=False)
    until: Ints = field(init=False)
    start: Ints = field(init=False)
    end: Ints = field(init=False)
    rung: Ints = field(init=False)
    weight: Floats = field(init=False)
    right: Floats = field(init=False)
    fact: Flags = field(init=False)
    news: Flags = field(init=False)
    deed: Flags = field(init=False)
    _read: tuple[date, ...] = field(init=False)

    def __post_init__(self) -> None:
        weigh = weighing()
        ordered = sorted(self.versions, key=lambda one: (one.since, one.observation.id))
        seen = [one.observation for one in ordered]
        arrays: dict[str, object] = {
            "versions": tuple(ordered),
            "_read": tuple(sorted(self.effort.days)),
            "since": _ints([one.since.toordinal() for one in ordered]),
            "until": _ints([_ordinal(one.until) for one in ordered]),
            "start": _ints([one.start.toordinal() for one in seen]),
            "end": _ints([one.end.toordinal() for one in seen]),
            "rung": _ints([one.rung.number for one in seen]),
            "weight": np.array([weigh.weight(one) for one in seen], dtype=np.float64),
            "right": np.array([weigh.right(one) for one in seen], dtype=np.float64),
            "fact": np.array([one.status in FACTS for one in seen], dtype=np.bool_),
            "news": np.array([one.status == "actual" for one in seen], dtype=np.bool_),
            "deed": np.array([one.deed and one.score < 0 for one in seen], dtype=np.bool_),
        }
        for name, value in arrays.items():
            object.__setattr__(self, name, value)

    @property
    def axis(self) -> Axis:
        """The days from the first on which something was read to the last that is asked for."""
        return Axis(min(self.effort.first or self.first, self.last), self.last)

    @property
    def weigh(self) -> Weighing:
        """How observations are weighed."""
        return weighing()

    def known(self, day: date) -> Flags:
        """Which versions held at the end of a day."""
        place = day.toordinal()
        found: Flags = (self.since <= place) & (self.until > place)
        return found

    def told(self, day: date) -> list[Observation]:
        """The observations as they were known at the end of a day."""
        return [self.versions[at].observation for at in np.flatnonzero(self.known(day))]

    def age(self, day: date) -> int:
        """For how many days before a day something had been read."""
        first = self.effort.first
        return (day - first).days if first is not None else 0

    def was_read(self, day: date, settings: AlarmSettings) -> bool:
        """Whether enough was read before a day to say what is usual."""
        first = bisect_left(self._read, day - timedelta(days=settings.look_back))
        days = bisect_left(self._read, day) - first
        return self.age(day) >= settings.least_history and days >= settings.least_read


def _ints(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _ordinal(day: date | None) -> int:
    return NEVER if day is None else day.toordinal()
