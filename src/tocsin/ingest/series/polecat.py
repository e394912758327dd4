"""POLECAT: tables with a header, coded in PLOVER."""

from __future__ import annotations

import re

from tocsin.ingest.series.form import (
    Cells,
    Form,
    Head,
    coordinates,
    day_of,
    identity,
    listed,
    number,
)
from tocsin.knowledge.countries import load_countries
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.imported import Imported

_NOTHING = ("NA", "None")
_QUADS = {
    "verbal cooperation": 1, "material cooperation": 2, "verbal conflict": 3,
    "material conflict": 4,
}  # fmt: skip


def _type(cells: Cells) -> str:
    value = cells.get("Event Type", "").upper()
    types = load_ontology().types
    if value not in types:
        raise ValueError(f"Event Type {value!r} is none of PLOVER's: {', '.join(types)}")
    return value


def _quad(cells: Cells, type_: str) -> int:
    """The class that stands there, as a number or in words; else that of the type."""
    said = re.sub(r"[\W_]+", " ", cells.get("Quad Code", "")).strip().lower()
    if said in ("1", "2", "3", "4"):
        return int(said)
    return _QUADS.get(said, load_ontology().types[type_].quad)


def _row(cells: Cells, head: Head) -> Imported:
    cells = {name: "" if value in _NOTHING else value for name, value in cells.items()}
    countries = load_countries("polecat")
    type_ = _type(cells)
    lat, lon = coordinates(cells, "Latitude", "Longitude")
    score = number(cells, "Intensity")
    places = map(cells.get, ("Placename", "City", "District", "Province"))
    return Imported(
        *head,
        id=identity(cells, "Event ID"),
        day=day_of(cells, "Event Date"),
        actor=cells.get("Actor Name") or None,
        actor_country=countries.code(cells.get("Actor Country", "")),
        actor_sectors=listed(cells.get("Actor Sectors") or cells.get("Primary Actor Sector")),
        recipient=cells.get("Recipient Name") or None,
        recipient_country=countries.code(cells.get("Recipient Country", "")),
        recipient_sectors=listed(
            cells.get("Recipient Sectors") or cells.get("Primary Recipient Sector")
        ),
        type=type_,
        mode=cells.get("Event Mode", "").lower() or None,
        typed_by="series",
        quad=_quad(cells, type_),
        score=score,
        scale="intensity" if score is not None else None,
        place=next(filter(None, places), None),
        place_country=countries.code(cells.get("Country", "")),
        lat=lat,
        lon=lon,
        publisher=cells.get("Source") or None,
    )


POLECAT = Form(
    "POLECAT",
    (
        "Event ID", "Event Date", "Event Type", "Event Mode", "Actor Name", "Actor Country",
        "Recipient Name", "Recipient Country",
    ),
    _row,
)  # fmt: skip
