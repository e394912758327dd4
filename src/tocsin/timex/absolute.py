"""Rules for dates by the calendar: days and months, with or without a year, and ranges."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from tocsin.timex import calendar
from tocsin.timex.calendar import Period
from tocsin.timex.nearest import month_day, nearest_year
from tocsin.timex.reading import Context, Reading, has
from tocsin.timex.rule import Pieces, Rule, rule

_MODIFIED = ("last", "past", "previous")


def dated(
    ctx: Context,
    at: int,
    month: int,
    day: int | None,
    year: int | None,
    relation: str | None = None,
) -> Reading | None:
    """A day of a month (or a month): its year told, related to now, or left to the tense."""
    grain = "M" if day is None else "D"
    if year is not None:
        period = month_day(month, day, year)
        return Reading.of(period, "text", grain) if period else None
    if month_day(month, day, 2024) is None:
        return None
    if ctx.published is None:
        rest = f"{month:02d}" if day is None else f"{month:02d}-{day:02d}"
        return Reading(value=f"XXXX-{rest}", grain=grain, partial=(month, day))
    if relation is not None:
        shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(relation, 0)
        period = month_day(month, day, ctx.published.year + shift)
        return Reading.of(period, "published", grain) if period else None
    way = None if _attributive(ctx, at) else ctx.tense(at)
    if way != "future" and ctx.lower(at - 1) in ("by", "until", "till"):
        way = "future" if way != "past" or day is None else None
    elif way in (None, "present"):
        way = "past" if day is None else None
    period = nearest_year(
        lambda year: month_day(month, day, year), ctx.published, way, slack=1 if day else 0
    )
    if period is None:
        return None
    return Reading.of(period, "published", grain, partial=(month, day))


def _attributive(ctx: Context, at: int) -> bool:
    """Does the date stand before a noun ("the July 25 call"), so that no verb dates it?"""
    tokens = ctx.sentence.tokens
    token = tokens[at]
    for near in (token, *tokens[at + 1 : at + 2]):
        head = tokens[near.head]
        if (
            head.i > at + 1
            and head.pos in ("NOUN", "PROPN")
            and near.dep in ("compound", "nmod", "nummod", "amod", "poss", "npadvmod")
        ):
            return True
    return False


def _day_number(ctx: Context, match: re.Match[str], group: str = "d") -> int | None:
    value = ctx.value(match, group)
    return value if isinstance(value, int) and 1 <= value <= 31 else None


def _counted(ctx: Context, match: re.Match[str]) -> bool:
    """Does the day's number count something after it ("in May 28 people died")?"""
    at = match.end("d")
    tokens = ctx.sentence.tokens
    if match.end() != at or at >= len(tokens) or match.start("d") != at - 1:
        return False
    number = tokens[at - 1]
    return (
        number.dep == "nummod" and number.head >= at and tokens[number.head].tag in ("NNS", "NNPS")
    ) or tokens[at].lower in ("%", "percent", "per")


def _day(ctx: Context, match: re.Match[str]) -> Reading | Pieces | None:
    month, day = ctx.value(match, "m"), _day_number(ctx, match)
    if day is None:
        return None
    if _counted(ctx, match):
        at = match.start("m")
        reading = dated(ctx, at, month, None, None)
        return [(at, at + 1, reading)] if reading else None
    year = ctx.value(match, "y")
    return dated(ctx, match.start("m"), month, day, year, ctx.value(match, "r"))


def _day_month(ctx: Context, match: re.Match[str]) -> Reading | Pieces | None:
    spelled = not ctx.lower(match.start("d"))[:1].isdigit()
    if spelled and not has(match, "o"):
        return None
    day = _day_number(ctx, match)
    if day is None:
        return None
    year = ctx.value(match, "y")
    return dated(ctx, match.start("m"), ctx.value(match, "m"), day, year, ctx.value(match, "r"))


