"""An alarm as others get it: as a record, and in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tocsin.model.alarm import Alarm


def alarm_record(alarm: Alarm) -> dict[str, Any]:
    """The fields of an alarm as JSON takes them: the dyad as ``A:B``, the day as ISO 8601."""
    return {
        "id": alarm.id,
        "day": alarm.day.isoformat(),
        "dyad": ":".join(alarm.dyad),
        "kind": alarm.kind,
        "source": alarm.source,
        "level": alarm.level,
        "reason": alarm.reason,
        "evidence": list(alarm.evidence),
        "sentence": alarm.sentence,
    }


def in_words(alarms: Sequence[Alarm]) -> str:
    """Alarms as plain text, one after the other."""
    return "\n".join(_words(alarm) for alarm in alarms)


def _words(alarm: Alarm) -> str:
    lines = [
        f"{alarm.day} {':'.join(alarm.dyad)} {alarm.kind} ({alarm.source})",
        f"  {alarm.reason}",
    ]
    if alarm.sentence is not None:
        lines.append(f"  “{' '.join(alarm.sentence.split())}”")
    lines.append(f"  evidence: {', '.join(alarm.evidence)}")
    lines.append(f"  id: {alarm.id}\n")
    return "\n".join(lines)
