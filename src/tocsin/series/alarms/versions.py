"""Histories out of a store: each incident in the versions that its reports made of it."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from tocsin.linking.decisions import Decided, decided
from tocsin.linking.incidents.reports import Report, reports_of
from tocsin.linking.incidents.summary import incident_of
from tocsin.linking.stories import Article
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.flat_incident import countries, incident_row
from tocsin.model.incident import Incident
from tocsin.series.alarms.history import History, Version
from tocsin.series.effort import Effort, load_effort
from tocsin.series.loading import INCIDENTS, is_sum, load_observations, of_incidents
from tocsin.series.observations import ANY, Dyad, belongs
from tocsin.series.tension import bounds_of
from tocsin.store.filters import Filters

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore


@dataclass(frozen=True, slots=True)
class Retold:
    """An incident with its reports of several days: ``versions`` by the day from which each was
    known, with the events that had been published by then; ``outlets`` of their documents."""

    id: str
    versions: tuple[tuple[date, Incident, tuple[Event, ...]], ...]
    outlets: Mapping[str, str | None]


def load_history(
    store: TableStore,
    dyad: Dyad,
    *,
    source: str = INCIDENTS,
    since: date | None = None,
    until: date | None = None,
) -> History:
    """What was known of a dyad on each day. OptionError where nothing was read, and for an unknown
    source."""
    effort = load_effort(store, source)
    versions, undated = load_versions(store, dyad, source=source)
    return history_of(versions, effort, dyad, source, since, until, undated)


def history_of(
    versions: Iterable[Version],
    effort: Effort,
    dyad: Dyad,
    source: str,
    since: date | None = None,
    until: date | None = None,
    undated: int = 0,
) -> History:
    """The history of the versions that belong to a dyad. OptionError where nothing was read."""
    first, last = bounds_of(effort, since, until)
    kept = tuple(one for one in versions if belongs(one.observation, dyad))
    return History(
        dyad=dyad, source=source, versions=kept, effort=effort, first=first, last=last,
        undated=undated,
    )  # fmt: skip


def load_versions(
    store: TableStore, dyad: Dyad = (ANY, ANY), *, source: str = INCIDENTS
) -> tuple[list[Version], int]:
    """The versions of all that belongs to a dyad, and how many are left out as nobody can say when
    they were known or when they happened."""
    observed = load_observations(store, dyad=dyad, source=source)
    if source != INCIDENTS:
        return [Version(one, one.start) for one in observed.observations], observed.undated
    found = []
    undated = observed.undated
    retold = {one.id: one for one in load_retold(store, dyad)}
    for one in observed.observations:
        if one.id in retold:
            continue
        if one.reported is None:
            undated += 1
        else:
            found.append(Version(one, one.reported))
    shutting = {row["event"] for row in store.ask("shutting_events")}
    undated += sum(not again.versions for again in retold.values())
    for again in retold.values():
        found += [one for one in _versions(again, shutting) if belongs(one.observation, dyad)]
    return found, undated


def load_retold(
    store: TableStore, dyad: Dyad = (ANY, ANY), *, only: Container[str] | None = None
) -> Iterator[Retold]:
    """The incidents that were reported on several days, in their versions: those that name both of
    a dyad, and of these with ``only`` those of these ids."""
    wanted = None if dyad == (ANY, ANY) else dyad
    rows = store.ask("retold_incidents", Filters(dyad=wanted))
    rows = [row for row in rows if only is None or row["incident"] in only]
    ids = [id_ for row in rows for id_ in row["events"]]
    events = {one.id: one for one in store.links.events_by_id(ids)}
    documents = store.links.documents({one.document for one in events.values()})
    families = store.links.families(documents)
    outlets = {id_: one.outlet for id_, one in documents.items()}
    said = store.links.decisions()
    judged = {document for one in said for document in one.changed}
    holds = decided(said, store.links.events(judged) if judged else ())
    for row in rows:
        own = [events[id_] for id_ in row["events"]]
        versions = tuple(_retold(own, documents, families, holds))
        yield Retold(row["incident"], versions, outlets)


def _retold(
    events: Sequence[Event],
    documents: Mapping[str, Document],
    families: Mapping[str, str],
    holds: Decided,
) -> Iterator[tuple[date, Incident, tuple[Event, ...]]]:
    """The incident by each day on which a report of it was published."""
    for day in sorted({one.published for one in events if one.published is not None}):
        known = tuple(one for one in events if one.published is not None and one.published <= day)
        reports = [report for one in known for report in _reports(one, documents[one.document])]
        if reports:
            yield day, holds.relabelled(incident_of(reports, families)), known


def _reports(event: Event, document: Document) -> list[Report]:
    # The words of the article tell stories apart, and nothing of what an incident is.
    return reports_of((event,), Article(document, {}, {}))


def _versions(retold: Retold, shutting: set[str]) -> Iterator[Version]:
    ends: list[date | None] = [day for day, _, _ in retold.versions[1:]]
    for (day, incident, events), until in zip_longest(retold.versions, ends):
        row = _row(incident, events, shutting, retold.outlets)
        if is_sum(row):
            continue
        for observation, dated in of_incidents([row]):
            if dated:
                yield Version(observation, day, until, incident.sentence)


def _row(
    incident: Incident,
    events: Sequence[Event],
    shutting: set[str],
    outlets: Mapping[str, str | None],
) -> dict[str, Any]:
    """What the question ``measured_incidents`` says of an incident with these reports."""
    best = max(events, key=lambda one: (one.confidence, one.id))
    coded = max(
        (one for one in events if one.cameo is not None),
        key=lambda one: (one.confidence, one.id),
        default=best,
    )
    named = {outlets.get(one.document) for one in events}
    counts = [
        {"casualty": one.casualty, "total": one.total, "value": one.value}
        for one in incident.counts
    ]
    return incident_row(incident) | {
        "condition": incident.condition is not None,
        "deadline": incident.deadline is not None,
        "channel": any(one.id in shutting for one in events),
        "actor_countries": countries(incident.actors),
        "recipient_countries": countries(incident.recipients),
        "counts": json.dumps(counts) if incident.type == "ASSAULT" else None,
        "confidence": best.confidence,
        "cameo": coded.cameo,
        "outlets": sorted(name for name in named if name is not None),
    }
