"""The map: where incidents were, how many, and how sure the place is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median_low

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
    """``spots`` are drawn; those that lie far ``outside`` are named, so that the map shows what
    most are about; ``vague`` ones are whole countries or wider and only counted in the table;
    ``placeless`` incidents have no place with coordinates."""

    spots: tuple[Spot, ...]
    outside: tuple[Spot, ...]
    vague: tuple[Spot, ...]
    shown: tuple[Spot, ...]
    more: int
    placed: int
    placeless: int
    countries: frozenset[str]


# The map is drawn around this part of the incidents, and takes in what is not much farther.
_MOST_PART = 0.8
_AROUND = 1.5
_LEAST_KM = 400.0
# A place less sure than this is a country or a sea: a dot in its middle would be a lie.
VAGUE_KM = 150


def map_section(material: Material) -> MapSection:
    """The place of each incident: that which most of its reports give."""
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
    every = sorted(
        (_spot(group) for group in groups.values()), key=lambda s: (-s.incidents, s.name)
    )
    spots, outside = near_and_far([spot for spot in every if spot.radius <= VAGUE_KM])
    return MapSection(
        spots=spots,
        outside=outside,
        vague=tuple(spot for spot in every if spot.radius > VAGUE_KM),
        shown=tuple(every[:_MOST_ROWS]),
        more=max(0, len(every) - _MOST_ROWS),
        placed=sum(spot.incidents for spot in every),
        placeless=placeless,
        countries=frozenset(material.dyad),
    )


def near_and_far(
    spots: Sequence[Spot], *, part: float = _MOST_PART
) -> tuple[tuple[Spot, ...], tuple[Spot, ...]]:
    """The places around which so large a part of the incidents are, and those far from them."""
    total = sum(spot.incidents for spot in spots)
    best: tuple[Spot, ...] = tuple(spots)
    reach = math.inf
    for centre in spots:
        ordered = sorted(spots, key=lambda spot: _km(centre, spot))
        covered, within = 0, 0.0
        for spot in ordered:
            if covered >= part * total:
                break
            covered, within = covered + spot.incidents, _km(centre, spot)
        if within < reach:
            reach = within
            bound = max(_LEAST_KM, _AROUND * within)
            best = tuple(spot for spot in spots if _km(centre, spot) <= bound)
    return best, tuple(spot for spot in spots if spot not in best)


def _km(one: Spot, other: Spot) -> float:
    """The way between two places on the globe."""
    lat1, lat2 = math.radians(one.lat), math.radians(other.lat)
    lon = math.radians(other.lon - one.lon)
    chord = math.sin((lat2 - lat1) / 2) ** 2
    chord += math.cos(lat1) * math.cos(lat2) * math.sin(lon / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(chord)))


def _spot(group: Sequence[tuple[Site, bool]]) -> Spot:
    site = group[0][0]
    return Spot(
        name=site.name,
        country=wording.country(site.country) if site.country else "",
        lat=site.lat or 0.0,
        lon=site.lon or 0.0,
        radius=median_low([one.radius_km or 0.0 for one, _ in group]),
        conflict=sum(conflict for _, conflict in group),
        cooperation=sum(not conflict for _, conflict in group),
    )
