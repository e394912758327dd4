"""Alarms: what rang on a day between two countries, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One alarm. ``dyad`` is who did it to whom, ``reason`` says in words why it rang,
    ``evidence`` are the ids of the incidents behind it, ``level`` is the value that rang, where it
    was one, ``sentence`` a report that tells most."""

    id: str
    kind: str
    dyad: tuple[str, str]
    day: date
    reason: str
    evidence: tuple[str, ...]
    level: float | None
    sentence: str | None
