"""Alarms: what rang, why, and on what evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.model.alarm import Alarm
from tocsin.report.crisis import wording
from tocsin.report.crisis.references import References
from tocsin.report.view import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmRow:
    """One alarm with the numbers of its evidence."""

    day: str
    kind: str
    direction: str
    reason: str
    level: str
    sentence: str | None
    references: tuple[int, ...]


def alarm_rows(alarms: Sequence[Alarm], references: References) -> tuple[AlarmRow, ...]:
    """The alarms, newest first, of a day the most urgent first."""
    return tuple(
        AlarmRow(
            day=day_words(alarm.day),
            kind=alarm.kind,
            direction=wording.direction(alarm.dyad),
            reason=alarm.reason,
            level="" if alarm.level is None else f"{alarm.level:.2f}",
            sentence=alarm.sentence,
            references=references.evidence(alarm.evidence),
        )
        for alarm in sorted(
            alarms, key=lambda one: (-one.day.toordinal(), one.urgency, one.dyad, one.id)
        )
    )
