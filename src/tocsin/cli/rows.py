"""Printing the rows that answer a question: a table for people, JSON lines and CSV for machines."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

import typer

from tocsin.cli.common import one_of, printable, say

Row = dict[str, Any]
#: The columns of a table: what each shows of a row.
Columns = Mapping[str, Callable[[Row], Any]]

FORMATS = ("table", "jsonl", "csv")
Format = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT",
        help="table, jsonl or csv. Default: a table on a terminal, JSON lines in a pipe.",
    ),
]  # fmt: skip
_WIDTH = 160  # of a table that goes into a file
_LONGEST = 240  # characters of a cell
# Columns that hold running text take what is left; the others take what they need.
_TEXTS = ("what", "sentence", "title", "reason")


def format_of(given: str | None) -> str:
    """The format that is asked for; OptionError where there is none such."""
    if given is None:
        return "table" if sys.stdout.isatty() else "jsonl"
    return one_of(given, FORMATS, "--format")


def print_rows(rows: list[Row], format_: str, columns: Columns) -> None:
    """Print rows: all of each to machines, ``columns`` to people."""
    if format_ == "jsonl":
        for row in rows:
            line = json.dumps({k: plain(v) for k, v in row.items()}, ensure_ascii=False)
            sys.stdout.buffer.write(line.encode() + b"\n")
    elif format_ == "csv":
        from tocsin.model.flat import safe_cell

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(rows[0] if rows else [])
        writer.writerows([safe_cell(plain(value)) for value in row.values()] for row in rows)
        sys.stdout.buffer.write(out.getvalue().encode())
    elif rows:
        _table(rows, columns)
    if not rows:
        say("nothing is found")


def print_records(rows: list[Row]) -> None:
    """Print the whole records of rows, as JSON lines."""
    for row in rows:
        sys.stdout.buffer.write(f"{row['record']}\n".encode())
    if not rows:
        say("nothing is found")


def field(*names: str) -> Callable[[Row], Any]:
    """The first of these fields of a row that has a value."""
    return lambda row: next((row[name] for name in names if row[name] is not None), "")


def deed(row: Row) -> str:
    """Who did what to whom, in one cell."""
    kind = row["type"] + (f"/{row['mode']}" if row["mode"] else "")
    return " ".join(filter(None, (_names(row["actor"]), kind, _names(row["recipient"]))))


def _names(words: str | None) -> str:
    return ", ".join((words or "").split(";"))


def _table(rows: list[Row], columns: Columns) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    width = None if sys.stdout.isatty() else _WIDTH
    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    for name in columns:
        table.add_column(
            name, overflow="fold", ratio=1 if name in _TEXTS else None,
            no_wrap=name in ("day", "id"), max_width=None if name in _TEXTS else 24,
        )  # fmt: skip
    for row in rows:
        cells = (str(plain(show(row))) for show in columns.values())
        table.add_row(*(Text(printable(cell)[:_LONGEST]) for cell in cells))
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def plain(value: Any) -> Any:
    """A value as JSON takes it: days as ISO 8601."""
    return value.isoformat() if isinstance(value, date) else value
