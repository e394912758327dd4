"""Rules for dates by the calendar: days, months, years, decades, quarters, and ranges of them."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise

from tocsin.model.mention import Anchor
from tocsin.timex import calendar
from tocsin.timex.calendar import Period
from tocsin.timex.nearest import month_day, nearest_year
from tocsin.timex.reading import Context, Reading, has
from tocsin.timex.rule import Pieces, Rule, rule

_YEARS = range(1000, 2200)
_COMMON_YEARS = range(1700, 2101)
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
    way = ctx.tense(at)
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
    elif relation == "same":
        return dated(ctx, at, month, None, None)
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
    reading = Reading.of(calendar.decade(first), "text", "DE") if first % 100 else None
    if first % 100 == 0:  # "the 1900s", "the 2000s": the century's first ten years
        reading = Reading.of(calendar.decade(first), "text", "DE")
    return reading.narrowed(edge or _edge(ctx, match), ctx.published) if reading else None


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
        if not has(match, "s") and ctx.lower(match.start() - 1) not in (
            "in", "the", "for", "during", "since", "by", "of"
        ):  # fmt: skip
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
_EDGE = "(?: {e:edge} {dash}? | {the}? {b:boundary} {of} )"
_RELATION = "{r:last|next|this|past|previous|coming|following|same}"
_WHICH_YEAR = "(?: {y:year} | {r:this|last|next|previous} {yearunit} | {t:the} {yearunit} )"

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
        "quarter", "(?: {o:ord} {q:plainunit} | {s:qtr} ) (?: {of}? " + _WHICH_YEAR + ")?", _quarter
    ),
    rule("half", "{o:ord} {half} {of} " + _WHICH_YEAR, _half),
    rule(
        "week-of-month",
        "{o:ord|last} {u:weekunit|units|plainunit} (?: {of} | {in} ) {m:month}"
        "(?: {comma}? {y:year} )?",
        _week_of_month,
    ),
)
