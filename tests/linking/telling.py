"""Events, reports and articles of made-up news, built by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tocsin.knowledge.ontology import load_ontology
from tocsin.linking.incidents.reports import Report, reports_of
from tocsin.linking.nodes import Node
from tocsin.linking.stories import Article
from tocsin.model.document import Document, Span
from tocsin.model.event import (
    Actor,
    Attribution,
    Cardinality,
    Content,
    Event,
    Evidence,
    Place,
    Quantity,
    Speaker,
    Status,
    When,
)
from tocsin.model.ids import content_id
from tocsin.model.mention import EntityId

DAY = dt.date(2020, 6, 16)
SENTENCE = "Ruritania razed the Zenda bridge of Graustark."


def day(number: int) -> dt.date:
    """So many days after the first of June 2020."""
    return dt.date(2020, 6, 1) + dt.timedelta(days=number - 1)


def who(
    name: str | None, country: str | None = None, *sectors: str,
    entity: str | None = None, via: str = "name",
) -> Actor:  # fmt: skip
    """A party; ``entity`` is its id."""
    return Actor(
        start=None, end=None, text=name, country=country, sectors=sectors,
        entity=EntityId(entity, name or entity) if entity else None, via=via,  # type: ignore[arg-type]
    )  # fmt: skip


RUR, GRA = who("Ruritania", "RUR", "GOV"), who("Graustark", "GRA", "GOV")


def says(
    speaker: Actor | None, cue: str = "said", stance: str = "asserts", **more: bool
) -> Attribution:
    """One who says so; None for nobody who is named."""
    parts = {name: getattr(speaker, name) for name in Actor.__dataclass_fields__} if speaker else {}
    return Attribution(
        speaker=Speaker(**parts, **more) if speaker is not None else None,
        cue=Span(0, len(cue), cue),
        stance=stance,  # type: ignore[arg-type]
    )


def on(first: dt.date | None, last: dt.date | None = None, *, text: str = "then") -> When:
    """The days from ``first`` to ``last``, which is the first where it is not given."""
    return When(start=first, end=last or first, text=text, span=Span(0, 4, text), anchor="text")


def since(first: dt.date) -> When:
    """From that day on, without an end."""
    return replace(on(first), end=None)


def at(
    name: str, country: str | None = "RUR", lat: float | None = None, lon: float | None = None,
    *, geonameid: int | None = None, radius_km: float | None = None,
) -> Place:  # fmt: skip
    """A place."""
    return Place(
        name=name, country=country, lat=lat, lon=lon, geonameid=geonameid, radius_km=radius_km,
        span=Span(0, len(name), name),
    )  # fmt: skip


def count(value: float | None, unit: str = "soldier", **more: Any) -> Quantity:
    """A count."""
    given = {"upper": None, "qualifier": None, "occasions": None, "period": None} | more
    return Quantity(value=value, unit=unit, span=Span(0, 1, "n"), **given)


def about(type_: str, mode: str | None = None, trigger: str = "raze") -> Content:
    """What a threat, demand or refusal is about."""
    return Content(
        type=type_, mode=mode, trigger=Span(0, len(trigger), trigger), actors=(), recipients=()
    )


@dataclass(frozen=True, slots=True)
class Told:
    """An article with its events."""

    document: Document
    events: tuple[Event, ...]

    @property
    def reports(self) -> list[Report]:
        return reports_of(self.events, Article.of(self.document))

    @property
    def nodes(self) -> list[Node]:
        article = Article.of(self.document)
        return [article, *reports_of(self.events, article)]


def deed(sentence: str = SENTENCE, trigger: str = "razed", **given: Any) -> dict[str, Any]:
    """What an article tells, for :func:`told`; the arguments are those of :func:`event`."""
    return {"sentence": sentence, "trigger": trigger} | given


def told(
    id: str = "d1",  # noqa: A002
    *deeds: dict[str, Any],
    published: dt.date | None = DAY,
    outlet: str | None = "Courier",
    title: str | None = None,
    more: str = "",
    **document: Any,
) -> Told:
    """An article of the sentences of these deeds, with ``more`` text behind them."""
    given = {"published": published, "outlet": outlet, "title": title} | document
    text = "\n".join([*(one["sentence"] for one in deeds), *([more] if more else [])])
    one = Document.of(text, id=id, **given)
    events = []
    start = 0
    for said in deeds:
        events.append(event(one, start=start, **said))
        start += len(said["sentence"]) + 1
    return Told(one, tuple(events))


def event(
    document: Document,
    *,
    sentence: str,
    trigger: str,
    start: int = 0,
    type: str = "ASSAULT",  # noqa: A002
    mode: str | None = "destroy",
    actors: Iterable[Actor] = (RUR,),
    recipients: Iterable[Actor] = (GRA,),
    date: When | dt.date | None = None,
    place: Place | None = None,
    quantities: Iterable[Quantity] = (),
    content: Content | None = None,
    condition: str | None = None,
    deadline: When | None = None,
    status: Status = "actual",
    attribution: Iterable[Attribution] = (),
    contexts: Sequence[str] = (),
    confidence: float = 0.9,
    object: str | None = None,  # noqa: A002
    cardinality: Cardinality = "one",
    evidence: Iterable[Evidence] = (Evidence(rule="assault/destroy#raze", spans=()),),
) -> Event:
    """An event of ``document``, whose words are looked up in its sentence."""

    def within(words: str) -> Span:
        found = start + sentence.find(words) if words in sentence else start
        return Span(found, found + len(words), document.text[found : found + len(words)])

    def when(one: When | None) -> When | None:
        return replace(one, span=within(one.text)) if one is not None else None

    def party(one: Actor) -> Any:
        if one.text is None or one.text not in sentence:
            return one
        return replace(one, start=within(one.text).start, end=within(one.text).end)

    if isinstance(date, dt.date):
        date = on(date)
    kind = load_ontology().types[type]
    found = Event(
        id="", document=document.id,
        sentence=Span(start, start + len(sentence), sentence), type=type, mode=mode,
        contexts=tuple(contexts), quad=kind.quad, score=kind.score, cameo=None,
        trigger=within(trigger), actors=tuple(map(party, actors)),
        recipients=tuple(map(party, recipients)), status=status,
        content=replace(content, trigger=within(content.trigger.text)) if content else None,
        condition=within(condition) if condition else None, deadline=when(deadline),
        attribution=tuple(
            replace(one, cue=within(one.cue.text), speaker=one.speaker and party(one.speaker))
            for one in attribution
        ),
        date=when(date), published=document.published,
        place=replace(place, span=within(place.name)) if place is not None else None,
        quantities=tuple(
            replace(one, span=within(f"{one.value:g}" if one.value is not None else one.unit))
            for one in quantities
        ),
        confidence=confidence, evidence=tuple(evidence),
        object=within(object) if object else None, cardinality=cardinality,
    )  # fmt: skip
    return replace(found, id=content_id(repr(found)))


def report(id: str = "d1", **given: Any) -> Report:  # noqa: A002
    """The one report of an article: arguments of :func:`event`, else of :func:`told`."""
    names = ("published", "outlet", "title", "more", "url", "author")
    outer = {name: given.pop(name) for name in names if name in given}
    (found,) = told(id, deed(**given), **outer).reports
    return found
