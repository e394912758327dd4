"""The ledgers of a store: channels, agreements, threats and demands, followed from the incidents.

What changes after they were followed is noted in the transaction that changes it, and forgotten in
the one that puts in what was followed again: a process that ends in between leaves it noted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import TYPE_CHECKING, Any

from tocsin.model.channel import StateReport
from tocsin.model.codec import record_from_dict, record_to_dict
from tocsin.model.flat_channel import CHANNEL_COLUMNS, channel_row
from tocsin.model.flat_incident import countries
from tocsin.model.flat_threat import THREAT_COLUMNS, threat_row
from tocsin.model.following import Changes, Followed, Reach, Replaced
from tocsin.model.incident import Incident
from tocsin.model.threat import Threat

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_Insert = Callable[[str, tuple[str, ...], list[list[Any]]], None]
_IN = "IN (SELECT unnest(?::VARCHAR[]))"


class Ledgers:
    """The ledgers in the tables of ``db``; ``insert`` and ``transaction`` are the store's own."""

    def __init__(
        self,
        db: DuckDBPyConnection,
        insert: _Insert,
        transaction: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._db = db
        self._insert = insert
        self._transaction = transaction
        #: Whether anything was put in since the store was opened.
        self.changed = False

    def states(self) -> list[StateReport]:
        """What the newest codings of all documents say of channels and agreements."""
        return self._states("SELECT record FROM current_states")

    def states_of(self, parties: Sequence[str]) -> list[StateReport]:
        """What they say of things between parties of whom these are some."""
        between = (
            "list_has_all(json_extract_string(record, '$.parties[*]'), ?::VARCHAR[])"
            if parties
            else "?::VARCHAR[] IS NOT NULL"
        )
        return self._states(
            f"WITH named AS MATERIALIZED (SELECT thing, record, {between} AS own "
            "FROM current_states) SELECT record FROM named WHERE own "
            "OR thing IN (SELECT thing FROM named WHERE own)",
            list(parties),
        )

    def states_told(self, documents: Iterable[str]) -> list[StateReport]:
        """What any coding of these documents said of them."""
        return self._states(f"SELECT record FROM states WHERE document {_IN}", list(documents))

    def states_between(
        self, known: Iterable[str], parties: Iterable[Sequence[str]]
    ) -> list[StateReport]:
        """What the newest codings say of those with these ids in a pack, and of those without one
        between such parties."""
        return self._states(
            f"SELECT record FROM current_states WHERE thing {_IN} OR "
            f"(thing IS NULL AND json_extract(record, '$.parties')::VARCHAR {_IN})",
            list(known),
            [json.dumps(list(one), separators=(",", ":")) for one in parties],
        )

    def _states(self, sql: str, *values: Any) -> list[StateReport]:
        rows = self._db.execute(sql, list(values)).fetchall()
        return [record_from_dict(StateReport, json.loads(row[0])) for row in rows]

    def incidents(self) -> list[Incident]:
        """All incidents."""
        return self._incidents("SELECT record FROM incidents ORDER BY id")

    def incidents_by_id(self, ids: Iterable[str]) -> list[Incident]:
        """The incidents with these ids."""
        return self._incidents(f"SELECT record FROM incidents WHERE id {_IN}", list(ids))

    def _incidents(self, sql: str, *values: Any) -> list[Incident]:
        rows = self._db.execute(sql, list(values)).fetchall()
        return [record_from_dict(Incident, json.loads(row[0])) for row in rows]

    def threats(self) -> list[Threat]:
        """All threats and demands with what became of them."""
        rows = self._db.execute("SELECT record FROM threats ORDER BY id").fetchall()
        return [record_from_dict(Threat, json.loads(row[0])) for row in rows]

    def last_day(self) -> date | None:
        """The last day of any report, of an incident without one its own last day."""
        rows = self._db.execute(
            "SELECT max(coalesce(greatest(first_report, last_report), "
            "greatest(date_start, date_end))) FROM incidents"
        ).fetchall()
        found: date | None = rows[0][0]
        return found

    def changes(self, *, share: float) -> Changes | None:
        """What has changed since the ledgers were followed; None where they never were, where an
        older Tocsin did it, which noted no changes, or where more than a ``share`` of all changed.
        """
        since = self._since()
        if since is None or self._number("changed_incidents") > share * self._number("incidents"):
            return None
        rows = self._db.execute(
            "SELECT c.record, i.record FROM changed_incidents c LEFT JOIN incidents i "
            "ON c.incident = i.id WHERE c.record IS DISTINCT FROM i.record ORDER BY c.incident"
        ).fetchall()
        before, after = (
            tuple(record_from_dict(Incident, json.loads(row[n])) for row in rows if row[n])
            for n in (0, 1)
        )
        return Changes(
            as_of=since[0], knowledge=since[1], before=before, after=after,
            documents=tuple(self._ids("SELECT document FROM changed_documents ORDER BY ALL")),
        )  # fmt: skip

    def _since(self) -> tuple[date, str] | None:
        """As of which day, and by what, the ledgers were followed."""
        row: tuple[date, str] | None = self._db.execute(
            "SELECT as_of, knowledge FROM followed WHERE as_of IS NOT NULL"
        ).fetchone()
        return row

    def _note_changes(self, documents: Sequence[str], incidents: Sequence[str]) -> None:
        """Note that these are about to change; what was noted before stays as it was."""
        if self._since() is None:
            return
        self._db.execute(
            "INSERT INTO changed_incidents SELECT c.id, i.record "
            "FROM (SELECT DISTINCT unnest(?::VARCHAR[]) AS id) c LEFT JOIN incidents i "
            "ON c.id = i.id WHERE c.id NOT IN (SELECT incident FROM changed_incidents)",
            [list(incidents)],
        )
        self._db.execute(
            "INSERT INTO changed_documents SELECT DISTINCT unnest(?::VARCHAR[]) AS id "
            "EXCEPT SELECT document FROM changed_documents",
            [list(documents)],
        )

    def watching(self, acts: Collection[tuple[str, date]]) -> set[str]:
        """The threats and demands that an act of one of these sides on that day may end."""
        if not acts:
            return set()
        found = self._ids(
            "SELECT DISTINCT w.threat "
            "FROM (SELECT threat, unnest(sides) AS side, since, until FROM watched) w "
            "JOIN (SELECT unnest(?::VARCHAR[]) AS side, unnest(?::DATE[]) AS day) a "
            "ON a.side = w.side AND a.day BETWEEN w.since AND w.until",
            *(list(column) for column in zip(*acts, strict=True)),
        )
        return set(found)

    def unended(self, day: date) -> set[str]:
        """The threats and demands that nothing has ended, and that had not lapsed before a day."""
        found = self._ids(
            "SELECT w.threat FROM watched w JOIN threats t ON t.id = w.threat "
            "WHERE t.outcome_incident IS NULL AND w.until >= ?",
            day,
        )
        return set(found)

    def acting(self, reaches: Iterable[Reach]) -> list[Incident]:
        """The incidents within these reaches; of those that came or changed since the ledgers were
        followed not all."""
        rows = [
            [side, one.since, one.until, None if one.types is None else sorted(one.types)]
            for one in reaches
            for side in sorted(one.sides)
        ]
        if not rows:
            return []
        return self._incidents(
            "WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS side, unnest(?::DATE[]) AS since, "
            "unnest(?::DATE[]) AS until, unnest(?::VARCHAR[][]) AS types) "
            "SELECT record FROM incidents WHERE id IN (SELECT i.id "
            "FROM (SELECT incident, unnest(sides) AS side, begins FROM acts) a "
            "JOIN wanted w ON a.side = w.side AND a.begins BETWEEN w.since AND w.until "
            "JOIN incidents i ON i.id = a.incident "
            "WHERE w.types IS NULL OR list_contains(w.types, i.type))",
            *(list(column) for column in zip(*rows, strict=True)),
        )

    def channel_parties(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The id, kind and parties of each channel and agreement."""
        rows = self._db.execute("SELECT id, kind, countries FROM channels").fetchall()
        return [(id_, kind, tuple(parties)) for id_, kind, parties in rows]

    def replace_ledgers(self, followed: Followed, replaced: Replaced | None) -> None:
        """Put in what was followed, in the place of what is ``replaced``, or with None of all; what
        had changed is then followed."""
        with self._transaction():
            for table in ("followed", "changed_incidents", "changed_documents"):
                self._db.execute(f"DELETE FROM {table}")
            self._remove_ledgers(replaced)
            self._insert(
                "followed",
                ("whole", "as_of", "knowledge"),
                [[True, followed.as_of, followed.knowledge]],
            )
            self._insert(
                "channels",
                (*CHANNEL_COLUMNS, "countries", "record"),
                [
                    [*channel_row(one).values(), list(one.parties), record_of(one)]
                    for one in followed.channels
                ],
            )
            self._insert(
                "threats",
                (*THREAT_COLUMNS, "speaker_countries", "addressee_countries", "record"),
                [
                    [
                        *threat_row(one).values(),
                        countries(one.speakers),
                        countries(one.addressees),
                        record_of(one),
                    ]
                    for one in followed.threats
                ],
            )
            self._insert(
                "acts",
                ("incident", "sides", "begins"),
                [[one.id, sorted(one.sides), one.begins] for one in followed.acts],
            )
            self._insert(
                "watched",
                ("threat", "sides", "since", "until"),
                [[one.id, sorted(one.sides), one.since, one.until] for one in followed.reaches],
            )
        self.changed = True

    def _remove_ledgers(self, replaced: Replaced | None) -> None:
        for table, column, ids in (
            ("channels", "id", replaced and replaced.channels),
            ("threats", "id", replaced and replaced.threats),
            ("watched", "threat", replaced and replaced.threats),
            ("acts", "incident", replaced and replaced.incidents),
        ):
            if ids is None:
                self._db.execute(f"DELETE FROM {table}")
            elif ids:
                self._db.execute(f"DELETE FROM {table} WHERE {column} {_IN}", [list(ids)])

    def _number(self, table: str) -> int:
        return int(self._db.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])

    def _ids(self, sql: str, *values: Any) -> list[str]:
        return [row[0] for row in self._db.execute(sql, list(values)).fetchall()]


def record_of(record: Any) -> str:
    """A record as one line of JSON."""
    return json.dumps(record_to_dict(record), ensure_ascii=False)
