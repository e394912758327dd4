"""Alarms: that a relation between two states has changed, and by what one sees it.

An alarm of a day is told from what was known by the end of that day, and never changes afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal[
    "new rung", "first deed", "level", "change point", "channel lost", "agreement broken",
    "threat due", "silence",
]  # fmt: skip
#: All kinds, the most urgent first.
KINDS: tuple[Kind, ...] = (
    "new rung", "first deed", "level", "change point", "channel lost", "agreement broken",
    "threat due", "silence",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """That something rang.

    ``id`` is a hash of what it is about, the same on every run. ``dyad`` is an ordered pair of
    countries, ``source`` what it is told from ("incidents", or another's series). ``day`` is the
    day on which it rings, from what was known by its end. ``reason`` says why in words with the
    figures. ``evidence`` are ids of incidents (of threats too: theirs are those of incidents),
    channels, events or rows, weightiest first. ``level`` says how far beyond the usual it is: rungs
    above the highest, times the line that the index crossed, times the mean before a change,
    -log10 of the chance of a silence; None where nothing is measured. ``sentence`` is that of the
    first evidence, None for rows of others' series.
    """

    id: str
    kind: Kind
    dyad: tuple[str, str]
    source: str
    day: date
    reason: str
    evidence: tuple[str, ...]
    level: float | None
    sentence: str | None

    @property
    def urgency(self) -> int:
        """The place of its kind among :data:`KINDS`; 0 is the most urgent."""
        return KINDS.index(self.kind)
