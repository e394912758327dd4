"""Periods: a stretch of days with its TimeML value, and the sums that make one of another."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass, replace

DAY = dt.timedelta(days=1)
_MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
_DAYS = {"D": 1, "W": 7, "WE": 7, "F": 14}


@dataclass(frozen=True, slots=True)
class Period:
    """The days ``since`` to ``until`` (inclusive) and the TimeML value that names them."""

    value: str
    since: dt.date
    until: dt.date


def day(at: dt.date) -> Period:
    """One day."""
    return Period(at.isoformat(), at, at)


def month(year: int, number: int) -> Period:
    """One calendar month."""
    last = monthrange(year, number)[1]
    return Period(f"{year:04d}-{number:02d}", dt.date(year, number, 1), dt.date(year, number, last))


def year(number: int) -> Period:
    """One calendar year."""
    return Period(f"{number:04d}", dt.date(number, 1, 1), dt.date(number, 12, 31))


def quarter(number: int, of: int) -> Period:
    """Quarter 1 to 4 of a year."""
    first = dt.date(of, number * 3 - 2, 1)
    return Period(f"{of:04d}-Q{number}", first, month(of, number * 3).until)


def half(number: int, of: int) -> Period:
    """Half 1 or 2 of a year."""
    since, until = (1, 6) if number == 1 else (7, 12)
    return Period(f"{of:04d}-H{number}", dt.date(of, since, 1), month(of, until).until)


def week(at: dt.date) -> Period:
    """The ISO week (Monday to Sunday) of a day."""
    iso = at.isocalendar()
    monday = at - at.weekday() * DAY
    return Period(f"{iso.year:04d}-W{iso.week:02d}", monday, monday + 6 * DAY)


def weekend(at: dt.date) -> Period:
    """Saturday and Sunday of the ISO week of a day."""
    whole = week(at)
    return Period(whole.value + "-WE", whole.since + 5 * DAY, whole.until)


def decade(first: int) -> Period:
    """The ten years from ``first``, which ends in 0."""
    return Period(f"{first // 10:03d}X", dt.date(first, 1, 1), dt.date(first + 9, 12, 31))


def century(number: int) -> Period:
    """The ``number``-th century, taken as the years that begin with its two digits."""
    first = (number - 1) * 100
    return Period(f"{number - 1:02d}XX", dt.date(max(first, 1), 1, 1), dt.date(first + 99, 12, 31))


def season(code: str, first: int, of: int) -> Period:
    """Three months from month ``first`` of year ``of``; a winter runs into the next year."""
    end = add_months(dt.date(of, first, 1), 2)
    return Period(f"{of:04d}-{code}", dt.date(of, first, 1), month(end.year, end.month).until)


def add_months(at: dt.date, months: int) -> dt.date:
    """The same day ``months`` later (or earlier), the month's last day where there is none."""
    years, number = divmod(at.month - 1 + months, 12)
    last = monthrange(at.year + years, number + 1)[1]
    return dt.date(at.year + years, number + 1, min(at.day, last))


def shifted(at: dt.date, unit: str, count: int) -> dt.date:
    """The day ``count`` units after ``at`` (before it, where negative); clock units move nothing.

    OverflowError or ValueError outside the years 1 to 9999.
    """
    if unit in _DAYS:
        return at + count * _DAYS[unit] * DAY
    if unit in _MONTHS:
        return add_months(at, count * _MONTHS[unit])
    return at


def containing(at: dt.date, unit: str) -> Period:
    """The calendar unit that holds the day ``at``: its week, month, year, decade and so on."""
    if unit in ("W", "F"):
        return week(at)
    if unit == "WE":
        return weekend(at)
    if unit == "M":
        return month(at.year, at.month)
    if unit == "Q":
        return quarter((at.month + 2) // 3, at.year)
    if unit == "Y":
        return year(at.year)
    if unit == "DE":
        return decade(at.year // 10 * 10)
    if unit == "CE":
        return century(at.year // 100 + 1)
    return day(at)


def part(period: Period, edge: str, now: dt.date | None) -> Period:
    """The first, middle or last third of a period; what of it lies before or after ``now``; all."""
    if edge in ("before", "after"):
        if now is None or not period.since <= now <= period.until:
            return part(period, "start" if edge == "before" else "end", None)
        if edge == "before":
            return replace(period, until=now)
        return replace(period, since=now)
    if edge == "whole":
        return period
    third = max((period.until - period.since).days + 1, 1) // 3
    if edge == "start":
        return replace(period, until=period.since + max(third - 1, 0) * DAY)
    if edge == "end":
        return replace(period, since=period.until - max(third - 1, 0) * DAY)
    return replace(period, since=period.since + third * DAY, until=period.until - third * DAY)
