"""The map as SVG: outlines, graticule, a dot for each place with a circle for how unsure it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, pi, radians, sin, sqrt

from markupsafe import Markup

from tocsin.knowledge.outlines import Ring, load_outlines
from tocsin.report.crisis.places import MapSection, Spot
from tocsin.report.crisis.wording import line

_WIDTH, _LEAST_HEIGHT, _MOST_HEIGHT = 760.0, 320.0, 580.0
_KM = 111.2  # of a degree of latitude
_PADDING = 0.12
_LEAST_SPAN = 3.0  # degrees: a map of one town shows the land around it
_MOST_LABELS = 14
_LETTER, _LINE = 6.6, 15.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The piece of the world that is drawn, and how: a degree of longitude is as wide as in its
    middle latitude, so that distances are true there. ``west`` may lie below -180."""

    west: float
    south: float
    east: float
    north: float
    scale: float  # pixels a degree of latitude
    squeeze: float

    @property
    def width(self) -> float:
        """In pixels."""
        return (self.east - self.west) * self.scale * self.squeeze

    @property
    def height(self) -> float:
        """In pixels."""
        return (self.north - self.south) * self.scale

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """The place of a point on the picture."""
        return (lon - self.west) * self.scale * self.squeeze, (self.north - lat) * self.scale


def draw_map(section: MapSection) -> Markup:
    """The map; empty where there is nothing to draw."""
    if not section.spots:
        return Markup("")
    frame = frame_of(section.spots)
    words = f"Map of {len(section.spots)} places with incidents; the table below has them all."
    parts = [
        f'<svg class="map" viewBox="0 0 {frame.width:.0f} {frame.height:.0f}" role="img" '
        f'aria-label="{escape(words)}" xmlns="http://www.w3.org/2000/svg">',
        f'<rect class="sea" width="{frame.width:.0f}" height="{frame.height:.0f}"/>',
        *_land(frame, section.countries),
        *_graticule(frame),
    ]
    for spot in section.spots:
        x, y = frame.at(spot.lon, spot.lat)
        if spot.radius:
            radius = spot.radius / _KM * frame.scale
            parts.append(f'<circle class="unsure" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}"/>')
    for spot in sorted(section.spots, key=lambda one: -one.incidents):
        parts.append(_dot(frame, spot))
    parts += _labels(frame, section.spots)
    parts.append("</svg>")
    return Markup("".join(parts))


def frame_of(spots: Sequence[Spot]) -> Frame:
    """The extent of the places with their circles and some land around."""
    reach = [(s, s.radius / _KM) for s in spots]
    south, north = min(s.lat - r for s, r in reach), max(s.lat + r for s, r in reach)
    middle = radians((south + north) / 2)
    squeeze = max(0.2, cos(middle))
    west = min(s.lon - r / squeeze for s, r in reach)
    east = max(s.lon + r / squeeze for s, r in reach)
    tall = max(north - south, _LEAST_SPAN) * (1 + 2 * _PADDING)
    wide = max((east - west) * squeeze, _LEAST_SPAN) * (1 + 2 * _PADDING)
    # Neither a strip nor a tower.
    tall = max(tall, wide * _LEAST_HEIGHT / _WIDTH)
    wide = max(wide, tall * _WIDTH / _MOST_HEIGHT)
    lat, lon = (south + north) / 2, (west + east) / 2
    half = wide / squeeze / 2
    return Frame(
        west=lon - half,
        south=max(-90.0, lat - tall / 2),
        east=lon + half,
        north=min(90.0, lat + tall / 2),
        scale=_WIDTH / wide,
        squeeze=squeeze,
    )


def _land(frame: Frame, countries: frozenset[str]) -> Iterator[str]:
    """The outlines that lie in the frame; those of the two countries of the dyad are marked."""
    for ring in load_outlines():
        for shift in (-360.0, 0.0, 360.0):
            west, south, east, north = ring.box
            inside = west + shift < frame.east and east + shift > frame.west
            if inside and south < frame.north and north > frame.south:
                own = " own" if ring.country in countries else ""
                yield f'<path class="land{own}" d="{_path(frame, ring, shift)}"/>'


def _path(frame: Frame, ring: Ring, shift: float) -> str:
    # Far outside of the frame a coast needs no points of its own.
    margin = 2.0
    points: list[str] = []
    for lon, lat in ring.points:
        lon = min(max(lon + shift, frame.west - margin), frame.east + margin)
        lat = min(max(lat, frame.south - margin), frame.north + margin)
        x, y = frame.at(lon, lat)
        point = f"{x:.0f},{y:.0f}"
        if not points or points[-1] != point:
            points.append(point)
    return f"M{' '.join(points)}Z"


