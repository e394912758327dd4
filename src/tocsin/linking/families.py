"""Families: an original and its copies, over all outlets that print it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.linking.copies import Found
from tocsin.linking.fingerprints import Fingerprint


@dataclass(frozen=True, slots=True)
class Family:
    """Articles of one text. ``original`` is the first of them, by the day of publication and, on
    the same day, in the order in which they were read; ``copies`` are the others in that order.
    Both are places in the index; ``outlets`` are all their outlets, each once."""

    original: int
    copies: tuple[int, ...]
    outlets: tuple[str, ...]


def families(entries: Sequence[Fingerprint], found: Iterable[Found]) -> tuple[Family, ...]:
    """The families of the articles of an index that have copies, in the order of their originals.

    A copy of a copy belongs to the same family, and so do all texts under one address.
    """
    head = list(range(len(entries)))

    def find(place: int) -> int:
        while head[place] != place:
            head[place] = head[head[place]]
            place = head[place]
        return place

    for one in found:
        bonds = (one.copy.of if one.copy is not None else None, one.before, *one.holds)
        for other in bonds:
            if other is None:
                continue
            left, right = sorted((find(one.place), find(other)))
            head[right] = left
    members: dict[int, list[int]] = {}
    for place in range(len(entries)):
        members.setdefault(find(place), []).append(place)
    return tuple(_family(entries, places) for places in members.values() if len(places) > 1)


def _family(entries: Sequence[Fingerprint], places: list[int]) -> Family:
    first, *rest = sorted(places, key=lambda place: (entries[place].published or date.max, place))
    names = (entries[place].outlet for place in (first, *rest))
    return Family(first, tuple(rest), tuple(dict.fromkeys(name for name in names if name)))
