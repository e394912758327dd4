"""A report: one event with all that linking looks at, made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.knowledge.linking import load_type_groups
from tocsin.linking.stories import Article
from tocsin.linking.words import stems
from tocsin.model.document import Document
from tocsin.model.event import Actor, Event

#: A deed that is news and has no date of its own happened at most so many days before its report.
NEWS_DAYS = 3


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
    trigger; ``story`` is its article with all its words.
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
    story: Article

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.event.id


def reports_of(events: Iterable[Event], article: Article) -> list[Report]:
    """The reports of an article: its events, without those that are only supposed."""
    return [_report(event, article) for event in events if event.status != "hypothetical"]


def _report(event: Event, article: Article) -> Report:
    first, last, dated = _days(event)
    return Report(
        event=event,
        document=article.document,
        group=load_type_groups().group[event.type],
        actors=_who(event.actors),
        recipients=_who(event.recipients),
        first=first,
        last=last,
        dated=dated,
        words=stems(event.sentence.text),
        trigger=stems(event.trigger.text),
        story=article,
    )


def _days(event: Event) -> tuple[date | None, date | None, bool]:
    """The days on which an event may have happened, and whether its own date tells them."""
    when = event.date
    if when is not None and when.start is not None and when.end is not None:
        return when.start, when.end, True
    if when is not None and when.start is not None:
        known = event.published is not None and event.published >= when.start
        return when.start, event.published if known else None, True
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
