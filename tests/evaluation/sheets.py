"""Sheets made by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tocsin.evaluation.sheet import COLUMNS, EVENT, SENTENCE, Row, sheet_text

Cells = Mapping[int, Mapping[str, str]]


def event_row(number: int, **fields: Any) -> Row:
    """A row of an event; it stands for 2.5 of 100 events."""
    values: dict[str, Any] = {
        "row": number, "kind": EVENT, "document": "d", "outlet": "Zenda Post", "type": "ASSAULT",
        "sentence": "Ruritania razed the bridge.", "trigger": "razed", "id": f"e{number}",
        "events_here": 1, "weight": 2.5, "population": 100, "sample": "s0", "status": "actual",
    }  # fmt: skip
    return Row(**(values | fields))


def sentence_row(number: int, **fields: Any) -> Row:
    """A row of a sentence in which nothing was coded; it stands for 2.5 of 400."""
    values: dict[str, Any] = {
        "row": number, "kind": SENTENCE, "document": "d", "outlet": "Zenda Post",
        "sentence": "It rained.", "id": f"s{number}", "events_here": 0, "weight": 2.5,
        "population": 400, "sample": "s0",
    }  # fmt: skip
    return Row(**(values | fields))


def filled(rows: Sequence[Row], cells: Cells) -> str:
    """The text of a sheet with these cells put into the rows of these numbers."""
    table = list(csv.reader(io.StringIO(sheet_text(rows))))
    for number, values in cells.items():
        for column, value in values.items():
            table[number][COLUMNS.index(column)] = value
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(table)
    return out.getvalue()


def write(path: Path, rows: Sequence[Row], cells: Cells) -> Path:
    """Write such a sheet."""
    path.write_text(filled(rows, cells), encoding="utf-8")
    return path
