"""Incidents: the list, and one of them down to the sentences."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.model.codec import record_from_dict
from tocsin.model.incident import PREFIX, Incident
from tocsin.model.threat import Threat
from tocsin.store.filters import Filters
from tocsin.store.tables import TableStore
from tocsin.web.answering import page
from tocsin.web.asked import AskedIncident, AskedIncidents
from tocsin.web.desk import TheDesk
from tocsin.web.problems import NotFoundError
from tocsin.web.views.incident import IncidentPage, incident_page
from tocsin.web.views.lines import IncidentLine, Page, incident_line, page_of
from tocsin.work.deciding import decisions_about

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
        total, rows = reading.page("incidents", filters)
    return IncidentsPage(
        place=page_of(asked.page, asked.per, total), incidents=tuple(map(incident_line, rows))
    )


@page(router, "/incidents/{id}", "incident.html.j2")
def incident(
    desk: TheDesk,
    id: str,  # noqa: A002 - the record's own name
    asked: Annotated[AskedIncident, Query()],
) -> IncidentPage:
    """One incident: best values, every report, who claims what, disagreement, decisions."""
    with desk.reading() as reading:
        store = reading.store
        found = incident_at(store, id)
        if found is None:
            raise NotFoundError(
                f"there is no incident {id}; if it was rejected, the decision stands at /decisions"
            )
        return page_of_incident(store, found)


def incident_at(store: TableStore, id: str) -> Incident | None:  # noqa: A002
    """The incident of an address: the one with this id, else the one that the report that once
    gave the id belongs to now, so that links still lead to what was put together or parted."""
    return store.incident(id) or store.incident(id.removeprefix(PREFIX))


def page_of_incident(store: TableStore, found: Incident) -> IncidentPage:
    """The page of an incident of this store."""
    events = {one.id: one for one in store.links.events_by_id(found.reports)}
    own = _threats(store, Filters(id=found.id))
    return incident_page(
        found,
        events,
        store.links.documents(found.documents),
        threat=own[0] if own else None,
        settles=_threats(store, Filters(settled_by=found.id)),
        decisions=decisions_about(store, found.id),
    )


def _threats(store: TableStore, filters: Filters) -> list[Threat]:
    rows = store.ask("threat_records", filters)
    return [record_from_dict(Threat, json.loads(row["record"])) for row in rows]
