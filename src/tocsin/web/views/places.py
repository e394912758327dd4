"""The places of incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
