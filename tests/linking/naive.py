"""A stand-in for the linker: every event is an incident of its own."""

from __future__ import annotations

from collections.abc import Iterable

from tocsin.model.event import Actor, Event
from tocsin.model.incident import PREFIX, Claim, Days, Incident, Party, Site


def one_each(events: Iterable[Event]) -> tuple[Incident, ...]:
    return tuple(incident_of(event) for event in events)


def incident_of(event: Event) -> Incident:
    reports = (event.id,)
    content, date, place, deadline = event.content, event.date, event.place, event.deadline
    days = () if date is None or (date.start, date.end) == (None, None) else (
        Days(start=date.start, end=date.end, reports=reports),
    )  # fmt: skip
    sites = () if place is None else (
        Site(
            name=place.name, country=place.country, lat=place.lat, lon=place.lon,
            geonameid=place.geonameid, radius_km=place.radius_km, reports=reports,
        ),
    )  # fmt: skip
    claims = tuple(
        Claim(
            speaker=None if one.speaker is None else party(one.speaker, event.id),
            stance=one.stance,
            state_media=one.speaker is not None and one.speaker.state_media,
            anonymous=one.speaker is None or one.speaker.anonymous,
            reports=reports,
            first=event.published,
        )
        for one in event.attribution
    )
    return Incident(
        id=PREFIX + event.id, type=event.type, mode=event.mode, contexts=event.contexts,
        quad=event.quad, score=event.score, status=event.status, status_reason="one report",
        actors=tuple(party(one, event.id) for one in event.actors),
        recipients=tuple(party(one, event.id) for one in event.recipients),
        days=days, sites=sites, counts=(),
        content_type=content.type if content is not None else None,
        content_mode=content.mode if content is not None else None,
        content_text=content.trigger.text if content is not None else None,
        condition=event.condition.text if event.condition is not None else None,
        deadline=None if deadline is None else Days(
            start=deadline.start, end=deadline.end, reports=reports
        ),
        claims=claims, reports=reports, documents=(event.document,), families=1, sources=1,
        first_report=event.published, last_report=event.published, sentence=event.sentence.text,
    )  # fmt: skip


def party(one: Actor, report: str) -> Party:
    return Party(
        name=one.text or one.country or "somebody", country=one.country, sectors=one.sectors,
        entity=one.entity, reports=(report,),
    )  # fmt: skip
