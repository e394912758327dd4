"""The outlines of countries, for maps (``data/places/outlines.json``).

The file is built by ``tools/build_outlines.py`` out of Natural Earth: ``lines`` are borders and
coasts, in steps from their first point, in parts (``unit``) of a degree; a country is a list of
rings, each made of the numbers of lines, a line that runs the other way as ``~number``.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import read_text

PATH = "places/outlines.json"
#: Longitude and latitude in degrees (WGS 84).
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ring:
    """One shore or border all around: ``country`` is a code, "" for land of none; with the box it
    lies in, west, south, east, north. Longitudes run on past 180 where the ring crosses it."""

    country: str
    points: tuple[Point, ...]
    box: tuple[float, float, float, float]


@lru_cache(maxsize=1)
def load_outlines() -> tuple[Ring, ...]:
    """All rings; KnowledgeError where the file is not as it is built."""
    try:
        content = json.loads(read_text(*PATH.split("/")))
        unit = content["unit"]
        lines = [_points(line, unit) for line in content["lines"]]
        return tuple(
            _ring(country, ring, lines) for country, rings in content["countries"] for ring in rings
        )
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise KnowledgeError(f"cannot be read: {error!r}; build it anew", path=PATH) from error


def _points(steps: Sequence[int], unit: int) -> list[Point]:
    x = y = 0
    found = []
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        found.append((x / unit, y / unit))
    return found


def _ring(country: str, numbers: Sequence[int], lines: Sequence[Sequence[Point]]) -> Ring:
    points: list[Point] = []
    for number in numbers:
        line = lines[number] if number >= 0 else lines[~number][::-1]
        points.extend(line[1:] if points else line)
    points = _running_on(points)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Ring(country, tuple(points), (min(xs), min(ys), max(xs), max(ys)))


def _running_on(points: Sequence[Point]) -> list[Point]:
    """The points with longitudes that make no jump at 180; a ring that goes around a pole is closed
    over it."""
    turn, before = 0.0, points[0][0]
    found = []
    for x, y in points:
        if abs(x - before) > 180:
            turn += 360 if x < before else -360
        before = x
        found.append((x + turn, y))
    if turn:
        pole = -90.0 if found[0][1] < 0 else 90.0
        found += [(found[-1][0], pole), (found[0][0], pole)]
    return found
