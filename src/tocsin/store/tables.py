"""A store in the tables of a DuckDB connection, wherever that keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Any

from tocsin.errors import StoreError
from tocsin.model.codec import from_json_line
from tocsin.model.decision import Decision
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.imported import Imported
from tocsin.model.incident import Incident
from tocsin.store.base import Coding, Entry, Known, Print, Report, Row
from tocsin.store.checking import faults
from tocsin.store.filters import Filters
from tocsin.store.links import Links
from tocsin.store.migrations import supersede
from tocsin.store.queries import count_of, sql_of
from tocsin.store.reviewing import NEAR, STANDING, doubts_sql, standing_values
from tocsin.store.rows import (
    DOCUMENT_COLUMNS,
    EVENT_COLUMNS,
    IMPORTED_COLUMNS,
    MENTION_COLUMNS,
    PARTY_COLUMNS,
    STATE_COLUMNS,
    document_of,
    document_row,
    event_row,
    imported_line,
    mention_rows,
    other_id,
    party_rows,
    state_row,
    text_id,
)
from tocsin.store.words import add_words, sort_runs

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class TableStore:
    """What all stores share: the tables, changed in transactions, and the questions."""

    def __init__(self, db: DuckDBPyConnection, path: str) -> None:
        self._db = db
        # A long query would draw its progress between the lines of the output.
        db.execute("SET enable_progress_bar = false")
        self.path = path
        self.links = Links(db, self._insert, self._transaction)
        self._columns: dict[str, dict[str, str]] = {}

    def add(self, entry: Entry, coding: Coding, *, at: datetime) -> bool:
        """Keep one item, all of it or nothing; whether anything was new."""
        return self.add_all([entry], coding, at=at) > 0

    def add_all(self, entries: Sequence[Entry], coding: Coding, *, at: datetime) -> int:
        """Keep many items at once, all of them or none; how many were new."""
        with self._transaction():
            aside = sum(self._set_aside(one, at) for one in entries if one.outcome == "set aside")
            return aside + self._add_documents(entries, coding, at)

    def _set_aside(self, entry: Entry, at: datetime) -> bool:
        document = entry.document.id if entry.document is not None else None
        values = [entry.path, entry.line, document, entry.reason or ""]
        there = self._db.execute(
            "SELECT 1 FROM set_aside WHERE path = ? AND line IS NOT DISTINCT FROM ? "
            "AND document IS NOT DISTINCT FROM ? AND reason = ?",
            values,
        ).fetchone()
        if there is None:
            self._db.execute("INSERT INTO set_aside VALUES (?, ?, ?, ?, ?)", [*values, at])
        return there is None

    def _add_documents(self, entries: Sequence[Entry], coding: Coding, at: datetime) -> int:
        """Keep what is no set aside item: its document, and what was coded of it, if new."""
        entries = [entry for entry in entries if entry.outcome != "set aside"]
        if not entries:
            return 0
        ids = [_document(entry).id for entry in entries]
        marks = dict(self._in("SELECT id, text_id FROM documents WHERE id", ids))
        old = frozenset(marks)
        there = set(marks)
        coded = {row[0] for row in self._in(_CODED, ids, coding.id)}
        last = self._one("SELECT coalesce(max(number), 0) FROM documents")
        number = int(last[0]) if last else 0
        documents: list[list[Any]] = []
        fresh: list[Entry] = []
        new = 0
        for entry in entries:
            document = _document(entry)
            mark = text_id(document.text)
            if marks.setdefault(document.id, mark) != mark:
                raise StoreError(
                    f"holds another text under the id {document.id}; ask free_id first",
                    path=self.path,
                )
            is_new = document.id not in there
            if is_new:
                there.add(document.id)
                number += 1
                documents.append(document_row(entry, document, mark, number, at))
            if entry.outcome == "coded" and document.id not in coded:
                coded.add(document.id)
                fresh.append(entry)
                is_new = True
            new += is_new
        self._insert("documents", DOCUMENT_COLUMNS, documents)
        if documents:
            self._add_words(number - len(documents), number)
        if fresh:
            self._add_coded(fresh, coding, at)
            again = [_document(entry).id for entry in fresh if _document(entry).id in old]
            if again:
                self._db.execute(supersede(_AMONG), [again])
        return new

    def _add_words(self, after: int, last: int) -> None:
        """Keep the words of the documents of these numbers."""
        add_words(self._db, after)
        sort_runs(self._db, after, last)

    def _add_coded(self, entries: Sequence[Entry], coding: Coding, at: datetime) -> None:
        """Keep what one coding found in documents that it had not coded before."""
        by = coding.id
        if not self._one("SELECT 1 FROM codings WHERE id = ?", by):
            options = json.dumps(dict(coding.options), sort_keys=True, default=str)
            names = ("id", "tocsin", "options", "since")
            self._insert("codings", names, [[by, coding.tocsin, options, at]])
        events = [event for entry in entries for event in entry.events]
        states = {state.id: state for entry in entries for state in entry.states}
        self._insert(
            "coded",
            ("document", "coding", "done", "events"),
            [[_document(entry).id, by, at, len(entry.events)] for entry in entries],
        )
        self._insert("events", EVENT_COLUMNS, [event_row(event, by) for event in events])
        self._insert(
            "mentions", MENTION_COLUMNS, [row for one in events for row in mention_rows(one, by)]
        )
        self._insert(
            "parties", PARTY_COLUMNS, [row for one in events for row in party_rows(one, by)]
        )
        self._insert("states", STATE_COLUMNS, [state_row(one, by) for one in states.values()])

    def add_imported(self, rows: Sequence[Imported]) -> int:
        """Keep rows of others' series, all or none; how many were new."""
        unique = {row.key: row for row in reversed(rows)}
        lines = [imported_line(row) for row in reversed(unique.values())]
        return self._import(lines, [row.raw for row in reversed(unique.values())])

    def _import(self, lines: list[str], raws: list[str]) -> int:
        """Keep the rows of these lines, each with its raw row, unless they are there."""
        kinds = self._kinds("imported")
        cells = {name: f"v[{n}]::{kinds[name]}" for n, name in enumerate(IMPORTED_COLUMNS, 1)}
        # Every batch is more than the usual threshold of 16 MB, and to go from the log into the
        # tables after each takes a tenth of the time.
        self._db.execute("SET checkpoint_threshold = '256MB'")
        with self._transaction():
            # A row comes as one JSON list: to hand over a list for each column takes three times
            # as long. It is unpacked into a table of its own first: what selects from it directly
            # unpacks it anew for every column.
            self._db.execute(
                "CREATE OR REPLACE TEMP TABLE cells AS "
                "SELECT from_json(unnest(?::VARCHAR[]), '[\"VARCHAR\"]') AS v, "
                "unnest(?::VARCHAR[]) AS raw",
                [lines, raws],
            )
            # Only the days that come are looked through for what is there.
            days = self._one(f"SELECT min({cells['day']}), max({cells['day']}) FROM cells")
            new = self._one(
                f"INSERT INTO imported ({', '.join(cells)}, raw) "
                f"SELECT {', '.join(cells.values())}, raw FROM cells ANTI JOIN "
                "(SELECT key FROM imported WHERE day BETWEEN ? AND ?) old "
                f"ON {cells['key']} = old.key",
                *(days or ()),
            )
            self._db.execute("DROP TABLE cells")
        return int(new[0]) if new else 0

    def known(self, id: str, text: str) -> Known | None:  # noqa: A002
        """What is known of the document with this id and text."""
        row = self._one(
            "SELECT d.id, n.coding, d.copy_of FROM documents d LEFT JOIN newest n "
            "ON d.id = n.document WHERE d.id IN (?, ?) AND d.text_id = ?",
            id, other_id(id, text), text_id(text),
        )  # fmt: skip
        return Known(*row) if row is not None else None

    def is_coded(self, id: str, coding: Coding) -> bool:  # noqa: A002
        """Whether this coding of the document is there, be it the newest or not."""
        sql = "SELECT 1 FROM coded WHERE document = ? AND coding = ?"
        return self._one(sql, id, coding.id) is not None

    def free_id(self, document: Document) -> str:
        """The id under which a document is kept: its own, unless that has another text."""
        row = self._one("SELECT text_id FROM documents WHERE id = ?", document.id)
        if row is None or row[0] == text_id(document.text):
            return document.id
        return other_id(document.id, document.text)

    def prints(self) -> Iterator[Print]:
        """The fingerprints of all documents, in the order in which they came."""
        found = self._db.cursor().execute(
            "SELECT id, digest, url, outlet, published, shingles FROM documents ORDER BY number"
        )
        while row := found.fetchone():
            yield Print(*row)

    def last_documents(self, count: int) -> list[Document]:
        """The documents that came last, the last at the end."""
        rows = self._rows("SELECT * FROM documents ORDER BY number DESC LIMIT ?", [count])
        return [document_of(row) for row in reversed(rows)]

    def ask(self, question: str, filters: Filters | None = None) -> list[Row]:
        """The rows that answer a named question; OptionError for one that there is not."""
        return self._rows(*sql_of(question, filters or Filters()))

    def count(self, question: str, filters: Filters | None = None) -> int:
        """How many rows answer a named question, those of all pages."""
        sql, values = count_of(question, filters or Filters())
        (row,) = self._db.cursor().execute(sql, values).fetchall()
        return int(row[0])

    def records(self, filters: Filters | None = None) -> Iterator[Event]:
        """The whole events that answer the question ``events``, in its order."""
        sql, values = sql_of("records", filters or Filters())
        found = self._db.cursor().execute(sql, values)
        while row := found.fetchone():
            yield from_json_line(row[0])

    def reports(self, filters: Filters | None = None) -> Iterator[Report]:
        """The same events, each with where it is from."""
        sql, values = sql_of("reports", filters or Filters())
        found = self._db.cursor().execute(sql, values)
        while row := found.fetchone():
            yield Report(from_json_line(row[0]), *row[1:])

    def imported(self, filters: Filters | None = None) -> Iterator[Imported]:
        """The rows that answer the question ``imported``, in its order, one after the other."""
        sql, values = sql_of("imported", filters or Filters())
        found = self._db.cursor().execute(sql, values)
        while rows := found.fetchmany(10_000):
            for row in rows:
                yield Imported(*row)

    def event(self, id: str) -> Event | None:  # noqa: A002
        """The event with this id, of the newest coding that has it."""
        row = self._one(
            "SELECT e.record FROM events e JOIN coded c ON c.document = e.document "
            "AND c.coding = e.coding WHERE e.id = ? ORDER BY c.done DESC, e.coding DESC LIMIT 1",
            id,
        )
        return from_json_line(row[0]) if row is not None else None

    def document(self, id: str) -> Document | None:  # noqa: A002
        """The document with this id."""
        rows = self._rows("SELECT * FROM documents WHERE id = ?", [id])
        return document_of(rows[0]) if rows else None

    def incident(self, id: str) -> Incident | None:  # noqa: A002
        """The incident with this id, or that which the event with this id is a report of."""
        return self.links.incident(id)

    def standing(self, decisions: Iterable[Decision]) -> dict[int, set[str]]:
        """The events that stand now where decisions name reports, by the decisions' numbers."""
        decisions = list(decisions)
        found: dict[int, set[str]] = {one.number: set() for one in decisions}
        for number, event in self._db.execute(STANDING, standing_values(decisions)).fetchall():
            found[number].add(event)
        return found

    def doubts(
        self,
        filters: Filters,
        weights: Mapping[str, float],
        *,
        without: Iterable[str] = (),
        limit: int,
        offset: int = 0,
    ) -> list[Row]:
        """The incidents that leave most in doubt, with what is known of each
        (:func:`tocsin.store.reviewing.doubts_sql`) and ``near``, which it was nearly one with."""
        sql, values = doubts_sql(filters, weights, without, limit, offset)
        rows = self._rows(sql, values)
        near = dict(self._db.execute(NEAR, [[row["id"] for row in rows]]).fetchall())
        return [row | {"near": near.get(row["id"])} for row in rows]

    def reports_of(self, incidents: Sequence[str]) -> list[Row]:
        """The rows of the question ``incident_reports`` of several incidents at once."""
        sql, values = sql_of("incident_reports", Filters(id=""))
        one = "r.incident = $id"
        several = "r.incident IN (SELECT unnest($id::VARCHAR[]))"
        assert one in sql
        return self._rows(sql.replace(one, several), values | {"id": list(incidents)})

    def incident_rows(self, ids: Sequence[str]) -> dict[str, Row]:
        """The rows of the question ``incidents`` of these incidents, by their ids."""
        columns = "* EXCLUDE (record, actor_countries, recipient_countries)"
        sql = f"SELECT {columns} FROM incidents WHERE id IN (SELECT unnest(?::VARCHAR[]))"
        return {row["id"]: row for row in self._rows(sql, [list(ids)])}

    def sent(self, target: str) -> set[str]:
        """The ids of the alarms that were sent to a target."""
        rows = self._db.execute("SELECT alarm FROM sent WHERE target = ?", [target]).fetchall()
        return {row[0] for row in rows}

    def mark_sent(self, target: str, alarms: Sequence[str], *, at: datetime) -> int:
        """Keep that these alarms were sent to a target, all or none; how many were not before."""
        there = self.sent(target)
        fresh = [id_ for id_ in dict.fromkeys(alarms) if id_ not in there]
        with self._transaction():
            rows: list[list[Any]] = [[id_, target, at] for id_ in fresh]
            self._insert("sent", ("alarm", "target", "done"), rows)
        return len(fresh)

    def beside(self) -> TableStore:
        """The same store on a connection of its own, for another thread; to close that leaves this
        one open."""
        return TableStore(self._db.cursor(), self.path)

    def check(self) -> Iterator[str]:
        """Verify every invariant, and yield each fault in words."""
        return faults(self._db.cursor())

    def close(self) -> None:
        """Close the connection."""
        self._db.close()

    def __enter__(self) -> TableStore:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All that is done inside is kept together, or nothing of it."""
        import duckdb

        try:
            self._db.execute("BEGIN")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            raise StoreError(
                f"cannot be written: {first}. What was added before is kept", path=self.path
            ) from error

    def _insert(self, table: str, names: tuple[str, ...], rows: list[list[Any]]) -> None:
        """Insert rows, all in one statement: a list of values for each column."""
        if rows:
            kinds = self._kinds(table)
            columns = ", ".join(f'"{name}"' for name in names)
            values = ", ".join(f"unnest(?::{kinds[name]}[])" for name in names)
            lists = [list(column) for column in zip(*rows, strict=True)]
            self._db.execute(f"INSERT INTO {table} ({columns}) SELECT {values}", lists)

    def _kinds(self, table: str) -> dict[str, str]:
        """The types of a table's columns."""
        if table not in self._columns:
            rows = self._db.execute(f"DESCRIBE {table}").fetchall()
            self._columns[table] = {row[0]: row[1] for row in rows}
        return self._columns[table]

    def _one(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = self._db.execute(sql, list(values)).fetchone()
        return row

    def _in(self, sql: str, ids: Sequence[str], *values: Any) -> list[tuple[Any, ...]]:
        """The rows of a query that ends with the column that is one of ``ids``."""
        asked = f"{sql} IN (SELECT unnest(?::VARCHAR[]))"
        return self._db.execute(asked, [*values, list(ids)]).fetchall()

    def _rows(self, sql: str, values: dict[str, Any] | list[Any]) -> list[Row]:
        """The rows of a query by the names of their columns; its values by name or place."""
        found = self._db.cursor().execute(sql, values)
        names = [column[0] for column in found.description or ()]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


_AMONG = " WHERE document IN (SELECT unnest(?::VARCHAR[]))"
_CODED = "SELECT document FROM coded WHERE coding = ? AND document"


def _document(entry: Entry) -> Document:
    if entry.document is None:
        raise ValueError(f"an item that is {entry.outcome} needs a document")
    return entry.document
