"""Incidents: the list, and one of them down to the sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.model.codec import record_from_dict
from tocsin.model.decision import Decision, in_force
from tocsin.model.incident import Incident
from tocsin.model.threat import Threat
from tocsin.store.queries import Filters
from tocsin.store.tables import TableStore
from tocsin.web.answering import page
from tocsin.web.asked import AskedIncidents
from tocsin.web.desk import TheDesk
from tocsin.web.problems import NotFoundError
from tocsin.web.views.incident import IncidentPage, incident_page
from tocsin.web.views.lines import IncidentLine, Page, incident_line, page_of

router = APIRouter(tags=["incidents"])


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentsPage:
    """Incidents by pages."""

    place: Page
    incidents: tuple[IncidentLine, ...]


@page(router, "/incidents", "incidents.html.j2")
def incidents(desk: TheDesk, asked: Annotated[AskedIncidents, Query()]) -> IncidentsPage:
    """Incidents: what happened, the reports of one happening put together."""
    filters = asked.filters(limit=asked.per, offset=asked.offset, sort=asked.sort)
    with desk.reading() as reading:
        total = reading.store.count("incidents", filters)
        rows = reading.store.ask("incidents", filters)
    return IncidentsPage(
        place=page_of(asked.page, asked.per, total), incidents=tuple(map(incident_line, rows))
    )


@page(router, "/incidents/{id}", "incident.html.j2")
def incident(desk: TheDesk, id: str) -> IncidentPage:  # noqa: A002 - the record's own name
    """One incident: best values, every report, who claims what, disagreement, decisions."""
    with desk.reading() as reading:
        store = reading.store
        found = store.incident(id)
        if found is None:
            raise NotFoundError(
                f"there is no incident {id}; it may have been put together with another since"
            )
        return page_of_incident(store, found)


def page_of_incident(store: TableStore, found: Incident) -> IncidentPage:
    """The page of an incident of this store."""
    made = tuple(store.links.decisions())
    holding = {one.number for one in in_force(made)}
    spoken = set(found.documents)
    events = {one.id: one for one in store.links.events_by_id(found.reports)}
    about: list[tuple[Decision, bool]] = []
    for one in made:
        anchors = [anchor for group in one.groups for anchor in group]
        touched = any(
            anchor.document == event.document
            and anchor.start < event.trigger.end
            and event.trigger.start < anchor.end
            for anchor in anchors
            if anchor.document in spoken
            for event in events.values()
        )
        if touched or any(one.undoes == other.number for other, _ in about):
            about.append((one, one.number in holding or one.action == "undo"))
    own = _threats(store, Filters(id=found.id))
    return incident_page(
        found,
        events,
        store.links.documents(found.documents),
        threat=own[0] if own else None,
        settles=_threats(store, Filters(settled_by=found.id)),
        decisions=about,
    )


def _threats(store: TableStore, filters: Filters) -> list[Threat]:
    import json

    rows = store.ask("threat_records", filters)
    return [record_from_dict(Threat, json.loads(row["record"])) for row in rows]
