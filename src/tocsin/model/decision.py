"""Decisions: what a person says of incidents, kept with name and time, and never changed.

A decision names reports by where they stand and not by their ids, so that it still holds when the
articles are coded anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tocsin.model.event import Event, Status

Action = Literal["merge", "split", "relabel", "reject", "accept", "undo"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """A report: its ``document``, its ``type``, and where its trigger stands there."""

    document: str
    type: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision of ``who``, ``made`` at a moment (ISO 8601, UTC); ``number`` counts from 1.

    *merge*: all reports of all ``groups`` are one incident. *split*: those of one group are never
    in one incident with those of another. *relabel*: the incident of these reports has this
    ``type``, ``mode`` and ``status``, where they are given. *reject*: these reports are of nothing
    that happened, and belong to no incident. *accept*: the incident of these reports is right as it
    was, with this ``type``, ``mode`` and ``status``; that changes nothing. *undo*: the decision
    with the number ``undoes`` holds no more.
    """

    number: int
    made: str
    who: str
    action: Action
    groups: tuple[tuple[Anchor, ...], ...] = ()
    type: str | None = None
    mode: str | None = None
    status: Status | None = None
    undoes: int | None = None
    note: str | None = None

    @property
    def documents(self) -> frozenset[str]:
        """The documents that it speaks of."""
        return frozenset(anchor.document for group in self.groups for anchor in group)

    @property
    def changed(self) -> frozenset[str]:
        """The documents whose links it changes: none where it says that they are right."""
        return self.documents if self.action != "accept" else frozenset()


def anchor_of(event: Event) -> Anchor:
    """Where an event stands."""
    trigger = event.trigger
    return Anchor(document=event.document, type=event.type, start=trigger.start, end=trigger.end)


def in_force(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The decisions that are not undone, without the undoing ones; an undo can be undone too."""
    holding = not_undone(decisions)
    return tuple(one for one in decisions if one.action != "undo" and one.number in holding)


def not_undone(decisions: tuple[Decision, ...]) -> frozenset[int]:
    """The numbers of the decisions that hold, the undoing ones too."""
    undoing: dict[int | None, list[int]] = {}
    for decision in decisions:
        undoing.setdefault(decision.undoes, []).append(decision.number)
    holds: dict[int, bool] = {}
    for decision in sorted(decisions, key=lambda one: -one.number):
        later = (number for number in undoing.get(decision.number, ()) if number > decision.number)
        holds[decision.number] = not any(holds[number] for number in later)
    return frozenset(number for number, still in holds.items() if still)
