"""An event as one flat row, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tocsin.model.event import Actor, Event, When

#: The columns with their DuckDB types, in order.
COLUMNS: dict[str, str] = {
    "id": "VARCHAR",
    "document": "VARCHAR",
    "published": "DATE",
    "published_by": "VARCHAR",
    "type": "VARCHAR",
    "mode": "VARCHAR",
    "contexts": "VARCHAR",
    "quad": "INTEGER",
    "score": "DOUBLE",
    "cameo": "VARCHAR",
    "status": "VARCHAR",
    "cardinality": "VARCHAR",
    "date_start": "DATE",
    "date_end": "DATE",
    "date_text": "VARCHAR",
    "date_anchor": "VARCHAR",
    "time": "VARCHAR",
    "actor": "VARCHAR",
    "actor_country": "VARCHAR",
    "actor_sectors": "VARCHAR",
    "actor_entity": "VARCHAR",
    "recipient": "VARCHAR",
    "recipient_country": "VARCHAR",
    "recipient_sectors": "VARCHAR",
    "recipient_entity": "VARCHAR",
    "content_type": "VARCHAR",
    "content_mode": "VARCHAR",
    "content_text": "VARCHAR",
    "condition": "VARCHAR",
    "deadline_text": "VARCHAR",
    "deadline_start": "DATE",
    "deadline_end": "DATE",
    "speaker": "VARCHAR",
    "speaker_country": "VARCHAR",
    "stance": "VARCHAR",
    "place": "VARCHAR",
    "place_country": "VARCHAR",
    "admin1": "VARCHAR",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "radius_km": "DOUBLE",
    "geonameid": "BIGINT",
    "quantities": "VARCHAR",
    "trigger": "VARCHAR",
    "object": "VARCHAR",
    "sentence": "VARCHAR",
    "sentence_start": "BIGINT",
    "sentence_end": "BIGINT",
    "confidence": "DOUBLE",
    "rules": "VARCHAR",
}


def flat_row(event: Event) -> dict[str, Any]:
    """Return one row with the keys of :data:`COLUMNS`; days are ISO 8601, unknown is None.

    Several values stand in one cell with ``;`` between them; the cells of one list (``actor``,
    ``actor_country``, ...) have them in the same order, empty where unknown. The sectors of one
    actor are joined with ``+``.
    """
    place, content = event.place, event.content
    speakers = [link.speaker for link in event.attribution]
    row: dict[str, Any] = {
        "id": event.id,
        "document": event.document,
        "published": _day(event.published),
        "published_by": event.dated.by if event.dated and event.published else None,
        "type": event.type,
        "mode": event.mode,
        "contexts": _join(event.contexts),
        "quad": event.quad,
        "score": event.score,
        "cameo": event.cameo,
        "status": event.status,
        "cardinality": event.cardinality,
        **_when("date", event.date),
        "date_anchor": event.date.anchor if event.date else None,
        "time": event.date.time if event.date else None,
        **_actors("actor", event.actors),
        **_actors("recipient", event.recipients),
        "content_type": content.type if content else None,
        "content_mode": content.mode if content else None,
        "content_text": content.trigger.text if content else None,
        "condition": event.condition.text if event.condition else None,
        **_when("deadline", event.deadline),
        "speaker": _join(speaker.text if speaker else None for speaker in speakers),
        "speaker_country": _join(speaker.country if speaker else None for speaker in speakers),
        "stance": _join(link.stance for link in event.attribution),
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "radius_km": place.radius_km if place else None,
        "geonameid": place.geonameid if place else None,
        "quantities": _join(quantity.words for quantity in event.quantities),
        "trigger": event.trigger.text,
        "object": event.object.text if event.object else None,
        "sentence": event.sentence.text,
        "sentence_start": event.sentence.start,
        "sentence_end": event.sentence.end,
        "confidence": event.confidence,
        "rules": _join(evidence.rule or evidence.model or "" for evidence in event.evidence),
    }
    return {name: row[name] for name in COLUMNS}


def _join(values: Iterable[str | None]) -> str | None:
    """Values with ``;`` between; a value's own ``;`` becomes a comma. None where nothing is."""
    parts = [(value or "").replace(";", ",") for value in values]
    return ";".join(parts) if any(parts) else None


def _actors(name: str, actors: Sequence[Actor]) -> dict[str, str | None]:
    return {
        name: _join(actor.text for actor in actors),
        f"{name}_country": _join(actor.country for actor in actors),
        f"{name}_sectors": _join("+".join(actor.sectors) for actor in actors),
        f"{name}_entity": _join(actor.entity.id if actor.entity else None for actor in actors),
    }


def _when(name: str, when: When | None) -> dict[str, str | None]:
    return {
        f"{name}_start": _day(when.start) if when else None,
        f"{name}_end": _day(when.end) if when else None,
        f"{name}_text": when.text if when else None,
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def safe_cell(value: object) -> object:
    """A value that no spreadsheet takes for a formula: such text gets an apostrophe before it."""
    if isinstance(value, str) and (
        value.lstrip()[:1] in tuple("=+-@＝＋－＠") or value[:1] in ("\t", "\r", "\n")
    ):
        return f"'{value}"
    return value
