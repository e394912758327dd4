"""Rules for years and longer: years, decades, centuries, quarters, halves, and what is none."""

from __future__ import annotations

import re
from itertools import pairwise

from tocsin.model.mention import Anchor
from tocsin.timex import calendar
from tocsin.timex.absolute import interval
from tocsin.timex.nearest import nearest_year
from tocsin.timex.reading import Context, Reading, has
from tocsin.timex.rule import Rule, rule

_YEARS = range(1000, 2200)
_COMMON_YEARS = range(1700, 2101)
_BEFORE_QUARTER = ("in", "the", "for", "during", "since", "by", "of", "its", "their", "our")


def _edge(ctx: Context, match: re.Match[str]) -> str | None:
    edge: str | None = ctx.value(match, "e") or ctx.value(match, "b")
    return edge


def _years(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "2014-2015", "2014-15", or "2018-05" where the second part can only be a month."""
    first, text = ctx.value(match, "y"), ctx.lower(match.start("z"))
    second = int(text)
    tokens = ctx.sentence.tokens[match.start() : match.end()]
    glued = all(a.end == b.start for a, b in pairwise(tokens))
    if len(text) == 4:
        if not (glued or ctx.lower(match.start() - 1) == "from") or second <= first:
            return None
        return interval(_whole_year(first), _whole_year(second))
    if not glued or len(text) != 2 or first not in _COMMON_YEARS:
        return None
    if second > first % 100:
        return interval(_whole_year(first), _whole_year(first // 100 * 100 + second))
    if 1 <= second <= 12:
        return Reading.of(calendar.month(first, second), "text", "M")
    return None


def _year(ctx: Context, match: re.Match[str]) -> Reading | None:
    at = match.start("y")
    year = ctx.value(match, "y")
    if not has(match, "b") and not has(match, "e") and not _is_year(ctx, at, year):
        return None
    if year not in _COMMON_YEARS and ctx.lower(at - 1) not in ("in", "year", "since", "until"):
        return None
    return Reading.of(calendar.year(year), "text", "Y").narrowed(_edge(ctx, match), ctx.published)


def _is_year(ctx: Context, at: int, year: int) -> bool:
    """Is a number of four bare digits a year here, and not a name's or a count's?"""
    tokens = ctx.sentence.tokens
    token = tokens[at]
    before = tokens[at - 1] if at else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    if before is not None:
        glued = before.end == token.start
        if before.lower in ctx.words.designators or before.tag == "$":
            return False
        if glued and (before.lower[-1:].isalnum() or before.lower in ("-", "/", ".", ":")):
            return before.lower == "-" and ctx.lower(at - 2) in (
                "post",
                "pre",
                "mid",
                "early",
                "late",
            )
        if before.lower in ("about", "around", "some", "nearly", "over", "than", "another", "least",
                            "roughly", "almost", "approximately", "to", "these", "those",
                            "all") and year % 10 == 0 and token.dep == "nummod":  # fmt: skip
            return False
    if after is not None:
        if after.start == token.end and (after.lower[:1].isalnum() or after.lower in "%°"):
            return False
        head = tokens[token.head] if token.dep in ("nummod", "compound") else after
        if after.lower in ("%", "percent", "per", "hours", "gmt") or (
            head.i > at and head.i <= at + 3 and head.lemma in ctx.words.counted
        ):
            return False
    return year in _YEARS


def _whole_year(number: int) -> Reading:
    return Reading.of(calendar.year(number), "text", "Y")


def _short_year(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "'82": two digits after an apostrophe."""
    quote, token = ctx.sentence.tokens[match.start()], ctx.sentence.tokens[match.start() + 1]
    if quote.end != token.start or len(token.text) != 2:
        return None
    after = ctx.lower(match.end())
    if after in ("'", "’", "%"):
        return None
    last = int(token.text)
    return Reading.of(calendar.year(last + (2000 if last < 40 else 1900)), "text", "Y")


def _decade(ctx: Context, match: re.Match[str]) -> Reading | None:
    edge, first = ctx.value(match, "x")
    spelled = ctx.lower(match.start("x"))
    if not re.search(r"\d{3}", spelled) and ctx.lower(match.start("x") - 1) not in (
        "the", "'", "’", "‘", "early", "late", "mid", "-"
    ):  # fmt: skip
        return None
    if ctx.lower(match.start() - 1) in ("his", "her", "their", "my", "our"):  # an age
        return None
    reading = Reading.of(calendar.decade(first), "text", "DE")
    return reading.narrowed(edge or _edge(ctx, match), ctx.published)


def _century(ctx: Context, match: re.Match[str]) -> Reading | None:
    number = ctx.value(match, "o")
    if ctx.lower(match.start("u")) != "century" or not 1 <= number <= 30:
        return None
    return Reading.of(calendar.century(number), "text", "CE").narrowed(
        _edge(ctx, match), ctx.published
    )


def _of_year(ctx: Context, match: re.Match[str]) -> tuple[int, Anchor] | None:
    """The year in which a quarter or half lies, and what it hangs on."""
    year = ctx.value(match, "y")
    if year is not None:
        return year, "text"
    if ctx.published is None:
        return None
    shift = {"last": -1, "previous": -1, "next": 1}.get(ctx.value(match, "r") or "", 0)
    return ctx.published.year + shift, "published"


def _quarter(ctx: Context, match: re.Match[str]) -> Reading | None:
    if has(match, "q") and ctx.lower(match.start("q")) != "quarter":
        return None
    number = ctx.value(match, "o") if has(match, "o") else ctx.value(match, "s")
    if not 1 <= number <= 4:
        return None
    if not any(has(match, group) for group in "yrt"):
        spelled = not has(match, "s") and ctx.lower(match.start() + 1) != "-"
        if spelled and ctx.lower(match.start() - 1) not in _BEFORE_QUARTER:
            return None
        if ctx.published is None:
            return Reading(value=f"XXXX-Q{number}", grain="Q")
        period = nearest_year(
            lambda year: calendar.quarter(number, year), ctx.published,
            ctx.tense(match.start()) or "past",
        )  # fmt: skip
        return Reading.of(period, "published", "Q") if period else None
    found = _of_year(ctx, match)
    if found is None:
        return Reading(value=f"XXXX-Q{number}", grain="Q")
    return Reading.of(calendar.quarter(number, found[0]), found[1], "Q")


def _half(ctx: Context, match: re.Match[str]) -> Reading | None:
    number = ctx.value(match, "o")
    if number not in (1, 2):
        return None
    found = _of_year(ctx, match)
    if found is None:
        return Reading(value=f"XXXX-H{number}", grain="Q")
    return Reading.of(calendar.half(number, found[0]), found[1], "Q")


_WHICH_YEAR = "(?: {y:year} | {r:this|last|next|previous} {yearunit} | {t:the} {yearunit} )"

RULES: tuple[Rule, ...] = (
    rule("years", "{y:year} {dash} {z:year|day|int}", _years),
    rule(
        "year",
        "(?: {e:edge} {dash}? {in}? | {more} {in} | {the}? {b:boundary} {of} )?"
        "(?: {the}? {yearunit} )? {y:year}",
        _year,
    ),
    rule("short-year", "{quote} {day|int}", _short_year),
    rule(
        "decade",
        "(?: {e:edge} {dash}? | {the}? {b:boundary} {of} {the} )? {quote}? {x:decade}",
        _decade,
    ),
    rule("century", "(?: {e:edge} {dash}? )? {o:ord} {dash}? {u:plainunit}", _century),
    rule(
        "quarter",
        "(?: {o:ord} {dash}? {q:plainunit} | {s:qtr} ) (?: {of}? " + _WHICH_YEAR + ")?",
        _quarter,
    ),
    rule("half", "{o:ord} {half} {of} " + _WHICH_YEAR, _half),
)
