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
_WORDS, _STORY_WORDS = 6, 4
_LEAST = 0.2  # weight of a word of a key


def report_keys(report: Report) -> set[str]:
    """The keys of a report."""
    group = report.group
    named = frozenset().union(*(who.words for who in (*report.actors, *report.recipients)))
    rare = _rarest(report.words - named, _WORDS)
    story = _heaviest(report.story.words)
    found = {f"{group}|{report.document.id}"}
    exact, rough = _blocks(report)
    for block in exact:
        found |= {f"{group}|{block}|{stem}" for stem in rare}
        found |= {f"{group}|{block}|~{stem}" for stem in story}
    for block in (*exact, *rough):
        found |= {f"{group}|{block}|{dyad}" for dyad in _dyads(report)}
    return found


def _rarest(stems: frozenset[str], count: int) -> list[str]:
    said = sorted((-weight(stem), stem) for stem in stems if not stem.isdigit())
    return [stem for heavy, stem in said[:count] if -heavy >= _LEAST]


def _heaviest(words: Vector) -> list[str]:
    said = sorted((-value, stem) for stem, value in words.items() if not stem.isdigit())
    return [stem for _, stem in said[:_STORY_WORDS]]


def _blocks(report: Report) -> tuple[list[str], list[str]]:
    """The blocks of days of a report, of its own days where it has such, else of publication; and
    its month, by which it meets those that tell of the month only."""
    first, last = report.first, report.last
    if report.dated and first is not None:
        span = ((last or first) - first).days
        if span > _VERY_LONG:
            return [f"y{first.year}"], []
        month = f"m{first:%Y-%m}"
        return ([month], []) if span > _LONG else (blocks_of(first, _BLOCK), [month])
    day = report.event.published
    return (blocks_of(day, _BLOCK) if day is not None else ["open"]), []


def _dyads(report: Report) -> Iterator[str]:
    """Who and whom, in either order, with the trigger and with the mode."""
    actors = sorted({who.country or "-" for who in report.actors}) or ["-"]
    recipients = sorted({who.country or "-" for who in report.recipients}) or ["-"]
    trigger = " ".join(sorted(report.trigger))
    for actor in actors[:2]:
        for recipient in recipients[:2]:
            first, second = sorted((actor, recipient))
            yield f"{first}-{second}={trigger}"
            yield f"{first}-{second}/{report.event.type}/{report.event.mode}"
