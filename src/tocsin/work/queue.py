"""The review queue: the incidents that most want a human eye, each with the reasons why.

How much an incident is in doubt is the sum of named doubts, each from 0 to 1, times the weights in
:data:`WEIGHTS`. The weights are set by judgement and not fitted: no incidents are judged as wholes,
and which of them people find wrong is not known before they have looked. So a higher score means
more reasons to look, and no probability of a fault; and who looks from the top sees no random
sample.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from tocsin.errors import OptionError
from tocsin.model.decision import in_force
from tocsin.store.filters import Filters

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore

#: How much each doubt (:data:`tocsin.store.reviewing.DOUBTS`) counts.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        # That there was no such act at all is the worst fault, and confidence is measured.
        "confidence": 2.0,
        # Reports put together that differ in a field: either one is wrong or they are not of one
        # happening. Types are what series are made of; that days differ is often only their width.
        "types": 1.0,
        "statuses": 0.8,
        "parties": 0.8,
        "days": 0.5,
        # Put together or kept apart by little. An incident too many weighs less than one hidden.
        "weak link": 0.8,
        "loose": 0.5,
        "near another": 0.5,
        # Nothing speaks against it, but nobody else says so either; true of most incidents.
        "one report": 0.4,
        "one source": 0.2,
    }
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason to look: its ``name`` in :data:`WEIGHTS`, its ``value`` from 0 to 1, what that
    ``adds`` to the score, and the ``reason`` in words."""

    name: str
    value: float
    adds: float
    reason: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """An incident that nobody has decided about: its columns as the question ``incidents`` gives
    them, its ``score``, and its ``doubts``, what adds most first. ``near`` is the incident that it
    was nearly put together with."""

    incident: Mapping[str, Any]
    score: float
    doubts: tuple[Doubt, ...]
    near: str | None

    @property
    def reason(self) -> str:
        """All doubts in one line."""
        return "; ".join(doubt.reason for doubt in self.doubts)


def queue(
    store: TableStore, filters: Filters | None = None, limit: int = 50, offset: int = 0
) -> list[Unsure]:
    """The incidents that are most in doubt, the most first, from ``offset`` on.

    Left out are those of which any report was decided about, by a decision that holds. ``filters``
    are those of the question ``incidents``. OptionError for others, and for numbers below 0.
    """
    if limit < 0 or offset < 0:
        raise OptionError("a page of the queue begins and ends at 0 or later")
    held = in_force(tuple(store.links.decisions()))
    seen = {event for events in store.standing(held).values() for event in events}
    found = store.doubts(filters or Filters(), WEIGHTS, without=seen, limit=limit, offset=offset)
    rows = store.incident_rows([row["id"] for row in found])
    return [_unsure(rows[row["id"]], row) for row in found]


def _unsure(incident: Mapping[str, Any], row: Mapping[str, Any]) -> Unsure:
    doubts = [
        Doubt(name, float(row[name]), weight * float(row[name]), _WORDS[name](row))
        for name, weight in WEIGHTS.items()
        if row[name] >= _LEAST
    ]
    doubts.sort(key=lambda doubt: -doubt.adds)
    return Unsure(incident, float(row["unsure"]), tuple(doubts), row["near"])


# Of a doubt so small nothing is said.
_LEAST = 0.05

_WORDS: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "confidence": lambda row: f"{row['surest']:.0%} sure",
    "types": lambda row: "reports disagree on the type",
    "statuses": lambda row: "reports disagree on whether it happened",
    "parties": lambda row: "reports disagree on who did it",
    "days": lambda row: "reports disagree on the day",
    "weak link": lambda row: "two of its reports were put together by little",
    "loose": lambda row: "not all of its reports are near each other",
    "near another": lambda row: f"a report of it is near one of {row['near']}",
    "one report": lambda row: "only one report",
    "one source": lambda row: "only one independent source",
}
