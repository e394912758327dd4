"""The words of a text as stems, and how much each tells.

A word that stands in few articles tells more than one that stands in many: the weight of a stem is
its inverse document frequency (K. Spärck Jones, A statistical interpretation of term specificity,
1972) in a fixed collection of news, so that the weight never depends on what a store holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import fsum, log, sqrt

from tocsin.knowledge.word_counts import load_word_counts

_WORD = re.compile(r"[^\W\d_]{2,}|\d[\d,.]*\d|\d")
_POSSESSIVE = re.compile(r"['’]s\b")

#: A text as a vector of length 1: a number for each of its stems.
Vector = Mapping[str, float]


def stems(text: str) -> frozenset[str]:
    """The stems of the words and numbers of a text, each once (Porter's English stemmer)."""
    return frozenset(_stems(text))


def vector(*texts: tuple[str, float]) -> Vector:
    """The vector of several texts, each with how often it counts.

    A stem that is there n times counts 1 + ln n times its weight (G. Salton and C. Buckley,
    Term-weighting approaches in automatic text retrieval, 1988).
    """
    counts: Counter[str] = Counter()
    for text, times in texts:
        for stem, count in Counter(_stems(text)).items():
            counts[stem] += times * count  # type: ignore[assignment]
    said = {stem: (1 + log(count)) * weight(stem) for stem, count in counts.items()}
    norm = sqrt(fsum(value * value for value in said.values())) or 1.0
    return {stem: value / norm for stem, value in said.items()}


def cosine(one: Vector, other: Vector) -> float:
    """How alike two texts are, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return fsum(value * other[stem] for stem, value in one.items() if stem in other)


def weight(stem: str) -> float:
    """How much a stem tells, from 0 (it stands in every article) to 1 (in none that we know)."""
    return _weights().get(stem, 1.0)


def likeness(one: Iterable[str], other: Iterable[str]) -> float:
    """How alike two sets of stems are: the cosine of their weights, 0 to 1."""
    one, other = frozenset(one), frozenset(other)
    both = fsum(weight(stem) ** 2 for stem in one & other)
    return both / (_length(one) * _length(other)) if both else 0.0


@lru_cache(maxsize=50_000)
def _length(of: frozenset[str]) -> float:
    """The length of a set of stems as a vector of their weights."""
    return sqrt(fsum(weight(stem) ** 2 for stem in of))


def _stems(text: str) -> list[str]:
    return [_stem(word) for word in _WORD.findall(_POSSESSIVE.sub("", text.lower()))]


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
