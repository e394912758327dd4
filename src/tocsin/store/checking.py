"""Verifying a store: every invariant that its tables must keep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tocsin.errors import InputError
from tocsin.model.codec import from_json_line
from tocsin.model.imported import row_key
from tocsin.store.migrations import older
from tocsin.store.rows import mention_rows, text_id
from tocsin.store.words import WORDS_OF

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# What must find no row; the columns of a row go into the message.
_LINKS: tuple[tuple[str, str], ...] = (
    (
        "the document {} is called linked and is not there",
        "SELECT l.document FROM linked l ANTI JOIN documents d ON l.document = d.id",
    ),
    (
        "the event {} of the linked document {} is in no incident",
        "SELECT e.id, e.document FROM current_events e JOIN linked l ON e.document = l.document "
        "AND e.coding = l.coding ANTI JOIN incident_reports r ON e.id = r.event "
        "WHERE e.status <> 'hypothetical' AND e.id NOT IN (SELECT event FROM rejected)",
    ),
    (
        "the event {} is in {} incidents",
        "SELECT event, count(DISTINCT incident) FROM incident_reports GROUP BY event "
        "HAVING count(DISTINCT incident) > 1",
    ),
    (
        "the incident {} has a report {} that no coding of its document {} has",
        "SELECT r.incident, r.event, r.document FROM incident_reports r ANTI JOIN events e "
        "ON r.event = e.id AND r.document = e.document",
    ),
    (
        "the incident {} should have {} reports and has {}",
        "SELECT i.id, i.reports, count(r.event) FROM incidents i LEFT JOIN incident_reports r "
        "ON i.id = r.incident GROUP BY i.id, i.reports HAVING count(r.event) <> i.reports",
    ),
    (
        "reports belong to the incident {}, which is not there",
        "SELECT DISTINCT r.incident FROM incident_reports r ANTI JOIN incidents i "
        "ON r.incident = i.id",
    ),
    (
        "the incident {} stands {} times",
        "SELECT id, count(*) FROM incidents GROUP BY id HAVING count(*) > 1",
    ),
    (
        "a claim is on the incident {}, which is not there",
        "SELECT DISTINCT c.incident FROM claims c ANTI JOIN incidents i ON c.incident = i.id",
    ),
    (
        "the linked document {} is in {} stories",
        "SELECT l.document, count(DISTINCT s.story) FROM linked l LEFT JOIN story_documents s "
        "ON l.document = s.document GROUP BY l.document HAVING count(DISTINCT s.story) <> 1",
    ),
    (
        "the story {} should have {} documents and has {}",
        "SELECT s.id, s.documents, count(d.document) FROM stories s LEFT JOIN story_documents d "
        "ON s.id = d.story GROUP BY s.id, s.documents HAVING count(d.document) <> s.documents",
    ),
    (
        "the nodes {} and {} are near and one of them is not there",
        "SELECT one, other FROM link_edges WHERE one NOT IN (SELECT node FROM link_keys) "
        "OR other NOT IN (SELECT node FROM link_keys)",
    ),
    (
        "the threat {} was followed and is no incident",
        "SELECT t.id FROM threats t ANTI JOIN incidents i ON t.id = i.id "
        "ANTI JOIN changed_incidents c ON t.id = c.incident WHERE EXISTS (FROM followed)",
    ),
    (
        "the acts of the incident {} are known, and it is not there",
        "SELECT a.incident FROM acts a ANTI JOIN incidents i ON a.incident = i.id "
        "ANTI JOIN changed_incidents c ON a.incident = c.incident",
    ),
)

_EMPTY: tuple[tuple[str, str], ...] = (
    (
        "the event {} of the coding {} has no document {}",
        "SELECT e.id, e.coding, e.document FROM events e ANTI JOIN documents d "
        "ON e.document = d.id",
    ),
    (
        "the event {} of the coding {} is of a document that this did not code",
        "SELECT e.id, e.coding FROM events e ANTI JOIN coded c "
        "ON e.document = c.document AND e.coding = c.coding",
    ),
    (
        "the event {} stands {} times under the coding {}",
        "SELECT id, count(*), coding FROM events GROUP BY id, coding, document HAVING count(*) > 1",
    ),
    (
        "the document {} should have {} events of the coding {} and has {}",
        "SELECT c.document, c.events, c.coding, count(e.id) FROM coded c LEFT JOIN events e "
        "ON e.document = c.document AND e.coding = c.coding "
        "GROUP BY c.document, c.coding, c.events HAVING count(e.id) <> c.events",
    ),
    (
        "the coding {} of the document {} is not described",
        "SELECT c.coding, c.document FROM coded c ANTI JOIN codings k ON c.coding = k.id",
    ),
    (
        "what was coded of the document {} is there and the document is not",
        "SELECT c.document FROM coded c ANTI JOIN documents d ON c.document = d.id",
    ),
    (
        "the document {} is called a copy of {}, which is not there",
        "SELECT d.id, d.copy_of FROM documents d ANTI JOIN documents o ON d.copy_of = o.id "
        "WHERE d.copy_of IS NOT NULL",
    ),
    (
        "the document {} is called a copy of {}, which is a copy itself",
        "SELECT d.id, d.copy_of FROM documents d JOIN documents o ON d.copy_of = o.id "
        "WHERE o.copy_of IS NOT NULL",
    ),
    (
        "the document {} is called a version of {}, which is not there",
        "SELECT d.id, d.version_of FROM documents d ANTI JOIN documents o ON d.version_of = o.id "
        "WHERE d.version_of IS NOT NULL",
    ),
    (
        "the document {} is neither coded nor a copy",
        "SELECT d.id FROM documents d ANTI JOIN coded c ON d.id = c.document "
        "WHERE d.copy_of IS NULL",
    ),
    (
        "a mention of the event {} under the coding {} belongs to no event",
        "SELECT DISTINCT m.event, m.coding FROM mentions m ANTI JOIN events e "
        "ON m.event = e.id AND m.coding = e.coding",
    ),
    (
        "a party of the event {} under the coding {} belongs to no event",
        "SELECT DISTINCT p.event, p.coding FROM parties p ANTI JOIN events e "
        "ON p.event = e.id AND p.coding = e.coding AND p.document = e.document",
    ),
    (
        "the coding {1} of the document {0} is taken for the newest and is not, or the reverse",
        f"({older()} EXCEPT ALL FROM superseded) UNION ALL (FROM superseded EXCEPT ALL {older()})",
    ),
    (
        "the words of the document with the number {} are not those of its text",
        "SELECT DISTINCT number FROM "
        f"(({WORDS_OF} EXCEPT ALL FROM words) UNION ALL (FROM words EXCEPT ALL {WORDS_OF}))",
    ),
    (
        "the row {} of the series {} stands {} times",
        "SELECT key, series, count(*) FROM imported GROUP BY key, series HAVING count(*) > 1",
    ),
    (
        "the alarm {} was marked as sent to one target {} times",
        "SELECT alarm, count(*) FROM sent GROUP BY alarm, target HAVING count(*) > 1",
    ),
    (
        "the row {} of the series {} has half a coordinate, or one that is none",
        "SELECT id, series FROM imported WHERE (lat IS NULL) <> (lon IS NULL) "
        "OR abs(lat) > 90 OR abs(lon) > 180",
    ),
)


def faults(db: DuckDBPyConnection) -> Iterator[str]:
    """Yield every fault of the tables, in words."""
    for message, sql in (*_EMPTY, *_LINKS):
        for row in db.execute(sql).fetchall():
            yield message.format(*row)
    yield from _of_documents(db)
    yield from _of_events(db)
    yield from _of_imported(db)


def _of_imported(db: DuckDBPyConnection) -> Iterator[str]:
    """Is every row of others' series the one that was read?"""
    found = db.cursor().execute("SELECT series, id, key, raw FROM imported")
    while rows := found.fetchmany(10_000):
        for series, id_, key, raw in rows:
            if row_key(series, raw) != key:
                yield f"the row {id_} of the series {series} is not the one that was imported"


