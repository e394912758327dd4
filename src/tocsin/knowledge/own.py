"""A user's own actors: a YAML list with the columns of our tables as its keys, read line by line.

::

    - {person: Anna Beispiel, country: DEU, office: foreign minister, since: 2027-03-01}
    - {name: River Guard, also: [RG, the Guard], country: SSD, sectors: [PRM], until: 2026-06}
    - {names: [Astana, Nur-Sultan], country: KAZ, form: capital}

Three kinds of row, told by the key that names the actor: a person in one term of office
(``person``), a body (``name``), other names of a state (``names``). What several values may stand
in (``also``, ``sectors``, ``office``, ``names``) is a value or a list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import Loader

_LISTS = frozenset({"also", "sectors", "office", "names", "country"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One row as a table would have it: ``cells`` by column, lists joined with ``|``.

    ``where`` is the file and line, ``key`` the column that names the actor.
    """

    where: str
    key: str
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        """The actor's name, the first of several."""
        return self.cells[self.key].partition("|")[0]


def read_own(
    path: str | Path, kinds: Mapping[str, Sequence[str]]
) -> tuple[list[OwnRow], list[KnowledgeError]]:
    """Return the rows of a user's file that have the right form, and what is wrong with others.

    ``kinds`` gives the allowed columns by the column that names the actor. KnowledgeError where
    the file cannot be read as a whole: missing, not UTF-8, no YAML, no list.
    """
    shown = str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise KnowledgeError(f"cannot be read: {error.strerror}", path=shown) from error
    except UnicodeDecodeError as error:
        raise KnowledgeError("is not UTF-8", path=shown) from error
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        if not isinstance(node, yaml.SequenceNode) or not node.value:
            raise KnowledgeError(
                "should be a list of actors, one a line: "
                "- {person: …, country: …, office: …, since: …}",
                path=shown,
            )
        rows: list[OwnRow] = []
        problems: list[KnowledgeError] = []
        for item in node.value:
            where = f"{shown}:{item.start_mark.line + 1}"
            try:
                rows.append(_row(_mapping(item, loader, where), where, kinds))
            except KnowledgeError as problem:
                problems.append(problem)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise KnowledgeError(f"is not YAML: {error.problem}", path=shown + line) from error
    except yaml.YAMLError as error:
        raise KnowledgeError(f"is not YAML: {error}", path=shown) from error
    finally:
        loader.dispose()
    return _without_repeated(rows, problems), problems


def _mapping(node: yaml.Node, loader: Any, where: str) -> dict[str, Any]:
    if not isinstance(node, yaml.MappingNode):
        raise KnowledgeError("is no row such as {person: …, country: …}", path=where)
    keys = [getattr(key, "value", None) for key, _ in node.value]
    twice = sorted({str(key) for key in keys if keys.count(key) > 1})
    if twice:
        raise KnowledgeError(f"has {', '.join(twice)} more than once", path=where)
    try:
        # Each row is a document of its own to the loader, which keeps its lines apart.
        found: dict[str, Any] = loader.construct_document(node)
    except ValueError as error:  # what looks like a date and is none: 2026-02-30
        raise KnowledgeError(f"holds what is no date: {error}", path=where) from error
    return found


def _row(entry: Mapping[str, Any], where: str, kinds: Mapping[str, Sequence[str]]) -> OwnRow:
    named = [key for key in kinds if key in entry]
    if len(named) != 1:
        raise KnowledgeError(
            f"needs one of {', '.join(kinds)} to name the actor; has {', '.join(named) or 'none'}",
            path=where,
        )
    key = named[0]
    name = _cell(entry[key], key, where, None)
    if not name:
        raise KnowledgeError(f"{key} is empty", path=where)
    unknown = sorted(str(one) for one in set(entry) - set(kinds[key]))
    if unknown:
        raise KnowledgeError(
            f"unknown key {', '.join(map(repr, unknown))}; allowed: {', '.join(kinds[key])}",
            path=where,
            entry=name,
        )
    cells = dict.fromkeys(kinds[key], "")
    cells |= {column: _cell(value, column, where, name) for column, value in entry.items()}
    return OwnRow(where, key, cells)


def _cell(value: object, column: str, where: str, name: str | None) -> str:
    if value is None:
        return ""
    values = value if isinstance(value, list) and column in _LISTS else [value]
    for one in values:
        plain = isinstance(one, str | date) or (isinstance(one, int) and column in _DATES)
        if not plain or isinstance(one, bool):
            wanted = "text or a list of texts" if column in _LISTS else "text"
            raise KnowledgeError(f"{column} should be {wanted}: {one!r}", path=where, entry=name)
    return "|".join(str(one).strip() for one in values)


_DATES = ("since", "until")


def _without_repeated(rows: Sequence[OwnRow], problems: list[KnowledgeError]) -> list[OwnRow]:
    """The rows but for those that stand in the file before, which are problems."""
    seen: dict[tuple[str, ...], str] = {}
    kept = []
    for row in rows:
        said = ("person", "name", "names", "country", "form", "office", "since", "needs")
        same = (row.key, *(row.cells.get(column, "") for column in said))
        if same in seen:
            problems.append(
                KnowledgeError(f"stands in {seen[same]} too", path=row.where, entry=row.name)
            )
        else:
            seen[same] = row.where
            kept.append(row)
    return kept


@dataclass(frozen=True, slots=True)
class Days:
    """When a row holds: both days included, None for open."""

    since: date | None
    until: date | None

    def overlaps(self, other: Days) -> bool:
        """Whether the two share a day."""
        return (self.since or date.min) <= (other.until or date.max) and (
            other.since or date.min
        ) <= (self.until or date.max)


def left_of(ours: Days, own: Days) -> tuple[Days, ...]:
    """What is left of our row's term beside a user's: what lies before, and after it.

    An open term of ours that began before the user's ends there for good: whoever was in office
    is so no more.
    """
    if not ours.overlaps(own):
        return (ours,)
    left = []
    before = own.since is not None and (ours.since is None or ours.since < own.since)
    if before and own.since is not None:
        left.append(replace(ours, until=own.since - _DAY))
    if own.until is not None and (ours.until > own.until if ours.until is not None else not before):
        left.append(replace(ours, since=own.until + _DAY))
    return tuple(left)


DaysOf = Callable[[Mapping[str, str]], Days]


def overridden(
    row: Mapping[str, str],
    own: Sequence[OwnRow],
    *,
    single: frozenset[str],
    days_of: DaysOf,
) -> list[Mapping[str, str]]:
    """Return what is left of our ``row`` of a person beside the user's ``own`` rows of people.

    A user's holder of an office that one person holds at a time (``single``) takes our holder's
    place in that term, and a user's row of a person and office that of ours. Somebody of whom
    nothing is left stays known, without the office.
    """
    offices = set(row["office"].split("|"))
    terms = [days_of(row)]
    for other in own:
        if other.cells["country"] != row["country"]:
            continue
        shared = offices & set(other.cells["office"].split("|"))
        if shared & single or (shared and other.name == row["person"]):
            term = days_of(other.cells)
            terms = [left for ours in terms for left in left_of(ours, term)]
    if terms == [days_of(row)]:
        return [row]
    if not terms:
        return [{**row, "office": "", "sectors": ""}]
    return [
        {
            **row,
            "since": term.since.isoformat() if term.since else "",
            "until": term.until.isoformat() if term.until else "",
        }
        for term in terms
    ]
