"""Days and moments: every documented form, and nothing that can be read in two ways."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.ingest.days import aware_moment, read_day

DAY = date(2020, 6, 16)
QUARTER_PAST_TEN = datetime(2020, 6, 16, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        ("2020-06-16", None),
        (" 2020-06-16\n", None),
        ("20200616", None),
        ("20200616T101500", None),
        ("20200616101500", None),
        ("2020-06-16 10:15:00", None),
        ("2020-06-16T10:15", None),
        ("2020-06-16T10:15:00.123456", None),
        ("June 16, 2020", None),
        ("Jun 16, 2020", None),
        ("16 June 2020", None),
        ("Tuesday, June 16, 2020", None),
        ("Published 16 June 2020", None),
        ("2020-06-16T10:15:00Z", QUARTER_PAST_TEN),
        ("2020-06-16T10:15:00+00:00", QUARTER_PAST_TEN),
        ("2020-06-16 10:15:00+00", QUARTER_PAST_TEN),
        ("2020-06-16 10:15:00 UTC", QUARTER_PAST_TEN),
        ("2020-06-16 10:15:00 GMT", QUARTER_PAST_TEN),
        ("2020-06-16 10:15:00 +0000", QUARTER_PAST_TEN),
        ("2020-06-16 19:15:00 +09:00", QUARTER_PAST_TEN),
        ("2020-06-16T19:15:00+0900", QUARTER_PAST_TEN),
        ("20200616T101500Z", QUARTER_PAST_TEN),
        ("Tue, 16 Jun 2020 10:15:00 GMT", QUARTER_PAST_TEN),
        ("Tue, 16 Jun 2020 19:15:00 +0900", QUARTER_PAST_TEN),
        ("16 Jun 2020 10:15:00 +0000", QUARTER_PAST_TEN),
        ("1592302500", QUARTER_PAST_TEN),
        ("1592302500000", QUARTER_PAST_TEN),
        ("1592302500.0", QUARTER_PAST_TEN),
    ],
)
def test_every_documented_form_is_read(written: str, moment: datetime | None) -> None:
    day, found = read_day(written)
    assert day == DAY
    assert found == moment


@pytest.mark.parametrize(
    "written",
    [
        "06/07/2020", "6.7.2020", "06-07-2020", "16/06/20", "soon", "yesterday", "2020", "2020-06",
        "2020-13-01", "2020-02-30", "20201301", "June 31, 2020", "12", "1e9", "-5",
        "99999999999999999999", "Tue, 99 Jun 2020 10:15:00 GMT", "nan",
    ],
)  # fmt: skip
def test_what_is_no_day_or_could_be_two_is_refused(written: str) -> None:
    with pytest.raises((ValueError, OverflowError)):
        read_day(written)


@pytest.mark.parametrize(
    ("written", "pattern", "day", "moment"),
    [
        ("06/07/2020", "%d/%m/%Y", date(2020, 7, 6), None),
        ("06/07/2020", "%m/%d/%Y", date(2020, 6, 7), None),
        (" 16.06.2020 ", "%d.%m.%Y", DAY, None),
        ("16.06.2020 19:15 +0900", "%d.%m.%Y %H:%M %z", DAY, QUARTER_PAST_TEN),
    ],
)
def test_with_a_format_that_is_how_days_are_written(
    written: str, pattern: str, day: date, moment: datetime | None
) -> None:
    assert read_day(written, pattern) == (day, moment)


def test_with_a_format_no_other_is_read() -> None:
    for written in ("2020-06-16", "June 16, 2020", "1592302500"):
        with pytest.raises(ValueError, match="does not match format"):
            read_day(written, "%d.%m.%Y")


def test_the_day_is_that_of_the_zone_as_written() -> None:
    day, moment = read_day("2020-06-16T23:59:00+09:00")
    assert day == DAY
    assert moment == datetime(2020, 6, 16, 14, 59, tzinfo=UTC)
    assert read_day("Tue, 16 Jun 2020 23:59:00 -0500")[0] == DAY


def test_a_time_that_is_none_leaves_the_day() -> None:
    assert read_day("2020-06-16T25:61:00Z") == (DAY, None)


zones = st.builds(lambda m: timezone(timedelta(minutes=m)), st.integers(-14 * 60, 14 * 60))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_any_day_in_iso_8601_comes_back(day: date) -> None:
    assert read_day(day.isoformat()) == (day, None)
    if 1980 <= day.year < 2100:
        assert read_day(day.strftime("%B %d, %Y")) == (day, None)


@given(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=zones))
def test_any_moment_in_iso_8601_comes_back(moment: datetime) -> None:
    assert read_day(moment.isoformat()) == (moment.date(), moment)
    assert read_day(moment.isoformat(" ")) == (moment.date(), moment)
    naive = moment.replace(tzinfo=None)
    assert read_day(naive.isoformat()) == (moment.date(), None)


@given(st.integers(1_000_000_000, 4_000_000_000))
def test_seconds_and_milliseconds_are_told_apart(seconds: int) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert read_day(str(seconds)) == (moment.date(), moment)
    assert read_day(str(seconds * 1000)) == (moment.date(), moment)


@given(st.text(max_size=40))
def test_anything_else_is_a_value_error(written: str) -> None:
    with contextlib.suppress(ValueError, OverflowError, OSError):
        day, moment = read_day(written)
        assert moment is None or moment.date() == day


@pytest.mark.parametrize("value", ["2020-06-16", "2020-06-16T10:15:00", "", None, 5, "soon"])
def test_a_moment_needs_a_zone(value: object) -> None:
    assert aware_moment(value) is None
