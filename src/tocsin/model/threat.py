"""Threats and demands: what somebody said would be done, or asked for, followed to its outcome.

One record for each incident that is a threat or a demand; days are calendar days, lags whole days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tocsin.model.incident import Days, Party

Kind = Literal["threat", "demand"]
#: carried out, or lapsed, withdrawn, superseded, open; of a demand complied, defied, or the same.
Outcome = Literal[
    "carried out", "complied", "defied", "lapsed", "withdrawn", "superseded", "open"
]  # fmt: skip
OUTCOMES: tuple[Outcome, ...] = (
    "carried out", "complied", "defied", "lapsed", "withdrawn", "superseded", "open",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """One feature of a match: ``value`` from 0 to 1, ``weight`` its share, ``why`` in words."""

    name: str
    value: float
    weight: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """Days from the words to the deed: at least and at most, since days may be ranges.

    ``most`` is None where the day of the words, or the last of the deed, is unknown.
    """

    least: int
    most: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Threat:
    """A threat or demand and what became of it. ``id`` is that of its incident.

    ``content_type`` and ``content_mode`` are what was threatened or demanded, ``content_text`` the
    words for it; all None where the text does not tell. ``stop`` says that a demand asks that this
    be *not* done. ``made`` are the days on which it was made; where no report gives one it is told
    from the first report, and ``made_told`` is "report". ``outcome_incident`` is the incident that
    settled it, ``settled`` its days. ``score`` is the weighted mean of ``features`` (a match with a
    deed only). ``reason`` says in words why the outcome is what it is.
    """

    id: str
    kind: Kind
    speakers: tuple[Party, ...]
    addressees: tuple[Party, ...]
    content_type: str | None
    content_mode: str | None
    content_text: str | None
    stop: bool
    condition: str | None
    deadline: Days | None
    made: Days | None
    made_told: Literal["text", "report", "nothing"]
    reports: tuple[str, ...]
    sentence: str
    outcome: Outcome
    outcome_incident: str | None
    settled: Days | None
    lag: Lag | None
    reason: str
    score: float | None
    features: tuple[Feature, ...]
