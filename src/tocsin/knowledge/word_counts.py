"""In how many articles of a collection of news each word stands (``data/linking/words.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import read_csv

_PATH = "linking/words.csv"
#: The row that holds the number of all articles.
ALL = "*"


@dataclass(frozen=True, slots=True)
class WordCounts:
    """``counts`` of the articles in which a stem stands, of all ``documents``."""

    documents: int
    counts: Mapping[str, int]


@lru_cache
def load_word_counts() -> WordCounts:
    """Load ``data/linking/words.csv``."""
    counts = {row["stem"]: int(row["articles"]) for row in read_csv("linking", "words.csv")}
    if ALL not in counts:
        raise KnowledgeError(f"lacks the row {ALL} with the number of all articles", path=_PATH)
    return WordCounts(counts.pop(ALL), counts)
