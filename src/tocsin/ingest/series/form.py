"""What the form of a series is, and how its cells become values."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from tocsin.knowledge.cameo import load_cameo
from tocsin.knowledge.ontology import load_ontology
from tocsin.model.imported import Imported

Cells = Mapping[str, str]


#: What a row is known by, before it is read: series, key, raw, path and line.
Head = tuple[str, str, str, str, int]


@dataclass(frozen=True, slots=True)
class Form:
    """How the files of a series look.

    ``needed`` are the columns that a header must name. Where files have no header, ``by_width``
    gives the columns for each number of cells, and ``first`` is the name by which a header is told
    from a row. ``row`` reads the cells by their columns; ValueError says what is wrong.
    ``bare`` gives the columns of a first row that names none of those needed, for files that come
    with and without a header; ValueError says why it cannot be one. ``quoted``: cells may stand in
    quotation marks.
    """

    title: str
    needed: tuple[str, ...]
    row: Callable[[Cells, Head], Imported]
    by_width: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    first: str = ""
    quoted: bool = True
    bare: Callable[[Sequence[str]], tuple[str, ...]] | None = None


def identity(cells: Cells, name: str) -> str:
    """The row's own id; ValueError where there is none."""
    value = cells.get(name)
    if not value:
        raise ValueError(f"has no {name}")
    return value


def day_of(cells: Cells, name: str) -> date:
    """The day of a cell, written 2018-06-01 or 20180601; ValueError where it is none."""
    value = cells.get(name)
    if not value:
        raise ValueError(f"has no {name}")
    day = _day(value[:10])
    if day is None:
        raise ValueError(f"{name} {value!r} is not a day")
    return day


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def number(
    cells: Cells, name: str, least: float = -math.inf, most: float = math.inf
) -> float | None:
    """The number of a cell, None where it is empty; ValueError where it is none or lies outside."""
    value = cells.get(name)
    if not value:
        return None
    try:
        found = float(value)
    except ValueError:
        raise ValueError(f"{name} {value!r} is no number") from None
    if not least <= found <= most or math.isinf(found):
        raise ValueError(f"{name} {value!r} is out of range")
    return found


def count(cells: Cells, name: str) -> int | None:
    """The count of a cell, None where it is empty; ValueError where it is none."""
    value = cells.get(name)
    if not value:
        return None
    if not value.isdecimal():
        raise ValueError(f"{name} {value!r} is no count")
    return int(value)


def coordinates(cells: Cells, lat: str, lon: str) -> tuple[float | None, float | None]:
    """Both or neither, in degrees; ValueError where they are none."""
    found = number(cells, lat, -90, 90), number(cells, lon, -180, 180)
    return found if None not in found else (None, None)


def listed(*values: str | None) -> str | None:
    """The codes or words of a list with ``;`` between, as the columns of ours have them."""
    words = ",".join(filter(None, values))
    if "," not in words and ";" not in words:
        return words or None
    parts = [part.strip() for part in words.replace(";", ",").split(",")]
    return ";".join(filter(None, parts)) or None


@lru_cache(maxsize=4096)
def plover_of(cameo: str | None) -> tuple[str | None, str | None, str | None, int | None]:
    """Type, mode, by what they are told, and quad class of a CAMEO code; None where it has none."""
    found = load_cameo().plover(cameo) if cameo else None
    if found is None:
        return None, None, None, None
    type_, mode = found
    return type_, mode, "cameo", load_ontology().types[type_].quad
