"""Where a row stands: the file and line behind a reading, for those who want to look it up."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import PurePath

from tocsin.knowledge.resources import exists, read_text
from tocsin.knowledge.spelling import name_tokens

_DAY = timedelta(days=1)
_OWN = re.compile(r"(?P<file>.+\.ya?ml):(?P<line>\d+)#")
# Reasons name these two without their folder.
_SHORT = {"agents.yaml": "actors/agents.yaml", "countries/names.csv": "actors/countries/names.csv"}


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a knowledge file (under ``tocsin/data``) or of a user's; ``line`` counts from 1
    and is None where the entry is found no more."""

    file: str
    line: int | None

    def __str__(self) -> str:
        return self.file if self.line is None else f"{self.file}:{self.line}"


def place_of(
    row: str, *, name: str = "", since: date | None = None, until: date | None = None
) -> Place:
    """Return where the row is that a reading names: ``packs/korea/actors_people.csv#Kim Yo-jong``.

    Of several rows of one person or state the one is meant that holds from ``since`` to ``until``
    or ends or begins beside these, and that has ``name`` among its names.
    """
    own = _OWN.match(row)
    if own:
        return Place(own["file"], int(own["line"]))
    file, _, entry = row.partition("#")
    file = _SHORT.get(file, file)
    best: tuple[int, int] | None = None
    for line, cells in _entries(file):
        if not _is_entry(cells, entry):
            continue
        fit = _fit(cells, name, since, until)
        if best is None or fit > best[0]:
            best = (fit, line)
    return Place(file, best[1] if best else None)


def _is_entry(cells: dict[str, str], entry: str) -> bool:
    if "form" in cells:
        return f"{cells['country']} {cells['form']}" == entry
    named = cells.get("person") or cells.get("name") or cells.get("id") or ""
    return entry in (named, named.partition(" (")[0])


def _fit(cells: dict[str, str], name: str, since: date | None, until: date | None) -> int:
    """How well a row of the right name fits the term of a reading; a cell is a prefix of a day."""
    first, last = cells.get("since") or "", cells.get("until") or ""
    fit = 2 * _same(first, since) + 2 * _same(last, until)
    if since is not None and last:
        fit += _same(last, since - _DAY)
    if until is not None and first:
        fit += _same(first, until + _DAY)
    if name and "names" in cells:
        wanted = set(name_tokens(name))
        fit += 8 * any(wanted & set(name_tokens(n)) for n in cells["names"].split("|") if n)
    return fit


def _same(cell: str, day: date | None) -> bool:
    return not cell if day is None else bool(cell) and day.isoformat().startswith(cell)


def _entries(file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The entries of a table, or of a YAML list with an id each, with their lines."""
    lines = _lines(file)
    if not file.endswith(".csv"):
        for number, line in enumerate(lines, 1):
            if line.startswith("- id: "):
                yield number, {"id": line.removeprefix("- id: ").strip()}
        return
    header: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        cells = next(csv.reader([line]))
        if header:
            yield number, dict(zip(header, cells, strict=False))
        else:
            header = cells


@lru_cache(maxsize=32)
def _lines(file: str) -> tuple[str, ...]:
    pure = PurePath(file)
    parts = (str(pure.parent), pure.name) if pure.is_absolute() else tuple(file.split("/"))
    return tuple(read_text(*parts).splitlines()) if exists(*parts) else ()
