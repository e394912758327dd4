"""Rules for durations, sets and times of the day."""

from __future__ import annotations

import re

from tocsin.timex.reading import Context, Reading, has
from tocsin.timex.relative import QUANTITY, count_of, duration_value
from tocsin.timex.rule import Pieces, Rule, rule

_BEFORE_BARE_PLURAL = ("for", "in", "within", "after", "over", "through", "of", "than", "many")
_BEFORE_ONE = ("for", "in", "within", "than", "over", "nearly", "almost", "about", "after", "half",
               "under", "around", "least", "roughly", "just", "only", "another", "took",
               "lasted", "spent", "as", "up", "to")  # fmt: skip
_SPENDING = frozenset(("spend", "take", "last", "wait", "need"))
_CLOCK_WORDS = ("at", "by", "before", "after", "around", "about", "since", "until", "till", "from",
                "between", "to", "(", "than")  # fmt: skip


def _duration(ctx: Context, match: re.Match[str]) -> Reading | Pieces | None:
    unit = ctx.value(match, "u")
    count = count_of(ctx, match)
    first = match.start()
    before = ctx.lower(first - 1)
    if unit == "Q" and (count is None or count < 1 or ctx.lower(match.end()) == "of"):
        return None
    if has(match, "n"):
        name = ctx.lower(match.start("n"))
        if before in ctx.words.designators or before in ("$", "£", "€", "age", "aged"):
            return None
        if name == "one" and ctx.lower(first - 1) in ("this", "that", "which", "the"):
            return None
        if name == "one" and unit == "D" and ctx.lower(match.end()) in ("in", "last", "next", ","):
            return None  # "one day in July": some day
    elif not has(match, "v"):
        return _one(ctx, match, unit, before)
    return Reading(kind="DURATION", value=duration_value(count, unit))


def _one(ctx: Context, match: re.Match[str], unit: str, before: str) -> Reading | None:
    """ "A week": a stretch after "for", "within", "than"; a rate in "two attacks a week"."""
    if has(match, "h"):
        return Reading(kind="DURATION", value=duration_value(0.5, unit))
    if unit == "TS" or ctx.lower(match.start("u")) == "night":
        return None
    if before in _BEFORE_ONE or (ctx.lower(match.end()) == "of" and before != "day"):
        return Reading(kind="DURATION", value=duration_value(1, unit))
    token = ctx.sentence.tokens[match.start("u")]
    if token.dep == "npadvmod" and match.start() > 0:
        head = ctx.sentence.tokens[token.head]
        if head.pos in ("NOUN", "NUM", "ADV", "SYM") or before in ("times", "once", "twice"):
            return Reading(kind="SET", value=duration_value(1, unit))
    return None


