"""GDELT's event tables: tab-separated, without a header, of 57 or 58 columns (1.0) or 61 (2.0)."""

from __future__ import annotations

from tocsin.ingest.series.form import (
    Cells,
    Form,
    Head,
    coordinates,
    count,
    day_of,
    identity,
    listed,
    number,
    plover_of,
)
from tocsin.knowledge.countries import load_countries
from tocsin.model.imported import Imported


def _actor(n: int) -> tuple[str, ...]:
    parts = (
        "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
        "Religion2Code", "Type1Code", "Type2Code", "Type3Code",
    )  # fmt: skip
    return tuple(f"Actor{n}{part}" for part in parts)


def _place(of: str, *, second: bool) -> tuple[str, ...]:
    parts = ["Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID"]
    if second:
        parts.insert(4, "ADM2Code")
    return tuple(f"{of}Geo_{part}" for part in parts)


def _columns(*, second: bool) -> tuple[str, ...]:
    return (
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
        *_actor(1), *_actor(2),
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass",
        "GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone",
        *_place("Actor1", second=second), *_place("Actor2", second=second),
        *_place("Action", second=second),
        "DATEADDED", "SOURCEURL",
    )  # fmt: skip


#: The 61 columns of GDELT 2.0, in order. Those of 1.0 are 58, without ADM2Code; the files of the
#: years before April 2013 end before SOURCEURL.
COLUMNS_2 = _columns(second=True)
COLUMNS_1 = _columns(second=False)


def _quad(cells: Cells) -> int | None:
    value = cells.get("QuadClass")
    if not value or value in ("1", "2", "3", "4"):
        return int(value) if value else None
    raise ValueError(f"QuadClass {value!r} is none of 1 to 4")


def _row(cells: Cells, head: Head) -> Imported:
    countries = load_countries("gdelt")
    cameo = cells.get("EventCode") or None
    type_, mode, by, quad = plover_of(cameo)
    lat, lon = coordinates(cells, "ActionGeo_Lat", "ActionGeo_Long")
    place = cells.get("ActionGeo_FullName") or None
    score = number(cells, "GoldsteinScale")
    get = cells.get
    return Imported(
        *head,
        id=identity(cells, "GLOBALEVENTID"),
        day=day_of(cells, "SQLDATE"),
        actor=get("Actor1Name") or None,
        actor_country=countries.code(get("Actor1CountryCode", "")),
        actor_sectors=listed(
            get("Actor1Type1Code"), get("Actor1Type2Code"), get("Actor1Type3Code")
        ),
        recipient=get("Actor2Name") or None,
        recipient_country=countries.code(get("Actor2CountryCode", "")),
        recipient_sectors=listed(
            get("Actor2Type1Code"), get("Actor2Type2Code"), get("Actor2Type3Code")
        ),
        cameo=cameo,
        type=type_,
        mode=mode,
        typed_by=by,
        quad=_quad(cells) or quad,
        score=score,
        scale="goldstein" if score is not None else None,
        place=place,
        # Its code of the country is FIPS 10-4, of which we have no table; its name ends in the
        # country's.
        place_country=countries.code(place.rpartition(",")[2].strip()) if place else None,
        lat=lat,
        lon=lon,
        mentions=count(cells, "NumMentions"),
        sources=count(cells, "NumSources"),
        articles=count(cells, "NumArticles"),
        url=get("SOURCEURL") or None,
    )


def _form(title: str, columns: tuple[str, ...], *widths: int) -> Form:
    return Form(
        title,
        ("GLOBALEVENTID", "SQLDATE", "Actor1Name", "Actor1CountryCode", "Actor2Name",
         "Actor2CountryCode", "EventCode", "GoldsteinScale"),
        _row,
        by_width={width: columns[:width] for width in widths},
        first="GLOBALEVENTID",
        quoted=False,
    )  # fmt: skip


GDELT_1 = _form("GDELT 1.0", COLUMNS_1, len(COLUMNS_1), len(COLUMNS_1) - 1)
GDELT_2 = _form("GDELT 2.0", COLUMNS_2, len(COLUMNS_2))
