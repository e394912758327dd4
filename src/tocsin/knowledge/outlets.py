"""News outlets: who owns them, which are agencies, and which speak for a state.

The table is data (``data/outlets/outlets.csv``), as of 2025. It tells how many independent sources
a report has; what an outlet is as an actor in the news stands with the actors.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args
from urllib.parse import urlsplit

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import read_csv
from tocsin.knowledge.spelling import fold

PATH = "outlets/outlets.csv"
State = Literal["state", "public", ""]
KINDS = ("agency", "newspaper", "broadcaster", "online", "magazine", "think tank", "aggregator")
_COLUMNS = ("name", "also", "domains", "country", "owner", "kind", "state")
_NO_LETTER = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet. ``owner`` is the group that controls it in the end, None where that is not
    known; ``state`` is "state" where it speaks for its government, "public" where the public pays
    for it and it has editors of its own."""

    name: str
    also: tuple[str, ...]
    domains: tuple[str, ...]
    country: str | None
    owner: str | None
    kind: str
    state: State

    @property
    def agency(self) -> bool:
        """Whether others print its reports as a matter of course."""
        return self.kind == "agency"


@dataclass(frozen=True, slots=True)
class Outlets:
    """All outlets of the table, to be found by name or address."""

    outlets: tuple[Outlet, ...]
    _names: Mapping[str, Outlet]
    _domains: Mapping[str, Outlet]

    def named(self, name: str | None) -> Outlet | None:
        """The outlet of this name, or of this host ("www.example.org"); None where unknown."""
        if not name:
            return None
        return self._names.get(_plain(name)) or self._of_host(name.lower())

    def at(self, url: str | None) -> Outlet | None:
        """The outlet at this address; None where unknown."""
        try:
            host = urlsplit(url).hostname if url else None
        except ValueError:
            return None
        return self._of_host(host) if host else None

    def _of_host(self, host: str) -> Outlet | None:
        parts = host.split(".")
        domains = (".".join(parts[at:]) for at in range(len(parts) - 1))
        return next((found for one in domains if (found := self._domains.get(one))), None)


@cache
def load_outlets() -> Outlets:
    """Load and check ``data/outlets/outlets.csv``."""
    return parse_outlets(read_csv(*PATH.split("/")))


def parse_outlets(rows: Iterable[Mapping[str, str]]) -> Outlets:
    """Return the outlets of these rows; KnowledgeError where one is wrong or stands twice."""
    outlets = tuple(map(_outlet, rows))
    names: dict[str, Outlet] = {}
    domains: dict[str, Outlet] = {}
    for outlet in outlets:
        for name in {_plain(one) for one in (outlet.name, *outlet.also)}:
            if names.setdefault(name, outlet) is not outlet:
                other = names[name].name
                raise KnowledgeError(f"shares a name with {other}", path=PATH, entry=outlet.name)
        for domain in outlet.domains:
            if domains.setdefault(domain, outlet) is not outlet:
                other = domains[domain].name
                message = f"shares {domain} with {other}"
                raise KnowledgeError(message, path=PATH, entry=outlet.name)
    return Outlets(outlets, names, domains)


def _outlet(row: Mapping[str, str]) -> Outlet:
    name = row.get("name", "")
    if set(row) != set(_COLUMNS) or not name:
        raise KnowledgeError(f"needs the columns {', '.join(_COLUMNS)}", path=PATH, entry=name)
    state = row["state"]
    if row["kind"] not in KINDS or state not in get_args(State):
        raise KnowledgeError(
            f"kind {row['kind']!r} or state {state!r} is unknown; allowed: {', '.join(KINDS)}; "
            "state, public or nothing",
            path=PATH, entry=name,
        )  # fmt: skip
    return Outlet(
        name=name,
        also=tuple(filter(None, row["also"].split("|"))),
        domains=tuple(filter(None, row["domains"].lower().split("|"))),
        country=row["country"] or None,
        owner=row["owner"] or None,
        kind=row["kind"],
        state=state,  # type: ignore[arg-type]
    )


def _plain(name: str) -> str:
    """A name without case, marks, spaces, accents and "the" before it."""
    return _NO_LETTER.sub("", fold(_ARTICLE.sub("", name.strip())).lower())
