"""What one rule read off a stretch of tokens, and what the rules may ask while reading."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tocsin.knowledge.timex import TimeWords
from tocsin.model.mention import Anchor
from tocsin.model.parse import Sentence
from tocsin.timex import calendar
from tocsin.timex.calendar import Period
from tocsin.timex.lexer import CLASSES, Lexed
from tocsin.timex.tense import Tense, tense

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
# How many sentences back "that day" and "two weeks later" may look for the day they count from.
MEMORY = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One expression, read.

    ``grain`` is the unit that it names (D, W, M, Y, ...), empty where it names none. ``partial``
    is a month and day (or no day) whose year the phrase left open, ``weekday`` a day of the week
    left open: an interval around it may settle them. ``clock`` is a time of day still without a
    day, such as ``T15:00``.
    """

    kind: Kind = "DATE"
    value: str
    since: dt.date | None = None
    until: dt.date | None = None
    anchor: Anchor = "none"
    grain: str = ""
    partial: tuple[int, int | None] | None = None
    weekday: int | None = None
    clock: str = ""

    @classmethod
    def of(cls, period: Period, anchor: Anchor, grain: str, **more: Any) -> Reading:
        """The reading of known days."""
        return cls(
            value=period.value, since=period.since, until=period.until, anchor=anchor,
            grain=grain, **more,
        )  # fmt: skip

    def narrowed(self, edge: str | None, now: dt.date | None) -> Reading:
        """The same period, of which only the part ``edge`` is meant ("early", "rest of")."""
        if edge is None or self.since is None or self.until is None:
            return self
        part = calendar.part(Period(self.value, self.since, self.until), edge, now)
        return replace(self, since=part.since, until=part.until)

    def at(self, part: str | None) -> Reading:
        """The same day at a part of the day (``TMO``, ``T12:00``)."""
        return replace(self, kind="TIME", value=self.value + part) if part else self


@dataclass(frozen=True, slots=True)
class Told:
    """A day or period that the text has named: in which sentence, and what it hangs on."""

    sentence: int
    reading: Reading


_COUNTED = frozenset(
    CLASSES[name]
    for name in ("plainunit", "yearunit", "weekunit", "units", "vague", "word", "int", "day")
)


def has(match: re.Match[str], group: str) -> bool:
    """Did the rule's group take part in the match?"""
    return group in match.re.groupindex and match.start(group) >= 0


@dataclass(frozen=True, slots=True)
class Context:
    """A sentence under the grammar: its classes, its day of publication, the days told so far."""

    sentence: Sentence
    lexed: Lexed
    published: dt.date | None
    words: TimeWords
    told: tuple[Told, ...] = field(default=())

    def value(self, match: re.Match[str], group: str) -> Any:
        """The value of the first token of a group, None where the rule or match has no such."""
        return self.lexed.values[match.start(group)] if has(match, group) else None

    def lower(self, i: int) -> str:
        """Token ``i`` in lower case; empty outside the sentence."""
        tokens = self.sentence.tokens
        return tokens[i].lower if 0 <= i < len(tokens) else ""

    def counts(self, i: int) -> bool:
        """Is token ``i`` a number, "few" or a unit of time?"""
        return i < len(self.lexed.classes) and self.lexed.classes[i] in _COUNTED

    def tense(self, i: int) -> Tense | None:
        """Which way the expression at token ``i`` looks."""
        return tense(
            self.sentence, i, prospective=self.words.prospective, scheduled=self.words.scheduled
        )

    def reference(self, *grains: str) -> Reading | None:
        """The last thing told in this or the sentences right before, with one of these grains."""
        for told in reversed(self.told):
            if told.sentence < self.sentence.index - MEMORY:
                return None
            if told.reading.since is not None and told.reading.grain in grains:
                return told.reading
        return None
