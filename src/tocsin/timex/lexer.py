"""From tokens to classes: one character a token, so that a rule is a pattern over a short string.

A rule names classes in braces, ``{month} {day} {comma}? {y:year}``; :func:`compile_rule` makes a
regular expression of it whose matches count in tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tocsin.knowledge.quantities import NumberWords
from tocsin.knowledge.timex import TimeWords
from tocsin.model.parse import Sentence, Token

# The classes, one string so that the table reads as a table.
_NAMES = """
month weekday deictic plainunit yearunit weekunit units night qtr part season last next this
past previous following coming recent same that edge more boundary ord day year int word
cont decade clock dateform vague the a every per ago half of in on at by for from or juche
shut to since until through between and before after during within over than about just poss
consecutive old long local time oclock ampm dash comma stop open quote zone filler repeated
""".split()  # noqa: SIM905
CLASSES = {name: chr(0x100 + number) for number, name in enumerate(_NAMES)}
OTHER = "\xff"

# Without one of these a sentence holds no date that the grammar could find.
_CORE_NAMES = """
month weekday deictic plainunit yearunit weekunit units night qtr part season year decade
clock dateform ampm oclock quote zone repeated
""".split()  # noqa: SIM905
_CORE = frozenset(CLASSES[name] for name in _CORE_NAMES)
_NUMBERS = ("day", "year", "int", "word")
_UNIONS = {
    "unit": ("plainunit", "yearunit", "weekunit"),
    "anyunit": ("plainunit", "yearunit", "weekunit", "units", "night"),
    "daypart": ("part", "night"),
}

_PIECE = re.compile(r"\{(?:(\w+):)?([\w|]+)\}")
_DECADE = re.compile(r"(?:(early|mid|late)-)?(?:(\d{2})?(\d0)s)", re.IGNORECASE)
_CLOCK = re.compile(r"([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?")
_ORDINAL = re.compile(r"(\d{1,3})(?:st|nd|rd|th)", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,4})([/.])(\d{1,2})\2(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Lexed:
    """A sentence as the grammar reads it: a class character and a value for each token."""

    classes: str
    values: tuple[Any, ...]


def compile_rule(pattern: str) -> re.Pattern[str]:
    """Compile a rule's pattern; ``{num}`` is a number of any length, a name in front is a group."""

    def piece(match: re.Match[str]) -> str:
        group, names = match.group(1), match.group(2).split("|")
        plain = [n for name in names if name != "num" for n in _UNIONS.get(name, (name,))]
        ways = []
        if plain:
            ways.append("[" + "".join(CLASSES[name] for name in plain) + "]")
        if "num" in names:
            numbers = "".join(CLASSES[name] for name in _NUMBERS)
            ways.append(f"[{numbers}]{CLASSES['cont']}*")
        way = "|".join(ways)
        if group:
            return f"(?P<{group}>{way})"
        return f"(?:{way})"

    return re.compile(_PIECE.sub(piece, pattern).replace(" ", ""))


def lex(sentence: Sentence, words: TimeWords, numbers: NumberWords) -> Lexed | None:
    """Class and value of each token; None when no date can be in the sentence."""
    tokens = sentence.tokens
    lowers = [token.text.lower() for token in tokens]
    classes = [OTHER] * len(tokens)
    values: list[Any] = [None] * len(tokens)
    known = words.words
    small = numbers.small
    core = False
    number_until = 0
    for i, low in enumerate(lowers):
        if i < number_until:
            classes[i] = CLASSES["cont"]
            continue
        lexeme = known.get(low)
        if lexeme is not None:
            name = _in_context(tokens, i, lexeme.name, words)
            if name is None:
                continue
            values[i] = "TS" if name == "plainunit" and lexeme.name == "ord" else lexeme.value
        elif low[0].isdigit():
            name, values[i], number_until = _digits(lowers, i, numbers)
            if name is None:
                continue
        elif low in small or ("-" in low and numbers.read(lowers, i)):
            read = numbers.read(lowers, i)
            if read is None:
                continue
            name, (values[i], number_until) = "word", read
        elif tokens[i].text in words.zones:
            name = "zone"
        elif "-" in low and (decade := _DECADE.fullmatch(low)):
            name, values[i] = "decade", _decade(decade)
        else:
            continue
        classes[i] = CLASSES[name]
        core = core or classes[i] in _CORE
    return Lexed("".join(classes), tuple(values)) if core else None


def _in_context(tokens: tuple[Token, ...], i: int, name: str, words: TimeWords) -> str | None:
    """The class of a known word where it stands, None where it is another word of that form."""
    token = tokens[i]
    if name in ("month", "weekday", "repeated"):
        if not token.text[0].isupper() or token.tag == "MD":
            return None
        if name == "month" and token.tag.startswith("VB") and token.text.istitle():
            after = tokens[i + 1].text if i + 1 < len(tokens) else ""
            return name if after[:1].isdigit() else None
    elif name == "ord" and token.lower == "second" and i and _is_count(tokens, i):
        return "plainunit"
    elif name == "season":
        return name if token.tag in ("NN", "NNP") else None
    elif name in ("last", "past", "long", "mid") and token.pos == "VERB":
        return None
    return name


def _is_count(tokens: tuple[Token, ...], i: int) -> bool:
    """Does a number stand right before token ``i`` (maybe with a hyphen)?"""
    before = tokens[i - 1]
    if before.tag == "HYPH" and i > 1:
        before = tokens[i - 2]
    return before.tag == "CD"


def _digits(lowers: list[str], i: int, numbers: NumberWords) -> tuple[str | None, Any, int]:
    """Class, value and last token of what starts with a digit."""
    low = lowers[i]
    stop = i + 1
    if low.isdigit():
        value, stop = numbers.read(lowers, i) or (float(low), stop)
        if stop == i + 1:
            if len(low) == 4 and 1000 <= int(low) <= 2199:
                return "year", int(low), stop
            if len(low) <= 2 and 1 <= int(low) <= 31:
                return "day", int(low), stop
        return "int", value, stop
    if match := _CLOCK.fullmatch(low):
        return "clock", (int(match[1]), int(match[2])), stop
    if match := _ORDINAL.fullmatch(low):
        return "ord", int(match[1]), stop
    if match := _DECADE.fullmatch(low):
        return "decade", _decade(match), stop
    if match := _SLASHED.fullmatch(low):
        return "dateform", (match[1], match[3], match[4]), stop
    if read := numbers.read(lowers, i):
        return "int", read[0], read[1]
    return None, None, i


def _decade(match: re.Match[str]) -> tuple[str | None, int]:
    """Edge and first year of "1990s", "90s" or "mid-1980s"."""
    edges = {"early": "start", "mid": "middle", "late": "end"}
    century = int(match[2]) * 100 if match[2] else (1900 if int(match[3]) >= 20 else 2000)
    return edges.get((match[1] or "").lower()), century + int(match[3])
