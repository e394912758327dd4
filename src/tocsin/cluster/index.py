"""The index of copies of a whole archive: its rules are those of every run, and what it keeps of an
article is packed, or lies on the disk.

Of an article some 0.8 KB stay in memory; 4 bytes of each of its runs of words go to the disk.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tocsin.cluster.spool import Spool
from tocsin.linking.copies import BANDS, Copies, Fingerprint

_MIX = np.uint64(0x9E3779B97F4A7C15)


class PackedIndex(Copies):
    """An index of at most ``room`` articles."""

    def __init__(self, room: int) -> None:
        entries = _Entries()
        super().__init__(
            entries,
            array("Q"),
            _Bands(room),
            digests=_Places(room, lambda place: entries[place].digest),
            urls=_Places(room, lambda place: entries[place].url),
        )


class _Entries:
    """Fingerprints by their places, on the disk."""

    def __init__(self) -> None:
        self._spool = Spool()

    def __len__(self) -> int:
        return len(self._spool)

    def append(self, one: Fingerprint) -> None:
        published = one.published.isoformat() if one.published is not None else None
        words = json.dumps([one.id, one.digest, one.url, one.outlet, published]).encode()
        self._spool.append(words + b"\n" + one.shingles.astype("<u4", copy=False).tobytes())

    def __getitem__(self, place: int) -> Fingerprint:
        words, _, runs = self._spool[place].partition(b"\n")
        id_, digest, url, outlet, published = json.loads(words)
        day = date.fromisoformat(published) if published is not None else None
        shingles = np.frombuffer(runs, dtype="<u4").astype(np.uint32, copy=False)
        return Fingerprint(id_, digest, url, outlet, day, shingles)


class _Places:
    """The place of a word: ``word_at`` says which word is at a place."""

    def __init__(self, room: int, word_at: Callable[[int], str | None]) -> None:
        self._mask = (1 << (2 * room).bit_length()) - 1
        # Of each word a mark and its place, counted from one on, at the first free slot behind
        # that which its hash names.
        self._marks = array("I", bytes(4 * (self._mask + 1)))
        self._places = array("I", bytes(4 * (self._mask + 1)))
        self._word_at = word_at

    def get(self, word: str) -> int | None:
        place = self._places[self._slot(word)]
        return place - 1 if place else None

    def __setitem__(self, word: str, place: int) -> None:
        slot = self._slot(word)
        self._marks[slot] = _mark(word)
        self._places[slot] = place + 1

    def setdefault(self, word: str, place: int) -> None:
        if not self._places[slot := self._slot(word)]:
            self._marks[slot] = _mark(word)
            self._places[slot] = place + 1

    def _slot(self, word: str) -> int:
        """The slot of a word, or the free one for it."""
        slot, mark = hash(word) & self._mask, _mark(word)
        while place := self._places[slot]:
            if self._marks[slot] == mark and self._word_at(place - 1) == word:
                return slot
            slot = (slot + 1) & self._mask
        return slot


def _mark(word: str) -> int:
    return (hash(word) >> 32) & 0xFFFFFFFF


class _Bands:
    """Finds the sketches that agree with another in a band, as the table of ``rensa`` does.

    Each band has buckets; a bucket names the last sketch in it, and each sketch the one before it.
    """

    def __init__(self, room: int) -> None:
        buckets = 1 << max(room - 1, 1).bit_length()
        self._first = np.arange(BANDS, dtype=np.int64) * buckets
        self._shift = np.uint64(64 - (buckets.bit_length() - 1))
        self._last = np.zeros(BANDS * buckets, dtype=np.uint32)
        # By place and band, one behind the other: what is before, and 32 bits of the band's hash.
        self._before = np.zeros((room + 1) * BANDS, dtype=np.uint32)
        self._marks = np.zeros((room + 1) * BANDS, dtype=np.uint32)
        self._known: tuple[object, NDArray[np.int64], NDArray[np.uint32]] | None = None

    def query(self, sketch: Any) -> set[int]:
        buckets, marks = self._of(sketch)
        found: set[int] = set()
        bands = np.flatnonzero(last := self._last[buckets])
        last, marks = last[bands], marks[bands]
        while len(bands):
            rows = last.astype(np.int64) * BANDS + bands
            found.update((last[self._marks[rows] == marks] - 1).tolist())
            before = self._before[rows]
            more = np.flatnonzero(before)
            last, bands, marks = before[more], bands[more], marks[more]
        return found

    def insert(self, place: int, sketch: Any) -> None:
        buckets, marks = self._of(sketch)
        rows = slice((place + 1) * BANDS, (place + 2) * BANDS)
        self._before[rows] = self._last[buckets]
        self._marks[rows] = marks
        self._last[buckets] = place + 1

    def _of(self, sketch: Any) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
        """The buckets of a sketch, and its marks."""
        if self._known is None or self._known[0] is not sketch:
            pairs = np.array(sketch.digest(), dtype=np.uint64).reshape(BANDS, 2)
            mixed = ((pairs[:, 0] << np.uint64(32)) | pairs[:, 1]) * _MIX
            mixed = (mixed ^ (mixed >> np.uint64(32))) * _MIX
            buckets = self._first + (mixed >> self._shift).astype(np.int64)
            self._known = sketch, buckets, (mixed & np.uint64(0xFFFFFFFF)).astype(np.uint32)
        return self._known[1], self._known[2]
