"""The map: where incidents were, and how sure the places are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.report.crisis.places import VAGUE_KM
from tocsin.web.answering import page
from tocsin.web.asked import AskedPlaces
from tocsin.web.desk import TheDesk
from tocsin.web.views.places import PlaceLine, PlacesPage

router = APIRouter(tags=["places"])
_MOST = 400


@page(router, "/map", "map.html.j2")
def places(desk: TheDesk, asked: Annotated[AskedPlaces, Query()]) -> PlacesPage:
    """Where incidents were."""
    with desk.reading() as reading:
        filters = asked.filters()
        rows = reading.store.ask("places", filters)
        every = reading.store.count("incidents", filters)
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
            for row in rows[:_MOST]
        ),
        total=len(rows),
        incidents=every,
        placeless=every - sum(row["incidents"] for row in rows),
    )
