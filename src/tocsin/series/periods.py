"""Days, ISO weeks (from Monday) and months."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.errors import OptionError

PERIODS = ("day", "week", "month")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    start: date
    end: date


def periods(since: date, until: date, by: str) -> Iterator[Period]:
    """The periods from ``since`` to ``until``; the first and the last are cut where these lie
    inside them. OptionError for an unknown kind."""
    if by not in PERIODS:
        raise OptionError(f"there is no period {by!r}; there are {', '.join(PERIODS)}")
    start = since
    while start <= until:
        end = min(_last(start, by), until)
        yield Period(start, end)
        if end == date.max:
            return
        start = end + timedelta(days=1)


def _last(day: date, by: str) -> date:
    """The last day of the period that a day lies in."""
    if by == "day":
        return day
    if by == "week":
        ahead = 6 - day.weekday()
        return date.fromordinal(min(day.toordinal() + ahead, date.max.toordinal()))
    if day.month == 12:
        return date(day.year, 12, 31)
    return date(day.year, day.month + 1, 1) - timedelta(days=1)
