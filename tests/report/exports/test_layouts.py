"""Layouts: every column is described, and holds what it says or nothing."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, get_args, get_type_hints

import pytest
from tests.cli.conftest import event_of
from tests.store.conftest import NOW, document

from tocsin.ingest.series.gdelt import COLUMNS_2
from tocsin.model.event import Actor, Event
from tocsin.model.flat import COLUMNS
from tocsin.model.mention import EntityId
from tocsin.report.exports.codebook import codebook
from tocsin.report.exports.columns import pairs_of
from tocsin.report.exports.layouts import LAYOUTS
from tocsin.report.exports.records import PARTS, record_codebook
from tocsin.store import Report


def actor(country: str | None, text: str | None = "they", *sectors: str) -> Actor:
    return Actor(
        start=0 if text else None, end=4 if text else None, text=text, country=country,
        sectors=sectors, entity=None, via="name",
    )  # fmt: skip


def report(**more: Any) -> Report:
    given: dict[str, Any] = {"actors": (actor("PRK", "Pyongyang", "GOV", "MIL"),)} | more
    event = replace(event_of(document(), "Ruritania"), **given)
    return Report(event, "https://example.org/1", "Courier", NOW)


def rows(name: str, one: Report) -> list[dict[str, Any]]:
    layout = LAYOUTS[name]()
    names = [column.name for column in layout.columns]
    return [dict(zip(names, row, strict=True)) for row in layout.rows(one)]


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_column_is_in_the_codebook_with_what_it_is(name: str) -> None:
    layout = LAYOUTS[name]()
    book = codebook(layout)
    lines = re.findall(r"^\| `(.+?)` \| (.+?) \|.*\| (.+?) \| (.*) \|$", book, re.MULTILINE)
    assert [line[0] for line in lines] == [column.name for column in layout.columns]
    for column, (_, kind, about, origin) in zip(layout.columns, lines, strict=True):
        assert kind != column.kind  # in words
        assert about.endswith((".", "?"))
        assert bool(origin) is not column.empty


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_row_has_a_value_for_each_column_of_its_type(name: str) -> None:
    kinds: dict[str, tuple[type, ...]] = {
        "VARCHAR": (str,), "DATE": (date, str), "INTEGER": (int,), "BIGINT": (int,),
        "DOUBLE": (int, float),
    }  # fmt: skip
    (row,) = rows(name, report())
    for column in LAYOUTS[name]().columns:
        value = row[column.name]
        assert value is None or isinstance(value, kinds[column.kind]), column.name
        assert value is None or not column.empty, column.name


def test_the_columns_are_those_that_their_users_know() -> None:
    assert [column.name for column in LAYOUTS["tocsin"]().columns] == list(COLUMNS)
    gdelt = [column.name for column in LAYOUTS["gdelt"]().columns]
    assert gdelt == list(COLUMNS_2)
    assert (len(gdelt), gdelt[0], gdelt[26], gdelt[60]) == (
        61, "GLOBALEVENTID", "EventCode", "SOURCEURL",
    )  # fmt: skip
    icews = [column.name for column in LAYOUTS["icews"]().columns]
    assert (len(icews), icews[5], icews[8], icews[-1]) == (
        20, "Event Text", "Target Name", "Longitude",
    )  # fmt: skip


def test_an_event_in_gdelts_columns() -> None:
    recipient = replace(actor("KOR", "the South", "GOV"), entity=EntityId("Q884", "South Korea"))
    (row,) = rows("gdelt", report(cameo="1901", recipients=(recipient,)))
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == (20200616, 202006, 2020)
    assert row["FractionDate"] == 2020.4548
    assert (row["Actor1Code"], row["Actor1Name"]) == ("PRKGOVMIL", "Pyongyang")
    assert (row["Actor1CountryCode"], row["Actor1Type2Code"]) == ("PRK", "MIL")
    assert (row["Actor2Name"], row["Actor2CountryCode"]) == ("South Korea", "KOR")
    assert [row[f"Event{part}Code"] for part in ("", "Base", "Root")] == ["1901", "190", "19"]
    assert (row["QuadClass"], row["GoldsteinScale"], row["AvgTone"]) == (4, None, None)
    assert (row["ActionGeo_FullName"], row["ActionGeo_Lat"]) == ("Zenda", 1.5)
    assert row["ActionGeo_CountryCode"] is None
    assert (row["DATEADDED"], row["SOURCEURL"]) == (20241025120000, "https://example.org/1")


def test_bodies_without_a_state_are_no_countries_in_gdelts_columns() -> None:
    (row,) = rows("gdelt", report(actors=(actor("UNO", "the UN"),), recipients=(actor("NGO"),)))
    assert (row["Actor1CountryCode"], row["Actor1KnownGroupCode"]) == (None, "UNO")
    assert (row["Actor2CountryCode"], row["Actor2Type1Code"]) == (None, "NGO")


def test_an_event_in_icewss_columns() -> None:
    (row,) = rows("icews", report(recipients=(actor("KOR", None),)))
    assert row["Event Date"] == date(2020, 6, 16)
    assert (row["Source Name"], row["Source Country"]) == ("Pyongyang", "North Korea")
    assert row["Source Sectors"] == "GOV,MIL"
    assert (row["Target Name"], row["Target Country"]) == (None, "South Korea")
    assert (row["Event Text"], row["Intensity"]) == ("ASSAULT/destroy", -8.5)
    assert (row["Story ID"], row["Publisher"], row["City"]) == ("d1", "Courier", "Zenda")


def test_the_day_of_publication_never_stands_for_that_of_the_event() -> None:
    assert rows("gdelt", report(date=None))[0]["SQLDATE"] is None
    assert rows("icews", report(date=None))[0]["Event Date"] is None


def test_a_year_is_no_day() -> None:
    when = report().event.date
    assert when is not None
    one = report(date=replace(when, start=date(1953, 1, 1), end=date(1953, 12, 31)))
    (row,) = rows("gdelt", one)
    assert (row["SQLDATE"], row["MonthYear"], row["Year"], row["FractionDate"]) == (
        None, None, 1953, None,
    )  # fmt: skip
    assert rows("icews", one)[0]["Event Date"] is None
    week = report(date=replace(when, start=date(2020, 6, 29), end=date(2020, 7, 5)))
    (row,) = rows("gdelt", week)
    assert (row["SQLDATE"], row["MonthYear"], row["Year"]) == (20200629, None, 2020)


def test_nobody_stands_with_itself() -> None:
    both = (actor("USA", "Washington"), actor("PRK", "Pyongyang"))
    found = [(row["Source Country"], row["Target Country"]) for row in rows(
        "icews", report(actors=both, recipients=both)
    )]  # fmt: skip
    assert found == [("United States", "North Korea"), ("North Korea", "United States")]
    alone = rows("icews", report(actors=both[:1], recipients=both[:1]))
    assert len(alone) == 1


def test_a_country_is_no_city() -> None:
    place = report().event.place
    assert place is not None
    (row,) = rows("icews", report(place=replace(place, name="South Korea", country="KOR")))
    assert (row["City"], row["Country"]) == (None, "South Korea")


def test_every_actor_stands_with_every_recipient() -> None:
    one = report(actors=(actor("USA"), actor("KOR")), recipients=(actor("PRK"), actor("CHN")))
    found = [
        (p.actor.country, p.recipient.country) for p in pairs_of(one) if p.actor and p.recipient
    ]
    assert found == [("USA", "PRK"), ("USA", "CHN"), ("KOR", "PRK"), ("KOR", "CHN")]
    ids = [row["Event ID"] for row in rows("icews", one)]
    assert ids == [one.event.id, *(f"{one.event.id}-{n}" for n in (2, 3, 4))]


def test_a_meeting_is_written_in_both_directions() -> None:
    one = report(actors=(actor("USA"), actor("PRK")), recipients=())
    found = [(row["Source Country"], row["Target Country"]) for row in rows("icews", one)]
    assert found == [("United States", "North Korea"), ("North Korea", "United States")]


def test_an_event_without_parties_is_one_row() -> None:
    assert len(rows("gdelt", report(actors=(), recipients=()))) == 1


def test_every_key_of_a_record_is_in_its_codebook() -> None:
    def parts(kind: Any) -> set[type]:
        found = {kind} if is_dataclass(kind) and isinstance(kind, type) else set()
        inner = get_type_hints(kind).values() if found else get_args(kind)
        return found.union(*(parts(one) for one in inner))

    book = record_codebook()
    for part in parts(Event):
        for field in fields(part):
            said = any(field.name in PARTS.get(one, {}) for one in part.__mro__)
            assert said, (part, field.name)
            assert f"| `{field.name}` | " in book