def _graticule(frame: Frame) -> Iterator[str]:
    """Lines of whole degrees with their numbers at the edge."""
    span = max(frame.east - frame.west, frame.north - frame.south)
    step = next(step for step in (1, 2, 5, 10, 20, 30, 60, 90, 180, 360) if span / step <= 8)
    for lon in range(-540, 541, step):
        if frame.west < lon < frame.east:
            x, _ = frame.at(lon, 0)
            yield f'<path class="grid" d="M{x:.0f},0V{frame.height:.0f}"/>'
            name = f"{abs((lon + 180) % 360 - 180)}°{'E' if (lon + 180) % 360 >= 180 else 'W'}"
            yield f'<text class="degree" x="{x + 3:.0f}" y="{frame.height - 5:.0f}">{name}</text>'
    for lat in range(-90, 91, 1):
        if lat % step == 0 and frame.south < lat < frame.north:
            _, y = frame.at(0, lat)
            yield f'<path class="grid" d="M0,{y:.0f}H{frame.width:.0f}"/>'
            name = f"{abs(lat)}°{'N' if lat >= 0 else 'S'}"
            yield f'<text class="degree" x="4" y="{y - 4:.0f}">{name}</text>'


def _size(spot: Spot) -> float:
    """The radius of a dot: its area stands for how many incidents."""
    return min(24.0, 4.5 * sqrt(spot.incidents))


def _dot(frame: Frame, spot: Spot) -> str:
    """A dot whose sector of cooperation has another colour."""
    x, y = frame.at(spot.lon, spot.lat)
    size = _size(spot)
    words = f"{spot.name}: {spot.conflict} of conflict, {spot.cooperation} of cooperation"
    title = f"<title>{escape(line(words))}</title>"
    base = "dot good" if not spot.conflict else "dot"
    found = f'<circle class="{base}" cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}">{title}</circle>'
    if spot.conflict and spot.cooperation:
        turn = 2 * pi * spot.cooperation / spot.incidents
        end_x, end_y = x + size * sin(turn), y - size * cos(turn)
        found += (
            f'<path class="dot good" d="M{x:.1f},{y:.1f}V{y - size:.1f}A{size:.1f},{size:.1f} 0 '
            f'{int(turn > pi)} 1 {end_x:.1f},{end_y:.1f}Z">{title}</path>'
        )
    return found


def _labels(frame: Frame, spots: Sequence[Spot]) -> Iterator[str]:
    """The names of places, those with most incidents first, where there is room."""
    dots = {spot: _box_of_dot(frame, spot) for spot in spots}
    taken = list(dots.values())
    named = 0
    for spot in sorted(spots, key=lambda one: (-one.incidents, one.name)):
        if named == _MOST_LABELS:
            return
        name = line(spot.name)
        x, y = frame.at(spot.lon, spot.lat)
        width, gap = len(name) * _LETTER, _size(spot) + 4
        places = (
            (x + gap, y + 4, "start"), (x - gap - width, y + 4, "end"),
            (x - width / 2, y - gap, "middle"), (x - width / 2, y + gap + 10, "middle"),
        )  # fmt: skip
        others = [one for one in taken if one[:2] != dots[spot][:2]]
        for left, base, anchor in places:
            box = left, base - _LINE + 3, left + width, base + 3
            if _fits(box, frame, others):
                at = {"start": left, "end": left + width, "middle": left + width / 2}[anchor]
                yield (
                    f'<text class="place" x="{at:.0f}" y="{base:.0f}" text-anchor="{anchor}">'
                    f"{escape(name)}</text>"
                )
                taken.append(box)
                named += 1
                break


Box = tuple[float, float, float, float]


def _box_of_dot(frame: Frame, spot: Spot) -> Box:
    (x, y), size = frame.at(spot.lon, spot.lat), _size(spot)
    return x - size, y - size, x + size, y + size


def _fits(box: Box, frame: Frame, taken: Sequence[Box]) -> bool:
    left, top, right, bottom = box
    if left < 0 or top < 0 or right > frame.width or bottom > frame.height:
        return False
    return all(right < one[0] or left > one[2] or bottom < one[1] or top > one[3] for one in taken)
