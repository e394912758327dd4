"""Settling what a phrase leaves open: the year of "May 28", the week of "Tuesday"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from tocsin.timex import calendar
from tocsin.timex.calendar import DAY, Period
from tocsin.timex.tense import Tense

# "Would" and "could" are also said of what is past by now. A month that looks ahead by more than
# FAR days, and back by less than NEAR, is the past one whatever the verb: plans are nearer.
FAR, NEAR = 240, 100


def nearest_year(
    make: Callable[[int], Period | None], published: dt.date, tense: Tense | None, *, slack: int = 0
) -> Period | None:
    """The period ``make(year)`` that is meant, seen from the day of publication.

    Told of the past it is the latest that has begun (``slack`` days may be missing: a report from
    across the date line), of the future the earliest that is not over, else the closest.
    """
    span = range(published.year - 4, published.year + 5)  # four years to the next leap day
    periods = [period for year in span if (period := make(year)) is not None]
    if tense == "past":
        begun = [p for p in periods if p.since <= published + slack * DAY]
        return begun[-1] if begun else None
    if tense == "future":
        coming = next((p for p in periods if p.until >= published), None)
        over = max((p for p in periods if p.until < published), key=lambda p: p.until, default=None)
        if (
            coming
            and over
            and (coming.since - published).days > FAR > NEAR > (published - over.until).days
        ):
            return over
        return coming
    return min(periods, key=lambda p: _distance(p, published), default=None)


def _distance(period: Period, published: dt.date) -> tuple[int, dt.date]:
    if period.since > published:
        return (period.since - published).days, period.since
    return max((published - period.until).days, 0), period.since


def month_day(month: int, day: int | None, year: int) -> Period | None:
    """A day of a month, or the month; None where there is no such day."""
    if day is None:
        return calendar.month(year, month)
    try:
        return calendar.day(dt.date(year, month, day))
    except ValueError:
        return None


def nearest_weekday(weekday: int, published: dt.date, tense: Tense | None) -> dt.date:
    """The day that a bare weekday names: the day itself, else back, or forward in the future."""
    if tense == "future":
        return published + ((weekday - published.weekday()) % 7) * DAY
    return published - ((published.weekday() - weekday) % 7) * DAY


def related_weekday(
    weekday: int, relation: str, published: dt.date, tense: Tense | None
) -> dt.date:
    """ "Last", "next" or "this" weekday; last and next are never the day itself."""
    if relation in ("last", "past", "previous"):
        return published - ((published.weekday() - weekday - 1) % 7 + 1) * DAY
    if relation in ("next", "coming", "following"):
        return published + ((weekday - published.weekday() - 1) % 7 + 1) * DAY
    return nearest_weekday(weekday, published, tense)
