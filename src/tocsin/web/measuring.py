"""What the desk measures: series and alarms of dyads, each once for every state of the store."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tocsin.model.alarm import Alarm
from tocsin.series.measure import Measured, measure
from tocsin.series.observations import Dyad

if TYPE_CHECKING:
    from tocsin.web.desk import Reading

#: The value is held against that of so many days before.
BEFORE = 30
# A line of so many points, a week apart.
_POINTS = 52


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the tension of a dyad stands on ``day``, the last on which anything was read: its value
    with the interval, what it was ``BEFORE`` days earlier, and ``weeks`` up to now, a value a
    week (None where nothing had been read)."""

    actor: str
    recipient: str
    day: date
    value: float | None
    low: float | None
    high: float | None
    before: float | None
    change: float | None
    weeks: tuple[float | None, ...]
    incidents: int


def measured(
    reading: Reading, dyad: Dyad, since: date | None = None, until: date | None = None
) -> Measured:
    """What is measured of a dyad; OptionError where nothing was read."""
    key = ("measured", dyad, since, until)
    return reading.once(key, lambda: measure(reading.store, dyad, since=since, until=until))


def standing(reading: Reading, dyad: Dyad) -> Standing:
    """How a dyad stands; the numbers are those of its page."""
    return reading.once(("standing", dyad), lambda: _standing(measured(reading, dyad)))


def alarms(reading: Reading, dyad: Dyad) -> tuple[Alarm, ...]:
    """The alarms of a dyad on all days on which something was read."""
    from tocsin.series.alarms.watching import watch_dyad

    return reading.once(("alarms", dyad), lambda: tuple(watch_dyad(reading.store, dyad).alarms))


def _standing(of: Measured) -> Standing:
    index, day = of.tension, of.last
    value, interval = index.value(day), index.interval(day)
    before = index.value(day - timedelta(days=BEFORE))
    weeks = [index.value(day - timedelta(weeks=back)) for back in range(_POINTS - 1, -1, -1)]
    return Standing(
        actor=of.dyad[0],
        recipient=of.dyad[1],
        day=day,
        value=value,
        low=interval[0] if interval else None,
        high=interval[1] if interval else None,
        before=before,
        change=value - before if value is not None and before is not None else None,
        weeks=tuple(weeks),
        incidents=len(of.observations),
    )
