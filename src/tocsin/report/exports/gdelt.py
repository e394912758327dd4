"""The columns of GDELT 2.0's event table, filled with what we know and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tocsin.ingest.series.gdelt import COLUMNS_2
from tocsin.knowledge.actors import load_sectors
from tocsin.model.event import Actor
from tocsin.report.exports.columns import HAPPENED, Column, Layout, Pair, name_of, pairs_of
from tocsin.store import Report

_GDELT = "GDELT's name; the value is Tocsin's"
_CAMEO = "CAMEO, manual 1.1b3"
_PLOVER = "PLOVER, manual draft 2.0"
_UNKNOWN = "Not known here, and so empty."
Value = Callable[[Pair], Any]
# A column: its type, what it is, further words of the codebook, and its value (None: always empty).
_Entry = tuple[str, str, dict[str, str], Value | None]
# How GDELT knows those bodies that are no states, in Actor1KnownGroupCode.
_GROUPS = {"UNO": "UNO", "EUR": "EEC"}


def _on(value: Callable[[date], Any]) -> Value:
    return lambda pair: value(pair.day) if pair.day is not None else None


def _same(value: Callable[[date], int]) -> Value:
    """What the first and the last day of the event have in common: the month, or the year."""

    def of(pair: Pair) -> int | None:
        when = pair.event.date
        if when is None or when.start is None or when.end is None:
            return None
        return value(when.start) if value(when.start) == value(when.end) else None

    return of


def _fraction(day: date) -> float:
    """The year and the part of it that is over, as GDELT reckons it: months of 30 days."""
    return round(day.year + ((day.month - 1) * 30 + day.day) / 365, 4)


def _cameo(length: int) -> Value:
    return lambda pair: pair.event.cameo[:length] if pair.event.cameo else None


def _lat(pair: Pair) -> float | None:
    return pair.event.place.lat if pair.event.place else None


def _lon(pair: Pair) -> float | None:
    return pair.event.place.lon if pair.event.place else None


def _country(actor: Actor) -> str | None:
    return actor.country if actor.country not in load_sectors().bodies else None


def _code(actor: Actor) -> str | None:
    return f"{actor.country or ''}{''.join(actor.sectors[:2])}" or None


def _group(actor: Actor) -> str | None:
    return _GROUPS.get(actor.country or "")


def _types(actor: Actor) -> list[str]:
    """A body without a state, such as NGO, stands before the sectors."""
    bodies = load_sectors().bodies
    first = [actor.country] if actor.country in bodies and actor.country not in _GROUPS else []
    return [code for code in (*first, *actor.sectors) if code]


def _of_actor(n: int) -> dict[str, _Entry]:
    who = "the actor" if n == 1 else "the recipient"

    def take(value: Callable[[Actor], Any]) -> Value:
        def of(pair: Pair) -> Any:
            actor = pair.actor if n == 1 else pair.recipient
            return value(actor) if actor is not None else None

        return of

    def nth(at: int) -> Value:
        return take(lambda actor: _types(actor)[at] if len(_types(actor)) > at else None)

    codes = {"origin": _PLOVER}
    return {
        f"Actor{n}Code": (
            "VARCHAR", f"Country and first two sectors of {who}, joined, such as PRKGOV.",
            {"origin": f"{_GDELT}, of {_PLOVER}"}, take(_code),
        ),
        f"Actor{n}Name": (
            "VARCHAR", f"The name of {who}: of the person or body, else the article's words.",
            {"origin": _GDELT}, take(name_of),
        ),
        f"Actor{n}CountryCode": (
            "VARCHAR", f"The country of {who}.",
            {"origin": "ISO 3166-1 alpha-3 (GDELT: CAMEO's, mostly the same)"}, take(_country),
        ),
        f"Actor{n}KnownGroupCode": (
            "VARCHAR", "The United Nations or the European Union.",
            {"allowed": ", ".join(_GROUPS.values()), "origin": _CAMEO}, take(_group),
        ),
        f"Actor{n}EthnicCode": ("VARCHAR", _UNKNOWN, {}, None),
        f"Actor{n}Religion1Code": ("VARCHAR", _UNKNOWN, {}, None),
        f"Actor{n}Religion2Code": ("VARCHAR", _UNKNOWN, {}, None),
        f"Actor{n}Type1Code": ("VARCHAR", f"The first sector of {who}.", codes, nth(0)),
        f"Actor{n}Type2Code": ("VARCHAR", f"The second sector of {who}.", codes, nth(1)),
        f"Actor{n}Type3Code": ("VARCHAR", f"The third sector of {who}.", codes, nth(2)),
    }  # fmt: skip


def _of_place(of: str) -> dict[str, _Entry]:
    kinds = {"Type": "INTEGER", "Lat": "DOUBLE", "Long": "DOUBLE"}
    parts = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
    why = {
        "Type": "Which of GDELT's kinds of place it is, is not known, and so empty.",
        "CountryCode": "Empty: it would be a code of FIPS 10-4, of which Tocsin keeps no table.",
        "ADM1Code": "Empty: it would be a code of FIPS 10-4, of which Tocsin keeps no table.",
        "ADM2Code": _UNKNOWN,
        "FeatureID": "Empty: it would be an id of GNS or GNIS.",
    }
    where = "Empty: only the place of the event is known."
    return {
        f"{of}Geo_{part}": (
            kinds.get(part, "VARCHAR"), why.get(part, where) if of == "Action" else where, {}, None
        )
        for part in parts
    }  # fmt: skip


def _entries() -> dict[str, _Entry]:
    """What is said of every column, and its value."""
    one = "1: a row is one report in one article; copies of it are not counted."
    degrees = {"unit": "degrees", "origin": "GeoNames; Tocsin's tables of places"}
    return {
        "GLOBALEVENTID": (
            "VARCHAR", "The event's id: a hash, no number. Further pairs of one event have -2, -3 "
            "and so on behind it.", {"origin": _GDELT}, lambda pair: pair.id,
        ),
        "SQLDATE": (
            "INTEGER", "The first day of the event; empty where it is not known to a week, never "
            "the day of publication.", {"unit": "yyyymmdd", "origin": _GDELT},
            _on(lambda day: int(f"{day:%Y%m%d}")),
        ),
        "MonthYear": ("INTEGER", "The month of the event, where it lies in one.",
                      {"unit": "yyyymm", "origin": _GDELT},
                      _same(lambda day: int(f"{day:%Y%m}"))),
        "Year": ("INTEGER", "The year of the event, where it lies in one.",
                 {"unit": "yyyy", "origin": _GDELT},
                 _same(lambda day: day.year)),
        "FractionDate": (
            "DOUBLE", "The year and the part of it that is over by that day, months taken for 30 "
            "days, as GDELT reckons.", {"unit": "years", "origin": _GDELT}, _on(_fraction),
        ),
        **_of_actor(1),
        **_of_actor(2),
        "IsRootEvent": ("INTEGER", _UNKNOWN, {}, None),
        "EventCode": ("VARCHAR", "The CAMEO code nearest to type and mode.", {"origin": _CAMEO},
                      _cameo(4)),
        "EventBaseCode": ("VARCHAR", "Its first three digits.", {"origin": _CAMEO}, _cameo(3)),
        "EventRootCode": ("VARCHAR", "Its first two digits.", {"origin": _CAMEO}, _cameo(2)),
        "QuadClass": (
            "INTEGER", "Verbal cooperation, material cooperation, verbal conflict, material "
            "conflict, by the type. CAMEO's classes differ: demands are cooperation there.",
            {"allowed": "1, 2, 3, 4", "origin": _PLOVER}, lambda pair: pair.event.quad,
        ),
        "GoldsteinScale": (
            "DOUBLE", "Empty: Tocsin's score is PLOVER's, which is another scale; the layouts "
            "tocsin and icews have it.", {}, None,
        ),
        "NumMentions": ("INTEGER", one, {"unit": "mentions", "allowed": "1"}, lambda pair: 1),
        "NumSources": ("INTEGER", one, {"unit": "outlets", "allowed": "1"}, lambda pair: 1),
        "NumArticles": ("INTEGER", one, {"unit": "articles", "allowed": "1"}, lambda pair: 1),
        "AvgTone": ("DOUBLE", _UNKNOWN, {}, None),
        **_of_place("Actor1"),
        **_of_place("Actor2"),
        **_of_place("Action"),
        "ActionGeo_FullName": (
            "VARCHAR", "The name of the place of the event.", {"origin": _GDELT},
            lambda pair: pair.event.place.name if pair.event.place else None,
        ),
        "ActionGeo_Lat": ("DOUBLE", "Its latitude (WGS 84).", degrees, _lat),
        "ActionGeo_Long": ("DOUBLE", "Its longitude (WGS 84).", degrees, _lon),
        "DATEADDED": (
            "BIGINT", "When the article came into the store (UTC).",
            {"unit": "yyyymmddhhmmss", "origin": _GDELT},
            lambda pair: int(f"{pair.report.added:%Y%m%d%H%M%S}"),
        ),
        "SOURCEURL": ("VARCHAR", "The address of the article.", {"origin": "the input"},
                      lambda pair: pair.report.url),
    }  # fmt: skip


def gdelt_layout() -> Layout:
    """The layout ``gdelt``: the 61 columns of GDELT 2.0."""
    entries = _entries()
    values = [entries[name][3] for name in COLUMNS_2]

    def rows(report: Report) -> Iterator[list[Any]]:
        for pair in pairs_of(report):
            yield [value(pair) if value is not None else None for value in values]

    return Layout(
        name="gdelt",
        title="The columns of GDELT 2.0's event table",
        about="One row for each actor with each recipient of an event; where all parties are "
        "actors (a meeting), one in each direction. GDELT has no column for the status: what is "
        "denied, predicted or hypothetical is left out unless asked for. "
        "GDELT's own files have no header.",
        columns=tuple(
            Column(name=name, kind=kind, about=about, **more, empty=value is None)
            for name in COLUMNS_2
            for kind, about, more, value in [entries[name]]
        ),
        rows=rows,
        statuses=HAPPENED,
    )
