"""Zones of points, and clock times in them."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.places.zones import clock, zone_at

SEOUL, DAY = ZoneInfo("Asia/Seoul"), date(2020, 6, 16)


@pytest.mark.parametrize(
    ("lat", "lon", "name"),
    [(37.57, 126.98, "Asia/Seoul"), (40.7, -74.0, "America/New_York"), (0.0, -150.0, None)],
)
def test_a_point_has_its_zone(lat: float, lon: float, name: str | None) -> None:
    zone = zone_at(lat, lon)
    assert (zone.key if zone else None) == name


@pytest.mark.parametrize(
    ("value", "zone", "expected"),
    [
        ("2020-06-16T15:00", SEOUL, ("15:00+09:00", DAY)),
        ("2020-06-16T15:00", None, ("15:00", DAY)),
        ("2020-06-16T21:00Z", SEOUL, ("06:00+09:00", date(2020, 6, 17))),
        ("2020-06-16T21:00Z", None, ("21:00+00:00", DAY)),
        ("2020-06-16T02:00+05:30", SEOUL, ("05:30+09:00", DAY)),
        ("2020-06-16T24:00", SEOUL, ("24:00+09:00", DAY)),
        ("2020-06-16TMO", SEOUL, None),
        ("2020-06-16", SEOUL, None),
        ("2020-06-16T25:00", SEOUL, None),
    ],
)
def test_the_time_of_day(
    value: str, zone: ZoneInfo | None, expected: tuple[str, date | None] | None
) -> None:
    assert clock(value, DAY, zone) == expected


@given(st.dates(), st.times(), st.sampled_from(["", "Z", "+09:00", "-11:30"]))
def test_any_day_and_time_has_an_answer(day: date, at: object, offset: str) -> None:
    found = clock(f"{day}T{str(at)[:5]}{offset}", day, SEOUL)
    assert found is not None
    assert found[1] is not None
    assert abs((found[1] - day).days) <= 1
