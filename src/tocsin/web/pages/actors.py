"""Actors: who is who on which day, and what each did."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query

from tocsin.errors import OptionError
from tocsin.store.filters import Filters
from tocsin.web.answering import page
from tocsin.web.asked import AskedActors
from tocsin.web.desk import TheDesk
from tocsin.web.views.lines import Page, Row, page_of

if TYPE_CHECKING:
    from tocsin.actors.lexicon import Lexicon
    from tocsin.knowledge.actors import ActorTable

router = APIRouter(tags=["actors"])
_MEANINGS = 20
_CODE = re.compile("[A-Z]{3}")
_FILTERS = ("words", "where", "since", "until")


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorLine:
    """One who stands in the record: in so many events as actor, recipient and speaker."""

    name: str | None
    country: str | None
    sectors: tuple[str, ...]
    entity: str | None
    as_actor: int
    as_recipient: int
    as_speaker: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeaningLine:
    """What the tables know a name to mean, in these days; ``holds`` is whether that is so on the
    day that was asked about, None where none was."""

    name: str
    kind: str
    entity: str | None
    entity_name: str | None
    country: str | None
    sectors: tuple[str, ...]
    office: str | None
    since: date | None
    until: date | None
    holds: bool | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorsPage:
    """Actors of the record by pages, and what the tables know of the words that were asked."""

    place: Page
    actors: tuple[ActorLine, ...]
    meanings: tuple[MeaningLine, ...]


@page(router, "/actors", "actors.html.j2")
def actors(desk: TheDesk, asked: Annotated[AskedActors, Query()]) -> ActorsPage:
    """Who stands in the record, and who is who on which day."""
    filters = replace(filters_of(asked), limit=asked.per, offset=asked.offset)
    with desk.reading() as reading:
        total, rows = reading.page("actors", filters)
    return ActorsPage(
        place=page_of(asked.page, asked.per, total),
        actors=tuple(map(actor_line, rows)),
        meanings=meanings(asked.words, asked.on) if asked.words else (),
    )


def filters_of(asked: AskedActors) -> Filters:
    """The filters of a list of actors: the day asks what a name means and narrows nothing."""
    given = {name: value for name, value in asked.given().items() if name in _FILTERS}
    if "where" in given:
        given["where"] = given["where"].upper()
        if not _CODE.fullmatch(given["where"]):
            raise OptionError(f"where {asked.where} is no country's code such as PRK")
    return Filters(**given)


def actor_line(row: Row) -> ActorLine:
    """A line of a row of the question ``actors``."""
    return ActorLine(
        name=row["name"],
        country=row["country"],
        sectors=tuple(filter(None, (row["sectors"] or "").split("+"))),
        entity=row["entity"],
        as_actor=row["as_actor"],
        as_recipient=row["as_recipient"],
        as_speaker=row["as_speaker"],
        first=row["first"],
        last=row["last"],
    )


def meanings(name: str, on: date | None) -> tuple[MeaningLine, ...]:
    """What the tables know of a name."""
    from tocsin.actors.who import who

    table, lexicon = _tables()
    return tuple(
        MeaningLine(
            name=one.name,
            kind=one.kind,
            entity=one.entity.id if one.entity else None,
            entity_name=one.entity.name if one.entity else None,
            country=one.country,
            sectors=one.sectors,
            office=one.office,
            since=one.since,
            until=one.until,
            holds=one.holds,
            note=one.note,
        )
        for one in who(table, lexicon, name, on=on)[:_MEANINGS]
    )


@lru_cache(maxsize=1)
def _tables() -> tuple[ActorTable, Lexicon]:
    from tocsin.actors.lexicon import load_lexicon
    from tocsin.knowledge.actors import load_actors
    from tocsin.knowledge.packs import shipped_packs

    return load_actors(packs=shipped_packs()), load_lexicon()
