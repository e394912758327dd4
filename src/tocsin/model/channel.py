"""Channels and agreements: things between states that are in one state or another over time.

A *report* (:class:`StateReport`) is one sentence's word on one thing: that it was closed, is
suspended, may be scrapped. A *thing* is what many reports come to: its steps by day, and the state
that it is in. Every :class:`~tocsin.model.document.Span` counts in its document's text as given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from tocsin.model.document import Dated, Span
from tocsin.model.event import Actor, Attribution, Evidence, Status, When

Category = Literal["channel", "agreement"]
State = Literal[
    "open", "suspended", "closed", "destroyed", "restored",
    "in force", "violated", "left", "scrapped", "lifted", "threatened",
]  # fmt: skip
#: The states of each category; a *restored* channel is open again, an agreement of many is *left*
#: when one of them goes, *threatened* is told of both.
STATES: dict[Category, tuple[State, ...]] = {
    "channel": ("open", "suspended", "closed", "destroyed", "restored", "threatened"),
    "agreement": ("in force", "suspended", "violated", "left", "scrapped", "lifted", "threatened"),
}
#: States that something else outlasts: who breaks or threatens an agreement has not ended it.
PASSING: frozenset[State] = frozenset(("threatened", "violated"))
#: Statuses of what is told as a fact.
FIRM: frozenset[Status] = frozenset(("actual", "background"))
Change = Literal["began", "held"]

#: Before the id of a thing that no pack names stands this; behind it a hash of what is known of it.
PREFIX = "t-"


@dataclass(frozen=True, slots=True, kw_only=True)
class StateReport:
    """One sentence's word on the state of one thing.

    ``thing`` are the words that name it, "it" too; ``name`` is what it is called: a pack's name, or
    the words that name it most fully in the document. ``known`` is its id in a pack, None for what
    only the text names. ``kind`` is a kind of ``rules/channels.yaml``. ``parties`` are the states
    (ISO 3166-1 alpha-3, PLOVER's codes) that it stands between, sorted; of sanctions who imposes
    them, then on whom; of an embassy whose it is, then where. ``place`` is a place by which it is
    told from others of its kind, such as a city.

    ``change`` tells whether the thing *began* to be in the state or *held* in it; ``date`` are the
    days of that beginning, or days on which it held. ``state`` "threatened" says with ``toward``
    which state is threatened; ``toward`` is None elsewhere. ``temporary`` where the text says so.
    ``status`` is that of the state: predicted and alleged ones are none yet. ``event`` is the id of
    the event that has the same words.
    """

    id: str
    document: str
    sentence: Span
    thing: Span
    known: str | None
    name: str
    kind: str
    category: Category
    parties: tuple[str, ...]
    place: str | None
    state: State
    toward: State | None
    change: Change
    temporary: bool
    words: Span
    status: Status
    date: When | None
    published: dt.date | None
    dated: Dated | None
    actors: tuple[Actor, ...]
    attribution: tuple[Attribution, ...]
    event: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One state that a thing came to, and the ``reports`` of it (ids, best first).

    ``start`` and ``end`` are the days between which it began, both included; ``start`` is None
    where no report gives a day: then it is only known to have been so on ``end``. ``actors`` are
    those who did it, as (country, name). ``sentence`` is the report that tells most, ``documents``
    and ``events`` are those of all.
    """

    state: State
    toward: State | None
    status: Status
    start: dt.date | None
    end: dt.date | None
    temporary: bool
    actors: tuple[tuple[str, str], ...]
    reports: tuple[str, ...]
    documents: tuple[str, ...]
    events: tuple[str, ...]
    sentence: str

    @property
    def firm(self) -> bool:
        """Whether it is told as a fact."""
        return self.status in FIRM


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A channel or an agreement with its steps by day, and the state that it is in.

    ``id`` is that of a pack, or begins with :data:`PREFIX`. ``aliases`` are the words that reports
    use for it. ``state`` is that of the last firm step, None where nothing firm is told;
    ``since`` and ``until`` are the days of that step.
    """

    id: str
    name: str
    kind: str
    category: Category
    parties: tuple[str, ...]
    aliases: tuple[str, ...]
    steps: tuple[Step, ...]
    state: State | None
    since: dt.date | None
    until: dt.date | None
