"""All alarms of a dyad from what was known of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.knowledge.alarms import AlarmSettings, load_alarms
from tocsin.model.alarm import Alarm
from tocsin.series.alarms.acts import first_deeds, new_rungs
from tocsin.series.alarms.due import Due, due_alarms
from tocsin.series.alarms.history import History
from tocsin.series.alarms.levels import levels
from tocsin.series.alarms.quiet import silences
from tocsin.series.alarms.shifts import has_ruptures, shifts
from tocsin.series.alarms.standing import Standing, standing
from tocsin.series.alarms.states import Lost, state_alarms


@dataclass(frozen=True, slots=True)
class Watched:
    """A dyad with its alarms, by day and the most urgent first; ``standing`` is its index as it
    stood on each day."""

    history: History
    standing: Standing
    alarms: tuple[Alarm, ...]


def watch(
    history: History,
    *,
    lost: Sequence[Lost] = (),
    due: Sequence[Due] = (),
    settings: AlarmSettings | None = None,
) -> Watched:
    """The alarms of a history, between its first and its last day.

    ``lost`` are steps of channels and agreements that ring, ``due`` threats that are due, of
    whatever dyads. Change points are left out where ruptures is not installed.
    """
    settings = settings or load_alarms()
    index = standing(history)
    found = [
        *new_rungs(history, settings, index.severe),
        *first_deeds(history, settings, index.severe),
        *levels(index, settings),
        *(shifts(index, settings) if has_ruptures() else ()),
        *state_alarms(lost, history.dyad),
        *due_alarms(due, history.dyad),
        *silences(history, settings),
    ]
    unique = {one.id: one for one in found if history.first <= one.day <= history.last}
    return Watched(history, index, tuple(sorted(unique.values(), key=by_day)))


def by_day(alarm: Alarm) -> tuple[date, int, float, str]:
    """Orders alarms by day; of one day the most urgent first, of one kind that which is furthest
    beyond the usual."""
    return alarm.day, alarm.urgency, -(alarm.level or 0.0), alarm.id


def by_urgency(alarm: Alarm) -> tuple[int, int, float, str]:
    """Orders alarms by urgency; of one kind the latest first."""
    return alarm.urgency, -alarm.day.toordinal(), -(alarm.level or 0.0), alarm.id
