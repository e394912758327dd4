"""Incidents, claims and stories as flat rows, for spreadsheets and data frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tocsin.model.incident import Count, Days, Incident, Party
from tocsin.model.story import Story

#: The columns of an incident with their DuckDB types, in order.
INCIDENT_COLUMNS: dict[str, str] = {
    "id": "VARCHAR",
    "type": "VARCHAR",
    "mode": "VARCHAR",
    "contexts": "VARCHAR",
    "quad": "INTEGER",
    "score": "DOUBLE",
    "status": "VARCHAR",
    "status_reason": "VARCHAR",
    "cardinality": "VARCHAR",
    "actor": "VARCHAR",
    "actor_country": "VARCHAR",
    "recipient": "VARCHAR",
    "recipient_country": "VARCHAR",
    "date_start": "DATE",
    "date_end": "DATE",
    "other_dates": "VARCHAR",
    "place": "VARCHAR",
    "place_country": "VARCHAR",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "object": "VARCHAR",
    "counts": "VARCHAR",
    "content_type": "VARCHAR",
    "content_mode": "VARCHAR",
    "content_text": "VARCHAR",
    "condition": "VARCHAR",
    "deadline_start": "DATE",
    "deadline_end": "DATE",
    "asserted_by": "VARCHAR",
    "denied_by": "VARCHAR",
    "reports": "INTEGER",
    "documents": "INTEGER",
    "families": "INTEGER",
    "sources": "INTEGER",
    "first_report": "DATE",
    "last_report": "DATE",
    "sentence": "VARCHAR",
}
#: The columns of a claim.
CLAIM_COLUMNS: dict[str, str] = {
    "incident": "VARCHAR",
    "first": "DATE",
    "stance": "VARCHAR",
    "speaker": "VARCHAR",
    "speaker_country": "VARCHAR",
    "speaker_entity": "VARCHAR",
    "state_media": "BOOLEAN",
    "anonymous": "BOOLEAN",
    "reports": "INTEGER",
    "type": "VARCHAR",
    "mode": "VARCHAR",
    "actor": "VARCHAR",
    "recipient": "VARCHAR",
    "status": "VARCHAR",
    "events": "VARCHAR[]",
}

#: The columns of a story.
STORY_COLUMNS: dict[str, str] = {
    "id": "VARCHAR",
    "first": "DATE",
    "last": "DATE",
    "title": "VARCHAR",
    "documents": "INTEGER",
    "families": "INTEGER",
    "sources": "INTEGER",
    "outlets": "VARCHAR",
}


def story_row(story: Story) -> dict[str, Any]:
    """One row with the keys of :data:`STORY_COLUMNS`."""
    return {
        "id": story.id,
        "first": story.first,
        "last": story.last,
        "title": story.title,
        "documents": len(story.documents),
        "families": story.families,
        "sources": story.sources,
        "outlets": _join(story.outlets),
    }


def incident_row(incident: Incident) -> dict[str, Any]:
    """One row with the keys of :data:`INCIDENT_COLUMNS`; unknown is None.

    Several values stand in one cell with ``;`` between them, the one that most reports give first.
    """
    site = incident.sites[0] if incident.sites else None
    deadline = incident.deadline
    row: dict[str, Any] = {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "contexts": _join(incident.contexts),
        "quad": incident.quad,
        "score": incident.score,
        "status": incident.status,
        "status_reason": incident.status_reason,
        "cardinality": incident.cardinality,
        "actor": _join(party.name for party in incident.actors),
        "actor_country": _join(party.country for party in incident.actors),
        "recipient": _join(party.name for party in incident.recipients),
        "recipient_country": _join(party.country for party in incident.recipients),
        "date_start": incident.start,
        "date_end": incident.end,
        "other_dates": _join(map(_days, incident.days[1:])),
        "place": site.name if site else None,
        "place_country": site.country if site else None,
        "lat": site.lat if site else None,
        "lon": site.lon if site else None,
        "object": incident.object,
        "counts": _join(_count(count) for count in incident.counts),
        "content_type": incident.content_type,
        "content_mode": incident.content_mode,
        "content_text": incident.content_text,
        "condition": incident.condition,
        "deadline_start": deadline.start if deadline else None,
        "deadline_end": deadline.end if deadline else None,
        "asserted_by": _speakers(incident, "asserts"),
        "denied_by": _speakers(incident, "denies"),
        "reports": len(incident.reports),
        "documents": len(incident.documents),
        "families": incident.families,
        "sources": incident.sources,
        "first_report": incident.first_report,
        "last_report": incident.last_report,
        "sentence": incident.sentence,
    }
    return {name: row[name] for name in INCIDENT_COLUMNS}


def claim_rows(incident: Incident) -> list[dict[str, Any]]:
    """A row with the keys of :data:`CLAIM_COLUMNS` for every claim."""
    return [
        {
            "incident": incident.id,
            "first": claim.first,
            "stance": claim.stance,
            "speaker": claim.speaker.name if claim.speaker else None,
            "speaker_country": claim.speaker.country if claim.speaker else None,
            "speaker_entity": (
                claim.speaker.entity.id if claim.speaker and claim.speaker.entity else None
            ),
            "state_media": claim.state_media,
            "anonymous": claim.anonymous,
            "reports": len(claim.reports),
            "type": incident.type,
            "mode": incident.mode,
            "actor": _join(party.name for party in incident.actors),
            "recipient": _join(party.name for party in incident.recipients),
            "status": incident.status,
            "events": list(claim.reports),
        }
        for claim in incident.claims
    ]


def countries(parties: Sequence[Party]) -> list[str]:
    """The countries of parties, each once."""
    return list(dict.fromkeys(party.country for party in parties if party.country is not None))


def _speakers(incident: Incident, stance: str) -> str | None:
    found = [claim for claim in incident.claims if claim.stance == stance]
    return _join(
        (claim.speaker.name if claim.speaker else "somebody unnamed")
        + (" (state media)" if claim.state_media else "")
        for claim in found
    )


def _count(count: Count) -> str:
    """A count with how many reports give it."""
    return f"{count.words} ({len(count.reports)})"


def _days(days: Days) -> str:
    return f"{days.start or '?'} to {days.end or '?'} ({len(days.reports)})"


def _join(values: Iterable[str | None]) -> str | None:
    """Values with ``;`` between, each once; a value's own ``;`` becomes a comma."""
    parts = dict.fromkeys((value or "").replace(";", ",") for value in values)
    return ";".join(parts) if any(parts) else None