def _days(ctx: Context, match: re.Match[str]) -> Pieces | Reading | None:
    """ "May 3-5", "May 3 and 5", "3 to 5 May 2018"."""
    month, first, last = (
        ctx.value(match, "m"),
        _day_number(ctx, match),
        _day_number(ctx, match, "e"),
    )
    if first is None or last is None:
        return None
    year = ctx.value(match, "y")
    begin = dated(ctx, match.start("m"), month, first, year, ctx.value(match, "r"))
    end = dated(ctx, match.start("m"), month, last, year, ctx.value(match, "r"))
    if begin is None or end is None:
        return None
    link = ctx.lower(match.start("k"))
    at = match.start()
    joined = link != "and" or ctx.lower(at - 1) == "between"
    if joined:
        return interval(begin, end) if first < last else None
    cut = match.start("k")
    return [(at, cut, begin), (cut + 1, match.end(), end)]


def interval(begin: Reading, end: Reading) -> Reading | None:
    """From the first day of one reading to the last of the other; None where that runs back."""
    value = f"{begin.value}/{end.value}"
    if begin.since is None or end.until is None:
        return Reading(value=value, grain=end.grain)
    if end.until < begin.since:
        return None
    return Reading(
        value=value, since=begin.since, until=end.until, grain=end.grain,
        anchor="text" if begin.anchor == end.anchor == "text" else "published",
    )  # fmt: skip


def _edge(ctx: Context, match: re.Match[str]) -> str | None:
    edge: str | None = ctx.value(match, "e") or ctx.value(match, "b")
    return edge


def _month(ctx: Context, match: re.Match[str]) -> Reading | None:
    at = match.start("m")
    month, year, relation = ctx.value(match, "m"), ctx.value(match, "y"), ctx.value(match, "r")
    if match.end() == match.start() + 1 and not _bare_month(ctx, at):
        return None
    if relation is not None and not has(match, "u"):
        if ctx.lower(match.end()).isdigit():  # "his previous Oct. 3 testimony"
            return None
        return _related_month(ctx, at, month, relation)
    reading = dated(ctx, at, month, None, year, relation)
    return reading.narrowed(_edge(ctx, match), ctx.published) if reading else None


def _related_month(ctx: Context, at: int, month: int, relation: str) -> Reading | None:
    """ "Last May" is over and "next May" has not begun; "this May" is this year's."""
    if ctx.published is None:
        return Reading(value=f"XXXX-{month:02d}", grain="M")
    year = ctx.published.year
    if relation in _MODIFIED and month >= ctx.published.month:
        year -= 1
    elif relation in ("next", "coming", "following") and month <= ctx.published.month:
        year += 1
    elif relation in ("same", "that"):
        told = ctx.reference("D", "W", "M", "Y")
        if told is None or told.since is None:
            return dated(ctx, at, month, None, None)
        year = told.since.year
    return Reading.of(calendar.month(year, month), "published", "M")


def _bare_month(ctx: Context, at: int) -> bool:
    """Is a month's name alone a month here, and not a person's name or a verb?"""
    token = ctx.sentence.tokens[at]
    before = ctx.lower(at - 1)
    if before in ("in", "since", "by", "until", "till", "during", "from", "between", "before",
                  "after", "through", "throughout", "every", "each", "early", "late"):  # fmt: skip
        return True
    if token.lower not in ctx.words.doubtful_months:
        return True
    label = next((e.label for e in ctx.sentence.entities if e.first <= at < e.stop), None)
    return label == "DATE" and not token.dep.startswith("nsubj")


def _iso(ctx: Context, match: re.Match[str]) -> Reading | None:
    tokens = ctx.sentence.tokens[match.start() : match.end()]
    if any(a.end != b.start for a, b in pairwise(tokens)):
        return None
    return _from_numbers(
        ctx.value(match, "y"), int(ctx.value(match, "m")), int(ctx.value(match, "d"))
    )


