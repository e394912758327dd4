"""ICEWS, the Integrated Crisis Early Warning System: tables with a header, NA for nothing."""

from __future__ import annotations

from tocsin.ingest.series.form import (
    Cells,
    Form,
    Head,
    coordinates,
    day_of,
    identity,
    listed,
    number,
    plover_of,
)
from tocsin.knowledge.countries import load_countries
from tocsin.model.imported import Imported

_NOTHING = "NA"


def _row(cells: Cells, head: Head) -> Imported:
    cells = {name: "" if value == _NOTHING else value for name, value in cells.items()}
    countries = load_countries("icews")
    cameo = cells.get("CAMEO Code") or None
    type_, mode, by, quad = plover_of(cameo)
    lat, lon = coordinates(cells, "Latitude", "Longitude")
    score = number(cells, "Intensity")
    places = map(cells.get, ("City", "District", "Province"))
    return Imported(
        *head,
        id=identity(cells, "Event ID"),
        day=day_of(cells, "Event Date"),
        actor=cells.get("Source Name") or None,
        actor_country=countries.code(cells.get("Source Country", "")),
        actor_sectors=listed(cells.get("Source Sectors")),
        recipient=cells.get("Target Name") or None,
        recipient_country=countries.code(cells.get("Target Country", "")),
        recipient_sectors=listed(cells.get("Target Sectors")),
        cameo=cameo,
        type=type_,
        mode=mode,
        typed_by=by,
        quad=quad,
        score=score,
        scale="intensity" if score is not None else None,
        place=next(filter(None, places), None),
        place_country=countries.code(cells.get("Country", "")),
        lat=lat,
        lon=lon,
        publisher=cells.get("Publisher") or None,
    )


ICEWS = Form(
    "ICEWS",
    (
        "Event ID", "Event Date", "Source Name", "Source Country", "CAMEO Code", "Intensity",
        "Target Name", "Target Country",
    ),
    _row,
)  # fmt: skip
