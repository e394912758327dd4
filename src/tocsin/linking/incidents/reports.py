"""A report: one event with all that linking looks at, made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.knowledge.linking import load_type_groups
from tocsin.linking.words import stems
from tocsin.model.document import Document
from tocsin.model.event import Actor, Event

#: A deed that is news and has no date of its own happened at most so many days before its report.
NEWS_DAYS = 3
# Of an article, what tells its story: the title and the beginning.
_LEAD = 1200


@dataclass(frozen=True, slots=True)
class Who:
    """A party as linking sees it."""

    country: str | None
    sectors: frozenset[str]
    entity: str | None
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Report:
    """An event with its article's day, outlet and story, ready to be compared.

    ``group`` is that of its type. ``first`` and ``last`` are the days on which it may have
    happened, None where that is open; ``dated`` says that a date in the text tells them, and not
    the day of publication. ``words`` are the stems of its sentence, ``trigger`` those of its
    trigger, ``story`` those of its article's title and beginning.
    """

    event: Event
    document: Document
    group: str
    actors: tuple[Who, ...]
    recipients: tuple[Who, ...]
    first: date | None
    last: date | None
    dated: bool
    words: frozenset[str]
    trigger: frozenset[str]
    story: frozenset[str]

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.event.id


def story_of(document: Document) -> frozenset[str]:
    """The stems of an article's title and beginning."""
    return stems(f"{document.title or ''}\n{document.text[:_LEAD]}")


def reports_of(events: Iterable[Event], document: Document) -> list[Report]:
    """The reports of an article: its events, without those that are only supposed."""
    story = story_of(document)
    return [_report(event, document, story) for event in events if event.status != "hypothetical"]


def _report(event: Event, document: Document, story: frozenset[str]) -> Report:
    first, last, dated = _days(event)
    return Report(
        event=event,
        document=document,
        group=load_type_groups().group[event.type],
        actors=_who(event.actors),
        recipients=_who(event.recipients),
        first=first,
        last=last,
        dated=dated,
        words=stems(event.sentence.text),
        trigger=stems(event.trigger.text),
        story=story,
    )


def _days(event: Event) -> tuple[date | None, date | None, bool]:
    """The days on which an event may have happened, and whether its own date tells them."""
    when = event.date
    if when is not None and when.start is not None and when.end is not None:
        return when.start, when.end, True
    if when is not None and when.start is not None:
        return when.start, event.published, True
    if event.published is None or event.status in ("background", "predicted"):
        return None, event.published if event.status == "background" else None, False
    return event.published - timedelta(days=NEWS_DAYS), event.published, False


def _who(actors: Sequence[Actor]) -> tuple[Who, ...]:
    found = {
        Who(
            actor.country,
            frozenset(actor.sectors),
            actor.entity.id if actor.entity is not None else None,
            stems(actor.text or ""),
        ): None
        for actor in actors
    }
    return tuple(found)
