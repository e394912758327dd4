"""What the index of copies keeps of many articles, in little memory.

Lists and tables of Python objects, and of MinHash libraries, take 11 KB of an article; these take
1 to 2 KB, grow as they are filled, and are asked as lists and tables are.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tocsin.linking.fingerprints import Fingerprint
from tocsin.linking.spool import Spool

#: Of each band 32 bits of a hash of its rows: the least values of some hash functions over an
#: article's runs of words (MinHash).
Sketch: TypeAlias = NDArray[np.uint32]

_MIX = np.uint64(0x9E3779B97F4A7C15)
_FIRST = 1024  # places at first; a power of two


class Entries:
    """Fingerprints by their places, on the disk."""

    def __init__(self) -> None:
        self._spool = Spool()

    def __len__(self) -> int:
        return len(self._spool)

    def append(self, one: Fingerprint) -> None:
        """Keep one more."""
        published = one.published.isoformat() if one.published is not None else None
        words = json.dumps([one.id, one.digest, one.url, one.outlet, published]).encode()
        self._spool.append(words + b"\n" + one.shingles.astype("<u4", copy=False).tobytes())

    def __getitem__(self, place: int) -> Fingerprint:
        words, _, runs = self._spool[place].partition(b"\n")
        id_, digest, url, outlet, published = json.loads(words)
        day = date.fromisoformat(published) if published is not None else None
        shingles = np.frombuffer(runs, dtype="<u4").astype(np.uint32, copy=False)
        return Fingerprint(id_, digest, url, outlet, day, shingles)

    def since(self, place: int) -> Iterator[Fingerprint]:
        """Those from a place on, in order."""
        return (self[number] for number in range(place, len(self)))

    def __iter__(self) -> Iterator[Fingerprint]:
        return self.since(0)


class Places:
    """The place of a word: ``word_at`` says which word is at a place."""

    def __init__(self, word_at: Callable[[int], str | None]) -> None:
        self._word_at = word_at
        self._number = 0
        self._make(2 * _FIRST)

    def _make(self, slots: int) -> None:
        self._mask = slots - 1
        # Of each word its hash and its place, counted from one on, at the first free slot behind
        # that which its hash names.
        self._hashes = array("q", bytes(8 * slots))
        self._places = array("I", bytes(4 * slots))

    def get(self, word: str) -> int | None:
        """The place of a word, if any."""
        place = self._places[self._slot(word)]
        return place - 1 if place else None

    def __setitem__(self, word: str, place: int) -> None:
        self._put(self._slot(word), hash(word), place + 1)

    def setdefault(self, word: str, place: int) -> None:
        """Keep the place of a word that has none."""
        if not self._places[slot := self._slot(word)]:
            self._put(slot, hash(word), place + 1)

    def _put(self, slot: int, hashed: int, place: int) -> None:
        self._number += not self._places[slot]
        self._hashes[slot], self._places[slot] = hashed, place
        if 2 * self._number > len(self._places):
            self._grow()

    def _grow(self) -> None:
        before = [pair for pair in zip(self._hashes, self._places, strict=True) if pair[1]]
        self._make(2 * len(self._places))
        for hashed, place in before:
            slot = hashed & self._mask
            while self._places[slot]:
                slot = (slot + 1) & self._mask
            self._hashes[slot], self._places[slot] = hashed, place

    def _slot(self, word: str) -> int:
        """The slot of a word, or the free one for it."""
        hashed = hash(word)
        slot = hashed & self._mask
        while place := self._places[slot]:
            if self._hashes[slot] == hashed and self._word_at(place - 1) == word:
                return slot
            slot = (slot + 1) & self._mask
        return slot


class Bands:
    """Finds the sketches that agree with another in all rows of one of so many bands.

    Each band has buckets; a bucket names the last sketch in it, and each sketch the one before it.
    As of a band only a hash is known, of a million sketches one question in a hundred finds one too
    many, which whoever asks compares anyway.
    """

    def __init__(self, bands: int) -> None:
        self._bands = bands
        self._number = 0
        self._each = np.arange(bands)
        # By place, counted from one on, and band: the hash, and the sketch before.
        self._marks = np.zeros((_FIRST, bands), dtype=np.uint32)
        self._before = np.zeros((_FIRST, bands), dtype=np.uint32)
        self._last = np.zeros((bands, _FIRST), dtype=np.uint32)

    def sketch(self, least: Sequence[int]) -> Sketch:
        """The sketch of an article of which these are the least values, band by band."""
        rows = np.array(least, dtype=np.uint64).reshape(self._bands, -1)
        mixed = np.zeros(self._bands, dtype=np.uint64)
        for row in rows.T:
            mixed = (mixed ^ row) * _MIX
            mixed ^= mixed >> np.uint64(29)
        found: Sketch = (mixed >> np.uint64(32)).astype(np.uint32)
        return found

    def query(self, sketch: Sketch) -> set[int]:
        """The places of those that agree."""
        found: set[int] = set()
        last, marks = self._last[self._each, self._buckets(sketch)], sketch
        bands = np.flatnonzero(last)
        last, marks = last[bands], marks[bands]
        while len(bands):
            found.update((last[self._marks[last, bands] == marks] - 1).tolist())
            before = self._before[last, bands]
            more = np.flatnonzero(before)
            last, bands, marks = before[more], bands[more], marks[more]
        return found

    def insert(self, place: int, sketch: Sketch) -> None:
        """Keep the sketch of a place; places come in order, not all of them."""
        while place + 1 >= len(self._marks):
            self._grow()
        at = self._each, self._buckets(sketch)
        self._marks[place + 1] = sketch
        self._before[place + 1] = self._last[at]
        self._last[at] = place + 1
        self._number = place + 1

    def _grow(self) -> None:
        """Double the room, and deal what is there out into twice as many buckets."""
        room = len(self._marks)
        kept = np.flatnonzero(self._marks[: self._number + 1].any(axis=1))
        self._marks = np.concatenate([self._marks, np.zeros_like(self._marks)])
        self._before = np.zeros_like(self._marks)
        self._last = np.zeros((self._bands, 2 * room), dtype=np.uint32)
        for band in range(self._bands):
            buckets = self._buckets(self._marks[kept, band])
            order = np.argsort(buckets, kind="stable")
            places, buckets = kept[order], buckets[order]
            same = buckets[1:] == buckets[:-1]
            self._before[places[1:], band] = np.where(same, places[:-1], 0)
            ends = np.flatnonzero(np.append(~same, True))
            self._last[band, buckets[ends]] = places[ends]

    def _buckets(self, marks: NDArray[np.uint32]) -> NDArray[np.int64]:
        return marks.astype(np.int64) & (self._last.shape[1] - 1)
