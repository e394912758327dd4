"""What was read, and of whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletLine:
    """One outlet: articles with a text of their own, copies, events; ``state`` is "state" where it
    speaks for its government, ``owner`` who controls it, as far as the table of outlets knows."""

    name: str | None
    country: str | None
    owner: str | None
    kind: str | None
    state: str | None
    articles: int
    copies: int
    events: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffortColumn:
    """How many articles of a stretch of days were read, copies of one text once."""

    start: date
    end: date
    articles: int
    unread_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AsideLine:
    """Something that could not be used."""

    path: str
    line: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage:
    """What was read. ``effort`` is by ``by``; ``undated`` articles have no day of publication."""

    outlets: tuple[OutletLine, ...]
    articles: int
    copies: int
    state_share: float
    by: str
    effort: tuple[EffortColumn, ...]
    undated: int
    aside: tuple[AsideLine, ...]
    aside_total: int
