"""Alarms in a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tocsin.model.alarm import Alarm
from tocsin.model.incident import PREFIX


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmLine:
    """One alarm: ``incidents`` and ``things`` (channels, agreements, events) are what it rests on,
    weightiest first."""

    id: str
    day: date
    kind: str
    actor: str
    recipient: str
    reason: str
    level: float | None
    sentence: str | None
    incidents: tuple[str, ...]
    things: tuple[str, ...]


def alarm_lines(alarms: Iterable[Alarm]) -> tuple[AlarmLine, ...]:
    """The alarms, newest first, of a day the most urgent first."""
    ordered = sorted(alarms, key=lambda one: (-one.day.toordinal(), one.urgency, one.dyad, one.id))
    return tuple(
        AlarmLine(
            id=one.id,
            day=one.day,
            kind=one.kind,
            actor=one.dyad[0],
            recipient=one.dyad[1],
            reason=one.reason,
            level=one.level,
            sentence=one.sentence,
            incidents=tuple(id_ for id_ in one.evidence if id_.startswith(PREFIX)),
            things=tuple(id_ for id_ in one.evidence if not id_.startswith(PREFIX)),
        )
        for one in ordered
    )
