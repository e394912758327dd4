"""A report: one event with all that linking looks at, made once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.knowledge.linking import load_type_groups
from tocsin.linking.stories import Article
from tocsin.linking.words import stems, weight
from tocsin.model.document import Document
from tocsin.model.event import Actor, Event, Status

#: A deed that is news and has no date of its own happened at most so many days before its report.
NEWS_DAYS = 3
# The weight from which a word of a name is rarely a country's.
_RARE_NAME = 0.45
# Words on either side of a trigger that say what it is about.
_NEAR = 6
# Words between the ordinal and the noun that it counts: "sixth and most powerful nuclear test".
_BEFORE = 5
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
# The rules of cardinality in an event's evidence, and those that often speak of one deed.
_CARDINALITY = "cardinality#"
_WEAK = frozenset(("cardinality#plural", "cardinality#present"))
_NTH = re.compile(r"(\d+)(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Who:
    """A party as linking sees it. ``name`` says that its words are a name of its own, of a person
    or a body, and not only of its country."""

    country: str | None
    sectors: frozenset[str]
    entity: str | None
    words: frozenset[str]
    name: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """An event with its article's day, outlet and story, ready to be compared.

    ``group`` is that of its type. ``first`` and ``last`` are the days on which it may have
    happened, None where that is open; ``dated`` says that a date in the text tells them, and not
    the day of publication. ``words`` are the stems of its sentence, ``trigger`` those of its
    trigger, ``near`` those of the words around it; ``several``
    says that it tells of more than one happening at once, a sum or a habit, ``many`` that it says
    so by more than a plural ("dozens of", "repeatedly", "on 22 occasions"); ``ordinal`` the how
    manieth it is ("its sixth test"), where it says; ``story`` is its article with all its words.
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
    near: frozenset[str]
    several: bool
    many: bool
    ordinal: int | None
    story: Article

    @property
    def id(self) -> str:
        """The id of the event."""
        return self.event.id

    @property
    def article(self) -> str:
        """The id of its article."""
        return self.document.id

    @property
    def status(self) -> Status:
        """The status of the event."""
        return self.event.status

    @property
    def published(self) -> date | None:
        """The day of the article, as the event has it."""
        return self.event.published


def reports_of(events: Iterable[Event], article: Article) -> list[Report]:
    """The reports of an article: its events, without those that are only supposed."""
    return [_report(event, article) for event in events if event.status != "hypothetical"]


def bare_report(event: Event, document: Document) -> Report:
    """A report of which the event and its article alone are looked at: what others are compared
    with it by is left empty."""
    nothing: frozenset[str] = frozenset()
    return Report(
        event=event, document=document, group="", actors=(), recipients=(), first=None, last=None,
        dated=False, words=nothing, trigger=nothing, near=nothing, several=False, many=False,
        ordinal=None, story=Article(document, {}, {}),
    )  # fmt: skip


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
        near=stems(_around(event, _NEAR)),
        several=_is_several(event),
        many=_is_many(event),
        ordinal=_ordinal(event),
        story=article,
    )


def _around(event: Event, words: int) -> str:
    """The trigger with so many words on either side of it."""
    text, start = event.sentence.text, event.trigger.start - event.sentence.start
    end = start + len(event.trigger.text)
    before, behind = text[:start].split()[-words:], text[end:].split()[:words]
    return " ".join((*before, text[start:end], *behind))


def _is_several(event: Event) -> bool:
    """Whether an event is many: by its count, or by the words that tell it."""
    return event.cardinality != "one" or any(one.occasions for one in event.quantities)


def _is_many(event: Event) -> bool:
    """Whether more says so than a plural, which is often that of one thing's parts, or the present,
    in which captions tell one deed."""
    said = {one.rule for one in event.evidence if (one.rule or "").startswith(_CARDINALITY)}
    return any(one.occasions for one in event.quantities) or bool(said - _WEAK)


def _ordinal(event: Event) -> int | None:
    """The number of "its sixth nuclear test"; None where there is none."""
    start = event.trigger.start - event.sentence.start
    words = event.sentence.text[: start + len(event.trigger.text)].split()[:-1]
    for word in reversed(words[-_BEFORE:]):
        if word.lower() in _ORDINALS:
            return _ORDINALS.index(word.lower()) + 1
        if found := _NTH.fullmatch(word.lower()):
            return int(found[1])
    return None


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


def _is_name(actor: Actor) -> bool:
    """Whether an actor is called by two words with capitals and more, or by a rare one."""
    if actor.via not in ("name", "role") or not actor.sectors:
        return False
    capitals = [word for word in (actor.text or "").split() if word[:1].isupper()]
    return any(weight(stem) >= _RARE_NAME for word in capitals for stem in stems(word))


def _who(actors: Sequence[Actor]) -> tuple[Who, ...]:
    found = {
        Who(
            actor.country,
            frozenset(actor.sectors),
            actor.entity.id if actor.entity is not None else None,
            stems(actor.text or ""),
            _is_name(actor),
        ): None
        for actor in actors
    }
    return tuple(found)
