"""What a question to a store is narrowed to, and how its rows are sorted and cut into pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a question is narrowed to; None and empty mean all.

    ``dyad`` is an ordered pair of countries, either of which may be "*"; ``since`` and ``until``
    days, both included, of the event itself or, where it has none, of its article; ``quad`` a quad
    class, 1 to 4; ``where`` a country's code or part of a place's name; ``words`` words of the
    sentence or the text, or of a name;
    ``party`` the entity id or the name of one who acts in an incident, is acted upon or speaks;
    ``sources`` how many independent sources an incident has at least; ``stance`` and ``speaker``
    are those of a claim, ``series`` the name of another's event series; ``kind``,
    ``outcome`` and ``state`` are those of a threat, a demand, a channel or an agreement, and
    ``settled_by`` the incident by which a threat or demand came to its outcome; ``id`` is
    that of an event, an incident, a threat, a channel or agreement, or of the entity that an actor
    is, or the key of a row of another's series.

    ``sort`` is a column of the question's rows, or ``day``, with "-" in front from the last to the
    first; rows without a value come last, and rows that are alike stand in the question's own
    order. ``limit`` is how many rows there are at most, ``offset`` how many of the first are left
    out, so that pages never overlap.
    """

    dyad: tuple[str, str] | None = None
    since: date | None = None
    until: date | None = None
    type: str | None = None
    mode: str | None = None
    quad: int | None = None
    status: str | None = None
    where: str | None = None
    outlet: str | None = None
    document: str | None = None
    words: str | None = None
    least: float | None = None
    party: str | None = None
    sources: int | None = None
    stance: str | None = None
    speaker: str | None = None
    series: str | None = None
    kind: str | None = None
    outcome: str | None = None
    settled_by: str | None = None
    state: str | None = None
    id: str | None = None
    sort: str | None = None
    limit: int | None = None
    offset: int | None = None
