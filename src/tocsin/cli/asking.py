"""``tocsin events``, ``incidents``, ``claims``, ``documents``, ``imported``: what a store holds."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tocsin.cli.common import clean_end, say
from tocsin.cli.narrowing import (
    Database,
    Dyad,
    Least,
    Limit,
    Mode,
    Outlet,
    Party,
    Series,
    Since,
    Sources,
    Speaker,
    Stance,
    Status,
    Type,
    Until,
    Where,
    Words,
    filters_of,
)
from tocsin.cli.rows import Format, deed, field, format_of, print_records, print_rows

if TYPE_CHECKING:
    from tocsin.model.imported import Imported


def events(
    db: Database,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    type_: Type = None,
    mode: Mode = None,
    status: Status = None,
    where: Where = None,
    outlet: Outlet = None,
    words: Words = None,
    least: Least = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print the events of a store, by day: whole records as JSON lines, or flat as CSV."""
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(
            dyad=dyad, since=since, until=until, type_=type_, mode=mode, status=status,
            where=where, outlet=outlet, words=words, least=least, limit=limit,
        )  # fmt: skip
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if format_ == "jsonl":
                print_records(store.ask("records", filters))
                return
            rows = store.ask("events", filters)
        print_rows(rows, format_, _EVENT_COLUMNS)


def incidents(
    db: Database,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    type_: Type = None,
    mode: Mode = None,
    status: Status = None,
    where: Where = None,
    outlet: Outlet = None,
    words: Words = None,
    party: Party = None,
    sources: Sources = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print the incidents of a store, by day: what happened, put together from all reports."""
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(
            dyad=dyad, since=since, until=until, type_=type_, mode=mode, status=status,
            where=where, outlet=outlet, words=words, party=party, sources=sources, limit=limit,
        )  # fmt: skip
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if format_ == "jsonl":
                print_records(store.ask("incident_records", filters))
                return
            rows = store.ask("incidents", filters)
        print_rows(rows, format_, _INCIDENT_COLUMNS)


def claims(
    db: Database,
    speaker: Speaker = None,
    stance: Stance = None,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    type_: Type = None,
    status: Status = None,
    words: Words = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print who says of which incident that it happened, that it did not, or neither."""
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(
            dyad=dyad, since=since, until=until, type_=type_, status=status, words=words,
            stance=stance, speaker=speaker, limit=limit,
        )  # fmt: skip
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            rows = store.ask("claims", filters)
        print_rows(rows, format_, _CLAIM_COLUMNS)


def stories(
    db: Database,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    words: Words = None,
    sources: Sources = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print the stories of a store, by day: articles that have the same main news."""
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(
            since=since, until=until, outlet=outlet, words=words, sources=sources, limit=limit
        )
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            rows = store.ask("stories", filters)
        print_rows(rows, format_, _STORY_COLUMNS)


def documents(
    db: Database,
    since: Since = None,
    until: Until = None,
    outlet: Outlet = None,
    words: Words = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print the documents of a store, by day, with how many events each has."""
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(since=since, until=until, outlet=outlet, words=words, limit=limit)
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            rows = store.ask("documents", filters)
        print_rows(rows, format_, _DOCUMENT_COLUMNS)


def imported(
    db: Database,
    series: Series = None,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    type_: Type = None,
    mode: Mode = None,
    where: Where = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print the rows of others' event series that a store holds, by day.

    In JSON lines and CSV each comes with the whole row that it was.
    """
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(
            series=series, dyad=dyad, since=since, until=until, type_=type_, mode=mode,
            where=where, limit=limit,
        )  # fmt: skip
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if format_ == "table":
                print_rows(store.ask("imported", filters), format_, _IMPORTED_COLUMNS)
            else:
                _print_imported(store.imported(filters), format_)


def _print_imported(rows: Iterator[Imported], format_: str) -> None:
    """One row after the other: a year of a series is more than fits into memory."""
    from tocsin.model.imported import Imported
    from tocsin.report.exports.writing import csv_line

    count = 0
    for count, row in enumerate(rows, 1):
        values = row._asdict() | {"day": row.day.isoformat()}
        if format_ == "jsonl":
            values["raw"] = json.loads(row.raw)
            line = json.dumps(values, ensure_ascii=False) + "\n"
        else:
            header = csv_line(Imported._fields) if count == 1 else ""
            line = header + csv_line(values.values())
        sys.stdout.buffer.write(line.encode())
    if not count:
        say("nothing is found")


_EVENT_COLUMNS = {
    "day": field("date_start", "published"), "what": deed, "status": field("status"),
    "place": field("place"), "sentence": field("sentence"), "id": field("id"),
}  # fmt: skip
_IMPORTED_COLUMNS = {
    "day": field("day"), "series": field("series"), "actor": field("actor"),
    "type": field("type"), "cameo": field("cameo"), "recipient": field("recipient"),
    "score": field("score"), "place": field("place"), "id": field("id"),
}  # fmt: skip
_INCIDENT_COLUMNS = {
    "day": field("date_start", "first_report"), "what": deed, "status": field("status"),
    "place": field("place"), "counts": field("counts"), "reports": field("reports"),
    "sources": field("sources"), "sentence": field("sentence"), "id": field("id"),
}  # fmt: skip
_CLAIM_COLUMNS = {
    "day": field("first"), "speaker": field("speaker"), "stance": field("stance"), "what": deed,
    "status": field("status"), "reports": field("reports"), "id": field("incident"),
}  # fmt: skip
_STORY_COLUMNS = {
    "day": field("first"), "last": field("last"), "title": field("title"),
    "articles": field("documents"), "sources": field("sources"), "outlets": field("outlets"),
    "id": field("id"),
}  # fmt: skip
_DOCUMENT_COLUMNS = {
    "day": field("published"), "outlet": field("outlet"), "title": field("title"),
    "events": field("events"), "copy of": field("copy_of"), "id": field("id"),
}  # fmt: skip
