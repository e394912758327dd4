"""How fresh the actor tables are: the day up to which each is known to be right."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

MANIFEST = "actors/manifest.yaml"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What ``actors/manifest.yaml`` says.

    ``tables`` gives per table the day up to which it is known to be right; ``groups`` the groups of
    states whose coverage is told apart; ``founded`` the first day of states younger than 1990.
    """

    tables: Mapping[str, date]
    groups: Mapping[str, tuple[str, ...]]
    founded: Mapping[str, date]

    @property
    def day(self) -> date:
        """The last day that all tables know of."""
        return min(self.tables.values())

    def older_than(self, day: date) -> tuple[str, ...]:
        """The tables that know nothing of ``day``, the oldest first."""
        old = [(until, table) for table, until in self.tables.items() if until < day]
        return tuple(table for _, table in sorted(old))


def load_manifest(*, packs: Sequence[str] = ()) -> Manifest:
    """Return the manifest, with the tables of the world and of the named ``packs``.

    KnowledgeError names an unknown key and a day that is none.
    """
    content = read_yaml(*MANIFEST.split("/"))
    check_keys(content, allowed=("tables", "groups", "founded"), path=MANIFEST)
    return Manifest(
        tables={
            table: read_day(day, MANIFEST, table)
            for table, day in sorted(content["tables"].items())
            if not table.startswith("packs/") or table.split("/")[1] in packs
        },
        groups={name: tuple(states.split()) for name, states in content["groups"].items()},
        founded={
            state: read_day(day, MANIFEST, state) for state, day in content["founded"].items()
        },
    )


def read_day(text: object, path: str, name: str, *, last: bool = False) -> date:
    """Return the day of a cell: YYYY, YYYY-MM or YYYY-MM-DD; ``last`` takes the span's last day.

    KnowledgeError names the file and the entry where it is no day.
    """
    if isinstance(text, date):  # YAML reads plain days by itself
        return text
    try:
        written = str(text)
        if len(written) == 10:
            return date.fromisoformat(written)
        year, month = int(written[:4]), int(written[5:7] or (12 if last else 1))
        return date(year, month, monthrange(year, month)[1] if last else 1)
    except ValueError as error:
        raise KnowledgeError(f"{text!r} is no date", path=path, entry=name) from error
