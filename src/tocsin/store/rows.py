"""From records to the rows of the tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from tocsin.model.channel import StateReport
from tocsin.model.codec import record_to_dict, to_json_line
from tocsin.model.document import Document, Span
from tocsin.model.event import Actor, Event, When
from tocsin.model.flat import COLUMNS, flat_row
from tocsin.model.ids import content_id
from tocsin.model.imported import Imported
from tocsin.store.base import Entry

EVENT_COLUMNS = ("coding", *COLUMNS, "actor_countries", "recipient_countries", "record")
MENTION_COLUMNS = ("coding", "event", "role", "n", "start", "end", "text", "country", "entity")
PARTY_COLUMNS = (
    "coding", "event", "document", "role", "entity", "name", "country", "sectors", "first", "last",
)  # fmt: skip
STATE_COLUMNS = (
    "coding", "id", "document", "thing", "name", "kind", "state", "status", "record",
)  # fmt: skip
DOCUMENT_COLUMNS = (
    "number", "id", "text_id", "digest", "title", "outlet", "author", "url", "published", "moment",
    "text", "left_out", "path", "line", "added", "copy_of", "copy_kind", "contained",
    "version_of", "shingles",
)  # fmt: skip

_RAW = Imported._fields.index("raw")
IMPORTED_COLUMNS = (*Imported._fields[:_RAW], *Imported._fields[_RAW + 1 :])
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, default=str).encode

Mention = tuple[str, int, int | None, int | None, str | None, str | None, str | None]


def text_id(text: str) -> str:
    """What tells one text from another under the same id."""
    return content_id(text)


def other_id(id_: str, text: str) -> str:
    """The id of a document whose own is taken by another text."""
    return f"{id_}~{text_id(text)[:8]}"


def document_of(row: dict[str, Any]) -> Document:
    """The document of a row of ``documents``."""
    moment = row["moment"]
    return Document(
        id=row["id"],
        text=row["text"],
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        published=row["published"],
        moment=datetime.fromisoformat(moment) if moment else None,
        author=row["author"],
        left_out=tuple((start, end) for start, end in json.loads(row["left_out"])),
    )


def document_row(
    entry: Entry, document: Document, mark: str, number: int, at: datetime
) -> list[Any]:
    """The values of :data:`DOCUMENT_COLUMNS`."""
    return [
        number, document.id, mark, entry.digest, document.title, document.outlet, document.author,
        document.url, document.published,
        document.moment.isoformat() if document.moment else None, document.text,
        json.dumps(document.left_out), entry.path, entry.line, at, entry.copy_of, entry.copy_kind,
        entry.contained, entry.version_of, entry.shingles,
    ]  # fmt: skip


def event_row(event: Event, coding: str) -> list[Any]:
    """The values of :data:`EVENT_COLUMNS`."""
    flat = flat_row(event)
    return [
        coding,
        *(flat[name] for name in COLUMNS),
        _countries(event.actors),
        _countries(event.recipients),
        to_json_line(event),
    ]


def imported_line(row: Imported) -> str:
    """The values of :data:`IMPORTED_COLUMNS` as a JSON list: so many go into a table at once."""
    return _encode((*row[:_RAW], *row[_RAW + 1 :]))


def state_row(state: StateReport, coding: str) -> list[Any]:
    """The values of :data:`STATE_COLUMNS`."""
    return [
        coding, state.id, state.document, state.known, state.name, state.kind, state.state,
        state.status, json.dumps(record_to_dict(state), ensure_ascii=False),
    ]  # fmt: skip


def mention_rows(event: Event, coding: str) -> list[list[Any]]:
    """The values of :data:`MENTION_COLUMNS` for every value of an event that has words."""
    return [[coding, event.id, *mention] for mention in mentions_of(event)]


def party_rows(event: Event, coding: str) -> list[list[Any]]:
    """The values of :data:`PARTY_COLUMNS` for each party of an event, once for each role.

    The days are the first and last on which it may have happened, or that of its article.
    """
    start, end = (event.date.start, event.date.end) if event.date else (None, None)
    told = [day for day in (start, event.published) if day is not None]
    first, last = start or event.published, end or max(told, default=None)
    speakers = [link.speaker for link in event.attribution if link.speaker is not None]
    by_role: tuple[tuple[str, Sequence[Actor]], ...] = (
        ("actor", event.actors), ("recipient", event.recipients), ("speaker", speakers),
    )  # fmt: skip
    parties = {(role, *_party(actor)): None for role, actors in by_role for actor in actors}
    return [[coding, event.id, event.document, *party, first, last] for party in parties]


def mentions_of(event: Event) -> Iterator[Mention]:
    """Every value of an event with where its words stand: role, number, span, country, entity."""
    yield _of_span("sentence", 0, event.sentence)
    yield _of_span("trigger", 0, event.trigger)
    if event.object is not None:
        yield _of_span("object", 0, event.object)
    yield from _of_actors("actor", event.actors)
    yield from _of_actors("recipient", event.recipients)
    if event.content is not None:
        yield _of_span("content", 0, event.content.trigger)
        yield from _of_actors("content actor", event.content.actors)
        yield from _of_actors("content recipient", event.content.recipients)
    if event.condition is not None:
        yield _of_span("condition", 0, event.condition)
    yield from _of_when("deadline", 0, event.deadline)
    yield from _of_when("date", 0, event.date)
    if event.place is not None:
        place = event.place
        entity = str(place.geonameid) if place.geonameid is not None else None
        span = place.span
        yield "place", 0, span.start, span.end, span.text, place.country, entity
    for n, quantity in enumerate(event.quantities):
        yield _of_span("quantity", n, quantity.span)
        yield from _of_when("period", n, quantity.period)
    for n, link in enumerate(event.attribution):
        yield _of_span("cue", n, link.cue)
        if link.speaker is not None:
            yield from _of_actors("speaker", (link.speaker,), first=n)


def _of_span(role: str, n: int, span: Span) -> Mention:
    return role, n, span.start, span.end, span.text, None, None


def _of_when(role: str, n: int, when: When | None) -> Iterator[Mention]:
    if when is not None:
        yield _of_span(role, n, when.span)


def _of_actors(role: str, actors: Sequence[Actor], first: int = 0) -> Iterator[Mention]:
    for n, actor in enumerate(actors, first):
        entity = actor.entity.id if actor.entity is not None else None
        yield role, n, actor.start, actor.end, actor.text, actor.country, entity


def _party(actor: Actor) -> tuple[str | None, str | None, str | None, str | None]:
    """The id of an entity, its name or else the words for it, its country and its sectors."""
    words = actor.entity.name if actor.entity is not None else " ".join((actor.text or "").split())
    entity = actor.entity.id if actor.entity is not None else None
    return entity, words or None, actor.country, "+".join(actor.sectors) or None


def _countries(actors: Sequence[Actor]) -> list[str]:
    return list(dict.fromkeys(actor.country for actor in actors if actor.country is not None))
