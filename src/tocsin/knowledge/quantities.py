"""Words of number: reading "5,500", "1.5 million" and "two hundred and six" off a token list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.knowledge.resources import check_keys, read_yaml

_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PATH = ("rules", "quantities.yaml")
QUALIFIERS = (
    "about", "at-least", "at-most", "more-than", "less-than", "several", "dozens", "hundreds",
    "thousands",
)  # fmt: skip
_SETS = (
    "hyphen_units", "occasions", "ratios", "bearers", "conditions", "not_counted", "designators",
    "scores", "dying", "tolls", "increments",
)  # fmt: skip
_KEYS = (
    "numbers", "scales", "plural_scales", "vague", "qualifiers", "qualifiers_after", "totals",
    "currencies", "percent", "measures", "casualties", "examples", *_SETS,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Number words and scales ("two", "hundred"), lower case, with their values."""

    small: Mapping[str, int]
    scales: Mapping[str, int]

    def read(self, words: Sequence[str], at: int = 0) -> tuple[float, int] | None:
        """Read the longest number that starts at ``words[at]`` (lower case): (value, stop).

        None where no number starts. A scale alone ("hundred") is no number here: "a hundred" and
        "hundreds of" mean different things, which the caller knows. "a dozen" likewise.
        """
        word = words[at]
        if word[:1].isdigit():
            half = 0.5 if word.endswith("½") else 0.0
            word = word.removesuffix("½")
            if not _DIGITS.fullmatch(word):
                return None
            return self._scaled(float(word.replace(",", "")) + half, words, at + 1)
        if word in self.small:
            return self._spelled(words, at)
        if "-" in word:
            tens, _, unit = word.partition("-")
            if self.small.get(tens, 0) >= 20 and 0 < self.small.get(unit, 0) < 10:
                return self._scaled(float(self.small[tens] + self.small[unit]), words, at + 1)
        return None

    def _scaled(self, value: float, words: Sequence[str], stop: int) -> tuple[float, int]:
        while stop < len(words) and words[stop] in self.scales:
            value = round(value * self.scales[words[stop]], 6)
            stop += 1
        return value, stop

    def _spelled(self, words: Sequence[str], at: int) -> tuple[float, int]:
        total = 0
        current = 0
        stop = at
        lowest = 10**18  # scales go down: "two thousand three hundred", never back up
        while stop < len(words):
            word = words[stop]
            if word == "and" and current + total >= 100 and current % 100 == 0:
                following = words[stop + 1] if stop + 1 < len(words) else ""
                if following not in self.small:
                    break
                stop += 1
                continue
            if word == "-" and current % 10 == 0 and current % 100 >= 20:
                following = words[stop + 1] if stop + 1 < len(words) else ""
                if not 0 < self.small.get(following, 0) < 10:
                    break
                stop += 1
                continue
            if word in self.small:
                value = self.small[word]
                if stop > at and not self._may_follow(current, value, words[stop - 1]):
                    break
                current += value
            elif word in self.scales:
                scale = self.scales[word]
                if scale == 12 or (scale == 100 and current < 100):
                    current = max(current, 1) * scale
                elif 100 < scale < lowest:
                    total += max(current, 1) * scale
                    lowest = scale
                    current = 0
                else:
                    break
            else:
                break
            stop += 1
        return float(total + current), stop

    @staticmethod
    def _may_follow(current: int, value: int, before: str) -> bool:
        """May a small number be added to what was read: "twenty" + "five", "hundred" + "six"?"""
        if current % 100 == 0:
            return before != "zero" and value > 0
        return current % 10 == 0 and current % 100 >= 20 and 0 < value < 10


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """All words of number, and of how sure a number is.

    ``before`` and ``after`` give a phrase's tokens its qualifier; ``orders`` are plurals of size
    with their qualifier and floor; the sets hold lower-case words or lemmas.
    """

    numbers: NumberWords
    before: Mapping[tuple[str, ...], str]
    after: Mapping[tuple[str, ...], str]
    totals: frozenset[tuple[str, ...]]
    orders: Mapping[tuple[str, ...], tuple[str, float | None]]
    vague: frozenset[tuple[str, ...]]
    currencies: Mapping[str, str]
    percent: frozenset[tuple[str, ...]]
    measures: Mapping[str, str]
    hyphen_units: frozenset[str]
    occasions: frozenset[str]
    ratios: frozenset[str]
    bearers: frozenset[str]
    conditions: frozenset[str]
    not_counted: frozenset[str]
    designators: frozenset[str]
    scores: frozenset[str]
    casualties: Mapping[str, str]
    dying: frozenset[str]
    tolls: frozenset[str]
    increments: frozenset[str]
    starts: frozenset[str]


@cache
def load_quantities() -> QuantityWords:
    """The words of ``data/rules/quantities.yaml``; KnowledgeError where the file is wrong."""
    data: dict[str, Any] = read_yaml(*_PATH)
    check_keys(data, allowed=_KEYS, path="/".join(_PATH))
    for group in ("qualifiers", "qualifiers_after"):
        check_keys(data[group], allowed=QUALIFIERS, path="/".join(_PATH), name=group)
    orders = {
        tuple(text.split()): (qualifier, None if floor is None else float(floor))
        for text, (qualifier, floor) in data["plural_scales"].items()
    }
    vague = _phrases(data["vague"])
    numbers = NumberWords(small=data["numbers"], scales=data["scales"])
    return QuantityWords(
        numbers=numbers,
        before=_qualified(data["qualifiers"]),
        after=_qualified(data["qualifiers_after"]),
        totals=_phrases(data["totals"]),
        orders=orders,
        vague=vague,
        currencies=data["currencies"],
        percent=_phrases(data["percent"]),
        measures=data["measures"],
        casualties={word: fate for fate, own in data["casualties"].items() for word in own},
        starts=frozenset(
            (*numbers.small, *numbers.scales, *(p[0] for p in orders), *(p[-1] for p in vague),
             "few", "handful", "number", "twice", "thrice")
        ),
        **{name: frozenset(data[name]) for name in _SETS},
    )  # fmt: skip


def _phrases(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(text.split()) for text in texts)


def _qualified(groups: Mapping[str, Iterable[str]]) -> dict[tuple[str, ...], str]:
    return {tuple(text.split()): name for name, texts in groups.items() for text in texts}


@cache
def load_number_words() -> NumberWords:
    """The number words alone, for who reads numbers but counts nothing."""
    return load_quantities().numbers
