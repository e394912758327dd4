"""The outlines of countries."""

from __future__ import annotations

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import outlines
from tocsin.knowledge.countries import load_countries
from tocsin.knowledge.outlines import load_outlines


def test_most_countries_have_an_outline() -> None:
    found = {ring.country for ring in load_outlines()}
    assert {"PRK", "KOR", "USA", "RUS", "KOS", "TWN"} <= found
    assert len(load_countries().states - found) < 5


def test_rings_are_closed_and_make_no_jump() -> None:
    for ring in load_outlines():
        steps = zip(ring.points, ring.points[1:], strict=False)
        assert all(abs(a[0] - b[0]) <= 180 or abs(a[1]) == 90 for a, b in steps)
        west, south, east, north = ring.box
        assert west <= east
        assert -90 <= south <= north <= 90
        assert len(ring.points) > 2


def test_a_land_around_a_pole_is_closed_over_it() -> None:
    whole = max(
        (ring for ring in load_outlines() if ring.country == "ATA"), key=lambda r: len(r.points)
    )
    assert whole.box[1] == -90
    assert whole.box[2] - whole.box[0] >= 359


def test_a_broken_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outlines, "read_text", lambda *_: '{"unit": 100}')
    load_outlines.cache_clear()
    with pytest.raises(KnowledgeError, match=r"outlines\.json.*build it anew"):
        load_outlines()
    load_outlines.cache_clear()
