"""Rules for dates seen from somewhere: weekdays, "today", "last week", "two years ago"."""

from __future__ import annotations

import datetime as dt
import re

from tocsin.timex import calendar
from tocsin.timex.nearest import nearest_weekday, nearest_year, related_weekday
from tocsin.timex.reading import Context, Reading, has
from tocsin.timex.rule import Pieces, Rule, rule

_BACK = ("last", "past", "previous")
_AHEAD = ("next", "coming", "following")
_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "F": "XXXX-WXX", "WE": "XXXX-WXX-WE",
            "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX", "DE": "XXX", "CE": "XX"}  # fmt: skip

# From which told expressions a unit may be counted: "two days later" needs a day, "two years
# later" is content with a year.
_FINE_ENOUGH = {
    "W": ("D", "W"), "F": ("D", "W"), "WE": ("D", "W"), "M": ("D", "W", "M"), "Q": ("D", "M", "Q"),
    "Y": ("D", "W", "M", "Q", "Y"), "DE": ("D", "W", "M", "Q", "Y", "DE"),
    "CE": ("D", "M", "Y", "DE", "CE"),
}  # fmt: skip

_BOUNDS = frozenset(("end", "finish", "close", "start", "begin", "open"))


def unknown(unit: str) -> Reading:
    """A unit of which nothing says where it lies."""
    return Reading(value=_UNKNOWN.get(unit, "XXXX-XX-XX"), grain=unit)


def unit_at(day: dt.date, unit: str, count: int, anchor: str) -> Reading | None:
    """The calendar unit ``count`` units away from the one that holds ``day``."""
    try:
        period = calendar.containing(calendar.shifted(day, unit, count), unit)
    except (OverflowError, ValueError):
        return None
    grain = "W" if unit == "F" else unit
    return Reading.of(period, "text" if anchor == "text" else "published", grain)


def _edge(ctx: Context, match: re.Match[str]) -> str | None:
    edge: str | None = ctx.value(match, "e") or ctx.value(match, "b") or ctx.value(match, "l")
    return edge


def _weekday(ctx: Context, match: re.Match[str]) -> Reading | None:
    at = match.start("w")
    weekday: int = ctx.value(match, "w")
    part = ctx.value(match, "p")
    relation = ctx.value(match, "r") or ""
    if ctx.published is None:
        return Reading(value=f"XXXX-WXX-{weekday + 1}", grain="D", weekday=weekday).at(part)
    way = ctx.tense(at)
    if ctx.lower(match.start() - 1) in ("by", "until", "till") and way != "past":
        way = "future"
    if relation in ("that", "same"):
        told = ctx.reference("D", "W")
        near = told.since if told and told.since else ctx.published
        found = nearest_weekday(weekday, near, None)
    elif relation:
        found = related_weekday(weekday, relation, ctx.published, way)
    else:
        found = nearest_weekday(weekday, ctx.published, way)
    return Reading.of(calendar.day(found), "published", "D", weekday=weekday).at(part)


