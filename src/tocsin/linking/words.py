"""The words of a text as stems, and how much each tells.

A word that stands in few articles tells more than one that stands in many: the weight of a stem is
its inverse document frequency (K. Spärck Jones, A statistical interpretation of term specificity,
1972) in a fixed collection of news, so that the weight never depends on what a store holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from math import log, sqrt

from tocsin.knowledge.word_counts import load_word_counts

_WORD = re.compile(r"[^\W\d_]{2,}|\d[\d,.]*\d|\d")
_POSSESSIVE = re.compile(r"['’]s\b")


def stems(text: str) -> frozenset[str]:
    """The stems of the words and numbers of a text, each once (Porter's English stemmer)."""
    plain = _POSSESSIVE.sub("", text.lower())
    return frozenset(_stem(word) for word in _WORD.findall(plain))


def weight(stem: str) -> float:
    """How much a stem tells, from 0 (it stands in every article) to 1 (in none that we know)."""
    return _weights().get(stem, 1.0)


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """How alike two sets of stems are: the cosine of their weights, 0 to 1."""
    one, other = frozenset(one), frozenset(other)
    both = sum(weight(stem) ** 2 for stem in one & other)
    return both / (length(one) * length(other)) if both else 0.0


@lru_cache(maxsize=50_000)
def length(of: frozenset[str]) -> float:
    """The length of a set of stems as a vector of their weights."""
    return sqrt(sum(weight(stem) ** 2 for stem in of))


@lru_cache
def _weights() -> dict[str, float]:
    counts = load_word_counts()
    most = log(counts.documents + 1)
    return {
        stem: log((counts.documents + 1) / (count + 1)) / most
        for stem, count in counts.counts.items()
    }


@lru_cache(maxsize=200_000)
def _stem(word: str) -> str:
    stem: str = _stemmer().stemWord(word)
    return stem


@lru_cache
def _stemmer():  # type: ignore[no-untyped-def]
    from snowballstemmer import stemmer

    return stemmer("english")
