"""Marking many overlapping spans in a text, so that the markup is never broken.

HTML elements nest, spans do not. So the text is cut at every start and end of a span, and each
piece says which spans run through it: no element ever has to cross another.
"""

from __future__ import annotations

import html
import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")
_LINE_BREAK = re.compile(r"\n\s*")


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A span of the text that plays ``role`` (one letter, see ``view.ROLES``) in event ``event``.

    ``event`` is the number of the event on the page; ``start`` and ``end`` are code points.
    """

    start: int
    end: int
    event: int
    role: str


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text and the (event, role) pairs of all spans that run through it, sorted."""

    start: int
    end: int
    roles: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Trigger:
    """How the trigger of an event is shown: where its record is, its quad class, its status."""

    record: str
    quad: int
    actual: bool
    label: str


def segments(
    marks: Iterable[Mark], start: int, end: int, *, extra: Sequence[int] = ()
) -> Iterator[Segment]:
    """Cut ``start`` to ``end`` at every edge of a mark and at the ``extra`` offsets.

    The segments come in order and cover the range without a gap. Marks outside the range are
    clipped, empty ones are left out.
    """
    opening: dict[int, list[tuple[int, str]]] = defaultdict(list)
    closing: dict[int, list[tuple[int, str]]] = defaultdict(list)
    edges = {start, end, *(at for at in extra if start < at < end)}
    for mark in marks:
        first, last = max(mark.start, start), min(mark.end, end)
        if first < last:
            opening[first].append((mark.event, mark.role))
            closing[last].append((mark.event, mark.role))
            edges.update((first, last))
    active: dict[tuple[int, str], int] = defaultdict(int)
    ordered = sorted(edges)
    for at, after in itertools.pairwise(ordered):
        for key in closing[at]:
            active[key] -= 1
        for key in opening[at]:
            active[key] += 1
        yield Segment(at, after, tuple(sorted(key for key, count in active.items() if count)))


def paragraphs(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield ``(start, end, next)``: a paragraph's text, and where the next one begins.

    Blank lines part paragraphs; a text without any has one paragraph a line. What lies between
    ``end`` and ``next`` is white space, so that the ranges ``start`` to ``next`` are the text.
    """
    parting = _BLANK_LINE if _BLANK_LINE.search(text.strip()) else _LINE_BREAK
    at = 0
    for gap in parting.finditer(text):
        if gap.start() > at:
            yield at, gap.start(), gap.end()
            at = gap.end()
    if at < len(text):
        yield at, len(text), len(text)


def marked_text(text: str, marks: Sequence[Mark], triggers: dict[int, Trigger]) -> Markup:
    """Return ``text`` as HTML paragraphs whose text content is exactly ``text``.

    Every piece that is part of a span carries ``data-r`` ("12t 12n 13a": event and role). The
    first piece of a trigger is a link to its event's record, the one stop for the keyboard.
    """
    marks = sorted(marks)
    linked: set[int] = set()
    out: list[str] = []
    near: list[Mark] = []
    following = 0
    for start, end, after in paragraphs(text):
        near = [mark for mark in near if mark.end > start]
        while following < len(marks) and marks[following].start < after:
            near.append(marks[following])
            following += 1
        out.append("<p>")
        for segment in segments(near, start, after, extra=(end,)):
            shown = _escape(text[segment.start : segment.end])
            if segment.start >= end:
                out.append(f'<span class="gap">{shown}</span>')
            elif not segment.roles:
                out.append(shown)
            else:
                out.append(_element(segment, shown, triggers, linked))
        out.append("</p>\n")
    return Markup("".join(out))


def _element(segment: Segment, shown: str, triggers: dict[int, Trigger], linked: set[int]) -> str:
    roles = " ".join(f"{event}{role}" for event, role in segment.roles)
    here = [event for event, role in segment.roles if role == "t" and event in triggers]
    if not here:
        return f'<span data-r="{roles}">{shown}</span>'
    new = [event for event in here if event not in linked]
    linked.update(new[:1])
    trigger = triggers[(new or here)[0]]
    style = f"t q{trigger.quad}" + ("" if trigger.actual else " weak")
    if not new:
        return f'<span class="{style}" data-r="{roles}">{shown}</span>'
    return (
        f'<a class="{style}" href="#{_escape(trigger.record)}" data-r="{roles}"'
        f' aria-label="{shown}: {_escape(trigger.label)}">{shown}</a>'
    )


def _escape(text: str) -> str:
    """Escape for content and attributes; a bare carriage return would not survive a browser."""
    return html.escape(text).replace("\r", "&#13;")
