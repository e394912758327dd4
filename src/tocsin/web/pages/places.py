"""The map: where incidents were, and how sure the places are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.report.crisis.places import VAGUE_KM
from tocsin.web.answering import page
from tocsin.web.asked import AskedPlaces
from tocsin.web.desk import TheDesk

router = APIRouter(tags=["places"])
_MOST = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place of incidents, those that most of their reports give; ``radius_km`` is how uncertain
    it is. A ``vague`` one is a whole country or a sea, and is no dot on the map."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    vague: bool
    incidents: int
    conflict: int
    cooperation: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage:
    """The places with most incidents, of ``total``; ``placeless`` incidents tell of none."""

    places: tuple[PlaceLine, ...]
    total: int
    incidents: int
    placeless: int


@page(router, "/map", "map.html.j2")
def places(desk: TheDesk, asked: Annotated[AskedPlaces, Query()]) -> PlacesPage:
    """Where incidents were."""
    with desk.reading() as reading:
        filters = asked.filters(limit=_MOST)
        rows = reading.store.ask("places", filters)
        total = reading.store.count("places", filters)
        every = reading.store.count("incidents", asked.filters())
        placed = sum(row["incidents"] for row in reading.store.ask("places", asked.filters()))
    return PlacesPage(
        places=tuple(
            PlaceLine(
                name=row["place"],
                country=row["country"],
                lat=row["lat"],
                lon=row["lon"],
                radius_km=row["radius_km"],
                vague=row["lat"] is None or (row["radius_km"] or 0.0) > VAGUE_KM,
                incidents=row["incidents"],
                conflict=row["conflict"],
                cooperation=row["cooperation"],
                first=row["first"],
                last=row["last"],
            )
            for row in rows
        ),
        total=total,
        incidents=every,
        placeless=every - placed,
    )
