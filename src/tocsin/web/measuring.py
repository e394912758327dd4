"""What the desk measures: series and alarms of dyads, each once for every state of the store."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tocsin.model.alarm import Alarm
from tocsin.series.effort import Effort, load_effort
from tocsin.series.loading import Observed, load_observations
from tocsin.series.measure import Measured, measure
from tocsin.series.observations import Dyad
from tocsin.store.base import Row
from tocsin.store.filters import Filters
from tocsin.store.tables import TableStore
from tocsin.web.brief import briefly

if TYPE_CHECKING:
    from tocsin.web.desk import Desk, Reading

#: The value is held against that of so many days before.
BEFORE = 30
# What is less is written as 0.00.
_SEEN = 0.005
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

    @property
    def still(self) -> bool:
        """Whether it has no tension that one would see written, and had none."""
        return self.value is not None and max(self.value, self.before or 0.0) < _SEEN


def effort(reading: Reading) -> Effort:
    """What was read on each day."""
    return reading.once("effort", lambda: load_effort(reading.store))


def measured(
    reading: Reading, dyad: Dyad, since: date | None = None, until: date | None = None
) -> Measured:
    """What is measured of a dyad; OptionError where nothing was read."""

    pair = min(dyad), max(dyad)

    def make() -> Measured:
        both = reading.once(("observed", pair), lambda: _both(reading.store, pair))
        return measure(
            reading.store, dyad, since=since, until=until, observed=both[dyad],
            effort=effort(reading),
        )  # fmt: skip

    return reading.once(("measured", dyad, since, until), make)


def _both(store: TableStore, pair: Dyad) -> dict[Dyad, Observed]:
    """The observations of both directions, which are made of the same rows."""
    once = _Once(store)
    return {dyad: load_observations(once, dyad=dyad) for dyad in {pair, (pair[1], pair[0])}}


class _Once:
    """Asks a store for the rows of a pair of countries once, in whatever order these are named."""

    def __init__(self, store: TableStore) -> None:
        self._store = store
        self._known: dict[Filters | None, list[Row]] = {}

    def ask(self, question: str, filters: Filters | None = None) -> list[Row]:
        """The rows of the question that observations are made of."""
        if filters is not None and filters.dyad is not None:
            filters = replace(filters, dyad=(min(filters.dyad), max(filters.dyad)))
        if filters not in self._known:
            self._known[filters] = self._store.ask(question, filters)
        return self._known[filters]


def standing(reading: Reading, dyad: Dyad) -> Standing:
    """How a dyad stands; the numbers are those of its page."""
    return reading.once(("standing", dyad), lambda: _standing(measured(reading, dyad)))


def alarms(reading: Reading, dyad: Dyad) -> tuple[Alarm, ...]:
    """The alarms of a dyad on all days on which something was read."""
    return reading.once(_key(dyad), lambda: _rung(reading, dyad))


def alarms_soon(desk: Desk, reading: Reading, dyad: Dyad) -> tuple[Alarm, ...] | None:
    """The same where they are there in time, else None."""
    return desk.soon(reading, _key(dyad), lambda reading: _rung(reading, dyad))


def _rung(reading: Reading, dyad: Dyad) -> tuple[Alarm, ...]:
    from tocsin.series.alarms.watching import watch_dyad

    return watch_dyad(reading.store, dyad).alarms


def ring_alarms(desk: Desk, stamp: str, dyad: Dyad) -> None:
    """Work the same out ahead, for whoever asks later of the state with this stamp; the store is
    held only while something is asked. OtherStateError where it has changed."""
    from tocsin.series.alarms.watching import load_watch, ring, tell

    if desk.memo.peek(stamp, _key(dyad)) is None:
        store = briefly(desk, stamp)
        desk.memo.put(stamp, _key(dyad), tell(store, ring(load_watch(store, dyad))).alarms)


def _key(dyad: Dyad) -> tuple[str, Dyad]:
    return "alarms", dyad


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