def _bare_plural(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "For decades", "in months", "years of talks"."""
    unit = ctx.value(match, "u")
    if unit in ("Q", "TS"):
        return None
    before, after = ctx.lower(match.start() - 1), ctx.lower(match.end())
    head = ctx.sentence.tokens[ctx.sentence.tokens[match.start()].head]
    if head.lemma in _SPENDING or ctx.lower(match.start() - 2) in ("matter", "span"):
        return Reading(kind="DURATION", value=duration_value(None, unit))
    if before not in _BEFORE_BARE_PLURAL and after not in ("of", "after", "before"):
        return None
    if before in ("of", "many") and after != "of":
        return None
    return Reading(kind="DURATION", value=duration_value(None, unit))


def _compound(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "27-year", "25-year-old", "decade-long"."""
    unit = ctx.value(match, "u")
    if has(match, "n"):
        before = ctx.lower(match.start() - 1)
        if before == "-" and not ctx.lower(match.start() - 2).isalpha():
            return None
        return Reading(kind="DURATION", value=duration_value(count_of(ctx, match), unit))
    count = None if ctx.lower(match.start("u")).endswith("s") else 0.5 if has(match, "h") else 1.0
    return Reading(kind="DURATION", value=duration_value(count, unit))


def _every(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "Every year", "each Monday", "every two weeks", "per day"."""
    if has(match, "w"):
        return Reading(kind="SET", value=f"XXXX-WXX-{ctx.value(match, 'w') + 1}")
    if has(match, "p"):
        return Reading(kind="SET", value=f"XXXX-XX-XX{ctx.value(match, 'p')}")
    if has(match, "m"):
        return Reading(kind="SET", value=f"XXXX-{ctx.value(match, 'm'):02d}")
    if ctx.lower(match.start()) == "each" and ctx.lower(match.end()) == "of":
        return None
    count = count_of(ctx, match) if has(match, "n") else 1.0
    return Reading(kind="SET", value=duration_value(count, ctx.value(match, "u")))


def _repeated(ctx: Context, match: re.Match[str]) -> Reading:
    """ "On Fridays"."""
    return Reading(kind="SET", value=f"XXXX-WXX-{ctx.value(match, 'w') + 1}")


def _clock(ctx: Context, match: re.Match[str]) -> Reading | None:
    suffix = ctx.lower(match.start("a")) if has(match, "a") else ""
    if has(match, "c"):
        hour, minute = ctx.value(match, "c")
        if not suffix and not has(match, "z") and not has(match, "x"):
            if ctx.lower(match.start() - 1) not in _CLOCK_WORDS:
                return None
            after = ctx.lower(match.end())
            if after in ("-", "victory", "win", "loss", "lead", "ratio"):
                return None
    else:
        if not suffix:
            return None
        number: float = ctx.value(match, "h")
        hour, minute = int(number), round(number % 1 * 100)
    if minute > 59 or hour > 24:
        return None
    if suffix.startswith("p") and hour < 12:
        hour += 12
    elif suffix.startswith("a") and hour == 12:
        hour = 0
    return _timed(ctx, match, hour, minute)


def _timed(ctx: Context, match: re.Match[str], hour: int, minute: int) -> Reading:
    zone = ctx.sentence.tokens[match.start("z")].text if has(match, "z") else ""
    clock = f"T{hour:02d}:{minute:02d}" + ("Z" if zone in ("GMT", "UTC") else "")
    return Reading(kind="TIME", value="XXXX-XX-XX" + clock, clock=clock)


def _four_digits(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "0700 GMT", "1430 GMT"."""
    text = ctx.lower(match.start("h"))
    if len(text) != 4 or not text.isdigit():
        return None
    hour, minute = int(text[:2]), int(text[2:])
    if hour > 24 or minute > 59:
        return None
    return _timed(ctx, match, hour, minute)


def _part(ctx: Context, match: re.Match[str]) -> Reading | None:
    """ "At dawn", "in the early morning", "around midnight", "overnight"."""
    part: str = ctx.value(match, "p")
    word = ctx.lower(match.start("p"))
    before = ctx.lower(match.start() - 1)
    if word == "overnight":
        if ctx.sentence.tokens[match.start("p")].pos == "ADJ":
            return None
    elif has(match, "the"):
        if before not in ("in", "during", "on", "by", "until", "since", "through"):
            return None
    elif match.end() - match.start() > 1:
        pass
    elif (before == "at" and word == "night") or before not in (
        "at",
        "by",
        "before",
        "after",
        "around",
        "until",
        "since",
        "about",
        "near",
    ):
        return None
    return Reading(kind="TIME", value="XXXX-XX-XX" + part, clock=part)


_NEAR = "(?: {just}? {x:before|after} | {about} )?"
_ZONE = "(?: {open}? {z:zone} | {local} {time} )?"

RULES: tuple[Rule, ...] = (
    rule("duration", QUANTITY + "{consecutive|more|long|filler}* {u:anyunit}", _duration),
    rule("duration", "(?: {h:half} {a} | {a:a} ) {u:anyunit} (?: {and} {a} {half} )?", _duration),
    rule("bare-plural", "{u:units}", _bare_plural),
    rule("compound", "(?: {n:num} | {h:half} ) {dash} {u:anyunit} (?: {dash} {old|long} )?",
         _compound),
    rule("compound", "{u:anyunit} {dash} {long}", _compound),
    rule("every", "{every|per} (?: {w:weekday} {daypart}? | {p:daypart} | {m:month} | "
         "{n:num}? {u:anyunit} )", _every),
    rule("repeated", "{w:repeated}", _repeated),
    rule("clock", _NEAR + "{c:clock} {a:ampm}?" + _ZONE, _clock),
    rule("clock", _NEAR + "{h:num} {a:ampm|oclock}" + _ZONE, _clock),
    rule("four-digits", _NEAR + "{h:year|int} {z:zone}", _four_digits),
    rule("part-of-day", "(?: {the:the} {edge}? | {just} {before|after} )? {p:daypart}", _part),
)  # fmt: skip
