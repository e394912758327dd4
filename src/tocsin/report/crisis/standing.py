"""How the index stands on the last day, against the year before and of late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp, lgamma, log
from statistics import median

from tocsin.knowledge.ladder import Rung, load_ladder
from tocsin.report.crisis.material import Side
from tocsin.series.counting import count_kinds
from tocsin.series.measure import Measured
from tocsin.series.tension import Index, tension

#: Of late is in so many days, held against as many before.
WINDOW = 30
_LEAST_WINDOW = 7
_DIGITS = 2
#: The least value of the index that two digits behind the point show.
SHOWN = 0.005
# Fourteen rungs are looked at in two directions: at 1 in 1,000 one report in forty has a change
# that is none.
_BY_CHANCE = 0.001


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The index on ``day`` with its interval; on ``below`` of the ``known`` days of the year before
    it was lower as shown, in the middle it was ``usual`` (0 where no day is known). ``peak`` is the
    first day of the period with its highest value."""

    day: date
    value: float
    low: float
    high: float
    known: int
    below: int
    usual: float
    peak: date
    peak_value: float


def standing(measured: Measured) -> Standing | None:
    """How it stands on the last day; None where nothing was read by then."""
    index, day = measured.tension, measured.last
    value, interval = index.value(day), index.interval(day)
    if value is None or interval is None:
        return None
    year = tension(
        measured.observations, measured.effort, measured.dyad, since=_year_before(day), until=day,
        scale=measured.scale, settings=measured.settings, interval=False,
    )  # fmt: skip
    days = (year.axis.day(place) for place in range(len(year.axis) - 1))
    before = [found for one in days if (found := year.value(one)) is not None]
    peak = highest(index)
    return Standing(
        day=day,
        value=value,
        low=interval[0],
        high=interval[1],
        known=len(before),
        below=sum(round(one, _DIGITS) < round(value, _DIGITS) for one in before),
        usual=median(before) if before else 0.0,
        peak=peak[0],
        peak_value=peak[1],
    )


def highest(index: Index) -> tuple[date, float]:
    """The first day with the highest value, and that."""
    days = (index.axis.day(place) for place in range(len(index.axis)))
    known = [(day, value) for day in days if (value := index.value(day)) is not None]
    return max(known, key=lambda one: (one[1], -one[0].toordinal()))


def _year_before(day: date) -> date:
    return date.fromordinal(max(1, day.toordinal() - 365))


@dataclass(frozen=True, slots=True, kw_only=True)
class RungCount:
    """What stands on a rung: incidents, and the sum of their weights."""

    incidents: float
    weighted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What stands on a rung of late and in as many days before, with the articles read in each, and
    how probable so large a difference is where nothing has changed."""

    rung: Rung
    now: float
    before: float
    read_now: int
    read_before: int
    chance: float

    @property
    def rises(self) -> bool:
        """Whether there is more of it, by what was read."""
        return self.now * self.read_before > self.before * self.read_now

    @property
    def clear(self) -> bool:
        """Whether chance alone would hardly make it."""
        return self.chance < _BY_CHANCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """The two stretches of days that are compared."""

    since: date
    middle: date
    until: date
    days: int


def windows(measured: Measured) -> Windows | None:
    """The last days of the period and as many before; None where it is too short."""
    days = min(WINDOW, ((measured.last - measured.first).days + 1) // 2)
    if days < _LEAST_WINDOW:
        return None
    middle = measured.last - timedelta(days=days - 1)
    return Windows(
        since=middle - timedelta(days=days), middle=middle, until=measured.last, days=days
    )


def rung_counts(measured: Measured, since: date, until: date) -> dict[str, RungCount]:
    """What stands on each rung, by its id: the sum over the months of ``tocsin series --per rung``,
    so that months of which nothing was read are left out."""
    rows = count_kinds(
        measured.observations, measured.effort, measured.dyad, per="rung", by="month", since=since,
        until=until,
    )  # fmt: skip
    found: dict[str, RungCount] = {}
    for row in rows:
        old = found.get(row.kind, RungCount(incidents=0.0, weighted=0.0))
        found[row.kind] = RungCount(
            incidents=old.incidents + (row.incidents or 0),
            weighted=old.weighted + (row.weighted or 0),
        )
    return found


def articles_in(measured: Measured, since: date, until: date) -> int:
    """How many articles were read in these days, copies as one."""
    return sum(number for day, number in measured.effort.days.items() if since <= day <= until)


def in_unread_months(side: Side) -> int:
    """How many incidents of the period have none of their days in a month of which something was
    read, so that no count of a rung has them."""
    first, last = side.measured.first, side.measured.last
    read = {_month(day) for day in side.measured.effort.days if first <= day <= last}
    return sum(
        read.isdisjoint(range(_month(max(one.start, first)), _month(min(one.end, last)) + 1))
        for one in side.observations
    )


def _month(day: date) -> int:
    """The month of a day, counted through the years."""
    return 12 * day.year + day.month


def changes(measured: Measured) -> tuple[Change, ...]:
    """What rose and what fell of late, the surest first; none where either stretch was not read."""
    at = windows(measured)
    if at is None:
        return ()
    day_before = at.middle - timedelta(days=1)
    read = articles_in(measured, at.middle, at.until), articles_in(measured, at.since, day_before)
    if not all(read):
        return ()
    now = rung_counts(measured, at.middle, at.until)
    before = rung_counts(measured, at.since, day_before)
    nothing = RungCount(incidents=0.0, weighted=0.0)
    found = []
    for rung in load_ladder().rungs:
        one, other = (rungs.get(rung.id, nothing).incidents for rungs in (now, before))
        if one or other:
            found.append(
                Change(
                    rung=rung, now=one, before=other, read_now=read[0], read_before=read[1],
                    chance=_chance(round(one), round(other), read[0] / sum(read)),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda change: (change.chance, change.rung.number)))


def _chance(now: int, before: int, share: float) -> float:
    """The probability of a split at least so uneven, were all as likely by what was read: the exact
    two-sided binomial test."""
    number = now + before
    odds = [
        lgamma(number + 1) - lgamma(k + 1) - lgamma(number - k + 1)
        + k * log(share) + (number - k) * log(1 - share)
        for k in range(number + 1)
    ]  # fmt: skip
    return min(1.0, sum(exp(one) for one in odds if one <= odds[now] + 1e-9))
