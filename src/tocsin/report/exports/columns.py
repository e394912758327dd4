"""What a column and a layout are, and how an event becomes rows of one actor and one recipient."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tocsin.model.event import Actor, Event, Status
from tocsin.store import Report

#: What is told as having happened. Tables without a column for the status hold nothing else.
HAPPENED: tuple[Status, ...] = ("actual", "background", "alleged", "unconfirmed")
_WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: its name, DuckDB ``kind`` and what the codebook says of it. ``origin`` is where
    its values or their scale come from; an ``empty`` column is there for its readers only."""

    name: str
    kind: str
    about: str
    unit: str = ""
    allowed: str = ""
    origin: str = "Tocsin"
    empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns of a file, and the rows that an event makes. Only events of ``statuses`` are
    written, where that is given; ``about`` is what a reader must know of the whole."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Report], Iterator[list[Any]]]
    statuses: tuple[Status, ...] | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """One actor and one recipient of an event; ``n`` counts the pairs of the event from 1."""

    report: Report
    n: int
    actor: Actor | None
    recipient: Actor | None

    @property
    def event(self) -> Event:
        """The event of the pair."""
        return self.report.event

    @property
    def id(self) -> str:
        """The event's id, from the second pair on with its number."""
        return self.event.id if self.n == 1 else f"{self.event.id}-{self.n}"

    @property
    def day(self) -> date | None:
        """The first day of the event, where it is known to a week: of what happened some time in a
        month or year no day is told."""
        when = self.event.date
        if when is None or when.start is None or when.end is None:
            return None
        return when.start if (when.end - when.start).days < _WEEK else None


def pairs_of(report: Report) -> Iterator[Pair]:
    """Every actor with every recipient, and nobody with itself. Where all parties are actors (a
    meeting), each of them with each other, in both directions, as ICEWS writes it."""
    actors, recipients = report.event.actors, report.event.recipients
    others = actors if len(actors) > 1 and not recipients else recipients
    pairs: list[tuple[Actor | None, Actor | None]] = [
        (one, other) for one in actors for other in others if _party(one) != _party(other)
    ]
    if not pairs:
        pairs = [(one, other) for one in actors or (None,) for other in recipients or (None,)]
    for n, (actor, recipient) in enumerate(dict.fromkeys(pairs), 1):
        yield Pair(report, n, actor, recipient)


def _party(actor: Actor) -> tuple[str | None, str | None]:
    return actor.country, name_of(actor)


def name_of(actor: Actor | None) -> str | None:
    """The name of an actor: that of the entity it stands for, else the words of the text."""
    if actor is None:
        return None
    return actor.entity.name if actor.entity is not None else actor.text
