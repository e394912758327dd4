"""The map: what is drawn, and where."""

from __future__ import annotations

import itertools
import re
import xml.etree.ElementTree as ET

import pytest

from tocsin.report.crisis.building import build
from tocsin.report.crisis.map_drawing import draw_map, frame_of
from tocsin.report.crisis.material import Material
from tocsin.report.crisis.places import MapSection, Spot, near_and_far


def spot(name: str, lat: float, lon: float, incidents: int = 1, radius: float = 10) -> Spot:
    return Spot(
        name=name, country="", lat=lat, lon=lon, radius=radius, conflict=incidents, cooperation=0
    )


def section(*spots: Spot) -> MapSection:
    near, far = near_and_far(spots)
    return MapSection(
        spots=near, outside=far, vague=(), shown=spots, more=0, placed=len(spots), placeless=0,
        countries=frozenset({"PRK"}),
    )  # fmt: skip


def test_places_of_incidents_are_drawn_with_their_uncertainty(material: Material) -> None:
    places = build(material).places
    assert [one.name for one in places.spots] == ["Strelsau", "Zenda"]
    drawn = draw_map(places)
    ET.fromstring(drawn)
    assert drawn.count('class="unsure"') == 2
    assert "Zenda</text>" in drawn
    assert places.placeless == len(material.observations) - 2


def test_a_country_is_no_dot(material: Material) -> None:
    from dataclasses import replace

    changed = {
        id_: replace(one, sites=tuple(replace(site, radius_km=300.0) for site in one.sites))
        for id_, one in material.incidents.items()
    }
    places = build(replace(material, incidents=changed)).places
    assert places.spots == ()
    assert len(places.vague) == 2
    assert draw_map(places) == ""


def test_far_places_do_not_make_the_map_small() -> None:
    near, far = near_and_far(
        [
            spot("Pyongyang", 39, 125.7, 9),
            spot("Seoul", 37.5, 127, 8),
            spot("Washington", 38.9, -77),
        ]
    )
    assert [one.name for one in near] == ["Pyongyang", "Seoul"]
    assert [one.name for one in far] == ["Washington"]
    assert near_and_far([]) == ((), ())


def test_the_frame_holds_every_circle() -> None:
    spots = [spot("a", 39, 125.7, radius=50), spot("b", 37.5, 127, radius=100)]
    frame = frame_of(spots)
    for one in spots:
        x, y = frame.at(one.lon, one.lat)
        reach = one.radius / 111.2 * frame.scale
        assert reach <= x <= frame.width - reach
        assert reach <= y <= frame.height - reach


@pytest.mark.parametrize("lon", [179.5, -179.5, 0.0])
@pytest.mark.parametrize("lat", [0.0, 70.0, -75.0])
def test_no_coast_runs_across_the_map(lon: float, lat: float) -> None:
    drawn = draw_map(section(spot("x", lat, lon, radius=120)))
    ET.fromstring(drawn)
    (width,) = re.findall(r'viewBox="0 0 (\d+)', drawn)
    for path in re.findall(r'class="land[^"]*" d="M([^Z]+)Z"', drawn):
        points = [tuple(map(int, point.split(","))) for point in path.split()]
        for (x1, y1), (x2, y2) in itertools.pairwise(points):
            inside = 0 < y1 < 400 and y1 == y2
            assert not (inside and abs(x1 - x2) > int(width)), (x1, y1, x2, y2)


def test_names_are_text() -> None:
    drawn = draw_map(section(spot("<b>\N{RIGHT-TO-LEFT OVERRIDE}&", 39, 125)))
    ET.fromstring(drawn)
    assert "&lt;b&gt;&amp;" in drawn
