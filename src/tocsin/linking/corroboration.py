"""How many independent sources a set of reports has.

Ten outlets that print one agency's text are one source, and so are the papers of one owner and the
media of one government. Reports are put together by what they share, and each group says why it is
one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.ingest import dateline
from tocsin.knowledge.outlets import Outlets, load_outlets
from tocsin.model.document import Document

#: In so many lines from the top an article names the agency that wrote it.
FIRST_LINES = 4


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a report comes from: ``outlet`` as the table of outlets has it, or as given;
    ``agency`` whose text it is, where the dateline or the author says so; ``owner`` of the two;
    ``state`` the country for whose government they speak."""

    outlet: str | None
    agency: str | None
    owner: str | None
    state: str | None


@dataclass(frozen=True, slots=True)
class IndependentSource:
    """Reports, by their places, that count as one source, and what makes them one: each reason
    once, such as "copies of one text", "agency: Reuters", "owner: News Corp", "speaks for PRK"."""

    reports: tuple[int, ...]
    reasons: tuple[str, ...]


def origin_of(document: Document, *, outlets: Outlets | None = None) -> Origin:
    """Where an article comes from, by its outlet, its address, its dateline and its author."""
    table = load_outlets() if outlets is None else outlets
    outlet = table.named(document.outlet) or table.at(document.url)
    agency = next(
        (found for name in _credits(document) if (found := table.named(name)) and found.agency),
        None,
    )
    source = agency or outlet
    return Origin(
        outlet=outlet.name if outlet is not None else document.outlet,
        agency=agency.name if agency is not None else None,
        owner=source.owner if source is not None else None,
        state=source.country if source is not None and source.state == "state" else None,
    )


def independent_sources(
    origins: Sequence[Origin], families: Sequence[int | None] | None = None
) -> tuple[IndependentSource, ...]:
    """Group reports into independent sources, in the order of their first reports.

    ``families`` gives for each report the family of copies that it belongs to, None for none. A
    report whose outlet nobody knows is a source of its own.
    """
    groups: dict[str, int] = {}
    head = list(range(len(origins)))
    reasons: dict[int, dict[str, None]] = {}

    def find(place: int) -> int:
        while head[place] != place:
            place = head[place]
        return place

    for place, origin in enumerate(origins):
        family = families[place] if families is not None else None
        for key, reason in _bonds(origin, family):
            first = groups.setdefault(key, place)
            if first != place:
                left, right = sorted((find(first), find(place)))
                head[right] = left
                reasons.setdefault(left, {})[reason] = None
                reasons[left].update(reasons.pop(right, {}) if left != right else {})
    members: dict[int, list[int]] = {}
    for place in range(len(origins)):
        members.setdefault(find(place), []).append(place)
    return tuple(
        IndependentSource(tuple(places), tuple(reasons.get(first, ())))
        for first, places in members.items()
    )


def _bonds(origin: Origin, family: int | None) -> list[tuple[str, str]]:
    """What binds a report to others: a key that they share, and the reason in words."""
    bonds = []
    if family is not None:
        bonds.append((f"family {family}", "copies of one text"))
    if origin.agency is not None:
        bonds.append((f"outlet {origin.agency}", f"agency: {origin.agency}"))
    elif origin.outlet is not None:
        bonds.append((f"outlet {origin.outlet}", f"outlet: {origin.outlet}"))
    if origin.owner is not None:
        bonds.append((f"owner {origin.owner}", f"owner: {origin.owner}"))
    if origin.state is not None:
        bonds.append((f"state {origin.state}", f"speaks for {origin.state}"))
    return bonds


def _credits(document: Document) -> list[str]:
    """The agencies that an article may name as its own: in its dateline and as its author."""
    heads = (dateline(line.strip()) for line in document.text.split("\n")[:FIRST_LINES])
    named = [head.agency for head in heads if head is not None and head.agency is not None]
    return [*named, *([document.author] if document.author else [])]
