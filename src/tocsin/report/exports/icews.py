"""The columns of ICEWS's event files, filled with what we know and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tocsin.knowledge.actors import load_sectors
from tocsin.knowledge.countries import load_countries
from tocsin.model.event import Actor
from tocsin.report.exports.columns import HAPPENED, Column, Layout, Pair, name_of, pairs_of
from tocsin.store import Report

_ICEWS = "ICEWS's name; the value is Tocsin's"
_PLOVER = "PLOVER, manual draft 2.0"
Value = Callable[[Pair], Any]


def _country(code: str | None) -> str | None:
    """The English name of a country's or body's code."""
    if code is None:
        return None
    return load_countries().names.get(code) or load_sectors().bodies.get(code, code)


def _of(actor: Actor | None, value: Callable[[Actor], Any]) -> Any:
    return value(actor) if actor is not None else None


def _sectors(actor: Actor) -> str | None:
    return ",".join(actor.sectors) or None


def _text(pair: Pair) -> str:
    return pair.event.type + (f"/{pair.event.mode}" if pair.event.mode else "")


def _city(pair: Pair) -> str | None:
    """The name of the place, unless that is a country's."""
    place = pair.event.place
    return place.name if place and load_countries().code(place.name) is None else None


def _place(value: Callable[[Any], Any]) -> Value:
    return lambda pair: value(pair.event.place) if pair.event.place else None


def _columns() -> Iterator[tuple[Column, Value | None]]:
    """Every column with its value; None where it is always empty."""

    def text(
        name: str, about: str, value: Value | None, **more: str
    ) -> tuple[Column, Value | None]:
        said = {"origin": _ICEWS} | more
        column = Column(name=name, kind="VARCHAR", about=about, empty=value is None, **said)
        return column, value

    yield text(
        "Event ID", "The event's id: a hash, no number. Further pairs of one event have -2, -3 and "
        "so on behind it.", lambda pair: pair.id,
    )  # fmt: skip
    yield (
        Column(
            name="Event Date", kind="DATE", origin=_ICEWS,
            about="The first day of the event; empty where it is not known to a week, never the "
            "day of publication.",
        ),
        lambda pair: pair.day,
    )  # fmt: skip
    for side, who, take in (
        ("Source", "the actor", lambda pair: pair.actor),
        ("Target", "the recipient", lambda pair: pair.recipient),
    ):
        if side == "Target":
            yield text("Event Text", "Type and mode of the event.", _text, origin=_PLOVER)
            yield text(
                "CAMEO Code", "The CAMEO code nearest to type and mode.",
                lambda pair: pair.event.cameo, origin="CAMEO, manual 1.1b3",
            )  # fmt: skip
            yield (
                Column(
                    name="Intensity", kind="DOUBLE", unit="points", allowed="-10 to 10",
                    about="The score of type and mode, from the most conflictual to the most "
                    "cooperative. ICEWS's own is another scale of the same range.",
                    origin=_PLOVER,
                ),
                lambda pair: pair.event.score,
            )  # fmt: skip
        yield text(
            f"{side} Name", f"The name of {who}: of the person or body, else the article's words.",
            lambda pair, take=take: name_of(take(pair)),  # type: ignore[misc]
        )  # fmt: skip
        yield text(
            f"{side} Sectors", f"The sectors of {who}, the main one first, with commas between.",
            lambda pair, take=take: _of(take(pair), _sectors),  # type: ignore[misc]
            allowed=", ".join(load_sectors().sectors), origin=_PLOVER,
        )  # fmt: skip
        yield text(
            f"{side} Country", f"The country of {who}, by its English name.",
            lambda pair, take=take: _of(  # type: ignore[misc]
                take(pair), lambda actor: _country(actor.country)
            ),
        )  # fmt: skip
    yield text("Story ID", "The id of the article.", lambda pair: pair.event.document)
    yield (
        Column(name="Sentence Number", kind="INTEGER", about="Not known here, and so empty.",
               origin=_ICEWS, empty=True),
        None,
    )  # fmt: skip
    yield text("Publisher", "The outlet of the article.", lambda pair: pair.report.outlet,
               origin="the input")  # fmt: skip
    yield text(
        "City", "The name of the place of the event, of whatever kind it is; empty where it is a "
        "country.", _city,
    )  # fmt: skip
    yield text("District", "Not known here, and so empty.", None)
    yield text("Province", "Not known here, and so empty.", None)
    yield text("Country", "The country of the place, by its English name.",
               _place(lambda place: _country(place.country)))  # fmt: skip
    for name, field in (("Latitude", "lat"), ("Longitude", "lon")):
        yield (
            Column(
                name=name, kind="DOUBLE", about=f"{name} of the place (WGS 84).", unit="degrees",
                origin="GeoNames; Tocsin's tables of places",
            ),
            _place(lambda place, field=field: getattr(place, field)),  # type: ignore[misc]
        )  # fmt: skip


def icews_layout() -> Layout:
    """The layout ``icews``: the 20 columns of its files."""
    columns = tuple(_columns())

    def rows(report: Report) -> Iterator[list[Any]]:
        for pair in pairs_of(report):
            yield [value(pair) if value is not None else None for _, value in columns]

    return Layout(
        name="icews",
        title="The columns of ICEWS's event files",
        about="One row for each actor with each recipient of an event; where all parties are "
        "actors (a meeting), one in each direction. ICEWS has no column for the status: what is "
        "denied, predicted or hypothetical is left out unless asked for. "
        "What is not known is empty, where ICEWS writes NA.",
        columns=tuple(column for column, _ in columns),
        rows=rows,
        statuses=HAPPENED,
    )
