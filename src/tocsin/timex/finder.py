"""Time expressions of a parsed text: match the rules, let the longest win, join what belongs."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from tocsin.knowledge.quantities import load_number_words
from tocsin.knowledge.timex import Lexeme, TimeWords, load_timex
from tocsin.model.mention import DateMention
from tocsin.model.parse import Parse, Sentence
from tocsin.timex import absolute, calendar, relative, stretches, years
from tocsin.timex.absolute import interval
from tocsin.timex.lexer import Lexed, lex
from tocsin.timex.nearest import month_day, nearest_weekday
from tocsin.timex.reading import Context, Reading, Told
from tocsin.timex.rule import Pieces, Rule

RULES: tuple[Rule, ...] = absolute.RULES + years.RULES + relative.RULES + stretches.RULES
# Names that a weekday, month or year may be a piece of: "the Sunday Times", "Theresa May".
_NAMES = frozenset(("ORG", "PERSON", "WORK_OF_ART", "PRODUCT", "FAC", "GPE", "LOC", "LAW"))

# What may stand between "from" or "to" and a date.
_LEADS = frozenset(("the", "of", "night", "dawn", "morning", "evening", "afternoon"))
_PAPERS = frozenset(("newspaper", "newspapers", "paper", "tabloid", "magazine", "news", "mail"))


@dataclass(frozen=True, slots=True)
class _Item:
    """A reading and the tokens it was read off."""

    first: int
    stop: int
    reading: Reading


def find_dates(parse: Parse, *, published: dt.date | None) -> tuple[DateMention, ...]:
    """Find the time expressions of a text, in order; they do not overlap.

    ``published`` is the day by which relative expressions are resolved. Without it they keep a
    value with X for what is unknown, no days, and the anchor "none"; nothing is guessed.
    """
    words, numbers = load_timex(), load_number_words()
    found: list[DateMention] = []
    told: tuple[Told, ...] = ()
    for sentence in parse.sentences:
        lexed = lex(sentence, words, numbers)
        phrases = _phrases(sentence, words)
        if lexed is None:
            if not phrases:
                continue
            lexed = Lexed("", (None,) * len(sentence.tokens))
        context = Context(sentence, lexed, published, words, told)
        items, told = _read(context, phrases)
        items = _join(context, items)
        items = _settle_clocks(context, items)
        found.extend(_mention(parse, sentence, item) for item in items)
    return tuple(found)


def _phrases(sentence: Sentence, words: TimeWords) -> list[tuple[int, int, Lexeme]]:
    """The fixed expressions of a sentence: (first, stop, lexeme)."""
    texts = [token.text for token in sentence.tokens]
    if not any(text.lower() in words.phrase_heads for text in texts):
        return []
    return [(m.first, m.stop, m.values[0]) for m in words.phrases.longest(texts)]


def _read(
    context: Context, phrases: list[tuple[int, int, Lexeme]]
) -> tuple[list[_Item], tuple[Told, ...]]:
    """Read a sentence from left to right; at each token the longest reading wins."""
    candidates: list[tuple[int, int, int, re.Match[str] | Lexeme]] = [
        (first, -stop, -1, lexeme) for first, stop, lexeme in phrases
    ]
    for order, rule in enumerate(RULES):
        candidates.extend(
            (match.start(), -match.end(), order, match)
            for match in rule.pattern.finditer(context.lexed.classes)
        )
    candidates.sort(key=lambda candidate: candidate[:3])
    items: list[_Item] = []
    built: Reading | Pieces | None
    told = context.told
    done = 0
    for first, negative, order, what in candidates:
        if first < done:
            continue
        stop = -negative
        if isinstance(what, Lexeme):
            built = _fixed(context, first, stop, what)
        else:
            if _in_name(context.sentence, first, stop):
                continue
            try:
                built = RULES[order].build(context, what)
            except (OverflowError, ValueError):  # a day outside the calendar's years 1 to 9999
                continue
        if built is None:
            continue
        pieces = [(first, stop, built)] if isinstance(built, Reading) else built
        for at, end, reading in pieces:
            items.append(_Item(at, end, reading))
            done = max(done, end)
            if reading.kind in ("DATE", "TIME") and reading.since is not None:
                told = (*told[-8:], Told(context.sentence.index, reading))
        context = replace(context, told=told)
    return items, told


def _fixed(context: Context, first: int, stop: int, lexeme: Lexeme) -> Reading | Pieces | None:
    """The reading of a fixed expression."""
    sentence = context.sentence
    if lexeme.name == "set":
        if sentence.tokens[first].tag[:2] not in ("RB", "JJ") or context.lower(stop) in _PAPERS:
            return None
        return Reading(kind="SET", value=lexeme.value)
    if lexeme.name == "duration":
        return Reading(kind="DURATION", value=lexeme.value)
    if lexeme.name == "feast":
        month, day = lexeme.value
        feast = relative.feast(context, first, stop, month, day)
        if feast and feast.anchor == "text":
            return [(first, stop + 1, feast)]
        return feast
    text = " ".join(token.lower for token in sentence.tokens[first:stop])
    if text in context.words.ahead_only and (
        "not" in (context.lower(first - 1), context.lower(first - 2))
        or "n't" in (context.lower(first - 1), context.lower(first - 2))
        or context.lower(stop) in ("after", "before", "afterward", "afterwards", "thereafter", "as")
        or context.lower(first - 1) in ("as", "too", "how")
        or sentence.tokens[first].pos not in ("ADV", "ADP")
        or context.tense(first) == "past"
    ):
        return None
    if text == "now" and (sentence.tokens[first].dep == "mark" or context.lower(stop) == "that"):
        return None
    if text.startswith("in the") and context.counts(stop):  # "in the past decade"
        return None
    return Reading(value=lexeme.value)


def _in_name(sentence: Sentence, first: int, stop: int) -> bool:
    """Is a single word of time a piece of a longer name?"""
    if stop - first > 1:
        return False
    if sentence.tokens[first].text[:1].isdigit() or sentence.tokens[first].text[:1].islower():
        return False
    return any(
        entity.first <= first < entity.stop
        and entity.stop - entity.first > 1
        and entity.label in _NAMES
        for entity in sentence.entities
    )


def _join(context: Context, items: list[_Item]) -> list[_Item]:
    """Join "from A to B", "between A and B" and "A - B" into one interval."""
    joined: list[_Item] = []
    for item in items:
        if joined and (reading := _span(context, joined[-1], item)) is not None:
            joined[-1] = _Item(joined[-1].first, item.stop, reading)
        else:
            joined.append(item)
    return joined


def _span(context: Context, begin: _Item, end: _Item) -> Reading | None:
    a, b = begin.reading, end.reading
    if not (a.kind == b.kind == "DATE" and a.grain and b.grain and "/" not in a.value + b.value):
        return None
    gap = [context.lower(i) for i in range(begin.stop, end.first)]
    while len(gap) > 1 and gap[-1] in _LEADS:  # "to the dawn of June 2"
        gap.pop()
    at = begin.first - 1
    while context.lower(at) in _LEADS:
        at -= 1
    opener = context.lower(at)
    link = gap[0] if len(gap) == 1 else ""
    if not (
        (link in ("to", "until", "till", "through", "-", "–", "—") and opener == "from")
        or (link in ("to", "through", "-", "–") and a.grain == b.grain and a.grain != "Y")
        or (link == "and" and opener == "between")
    ):
        return None
    return interval(_before(a, b), b)


def _before(reading: Reading, end: Reading) -> Reading:
    """The first half of an interval, its open year or week settled by the second half."""
    if end.since is None or end.until is None:
        return reading
    anchor = end.anchor if end.anchor == "text" and reading.partial else "published"
    if reading.partial is not None:
        month, number = reading.partial
        for year in (end.since.year, end.since.year - 1):
            period = month_day(month, number, year)
            if period is not None and period.since <= end.until:
                grain = "M" if number is None else "D"
                return Reading.of(period, "text" if anchor == "text" else "published", grain)
    elif reading.weekday is not None:
        day = nearest_weekday(reading.weekday, end.until, None)
        return Reading.of(calendar.day(day), "published", "D")
    return reading


def _settle_clocks(context: Context, items: list[_Item]) -> list[_Item]:
    """Give each time of day its day: one of the same sentence, else the day of publication."""
    if not any(item.reading.clock for item in items):
        return items
    days = [
        item
        for item in items
        if item.reading.grain == "D" and item.reading.since == item.reading.until
    ]
    settled = []
    for item in items:
        clock = item.reading.clock
        if clock:
            near = min(days, key=lambda other: abs(other.first - item.first), default=None)
            day = context.published
            anchor: str = "published"
            if near is not None:
                day, anchor = near.reading.since, near.reading.anchor
            if day is not None:
                reading = Reading(
                    kind="TIME", value=day.isoformat() + clock, since=day, until=day,
                    anchor="text" if anchor == "text" else "published",
                )  # fmt: skip
                item = _Item(item.first, item.stop, reading)
        settled.append(item)
    return settled


def _mention(parse: Parse, sentence: Sentence, item: _Item) -> DateMention:
    start, end = sentence.offsets(item.first, item.stop)
    inside = range(item.first, item.stop)
    outward = [i for i in inside if sentence.tokens[i].head not in inside]
    roots = outward or [i for i in inside if sentence.tokens[i].head == i] or [item.first]
    reading = item.reading
    return DateMention(
        sentence=sentence.index,
        first=item.first,
        stop=item.stop,
        head=roots[0],
        start=start,
        end=end,
        text=parse.text[start:end],
        kind=reading.kind,
        value=reading.value,
        since=reading.since,
        until=reading.until,
        anchor=reading.anchor,
    )
