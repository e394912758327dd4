"""Copies: the same article again, whole, cut, or with another top.

An article is a copy of another where most of its runs of words stand in the other. Telling the
same story in other words is none: those are reports of their own.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from tocsin.linking.fingerprints import Fingerprint, fingerprint_of
from tocsin.linking.packed import Bands, Entries, Places, Sketch
from tocsin.linking.shingles import Shingles, shared
from tocsin.model.document import Document

#: same: word for word; copy: most of it stands in the other; version: a copy under the same address
Kind = Literal["same", "copy", "version"]

# In 203 articles on 36 stories of many outlets, every pair from .75 on is one agency's text, and no
# pair lies between .55 and .75; of articles of an agency that are formulas (delegations that
# come and leave), pairs of up to 80 runs reach .76, longer ones .38.
_CONTAINED = 0.75
_LEAST = 60
# A short text is a copy only where nearly nothing of it is its own.
_SHORT_CONTAINED = 0.9
_SHORT_LEAST = 20
# An agency's own second wording of a story, of the same day and about as long: .50 to .87 of the
# runs of each are in the other, of other pairs of such days at most .38.
_RETOLD = 0.3  # of the runs of both together, which is .46 of each
_RETOLD_LEAST = 150
_RETOLD_DAYS = 1

# 48 bands of 2 rows find a pair with a fifth of its runs in common in 86 of 100 cases, with three
# tenths in 99.
_PERMUTATIONS = 96
_BANDS = 48
_SEED = 1


@dataclass(frozen=True, slots=True)
class Copy:
    """What an article is to those before it: ``of`` is the place in the index of the first of which
    it is a copy, or a copy of a copy; ``contained`` the share of its runs of words that stand in
    the nearest."""

    of: int
    kind: Kind
    contained: float


@dataclass(frozen=True, slots=True)
class Found:
    """What the index says of an article: its own ``place``; of which earlier one it is a ``copy``;
    the places of those that are shorter copies of it (``holds``); and the place of the text that
    stood under its address before (``before``), copied or not."""

    place: int
    copy: Copy | None
    holds: tuple[int, ...]
    before: int | None = None


class CopyIndex:
    """All articles of a run, and of runs before it, to be asked which a new one copies.

    Of an article 1 to 2 KB stay in memory, and 4 bytes of each of its runs of words go to the
    disk (see :mod:`tocsin.linking.spool`). ``entries`` are the articles by their places.
    """

    def __init__(self) -> None:
        self.entries = entries = Entries()
        self._heads = array("Q")
        self._bands = Bands(_BANDS)
        self._digests = Places(lambda place: entries[place].digest)
        self._urls = Places(lambda place: entries[place].url)

    def add(self, document: Document, text: str | None = None) -> Found:
        """Take an article in, and say of what it is a copy and which are copies of it.

        ``text`` is its clean text where that is known: what all pages of an outlet have at their
        foot makes no copies.
        """
        return self.take(fingerprint_of(document, text))

    def take(self, one: Fingerprint) -> Found:
        """As :meth:`add`, for an article whose fingerprint is known."""
        place = len(self.entries)
        sketch = self._bands.sketch(_least(one.shingles))
        before = self._urls.get(one.url) if one.url is not None else None
        copy, holds = self._compare(one, sketch, before)
        self.entries.append(one)
        self._heads.append(copy.of if copy is not None else place)
        if len(one.shingles):
            self._bands.insert(place, sketch)
        self._digests.setdefault(one.digest, place)
        if one.url is not None:
            self._urls[one.url] = place
        return Found(place, copy, holds, before)

    def _compare(
        self, one: Fingerprint, sketch: Sketch, before: int | None
    ) -> tuple[Copy | None, tuple[int, ...]]:
        same = self._digests.get(one.digest)
        if same is not None:
            return Copy(self._heads[same], "same", 1.0), ()
        best: Copy | None = None
        holds: list[int] = []
        candidates: Iterable[int] = self._bands.query(sketch) if len(one.shingles) else ()
        for place in sorted({*candidates, *([before] if before is not None else [])}):
            other = self.entries[place]
            contained, holding, union = _shares(one.shingles, other.shingles)
            retold = _is_retold(one, other, union)
            if _is_copy(len(one.shingles), contained) or retold:
                if best is None or contained > best.contained:
                    kind: Kind = "version" if place == before else "copy"
                    best = Copy(self._heads[place], kind, contained)
            elif _is_copy(len(other.shingles), holding):
                holds.append(place)
        return best, tuple(holds)


def _least(runs: Shingles) -> list[int]:
    from rensa import RMinHash

    least = RMinHash(num_perm=_PERMUTATIONS, seed=_SEED)
    least.update(np.asarray(runs, dtype="<u4").view("V4").tolist())
    found: list[int] = least.digest()
    return found


def _shares(one: Shingles, other: Shingles) -> tuple[float, float, float]:
    """The share of one that stands in the other, of the other in the one, and of both together."""
    both = shared(one, other)
    union = len(one) + len(other) - both
    return both / max(len(one), 1), both / max(len(other), 1), both / max(union, 1)


def _is_copy(length: int, contained: float) -> bool:
    if length >= _LEAST:
        return contained >= _CONTAINED
    return length >= _SHORT_LEAST and contained >= _SHORT_CONTAINED


def _is_retold(one: Fingerprint, other: Fingerprint, union: float) -> bool:
    """Whether an outlet tells its own story again on the same day, in part in other words."""
    return (
        union >= _RETOLD
        and min(len(one.shingles), len(other.shingles)) >= _RETOLD_LEAST
        and one.outlet == other.outlet
        and one.published is not None
        and other.published is not None
        and abs((one.published - other.published).days) <= _RETOLD_DAYS
    )
