"""The alarm of level: the index stands above what is usual of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterator

from tocsin.knowledge.alarms import AlarmSettings
from tocsin.model.alarm import Alarm
from tocsin.series.alarms.lows import Lows
from tocsin.series.alarms.making import alarm, number
from tocsin.series.alarms.standing import Standing


def levels(standing: Standing, settings: AlarmSettings) -> Iterator[Alarm]:
    """The days on which the index crosses the line that its values of the look-back set."""
    history, axis = standing.history, standing.axis
    values = [float(value) for value in standing.values]
    kept: list[float] = []  # the values of the look-back, sorted
    below = settings.level_rest
    lows = Lows(standing)
    for place, value in enumerate(values):
        day = axis.day(place)
        if place > settings.look_back:
            old = values[place - settings.look_back - 1]
            kept.pop(bisect_left(kept, old))
        if len(kept) >= settings.least_history and history.was_read(day, settings):
            line = quantile(kept, settings.level_share)
            if value <= line:
                below += 1
            elif below >= settings.level_rest:
                middle = quantile(kept, settings.level_low)
                low = lows.of(day)
                if low > middle:
                    below = 0
                    if day >= history.first:
                        yield _alarm(standing, settings, place, line, low, middle, len(kept))
            else:
                below = 0
        insort(kept, value)


def quantile(kept: list[float], share: float) -> float:
    """The value that so large a share of sorted values stands below, between two by its place."""
    at = share * (len(kept) - 1)
    under = int(at)
    over = min(under + 1, len(kept) - 1)
    return kept[under] + (at - under) * (kept[over] - kept[under])


def _alarm(
    standing: Standing,
    settings: AlarmSettings,
    place: int,
    line: float,
    low: float,
    middle: float,
    days: int,
) -> Alarm:
    day, value = standing.axis.day(place), float(standing.values[place])
    reason = (
        f"tension {number(value)} is above {number(line)}, below which {settings.level_share:.0%} "
        f"of the values of the {days} days before lie; its interval begins at {number(low)}, "
        f"above {number(middle)}, the middle of them"
    )
    evidence = [one for _, one in standing.shares(day)[: settings.evidence]]
    return alarm(
        standing.history, "level", day, reason, evidence, level=value / line if line > 0 else None
    )
