"""``tocsin events``, ``incidents``, ``claims``, ``documents``, ``imported``: what a store holds."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import clean_end, one_of, printable, say
from tocsin.cli.narrowing import (
    Database,
    Dyad,
    Least,
    Limit,
    Mode,
    Outlet,
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

if TYPE_CHECKING:
    from tocsin.model.imported import Imported

FORMATS = ("table", "jsonl", "csv")
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT",
        help="table, jsonl or csv. Default: a table on a terminal, JSON lines in a pipe.",
    ),
]  # fmt: skip


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
        format_ = _format(format_)
        filters = filters_of(
            dyad=dyad, since=since, until=until, type_=type_, mode=mode, status=status,
            where=where, outlet=outlet, words=words, least=least, limit=limit,
        )  # fmt: skip
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if format_ == "jsonl":
                from tocsin.model.codec import to_json_line

                for event in store.records(filters):
                    sys.stdout.buffer.write(f"{to_json_line(event)}\n".encode())
                return
            rows = store.ask("events", filters)
        _print(rows, format_, _EVENT_COLUMNS)


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
    sources: Sources = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print the incidents of a store, by day: what happened, put together from all reports."""
    with clean_end():
        format_ = _format(format_)
        filters = filters_of(
            dyad=dyad, since=since, until=until, type_=type_, mode=mode, status=status,
            where=where, outlet=outlet, words=words, sources=sources, limit=limit,
        )  # fmt: skip
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if format_ == "jsonl":
                for row in store.ask("incident_records", filters):
                    sys.stdout.buffer.write(f"{row['record']}\n".encode())
                return
            rows = store.ask("incidents", filters)
        _print(rows, format_, _INCIDENT_COLUMNS)


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
        format_ = _format(format_)
        filters = filters_of(
            dyad=dyad, since=since, until=until, type_=type_, status=status, words=words,
            stance=stance, speaker=speaker, limit=limit,
        )  # fmt: skip
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            rows = store.ask("claims", filters)
        _print(rows, format_, _CLAIM_COLUMNS)


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
        format_ = _format(format_)
        filters = filters_of(since=since, until=until, outlet=outlet, words=words, limit=limit)
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            rows = store.ask("documents", filters)
        _print(rows, format_, _DOCUMENT_COLUMNS)


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
        format_ = _format(format_)
        filters = filters_of(
            series=series, dyad=dyad, since=since, until=until, type_=type_, mode=mode,
            where=where, limit=limit,
        )  # fmt: skip
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if format_ == "table":
                _print(store.ask("imported", filters), format_, _IMPORTED_COLUMNS)
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
    "day": ("date_start", "published"), "actor": ("actor",), "type": ("type",), "mode": ("mode",),
    "recipient": ("recipient",), "status": ("status",), "place": ("place",),
    "sentence": ("sentence",), "id": ("id",),
}  # fmt: skip
_IMPORTED_COLUMNS = {
    "day": ("day",), "series": ("series",), "actor": ("actor",), "type": ("type",),
    "cameo": ("cameo",), "recipient": ("recipient",), "score": ("score",), "place": ("place",),
    "id": ("id",),
}  # fmt: skip
_INCIDENT_COLUMNS = {
    "day": ("date_start", "first_report"), "actor": ("actor",), "type": ("type",),
    "mode": ("mode",), "recipient": ("recipient",), "status": ("status",), "place": ("place",),
    "counts": ("counts",), "reports": ("reports",), "sources": ("sources",),
    "sentence": ("sentence",), "id": ("id",),
}  # fmt: skip
_CLAIM_COLUMNS = {
    "first": ("first",), "speaker": ("speaker",), "stance": ("stance",), "actor": ("actor",),
    "type": ("type",), "mode": ("mode",), "recipient": ("recipient",), "status": ("status",),
    "reports": ("reports",), "incident": ("incident",),
}  # fmt: skip
_DOCUMENT_COLUMNS = {
    "day": ("published",), "outlet": ("outlet",), "title": ("title",), "events": ("events",),
    "copy of": ("copy_of",), "id": ("id",),
}  # fmt: skip


def _format(given: str | None) -> str:
    if given is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    return one_of(given, FORMATS, "--format")


def _print(rows: list[dict[str, Any]], format_: str, shown: Mapping[str, tuple[str, ...]]) -> None:
    if format_ == "jsonl":
        for row in rows:
            line = json.dumps({k: _json(v) for k, v in row.items()}, ensure_ascii=False)
            sys.stdout.buffer.write(line.encode() + b"\n")
    elif format_ == "csv":
        from tocsin.model.flat import safe_cell

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows[0] if rows else [])
        writer.writerows([safe_cell(_json(value)) for value in row.values()] for row in rows)
        sys.stdout.buffer.write(out.getvalue().encode())
    else:
        _table(rows, shown)
    if not rows:
        say("nothing is found")


def _table(rows: list[dict[str, Any]], shown: Mapping[str, tuple[str, ...]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = None if sys.stdout.isatty() else 160
    table = Table(pad_edge=False, expand=True)
    for name in shown:
        table.add_column(name, overflow="fold", ratio=4 if name in ("sentence", "title") else 1)
    for row in rows:
        cells = (next((row[c] for c in columns if row[c] is not None), "") for columns in
                 shown.values())  # fmt: skip
        table.add_row(*(Text(printable(str(cell))[:200]) for cell in cells))
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
