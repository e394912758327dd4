"""The day of a text that carries none, told by those whom it names: when all held their offices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from tocsin.knowledge.entries import ActorEntry

# So many office-holders must be named; one alone may well be out of office.
_AT_LEAST = 2
_FORMER = ("ELI",)


def likely_day(readings: Iterable[ActorEntry]) -> date | None:
    """Return a day on which most of the people named held an office; None where fewer than two did.

    ``readings`` are all readings of the names in a text. Of several such stretches of time the
    last one is taken, and its middle; one that is still open counts as ending when it began, since
    nobody knows how long it lasts.
    """
    terms: dict[str, set[tuple[date, date]]] = defaultdict(set)
    for one in readings:
        person = one.kind == "person" and one.sectors != _FORMER and not one.doubt
        if person and one.entity is not None and one.since is not None:
            terms[one.entity.id].add((one.since, one.until or date.max))
    days = sorted({day for spans in terms.values() for day, _ in spans})
    if not days:
        return None

    def holders(day: date) -> int:
        return sum(any(a <= day <= b for a, b in spans) for spans in terms.values())

    # The number of holders rises only where a term begins.
    most = max(map(holders, days))
    if most < _AT_LEAST:
        return None
    start = max(day for day in days if holders(day) == most)
    ends = [b for spans in terms.values() for a, b in spans if a <= start <= b]
    end = min(ends)
    return start if end == date.max else start + (end - start) // 2
