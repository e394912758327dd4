"""The map: where incidents were, how many, and how sure the place is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.model.incident import Site
from tocsin.report.crisis import wording
from tocsin.report.crisis.material import Material

_MOST_ROWS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with its incidents; ``radius`` is how uncertain it is, in kilometres."""

    name: str
    country: str
    lat: float
    lon: float
    radius: float
    conflict: int
    cooperation: int

    @property
    def incidents(self) -> int:
        """All of them."""
        return self.conflict + self.cooperation


@dataclass(frozen=True, slots=True, kw_only=True)
class MapSection:
    """``spots`` are drawn, ``vague`` ones are whole countries or wider and only counted in the
    table; ``placeless`` incidents have no place with coordinates."""

    spots: tuple[Spot, ...]
    vague: tuple[Spot, ...]
    shown: tuple[Spot, ...]
    more: int
    placed: int
    placeless: int
    countries: frozenset[str]


# A place less sure than this is a country or a sea: a dot in its middle would be a lie.
VAGUE_KM = 150


def map_section(material: Material) -> MapSection:
    """The place of each incident: the first that its reports give."""
    groups: dict[tuple[str, float, float], list[tuple[Site, bool]]] = {}
    placeless = 0
    for one in material.observations.values():
        incident = material.incidents.get(one.id)
        site = incident.sites[0] if incident is not None and incident.sites else None
        if site is None or site.lat is None or site.lon is None:
            placeless += 1
        else:
            key = site.name, round(site.lat, 3), round(site.lon, 3)
            groups.setdefault(key, []).append((site, one.score < 0))
    every = sorted((_spot(group) for group in groups.values()), key=lambda s: (-s.incidents, s.name))
    spots = tuple(spot for spot in every if spot.radius <= VAGUE_KM)
    return MapSection(
        spots=spots,
        vague=tuple(spot for spot in every if spot.radius > VAGUE_KM),
        shown=tuple(every[:_MOST_ROWS]),
        more=max(0, len(every) - _MOST_ROWS),
        placed=sum(spot.incidents for spot in every),
        placeless=placeless,
        countries=frozenset(material.dyad),
    )


def _spot(group: Sequence[tuple[Site, bool]]) -> Spot:
    site = group[0][0]
    return Spot(
        name=site.name,
        country=wording.country(site.country) if site.country else "",
        lat=site.lat or 0.0,
        lon=site.lon or 0.0,
        radius=max(one.radius_km or 0.0 for one, _ in group),
        conflict=sum(conflict for _, conflict in group),
        cooperation=sum(not conflict for _, conflict in group),
    )
