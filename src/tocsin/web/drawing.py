"""Pictures of views as SVG: charts, lines, maps. The same view gives the same picture."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup

from tocsin.report.crisis.index import IndexSection
from tocsin.report.crisis.index_chart import NARROW, WIDE, chart_spec
from tocsin.report.crisis.map_drawing import draw_map
from tocsin.report.crisis.places import MapSection, Spot, near_and_far
from tocsin.report.view import days_words
from tocsin.web.views.places import PlacesPage
from tocsin.web.views.sources import EffortColumn

_LINE_WIDTH, _LINE_HEIGHT = 120, 24
_BARS_WIDTH, _BARS_HEIGHT = 860, 120
# So many places are drawn where most happened, and so many on the map of all.
_NEAR, _FAR = 100, 300
# One map shows a region well and not half the world: that in which half of it happened.
_PART = 0.5


@dataclass(frozen=True, slots=True)
class Frame:
    """A map with what it shows."""

    name: str
    svg: Markup


def index_charts(section: IndexSection) -> list[tuple[str, Markup]]:
    """The chart of the index, wide and narrow."""
    return [
        (name, Markup(_svg(json.dumps(chart_spec(section, width), sort_keys=True))))
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    ]


def warm() -> None:
    """Load what charts are drawn with, so that the first of them takes no longer than others."""
    import altair  # noqa: F401

    _svg('{"data": {"values": []}, "mark": "point"}')


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    import vl_convert

    return vl_convert.vegalite_to_svg(json.loads(spec))


def line(values: Sequence[float | None], *, top: float | None = None) -> Markup:
    """A small line of values one step apart, with gaps where none is known, and a dot at the last;
    ``top`` is the value at the upper edge, else that of the highest."""
    most = top or max((one for one in values if one is not None), default=0.0) or 1.0
    step = _LINE_WIDTH / max(1, len(values) - 1)

    def at(place: int, value: float) -> str:
        height = _LINE_HEIGHT - 3
        return f"{place * step:.1f},{_LINE_HEIGHT - 1.5 - height * min(1.0, value / most):.1f}"

    runs: list[list[str]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(at(place, value))
    paths = "".join(f'<path d="M{" ".join(run)}"/>' for run in runs if len(run) > 1)
    last = values[-1] if values else None
    dot = ""
    if last is not None:
        x, y = at(len(values) - 1, last).split(",")
        dot = f'<circle cx="{x}" cy="{y}" r="2"/>'
    return Markup(
        f'<svg class="line" viewBox="-2 0 {_LINE_WIDTH + 5} {_LINE_HEIGHT}" width="{_LINE_WIDTH}" '
        f'height="{_LINE_HEIGHT}" aria-hidden="true">{paths}{dot}</svg>'
    )


def maps(view: PlacesPage) -> list[Frame]:
    """The map of the places around which half the incidents were, and that of all where there are
    others far from these."""
    spots = [
        Spot(
            name=one.name, country=one.country or "", lat=one.lat, lon=one.lon,
            radius=one.radius_km or 0.0, conflict=one.conflict, cooperation=one.cooperation,
        )
        for one in view.places
        if not one.vague and one.lat is not None and one.lon is not None
    ]  # fmt: skip
    near, outside = near_and_far(spots[:_NEAR], part=_PART)
    frames = [Frame("Where half of it happened", _drawn(near))] if near else []
    if outside:
        frames.append(Frame("All places", _drawn(tuple(spots[:_FAR]))))
    return frames


def _drawn(spots: tuple[Spot, ...]) -> Markup:
    return draw_map(
        MapSection(
            spots=spots, outside=(), vague=(), shown=(), more=0, placed=0, placeless=0,
            countries=frozenset(),
        )
    )  # fmt: skip


def bars(columns: Sequence[EffortColumn]) -> Markup:
    """A bar for each stretch of days, as high as what was read; it fills the room that it is given,
    so that what is written stands beside it."""
    most = max((one.articles for one in columns), default=0) or 1
    step = _BARS_WIDTH / max(1, len(columns))
    parts = [
        f'<svg class="bars" viewBox="0 0 {_BARS_WIDTH} {_BARS_HEIGHT}" preserveAspectRatio="none" '
        f'role="img" aria-label="Articles read, at most {most:,} in one stretch">'
    ]
    for place, one in enumerate(columns):
        height = _BARS_HEIGHT * one.articles / most
        words = f"{days_words(one.start, one.end)}: {one.articles:,}"
        parts.append(
            f'<rect x="{place * step + 1:.1f}" y="{_BARS_HEIGHT - height:.1f}" '
            f'width="{max(1.0, step - 2):.1f}" height="{height:.1f}"><title>{words}</title></rect>'
        )
    return Markup("".join([*parts, "</svg>"]))
