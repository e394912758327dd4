"""The word lists of ``data/places/rules.yaml``, loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

_PATH = "places/rules.yaml"
_LISTS = (
    "prepositions_of_place", "prepositions_of_party", "movement", "ground", "nouns_of_place",
    "asked_from", "subjects_that_are_places", "not_places",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRules:
    """Words that tell where a place name is a place. See the file's comments for each list."""

    prepositions_of_place: frozenset[str]
    prepositions_of_party: frozenset[str]
    movement: frozenset[str]
    ground: frozenset[str]
    nouns_of_place: frozenset[str]
    asked_from: frozenset[str]
    subjects_that_are_places: frozenset[str]
    not_places: frozenset[str]
    short_regions: Mapping[str, str]
    kind_words: Mapping[str, str]


@lru_cache(maxsize=1)
def load_rules() -> PlaceRules:
    """Load the lists; KnowledgeError where a key is unknown or a value is no word."""
    data = read_yaml("places", "rules.yaml")
    check_keys(data, allowed=(*_LISTS, "short_regions", "kind_words"), path=_PATH)
    for name in _LISTS:
        wrong = [word for word in data[name] if not isinstance(word, str)]
        if wrong:
            raise KnowledgeError(f"not a word (quote it): {wrong}", path=_PATH, entry=name)
    return PlaceRules(
        **{name: frozenset(data[name]) for name in _LISTS},
        short_regions=dict(data["short_regions"]),
        kind_words={word: kind for kind, words in data["kind_words"].items() for word in words},
    )
