"""The shingles of a text: its runs of words, as numbers that can be compared quickly.

A. Broder, On the resemblance and containment of documents (1997).
"""

from __future__ import annotations

import re
from hashlib import blake2b
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Shingles: TypeAlias = NDArray[np.uint32]

#: Words in a shingle. Shorter runs are shared by texts that have nothing to do with each other.
WORDS = 5
_WORD = re.compile(r"[^\W_]+")
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


def shingles(text: str) -> Shingles:
    """The hashes of all runs of five words, sorted, each once: shape (n,), 32 bits each.

    Case, punctuation and spacing do not count. Of a text with fewer words than five, none.
    """
    words = np.array([crc32(word.encode()) for word in _words(text)], dtype=np.uint64)
    count = len(words) - WORDS + 1
    if count < 1:
        return np.empty(0, dtype=np.uint32)
    mixed = np.zeros(count, dtype=np.uint64)
    for place in range(WORDS):
        mixed = (mixed + words[place : place + count]) * _MULTIPLIER
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def words_digest(text: str) -> str:
    """A digest of the words alone: the same for texts that differ in case and punctuation only."""
    return blake2b(" ".join(_words(text)).encode(), digest_size=12).hexdigest()


def shared(one: Shingles, other: Shingles) -> int:
    """How many shingles two texts have in common."""
    return len(np.intersect1d(one, other, assume_unique=True))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())
