"""The tension index: how much conflict, by how severe it is, in what is read of late.

For day t, with the acts i of a dyad::

    C(t)       = sum over i of  w(i) s(i)  sum over days d <= t of  m(i, d) 2^(-(t - d) / h)
    E(t)       = sum over days d <= t of  n(d) 2^(-(t - d) / g)
    tension(t) = 1000 C(t) / (E(t) + e)

w is the weight of an act (:mod:`tocsin.series.weighing`), s its severity, 0 to 1
(:mod:`tocsin.series.scales`), m spreads it over the days on which it may have happened, h is the
half-life; n(d) articles were read on day d, g is their half-life, e a prior effort
(``data/series/tension.yaml``). Cooperation has an index of its own by the same formula. It is told
by all that is known now, so that what is reported later changes the values of earlier days.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from tocsin.errors import OptionError
from tocsin.knowledge.measure import TensionSettings, load_tension
from tocsin.series.axis import Axis, Floats, decayed, spans_of
from tocsin.series.effort import Effort
from tocsin.series.observations import Dyad, Observation, belongs
from tocsin.series.resampling import replicates, twin_chances
from tocsin.series.scales import Side, severity
from tocsin.series.weighing import Weighing, weighing

# What is so many half-lives old counts 2^-60, less than the last digit of a number.
_LEAD = 60
_MOST_DAYS = 73_050


@dataclass(frozen=True, slots=True)
class Share:
    """What one act has in the value of a day: ``share`` in the index's own unit, the product of
    ``weight``, ``severity`` and ``decay`` (how much of it has not faded), per so many articles."""

    observation: Observation
    share: float
    weight: float
    severity: float
    decay: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Index:
    """The index of a dyad over the days of ``axis``.

    ``values`` has its value on each day, ``low`` and ``high`` its interval where that was asked
    for, ``effort`` E(t), each of shape (days,). ``counted`` are the acts that count, with their
    weights and severities. Without ``normalised`` the values are C(t) itself.
    """

    dyad: Dyad
    axis: Axis
    values: Floats
    low: Floats | None
    high: Floats | None
    effort: Floats
    counted: tuple[tuple[Observation, float, float], ...]
    settings: TensionSettings
    normalised: bool = True

    def value(self, day: date) -> float | None:
        """The value at the end of a day; None where nothing had been read by then."""
        return self._at(self.values, day)

    def interval(self, day: date) -> tuple[float, float] | None:
        """Low and high of that day; None where the value is, or where none was asked for."""
        low, high = self._at(self.low, day), self._at(self.high, day)
        return None if low is None or high is None else (low, high)

    def explain(self, day: date) -> list[Share]:
        """The acts that make the value of a day, the largest share first; they sum up to it."""
        if self.value(day) is None:
            return []
        unit = float(self._unit()[self.axis.place(day)])
        shares = []
        for one, weight, severe in self.counted:
            if one.start <= day:
                rest = left(one, day, self.settings.half_life)
                shares.append(Share(one, weight * severe * rest * unit, weight, severe, rest))
        return sorted(shares, key=lambda share: (-share.share, share.observation.id))

    def _unit(self) -> Floats:
        return _unit(self.effort, self.settings, self.normalised)

    def _at(self, values: Floats | None, day: date) -> float | None:
        place = self.axis.place(day)
        if values is None or not 0 <= place < len(self.axis) or self.effort[place] <= 0:
            return None
        return float(values[place])


def tension(
    observations: Sequence[Observation],
    effort: Effort,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    side: Side = "conflict",
    scale: str = "plover",
    weigh: Weighing | None = None,
    settings: TensionSettings | None = None,
    interval: bool = True,
    normalised: bool = True,
) -> Index:
    """The index of a dyad from ``since`` to ``until``, by default from the first to the last day on
    which something was read.

    ``observations`` may be of other dyads too. OptionError where nothing was read, for an unknown
    scale and for days in the wrong order. Most of the time goes into the interval.
    """
    settings = settings or load_tension()
    weigh = weigh or weighing()
    since, until = bounds_of(effort, since, until)
    severe = severity(scale, side)
    chosen = sorted(
        (one for one in observations if belongs(one, dyad)), key=lambda one: (one.start, one.id)
    )
    weighed = ((one, weigh.weight(one), severe(one)) for one in chosen if one.start <= until)
    counted = tuple(found for found in weighed if found[1] > 0 and found[2] > 0)
    # Before anything was read there are no values, and so much is not laid out.
    near = min(max(since, effort.first or since), until)
    far = Axis(_lead(near, counted, effort, settings), until)
    asked, unread = slice(far.place(near), None), np.zeros((near - since).days)
    read = decayed(_daily(effort, far), settings.effort_half_life)[asked]
    read = np.concatenate([unread, read])
    spans = spans_of([one for one, _, _ in counted])
    sums = np.array([weight * severity_ for _, weight, severity_ in counted], dtype=np.float64)
    unit = _unit(read, settings, normalised)
    level = np.concatenate([unread, decayed(far.spread(spans, sums), settings.half_life)[asked]])
    index = Index(
        dyad=dyad, axis=Axis(since, far.last), values=level * unit, low=None, high=None,
        effort=read, counted=counted, settings=settings, normalised=normalised,
    )  # fmt: skip
    if not interval:
        return index
    drawn = replicates(
        far,
        spans,
        np.array([weigh.status(one) * s for one, _, s in counted], dtype=np.float64),
        np.array([weigh.right(one) for one, _, _ in counted], dtype=np.float64),
        twin_chances([one for one, _, _ in counted], settings),
        settings,
    )
    levels = decayed(drawn, settings.half_life)[asked]
    tail = (1 - settings.level) / 2
    low, high = (np.concatenate([unread, end]) * unit for end in _ends(levels, tail))
    return replace(index, low=low, high=high)


def bounds_of(effort: Effort, since: date | None, until: date | None) -> tuple[date, date]:
    """First and last day of a series: those given, else the first and last on which something was
    read. OptionError where nothing was, and where the last day is before the first."""
    first, last = since or effort.first, until or effort.last
    if first is None or last is None:
        raise OptionError("no article with a day of publication was read, so there is no series")
    if first > last:
        raise OptionError(
            f"there are no days from {first} to {last}; something was read from {effort.first} "
            f"to {effort.last}"
        )
    if (last - first).days > _MOST_DAYS:
        raise OptionError(f"from {first} to {last} is more than 200 years; --since and --until")
    return first, last


def _lead(
    near: date,
    counted: Sequence[tuple[Observation, float, float]],
    effort: Effort,
    settings: TensionSettings,
) -> date:
    """The day from which on it is laid out what still counts on the day ``near``."""
    first = min([near, effort.first or near, *(one.start for one, _, _ in counted)])
    days = int(max(settings.half_life, settings.effort_half_life) * _LEAD)
    return date.fromordinal(max(first.toordinal(), near.toordinal() - days))


def _ends(levels: Floats, tail: float) -> Floats:
    """The values with so large a part of the replicates below and above, of shape (2, days)."""
    found: Floats = np.quantile(levels, [tail, 1 - tail], axis=1)
    return found


def _daily(effort: Effort, axis: Axis) -> Floats:
    """The articles read on each day."""
    found = np.zeros(len(axis))
    for day, read in effort.days.items():
        if 0 <= (place := axis.place(day)) < len(axis):
            found[place] = read
    return found


def _unit(effort: Floats, settings: TensionSettings, normalised: bool) -> Floats:
    if not normalised:
        return np.ones_like(effort)
    found: Floats = settings.per / (effort + settings.prior_effort)
    return found


def left(one: Observation, day: date, half_life: float) -> float:
    """How much of an act has not faded by the end of a day: the mean over its days, those to come
    giving nothing."""
    last = min(one.end, day)
    days = (last - one.start + timedelta(days=1)).days
    kept = 0.5 ** (1 / half_life)
    # The days from the first to the last of a falling row: kept^a + ... + kept^(a + days - 1).
    newest = kept ** (day - last).days
    return float(newest * (1 - kept**days) / (1 - kept) / one.length)
