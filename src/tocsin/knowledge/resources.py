"""Reading the files under ``tocsin/data``, wherever the package is installed, and a user's own.

Where the first part of a name is an absolute path, it is a file or folder of the user's.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar

import yaml

from tocsin.errors import KnowledgeError

_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_Base):  # type: ignore[misc]
    """A safe loader in which only true and false are booleans, and no key is given twice.

    YAML 1.1 also reads yes, no, on and off as booleans, and our rule files have the keys ``yes``
    and ``no`` and the preposition "on". Of a key that is given twice the first would be lost
    without a word.
    """

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {
        first: [
            (tag, re.compile(r"^(?:true|True|false|False)$") if tag.endswith(":bool") else pattern)
            for tag, pattern in resolvers
        ]
        for first, resolvers in _Base.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """Make a mapping; ConstructorError with the line of a key that is given twice."""
        given: set[str] = set()
        for key, _ in node.value:
            if isinstance(key.value, str):
                if key.value in given:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"the key {key.value!r} is given twice", key.start_mark
                    )
                given.add(key.value)
        return super().construct_mapping(node, deep)


def resource(*parts: str) -> Traversable:
    """Return the packaged file or folder ``tocsin/data/part/part/…``, or the user's."""
    if parts and Path(parts[0]).is_absolute():
        return Path(*parts)
    return files("tocsin").joinpath("data", *parts)


def exists(*parts: str) -> bool:
    """Whether there is such a file."""
    return resource(*parts).is_file()


def children(*parts: str, suffix: str) -> list[str]:
    """Return the names, sorted, of the files in a packaged folder that end in ``suffix``."""
    return sorted(entry.name for entry in resource(*parts).iterdir() if entry.name.endswith(suffix))


def read_text(*parts: str) -> str:
    """Return a packaged file's text; KnowledgeError where it is missing or not UTF-8."""
    try:
        return resource(*parts).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError) as error:
        raise KnowledgeError(f"cannot be read: {error}", path="/".join(parts)) from error


def read_yaml(*parts: str) -> Any:
    """Return a packaged YAML file's content; KnowledgeError names the file and line."""
    try:
        return yaml.load(read_text(*parts), Loader=Loader)
    except yaml.YAMLError as error:
        raise KnowledgeError(f"is not YAML: {error}", path="/".join(parts)) from error


def read_csv(*parts: str) -> list[dict[str, str]]:
    """Return a packaged CSV file's rows by column name; lines starting with ``#`` are comments.

    KnowledgeError names the file and line of a row with more or fewer cells than the header.
    """
    lines = read_text(*parts).splitlines()
    # a comment becomes an empty line, which is no row, so that the count of lines stays right
    rows = csv.reader(("" if line.startswith("#") else line for line in lines), strict=True)
    found: list[dict[str, str]] = []
    header: list[str] = []
    try:
        for row in rows:
            if not row:
                continue
            if not header:
                header = row
            elif len(row) == len(header):
                found.append(dict(zip(header, row, strict=True)))
            else:
                wrong = f"line {rows.line_num}: {len(row)} cells, the header has {len(header)}"
                raise KnowledgeError(wrong, path="/".join(parts))
    except csv.Error as error:
        raise KnowledgeError(f"line {rows.line_num}: {error}", path="/".join(parts)) from error
    return found


def check_keys(
    entry: Mapping[str, Any], *, allowed: Iterable[str], path: str, name: str | None = None
) -> None:
    """Refuse an unknown key, naming it and listing the allowed ones."""
    allowed = sorted(allowed)
    unknown = sorted(set(entry) - set(allowed))
    if unknown:
        raise KnowledgeError(
            f"unknown key {', '.join(map(repr, unknown))}; allowed: {', '.join(allowed)}",
            path=path,
            entry=name,
        )
