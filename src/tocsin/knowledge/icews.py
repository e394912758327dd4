"""ICEWS's own words: its texts for events, its kinds of actors, its spellings of names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from tocsin.errors import KnowledgeError
from tocsin.knowledge.actors import load_sectors
from tocsin.knowledge.cameo import CODE
from tocsin.knowledge.resources import check_keys, read_csv

EVENTS = "series/icews_events.csv"
SECTORS = "series/icews_sectors.csv"
NAMES = "series/icews_names.csv"
Rows = Iterable[Mapping[str, str]]
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Icews:
    """CAMEO codes by the text of an event, sectors by the kind of an actor, both without case;
    ``names`` are actors as ICEWS writes them, and a name under which our tables know them."""

    events: Mapping[str, str]
    kinds: Mapping[str, tuple[str, ...]]
    names: Mapping[str, str]

    def cameo(self, text: str) -> str | None:
        """The code of a text ("Make a visit"); None where it is none of ICEWS."""
        return self.events.get(text.casefold())

    def sectors(self, kind: str) -> tuple[str, ...] | None:
        """The sectors of a kind of actor ("Armed Gang"); None where it does not stand here."""
        return self.kinds.get(kind.casefold())


@lru_cache(maxsize=1)
def load_icews() -> Icews:
    """Load the tables of ``data/series``; KnowledgeError names the row that is wrong."""
    return parse_icews(
        read_csv("series", "icews_events.csv"),
        read_csv("series", "icews_sectors.csv"),
        read_csv("series", "icews_names.csv"),
    )


def parse_icews(events: Rows, kinds: Rows, names: Rows) -> Icews:
    """The words of these rows: each once, with a code of CAMEO and with sectors of ours."""
    codes: dict[str, str] = {}
    for row in events:
        check_keys(row, allowed=("text", "cameo"), path=EVENTS)
        text, code = row["text"], row["cameo"]
        if not CODE.fullmatch(code):
            raise KnowledgeError("has no code of two to four digits", path=EVENTS, entry=text)
        _add(codes, text, code, EVENTS)
    known = load_sectors().sectors
    sectors: dict[str, tuple[str, ...]] = {}
    for row in kinds:
        check_keys(row, allowed=("words", "sectors"), path=SECTORS)
        given = tuple(row["sectors"].split("|"))
        if unknown := [one for one in given if one not in known]:
            allowed = ", ".join(sorted(known))
            raise KnowledgeError(
                f"unknown sector {unknown[0]!r}; allowed: {allowed}",
                path=SECTORS,
                entry=row["words"],
            )
        _add(sectors, row["words"], given, SECTORS)
    known_as: dict[str, str] = {}
    for row in names:
        check_keys(row, allowed=("name", "known"), path=NAMES)
        if row["name"] in known_as:
            raise KnowledgeError("stands twice", path=NAMES, entry=row["name"])
        known_as[row["name"]] = row["known"]
    return Icews(codes, sectors, known_as)


def _add(found: dict[str, Value], words: str, value: Value, path: str) -> None:
    if words.casefold() in found:
        raise KnowledgeError("stands twice", path=path, entry=words)
    found[words.casefold()] = value