def _from_numbers(year: int, month: int, day: int) -> Reading | None:
    if not 1 <= month <= 12:
        return None
    period = month_day(month, day, year)
    return Reading.of(period, "text", "D") if period else None


def _dateform(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "2018/05/01", "16.06.2020", "6/16/2020": month first with slashes, where both could be."""
    first, second, third = ctx.value(match, "f")
    if len(first) == 4:
        return _from_numbers(int(first), int(second), int(third))
    if len(third) == 4:
        year = int(third)
    elif len(third) == 2 and "/" in ctx.lower(match.start()):
        year = 2000 + int(third) if int(third) < 50 else 1900 + int(third)
    else:
        return None
    day, month = int(first), int(second)
    if "/" in ctx.lower(match.start()) and int(first) <= 12:
        day, month = month, day
    return _from_numbers(year, month, day)


def _juche(ctx: Context, match: re.Match[str]) -> Reading | None:
    """North Korea's calendar, which prints the common year behind: "July Juche 107 (2018)"."""
    if not has(match, "m"):
        return Reading.of(calendar.year(ctx.value(match, "y")), "text", "Y")
    day = _day_number(ctx, match) if has(match, "d") else None
    return dated(ctx, match.start("m"), ctx.value(match, "m"), day, ctx.value(match, "y"))


def _week_of_month(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "The first week of June": days 1 to 7, and so on; the value stays the month's."""
    if ctx.lower(match.start("u")) not in ("week", "days", "weeks", "weekend"):
        return None
    reading = dated(ctx, match.start("m"), ctx.value(match, "m"), None, ctx.value(match, "y"))
    if reading is None or reading.since is None or reading.until is None:
        return reading
    number = ctx.value(match, "o")
    weeks = ctx.lower(match.start("u")) == "week" and number != "last" and 1 <= number <= 4
    if not weeks:
        return reading.narrowed("end" if number == "last" else "start", ctx.published)
    since = reading.since + dt.timedelta(days=7 * (number - 1))
    part = Period(reading.value, since, min(since + dt.timedelta(days=6), reading.until))
    return Reading.of(part, reading.anchor, "M")


_YEAR_TAIL = "(?: {comma}? {y:year} | {comma}? {of}? {r:this|last|next} {u:yearunit} )"
_EDGE = "(?: {e:edge} {dash|in}? | {the}? {b:boundary} {of} )"
_RELATION = "{r:last|next|this|past|previous|coming|following|same|that}"

RULES: tuple[Rule, ...] = (
    rule("iso", "{y:year} {dash} {m:day|int} {dash} {d:day|int}", _iso),
    rule("numeric", "{f:dateform}", _dateform),
    rule(
        "month-day",
        "(?: {weekday} {comma}? {the}? )? {m:month} {the}? {d:day|ord}" + _YEAR_TAIL + "?",
        _day,
    ),
    rule(
        "day-month",
        "(?: {weekday} {comma}? )? {the}? {d:day|ord} {o:of}? {m:month}" + _YEAR_TAIL + "?",
        _day_month,
    ),
    rule(
        "month-days",
        "{m:month} {d:day|ord} {k:dash|to|through|until|and} {e:day|ord}" + _YEAR_TAIL + "?",
        _days,
    ),
    rule(
        "days-month",
        "{d:day|ord} {k:dash|to|through|until|and} {e:day|ord} {of}? {m:month}" + _YEAR_TAIL + "?",
        _days,
    ),
    rule("month", _EDGE + "? {m:month} " + _YEAR_TAIL, _month),
    rule("month", "(?:" + _EDGE + "|" + _RELATION + ")? {m:month}", _month),
    rule(
        "juche",
        "(?: {m:month} {d:day}? {comma}? )? {juche} {num} {open} {y:year} {shut}",
        _juche,
    ),
    rule(
        "week-of-month",
        "{the}? {o:ord|last} {u:weekunit|units|plainunit} (?: {of} | {in} ) {m:month}"
        "(?: {comma}? {y:year} )?",
        _week_of_month,
    ),
)
