"""Which pairs of reports are worth comparing: those that share a key.

A report has some twenty keys, whatever else is known, so that the work grows with the number of
reports and not with that of pairs. Every key has the group of the type and the days in it; days lie
in two overlapping rows of blocks, so that days that are near share one.
"""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.linking.incidents.reports import Report
from tocsin.linking.stories import blocks_of
from tocsin.linking.words import Vector, weight

# Blocks of so many days.
_BLOCK = 8
# A span of more days has its month or year as its key, and not its days.
_LONG, _VERY_LONG = 8, 45
_WORDS, _STORY_WORDS = 7, 4
_LEAST = 0.2  # weight of a word of a key


def report_keys(report: Report) -> set[str]:
    """The keys of a report."""
    group = report.group
    rare = _rarest(report.words, _WORDS)
    story = _heaviest(report.story.words)
    found = {f"{group}|{report.document.id}"}
    for block in _blocks(report):
        found |= {f"{group}|{block}|{stem}" for stem in rare}
        found |= {f"{group}|{block}|~{stem}" for stem in story}
        found |= {f"{group}|{block}|{dyad}" for dyad in _dyads(report)}
    return found


def _rarest(stems: frozenset[str], count: int) -> list[str]:
    said = sorted((-weight(stem), stem) for stem in stems if not stem.isdigit())
    return [stem for heavy, stem in said[:count] if -heavy >= _LEAST]


def _heaviest(words: Vector) -> list[str]:
    said = sorted((-value, stem) for stem, value in words.items() if not stem.isdigit())
    return [stem for _, stem in said[:_STORY_WORDS]]


def _blocks(report: Report) -> list[str]:
    """The blocks of days of a report: of its own days where it has such, else of publication."""
    event = report.event
    first, last = report.first, report.last
    if report.dated and first is not None:
        span = ((last or first) - first).days
        if span > _VERY_LONG:
            return [f"y{first.year}"]
        found = [f"m{first:%Y-%m}"] if span > _LONG or event.status == "background" else []
        return found + (blocks_of(first, _BLOCK) if span <= _LONG else [])
    day = event.published
    return blocks_of(day, _BLOCK) if day is not None else ["open"]


def _dyads(report: Report) -> Iterator[str]:
    """The trigger and, for both orders of the sides, who to whom."""
    actors = sorted({who.country or "-" for who in report.actors}) or ["-"]
    recipients = sorted({who.country or "-" for who in report.recipients}) or ["-"]
    trigger = " ".join(sorted(report.trigger))
    for actor in actors[:2]:
        for recipient in recipients[:2]:
            first, second = sorted((actor, recipient))
            yield f"{first}-{second}={trigger}"
