"""How exports of common tools name the columns of articles (``data/inputs/columns.yaml``)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

PATH = "inputs/columns.yaml"
FIELDS = ("id", "text", "title", "date", "url", "outlet", "author", "language")

#: Columns whose contents are joined, a paragraph each; mostly one.
Joined = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of one kind of export.

    ``has`` are groups of columns in small letters, of each of which one must be there. ``columns``
    gives for a field where to look, the first that holds something; ``cut`` finds texts that are
    only the beginning of an article; ``date_format`` is one of strptime where days are written in
    a way that can be read in two.
    """

    name: str
    has: tuple[tuple[str, ...], ...]
    columns: Mapping[str, tuple[Joined, ...]]
    cut: re.Pattern[str] | None = None
    date_format: str | None = None

    def fits(self, columns: frozenset[str]) -> bool:
        """Whether a table with ``columns`` (in small letters) is of this kind."""
        return all(any(one in columns for one in group) for group in self.has)


@cache
def load_layouts() -> tuple[Layout, ...]:
    """Load and check ``data/inputs/columns.yaml``."""
    return parse_layouts(read_yaml(*PATH.split("/")))


def parse_layouts(content: Any) -> tuple[Layout, ...]:
    """Return the layouts of the file's content; KnowledgeError where one is wrong."""
    if not isinstance(content, Mapping):
        raise KnowledgeError("is no mapping", path=PATH)
    check_keys(content, allowed=("fields", "layouts"), path=PATH)
    if tuple(content.get("fields", ())) != FIELDS:
        raise KnowledgeError(f"the fields are not {', '.join(FIELDS)}", path=PATH)
    if not isinstance(content.get("layouts"), list):
        raise KnowledgeError("has no layouts", path=PATH)
    layouts = tuple(_layout(entry) for entry in content["layouts"])
    names = [layout.name for layout in layouts]
    for name in names:
        if names.count(name) > 1:
            raise KnowledgeError("stands twice", path=PATH, entry=name)
    return layouts


def _layout(entry: Any) -> Layout:
    name = entry.get("name") if isinstance(entry, Mapping) else None
    if not name:
        raise KnowledgeError(f"a layout without a name: {entry!r}", path=PATH)
    check_keys(entry, allowed=("name", "has", "cut", *FIELDS), path=PATH, name=name)
    if not entry.get("has") or not (entry.get("text") or entry.get("url")):
        raise KnowledgeError("needs 'has', and 'text' or 'url'", path=PATH, entry=name)
    for key in ("has", *FIELDS):
        if key in entry and not isinstance(entry[key], list):
            raise KnowledgeError(f"{key!r} is {entry[key]!r}, not a list", path=PATH, entry=name)
    try:
        cut = re.compile(entry["cut"]) if "cut" in entry else None
    except (re.error, TypeError) as error:
        raise KnowledgeError(f"'cut' is no pattern: {error}", path=PATH, entry=name) from error
    return Layout(
        name=name,
        has=tuple(tuple(_column(group, name).lower().split("|")) for group in entry["has"]),
        columns={
            field: tuple(_joined(one, name) for one in entry[field])
            for field in FIELDS
            if field in entry
        },
        cut=cut,
    )


def _joined(one: Any, name: str) -> Joined:
    parts: Sequence[Any] = one if isinstance(one, list) else [one]
    if not parts:
        raise KnowledgeError(f"{one!r} names no column", path=PATH, entry=name)
    return tuple(_column(part, name) for part in parts)


def _column(part: Any, name: str) -> str:
    if not isinstance(part, str) or not part:
        raise KnowledgeError(f"{part!r} names no column", path=PATH, entry=name)
    return part
