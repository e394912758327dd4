"""Incidents that were reported on several days, in the versions that their reports made of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tocsin.linking.corroboration import FIRST_LINES
from tocsin.linking.decisions import Decided, decided
from tocsin.linking.incidents.reports import bare_report
from tocsin.linking.incidents.summary import incident_of
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.incident import Incident

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore


@dataclass(frozen=True, slots=True)
class Retold:
    """An incident with its reports of several days: ``versions`` by the day from which each was
    known, with the events that had been published by then; ``outlets`` of their documents."""

    id: str
    versions: tuple[tuple[date, Incident, tuple[Event, ...]], ...]
    outlets: Mapping[str, str | None]


def load_retold(store: TableStore, incidents: Iterable[str]) -> Iterator[Retold]:
    """Those of these incidents that were reported on several days, in their versions."""
    reports = store.links.retold(incidents)
    events = {one.id: one for one in store.links.events_by_id(_all(reports.values()))}
    documents = store.links.heads({one.document for one in events.values()}, lines=FIRST_LINES)
    families = store.links.families(documents)
    outlets = {id_: one.outlet for id_, one in documents.items()}
    holds = load_decided(store)
    for incident, ids in reports.items():
        own = [events[id_] for id_ in ids]
        yield Retold(incident, tuple(_versions(own, documents, families, holds)), outlets)


def load_decided(store: TableStore) -> Decided:
    """What persons have decided, as it holds now."""
    said = store.links.decisions()
    judged = {document for one in said for document in one.changed}
    return decided(said, store.links.events(judged) if judged else ())


def _all(lists: Iterable[Iterable[str]]) -> list[str]:
    return [one for own in lists for one in own]


def _versions(
    events: Sequence[Event],
    documents: Mapping[str, Document],
    families: Mapping[str, str],
    holds: Decided,
) -> Iterator[tuple[date, Incident, tuple[Event, ...]]]:
    """The incident by each day on which a report of it was published."""
    reports = [
        bare_report(one, documents[one.document])
        for one in events
        if one.status != "hypothetical"  # nobody reports what is only supposed
    ]
    for day in sorted({one.published for one in events if one.published is not None}):
        known = tuple(one for one in events if one.published is not None and one.published <= day)
        ids = {one.id for one in known}
        told = [one for one in reports if one.id in ids]
        if told:
            yield day, holds.relabelled(incident_of(told, families)), known
