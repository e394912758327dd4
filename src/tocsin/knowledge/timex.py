"""Words of time: what each word of ``data/rules/timex.yaml`` may be to the grammar of dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.phrases import PhraseTable
from tocsin.knowledge.resources import check_keys, read_yaml

_PATH = ("rules", "timex.yaml")
_KEYS = (
    "months", "doubtful_months", "weekdays", "deictic", "units", "irregular_plurals", "day_parts",
    "quarters", "seasons", "relations", "edges", "ordinals", "vague", "particles", "zones",
    "prospective", "scheduled", "references", "ahead_only", "sets", "durations", "repeated",
    "feasts", "designators", "counted", "examples",
)  # fmt: skip
UNITS = ("TS", "TM", "TH", "D", "W", "F", "WE", "M", "Q", "Y", "DE", "CE")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """What a word is to the grammar: the name of its class, and its value there."""

    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class TimeWords:
    """All words of time.

    ``words`` gives a lower-case word's lexeme; ``phrases`` finds fixed expressions (reference
    words, sets, durations, feasts) whose lexeme is the whole expression's; ``zones`` are matched
    with their capitals. The sets hold lower-case words or lemmas, as timex.yaml describes them.
    """

    words: Mapping[str, Lexeme]
    phrases: PhraseTable[Lexeme]
    phrase_heads: frozenset[str]
    zones: frozenset[str]
    doubtful_months: frozenset[str]
    prospective: frozenset[str]
    scheduled: frozenset[str]
    ahead_only: frozenset[str]
    designators: frozenset[str]
    counted: frozenset[str]


@cache
def load_timex() -> TimeWords:
    """The words of ``data/rules/timex.yaml``; KnowledgeError where the file is wrong."""
    data = read_yaml(*_PATH)
    check_keys(data, allowed=_KEYS, path="/".join(_PATH))
    words: dict[str, Lexeme] = {}
    # Later tables win where a word stands in two: "second" is an ordinal (the lexer makes it a
    # unit after a number), "night" has a class of its own, "end" is the end of something.
    for word, name in data["particles"].items():
        words[word] = Lexeme(name, word)
    for word, code in data["units"].items():
        if code not in UNITS:
            raise KnowledgeError(
                f"unknown unit {code!r}; allowed: {', '.join(UNITS)}", path="/".join(_PATH)
            )
        plural = data["irregular_plurals"].get(word, word + "s")
        words[word] = Lexeme({"Y": "yearunit", "W": "weekunit"}.get(code, "plainunit"), code)
        words[plural] = Lexeme("units", code)
    for word, part in data["day_parts"].items():
        words[word] = Lexeme("part", part)
    words["night"] = Lexeme("night", "TNI")
    words["nights"] = Lexeme("units", "D")
    for word, number in data["quarters"].items():
        words[word] = Lexeme("qtr", number)
    for word, season in data["seasons"].items():
        words[word] = Lexeme("season", tuple(season))
    for word, relation in data["relations"].items():
        words[word] = Lexeme(relation, relation)
    for word, edge in data["edges"].items():
        words[word] = Lexeme(_edge_class(word), edge)
    for word, number in data["ordinals"].items():
        words[word] = Lexeme("ord", number)
    for word in data["vague"]:
        words[word] = Lexeme("vague", None)
    for word, number in data["months"].items():
        words[word] = Lexeme("month", number)
    for word, number in data["weekdays"].items():
        words[word] = Lexeme("weekday", number)
    for word, number in data["repeated"].items():
        words[word] = Lexeme("repeated", number)
    for word, (days, part) in data["deictic"].items():
        words[word] = Lexeme("deictic", (days, part))
    phrases: PhraseTable[Lexeme] = PhraseTable(str.lower)
    for value, texts in data["references"].items():
        phrases.extend((text, Lexeme("reference", value)) for text in texts)
    for name in ("sets", "durations", "feasts"):
        phrases.extend((text, Lexeme(name[:-1], value)) for text, value in data[name].items())
    texts = [text for group in data["references"].values() for text in group]
    texts += [text for name in ("sets", "durations", "feasts") for text in data[name]]
    return TimeWords(
        words=words,
        phrases=phrases,
        phrase_heads=frozenset(text.split()[0] for text in texts),
        zones=frozenset(data["zones"]),
        doubtful_months=frozenset(data["doubtful_months"]),
        prospective=frozenset(data["prospective"]),
        scheduled=frozenset(data["scheduled"]),
        ahead_only=frozenset(data["ahead_only"]),
        designators=frozenset(data["designators"]),
        counted=frozenset(data["counted"]),
    )


def _edge_class(word: str) -> str:
    if word in ("earlier", "later"):
        return "more"
    return "edge" if word in ("early", "late", "mid") else "boundary"