def _of_documents(db: DuckDBPyConnection) -> Iterator[str]:
    found = db.execute("SELECT id, text, text_id FROM documents")
    while row := found.fetchone():
        if text_id(row[1]) != row[2]:
            yield f"the text of the document {row[0]} is not the one that was added"


def _of_events(db: DuckDBPyConnection) -> Iterator[str]:
    """Do records decode, are their spans the words of the text, are their mentions all there?"""
    found = db.cursor().execute(
        "SELECT e.id, e.coding, e.document, e.record, d.text, m.rows FROM events e "
        "JOIN documents d ON e.document = d.id LEFT JOIN (SELECT event, coding, "
        'list([role, n::VARCHAR, start::VARCHAR, "end"::VARCHAR, text, country, entity]) AS rows '
        "FROM mentions GROUP BY event, coding) m ON m.event = e.id AND m.coding = e.coding"
    )
    while row := found.fetchone():
        id_, coding, document, record, text, rows = row
        where = f"the event {id_} of the coding {coding}"
        try:
            event = from_json_line(record)
        except InputError as error:
            yield f"{where} has a record that cannot be read: {error}"
            continue
        if (event.id, event.document) != (id_, document):
            yield f"{where} is another event, {event.id}, in its record"
        mentions = mention_rows(event, coding)
        for _, _, role, n, start, end, words, *_ in mentions:
            if start is not None and text[start:end] != words:
                yield f"{where}: its {role} {n} is {words!r}, and the text has {text[start:end]!r}"
        wanted = [[None if v is None else str(v) for v in one[2:]] for one in mentions]
        if wanted and sorted(rows or [], key=_order) != sorted(wanted, key=_order):
            yield f"{where} has other mentions than its record"


def _order(row: list[str | None]) -> list[str]:
    return [value or "" for value in row]