def _weekday_of_week(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "Monday last week", "Friday of next week", "last week on Monday"."""
    weekday: int = ctx.value(match, "w")
    part = ctx.value(match, "p")
    if ctx.published is None:
        return Reading(value=f"XXXX-WXX-{weekday + 1}", grain="D", weekday=weekday).at(part)
    shift = {"last": -7, "next": 7}.get(ctx.value(match, "r"), 0)
    day = ctx.published + dt.timedelta(days=shift - ctx.published.weekday() + weekday)
    return Reading.of(calendar.day(day), "published", "D").at(part)


def _deictic(ctx: Context, match: re.Match[str]) -> Reading | None:
    days, part = ctx.value(match, "t")
    token = ctx.sentence.tokens[match.start("t")]
    before = ctx.sentence.tokens[match.start("t") - 1] if match.start("t") else None
    if token.text[0].isupper() and before and before.tag.startswith("NNP"):  # "Russia Today"
        return None
    part = ctx.value(match, "p") or part
    if has(match, "x"):
        days += -1 if ctx.lower(match.start("x")) == "before" else 1
    if ctx.published is None:
        return Reading(value="XXXX-XX-XX", grain="D").at(part)
    day = calendar.shifted(ctx.published, "D", days)
    return Reading.of(calendar.day(day), "published", "D").at(part)


def _day_part(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "This morning", "last night", "that evening"."""
    relation, part = ctx.value(match, "r"), ctx.value(match, "p")
    if relation in ("that", "same"):
        told = ctx.reference("D")
        if told is None:
            return Reading(value="XXXX-XX-XX", grain="D").at(part)
        return Reading(
            value=told.value[:10], since=told.since, until=told.since, anchor=told.anchor, grain="D"
        ).at(part)
    if relation == "past":
        return None
    if ctx.published is None:
        return Reading(value="XXXX-XX-XX", grain="D").at(part)
    days = {"last": -1, "previous": -1, "next": 1, "following": 1}.get(relation, 0)
    day = calendar.shifted(ctx.published, "D", days)
    return Reading.of(calendar.day(day), "published", "D").at(part)


def _unit(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "Last week", "late next year", "the same day", "the past decade"."""
    relation, unit = ctx.value(match, "r"), ctx.value(match, "u")
    edge = _edge(ctx, match)
    definite = ctx.lower(match.start("r") - 1) == "the"
    if unit.startswith("T") or relation in ("recent",):
        return None
    tokens = ctx.sentence.tokens
    if match.start() and all(
        tokens[match.start(group)].text[0].isupper() for group in "ru"
    ):  # a programme: "This Week"
        return None
    if relation == "that" and ctx.sentence.tokens[match.start("r")].tag in ("IN", "WDT"):
        return None
    if relation == "past" or (relation == "last" and definite and unit not in ("D", "CE")):
        return stretch(ctx, "last", 1, unit)
    if relation in ("same", "that", "following", "previous") or (
        relation == "next" and (definite or unit == "D")
    ):
        return _from_told(ctx, match, relation, unit)
    if unit == "D" and relation == "this":
        return None
    if ctx.published is None:
        return unknown(unit)
    count = -1 if relation in _BACK else 1 if relation in _AHEAD else 0
    if unit == "W" and count < 0 and ctx.published.isoweekday() == 7:
        count = 0  # on a Sunday "last week" is the one that ends
    reading = unit_at(ctx.published, unit, count, "published")
    return reading.narrowed(edge, ctx.published) if reading else None


def _from_told(ctx: Context, match: re.Match[str], relation: str, unit: str) -> Reading | None:
    """The unit seen from the last day told: "that year", "the following day"."""
    count = -1 if relation in _BACK else 1 if relation in _AHEAD else 0
    told = ctx.reference(*_FINE_ENOUGH.get(unit, ("D",)))
    if told is None or told.since is None:
        if ctx.published is not None and unit != "D" and _from_now(ctx, match, relation):
            return unit_at(ctx.published, unit, count, "published")
        return unknown(unit)
    return unit_at(told.since, unit, count, told.anchor)


def _from_now(ctx: Context, match: re.Match[str], relation: str) -> bool:
    """May the unit be counted from now where no day is told: "will last the next month"?"""
    if relation == "next":
        return ctx.tense(match.start("u")) != "past"
    return relation == "previous"


def _season(ctx: Context, match: re.Match[str]) -> Reading | None:
    code, first = ctx.value(match, "s")
    edge, relation, year = _edge(ctx, match), ctx.value(match, "r"), ctx.value(match, "y")
    at = match.start("s")
    if _named(ctx, at):
        return None
    if year is not None:
        return Reading.of(calendar.season(code, first, year), "text", "S").narrowed(edge, None)
    if relation is None and edge is None:
        before = ctx.lower(match.start() - 1)
        if before not in ("in", "since", "by", "until", "during", "of", "for", "before", "after"):
            return None
        if match.start() == at and before in ("of", "for", "after", "before", "by"):
            return None
        if ctx.lower(match.end()) == "of" or (
            ctx.sentence.tokens[at].lower == "fall"
            and (
                match.start() == at - 1
                and before in ("of", "for", "after", "since", "before", "by")
            )
        ):
            return None
    if ctx.published is None:
        return Reading(value=f"XXXX-{code}", grain="S")
    way = {"last": "past", "past": "past", "next": "future", "coming": "future"}.get(
        relation or "", ctx.tense(at) or "past"
    )
    year_now = ctx.published.year
    if relation == "this":
        return Reading.of(calendar.season(code, first, year_now), "published", "S").narrowed(
            edge, ctx.published
        )
    span = [calendar.season(code, first, year) for year in range(year_now - 2, year_now + 3)]
    if way == "future":
        period = next((p for p in span if p.since > ctx.published), None)
    elif relation == "last":
        period = next((p for p in reversed(span) if p.until < ctx.published), None)
    else:
        period = next((p for p in reversed(span) if p.since <= ctx.published), None)
    return Reading.of(period, "published", "S").narrowed(edge, ctx.published) if period else None


def _weekend(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "Over the weekend": the last one, or the next where the verb looks ahead."""
    if ctx.value(match, "u") != "WE":
        return None
    if ctx.lower(match.start() - 1) not in ("over", "at", "on", "during", "this", "through"):
        return None
    if ctx.published is None:
        return unknown("WE")
    ahead = ctx.tense(match.start("u")) == "future" or ctx.published.weekday() >= 5
    return unit_at(ctx.published, "WE", 0 if ahead else -1, "published")


def _the_day(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "Ended the day", "for the day": the day told last, else that of publication."""
    before = ctx.sentence.tokens[match.start() - 1] if match.start() else None
    if before is None or not (before.lower == "for" or before.lemma in _BOUNDS):
        return None
    if ctx.lower(match.start("u")) != "day" or ctx.lower(match.end()) in ("when", "that", "of"):
        return None
    told = ctx.reference("D")
    if told is not None and told.since is not None:
        return unit_at(told.since, "D", 0, told.anchor)
    return unit_at(ctx.published, "D", 0, "published") if ctx.published else unknown("D")


def _named(ctx: Context, at: int) -> bool:
    """Is a season a piece of a name: "Arab Spring", "Winter Olympics"?"""
    tokens = ctx.sentence.tokens
    beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
    return tokens[at].text[0].isupper() and any(
        t.tag.startswith("NNP") and t.text[0].isupper() for t in beside
    )


def _in_the_unit(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "Earlier in the day", "the end of the year", "the rest of the week"."""
    unit = ctx.value(match, "u")
    if unit.startswith("T"):
        return None
    if unit == "D" and ctx.lower(match.start() - 1) == "at":  # "at the end of the day": after all
        return None
    told = ctx.reference("D") if unit == "D" else None
    if told is not None and told.since is not None:
        return unit_at(told.since, unit, 0, told.anchor)
    if ctx.published is None:
        return unknown(unit)
    reading = unit_at(ctx.published, unit, 0, "published")
    return (
        reading.narrowed(_edge(ctx, match), ctx.published) if reading and unit != "D" else reading
    )


def count_of(ctx: Context, match: re.Match[str]) -> float | None:
    """The number before a unit; 1 for "a", None for "several" and for a bare plural."""
    if has(match, "n"):
        value: float = ctx.value(match, "n")
        return value + 0.5 if has(match, "h") else value
    if has(match, "v"):
        return None
    if has(match, "h"):
        return 0.5
    return 1.0 if has(match, "a") else None


def duration_value(count: float | None, unit: str) -> str:
    """The ISO 8601 value of a stretch: ``P2Y``, ``PT3H``, ``PXD`` for several days."""
    clock = "T" if unit.startswith("T") else ""
    letter = unit.removeprefix("T") if clock else unit
    if count is None:
        return f"P{clock}X{'W' if letter == 'F' else letter}"
    times, letter = {"DE": (10, "Y"), "CE": (100, "Y"), "F": (2, "W")}.get(letter, (1, letter))
    return f"P{clock}{count * times:g}{letter}" if count * times < 1e6 else f"P{clock}X{letter}"


def stretch(ctx: Context, way: str, count: float | None, unit: str) -> Reading:
    """A stretch that ends or begins now: "the past two years", "the next 30 days"."""
    reading = Reading(kind="DURATION", value=duration_value(count, unit))
    if ctx.published is None or count is None or count != int(count) or unit.startswith("T"):
        return reading
    sign = -1 if way == "last" else 1
    try:
        other = calendar.shifted(ctx.published, unit, sign * int(count))
    except (OverflowError, ValueError):
        return reading
    since, until = sorted((ctx.published, other))
    return Reading(
        kind="DURATION", value=reading.value, since=since, until=until, anchor="published"
    )


def _units(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "The past two years", "next 30 days", "recent weeks", "the coming months"."""
    relation, unit = ctx.value(match, "r"), ctx.value(match, "u")
    counted = has(match, "n") or has(match, "v")
    if not counted:
        if relation in ("next", "this", "same", "that", "following"):
            return None
        if relation in ("recent", "last", "past", "previous"):
            return Reading(value="PAST_REF")
        return Reading(value="FUTURE_REF")
    if relation in ("recent", "this", "same", "that"):
        return None
    return stretch(ctx, "last" if relation in _BACK else "next", count_of(ctx, match), unit)


def _away(ctx: Context, match: re.Match[str]) -> Reading | Pieces | None:
    """ "Two days ago", "three weeks later", "a year earlier", "a day before"."""
    unit = ctx.value(match, "u")
    count = count_of(ctx, match)
    word = ctx.lower(match.start("x"))
    plural = ctx.lower(match.start("u")).endswith("s")
    if count is None and not has(match, "v") and not plural:
        return None
    stop = match.start("x")
    alone = Reading(kind="DURATION", value=duration_value(count, unit))
    if word in ("before", "after"):
        following = ctx.lower(match.end())
        if following and following.isalnum():
            return [(match.start(), stop, alone)] if unit != "TS" else None
    if count is None or count != int(count):
        value = "PAST_REF" if word in ("ago", "earlier", "before") else "FUTURE_REF"
        return Reading(value=value) if word == "ago" else [(match.start(), stop, alone)]
    way = -1 if word in ("ago", "earlier", "before") else 1
    if word == "ago":
        base, anchor = ctx.published, "published"
    else:
        told = ctx.reference(*_FINE_ENOUGH.get(unit, ("D",)))
        base, anchor = (told.since, told.anchor) if told else (None, "none")
    if unit.startswith("T"):
        if word != "ago" or base is None:
            return [(match.start(), stop, alone)]
        return Reading.of(calendar.day(base), "published", "")
    if base is None:
        return unknown(unit)
    times, unit = {"DE": (10, "Y"), "CE": (100, "Y")}.get(unit, (1, unit))
    return unit_at(base, unit, way * times * int(count), anchor)


def _ahead(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "Two years from now"."""
    count = count_of(ctx, match)
    if count is None or ctx.lower(match.end()) != "now":
        return None
    if ctx.published is None:
        return unknown(ctx.value(match, "u"))
    return unit_at(ctx.published, ctx.value(match, "u"), int(count), "published")


def feast(ctx: Context, at: int, stop: int, month: int, day: int) -> Reading | None:
    """A feast with a fixed day, its year the number that follows or the tense's."""
    following = ctx.lower(stop)
    if len(following) == 4 and following.isdigit():
        return Reading.of(calendar.day(dt.date(int(following), month, day)), "text", "D")
    if ctx.published is None:
        return Reading(value=f"XXXX-{month:02d}-{day:02d}", grain="D", partial=(month, day))
    period = nearest_year(
        lambda year: calendar.day(dt.date(year, month, day)), ctx.published,
        way if (way := ctx.tense(at)) != "present" else None,
    )  # fmt: skip
    return Reading.of(period, "published", "D") if period else None


QUANTITY = (
    "(?: (?: {day|int|word} {or|to|dash} )? {n:num} (?: {and} {a} {h:half} )?"
    "| {a}? {v:vague} {of}? | {a:a} )"
)
_EDGE = "(?: {e:edge} {in}? | {l:more} {in}? | {the}? {b:boundary} {of} )"
_RELATION = "{r:last|next|this|past|previous|following|coming|same|that}"

RULES: tuple[Rule, ...] = (
    rule("weekday", "(?:" + _RELATION + "| {edge} {in|on}? | {more} {on}? )?"
         "{w:weekday} {p:daypart}?", _weekday),
    rule("weekday-of-week", "{w:weekday} {p:daypart}? {of|comma}? {r:last|next|this} {weekunit}",
         _weekday_of_week),
    rule("weekday-of-week", "{r:last|next|this} {weekunit} {on} {w:weekday} {p:daypart}?",
         _weekday_of_week),
    rule("deictic", "(?: {edge} {in}? | {more} {in}? | {the}? {boundary} {of} )? {t:deictic} "
         "{p:daypart}?", _deictic),
    rule("deictic", "{the}? {plainunit} {x:before|after} {t:deictic}", _deictic),
    rule("day-part", "{r:this|that|last|next|same|previous|following} {p:daypart}", _day_part),
    rule("unit", _EDGE + "? {the}? " + _RELATION + "{filler}? {u:unit}", _unit),
    rule("in-unit", "(?: {l:more} {in} | {e:edge} {in} | {the}? {b:boundary} {of} ) {the} {u:unit}",
         _in_the_unit),
    rule("year-end", "{u:yearunit} {dash} {b:boundary}", _in_the_unit),
    rule("weekend", "{the} {u:plainunit}", _weekend),
    rule("the-day", "{the} {u:plainunit}", _the_day),
    rule("season", "(?:" + _EDGE + "| {the} | {r:last|next|this|past|coming} )? {s:season} "
         "(?: {of}? {y:year} )?", _season),
    rule("units", "{the}? {r:last|past|previous|next|coming|following|recent} "
         "(?: {n:num} | {a}? {v:vague} {of}? )? {consecutive|more|filler}? {u:anyunit}", _units),
    rule("away", QUANTITY + "? {filler}? {u:anyunit} {x:ago|more|before|after}", _away),
    rule("ahead", QUANTITY + "{u:anyunit} {from}", _ahead),
)  # fmt: skip
