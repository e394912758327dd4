"""Which pairs of reports are worth comparing: those that share a key.

A report has some twenty keys, whatever else is known, so that the work grows with the number of
reports and not with that of pairs. Every key has the group of the type and the days in it; days lie
in two overlapping rows of blocks, so that days that are near share one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b

from tocsin.linking.incidents.reports import Report
from tocsin.linking.words import weight

# Blocks of so many days, the second row of them moved by half: two days that are at most half a
# block apart share one.
_BLOCK = 8
# A span of more days has its month or year as its key, and not its days.
_LONG, _VERY_LONG = 8, 45
_WORDS, _STORY_WORDS = 7, 4
_LEAST = 0.2  # weight of a word of a key


def keys(report: Report) -> frozenset[int]:
    """The keys of a report, as 64-bit numbers."""
    return frozenset(
        int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) for word in _keys(report)
    )


def _keys(report: Report) -> set[str]:
    group = report.group
    rare = _rarest(report.words, _WORDS)
    story = _rarest(report.story, _STORY_WORDS)
    found = {f"{group}|{report.document.id}"}
    for block in _blocks(report):
        found |= {f"{group}|{block}|{stem}" for stem in rare}
        found |= {f"{group}|{block}|~{stem}" for stem in story}
        found |= {f"{group}|{block}|{dyad}" for dyad in _dyads(report)}
    return found


def _rarest(stems: frozenset[str], count: int) -> list[str]:
    said = sorted((-weight(stem), stem) for stem in stems if not stem.isdigit())
    return [stem for heavy, stem in said[:count] if -heavy >= _LEAST]


def _blocks(report: Report) -> list[str]:
    """The blocks of days of a report: of its own days where it has such, else of publication."""
    event = report.event
    first, last = report.first, report.last
    if report.dated and first is not None:
        span = ((last or first) - first).days
        if span > _VERY_LONG:
            return [f"y{first.year}"]
        found = [f"m{first:%Y-%m}"] if span > _LONG or event.status == "background" else []
        return found + (_near(first) if span <= _LONG else [])
    day = event.published
    return _near(day) if day is not None else ["open"]


def _near(day: date) -> list[str]:
    number = day.toordinal()
    return [f"a{number // _BLOCK}", f"b{(number + _BLOCK // 2) // _BLOCK}"]


def _dyads(report: Report) -> Iterator[str]:
    """The trigger and, for both orders of the sides, who to whom."""
    actors = sorted({who.country or "-" for who in report.actors}) or ["-"]
    recipients = sorted({who.country or "-" for who in report.recipients}) or ["-"]
    trigger = " ".join(sorted(report.trigger))
    for actor in actors[:2]:
        for recipient in recipients[:2]:
            first, second = sorted((actor, recipient))
            yield f"{first}-{second}={trigger}"
