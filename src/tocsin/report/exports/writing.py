"""Writing a file of events with its codebook: both appear whole, or neither."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO, Any

from tocsin.model.codec import to_json_line
from tocsin.model.flat import flat_row, safe_cell
from tocsin.report.exports.codebook import codebook
from tocsin.report.exports.columns import Column, Layout
from tocsin.report.exports.parquet import parquet_of
from tocsin.report.exports.records import record_codebook
from tocsin.store import Report

#: How files may end; the layouts of other series have rows, and so no .jsonl and no .geojson.
ENDINGS = (".jsonl", ".csv", ".tsv", ".parquet", ".geojson")
TABLES = (".csv", ".tsv", ".parquet")
_RECORD = Column(name="record", kind="VARCHAR", about="The whole record as JSON.")


@dataclass(slots=True)
class Written:
    """How many events and rows were written, how many were left out for their status, and how many
    for want of coordinates."""

    events: int = 0
    rows: int = 0
    other_status: int = 0
    placeless: int = 0


def codebook_path(path: Path) -> Path:
    """``events.codebook.md`` for ``events.csv``."""
    return path.with_name(f"{path.stem}.codebook.md")


def write_export(
    path: Path, layout: Layout, reports: Iterable[Report], *, every_status: bool = False
) -> Written:
    """Write ``reports`` to ``path`` by its ending (one of :data:`ENDINGS`), and its codebook beside
    it; the same bytes for the same reports. ``every_status``: also those that the layout leaves
    out. OSError where that cannot be; then what stood there before is unchanged.
    """
    written = Written()
    ending = path.suffix.lower()
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".tocsin-") as folder:
        whole, book = Path(folder, "events"), Path(folder, "codebook")
        chosen = _chosen(reports, None if every_status else layout.statuses, written)
        with whole.open("w", encoding="utf-8", newline="") as out:
            if ending == ".jsonl":
                _records(chosen, out, written)
            elif ending == ".geojson":
                _features(chosen, out, written)
            elif ending == ".parquet":
                _objects(layout, chosen, out, written)
            else:
                _table(layout, chosen, out, written, tabs=ending == ".tsv")
        if ending == ".parquet":
            lines = whole.rename(Path(folder, "rows"))
            parquet_of(lines, whole, {one.name: one.kind for one in _columns(layout)})
        more = (_RECORD,) if ending == ".parquet" and layout.name == "tocsin" else ()
        words = record_codebook() if ending == ".jsonl" else codebook(layout, more)
        book.write_text(words, encoding="utf-8", newline="")
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder", str(path))
        os.replace(book, codebook_path(path))
        os.replace(whole, path)
    return written


def _chosen(
    reports: Iterable[Report], statuses: tuple[str, ...] | None, written: Written
) -> Iterator[Report]:
    for report in reports:
        if statuses is not None and report.event.status not in statuses:
            written.other_status += 1
        else:
            written.events += 1
            yield report


def _columns(layout: Layout) -> tuple[Column, ...]:
    """The columns of a Parquet file."""
    return (*layout.columns, _RECORD) if layout.name == "tocsin" else layout.columns


def _records(reports: Iterable[Report], out: IO[str], written: Written) -> None:
    for report in reports:
        out.write(f"{to_json_line(report.event)}\n")
        written.rows += 1


def _features(reports: Iterable[Report], out: IO[str], written: Written) -> None:
    """A point for each event that has coordinates, longitude first, as RFC 7946 has it."""
    out.write('{"type": "FeatureCollection", "features": [')
    for report in reports:
        place = report.event.place
        if place is None or place.lat is None or place.lon is None:
            written.placeless += 1
            written.events -= 1
            continue
        feature = {
            "type": "Feature",
            "id": report.event.id,
            "geometry": {"type": "Point", "coordinates": [place.lon, place.lat]},
            "properties": flat_row(report.event),
        }
        out.write(",\n" if written.rows else "\n")
        out.write(json.dumps(feature, ensure_ascii=False))
        written.rows += 1
    out.write("\n]}\n")


def _objects(layout: Layout, reports: Iterable[Report], out: IO[str], written: Written) -> None:
    """Every row as a line of JSON, of which the Parquet file is made."""
    names = [column.name for column in layout.columns]
    for report in reports:
        more = {"record": to_json_line(report.event)} if layout.name == "tocsin" else {}
        for row in layout.rows(report):
            line = dict(zip(names, map(_plain, row), strict=True)) | more
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            written.rows += 1


def _table(
    layout: Layout, reports: Iterable[Report], out: IO[str], written: Written, *, tabs: bool
) -> None:
    line = tab_line if tabs else csv_line
    out.write(line([column.name for column in layout.columns]))
    for report in reports:
        for row in layout.rows(report):
            out.write(line([_plain(value) for value in row]))
            written.rows += 1


def csv_line(values: Iterable[Any]) -> str:
    """A row of a CSV file with its end; no cell is a formula."""
    cells = [safe_cell(value) for value in values]
    # A carriage return alone ends a row for most readers, and Python's writer does not quote it.
    bare = any(isinstance(cell, str) and "\r" in cell for cell in cells)
    out = io.StringIO(newline="")
    if bare:
        csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(cells)
    else:
        csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()


def tab_line(values: Iterable[Any]) -> str:
    """A row with tabs between and its end; tabs and line breaks of a cell become spaces, nothing is
    in quotation marks. No cell is a formula."""
    cells = ("" if value is None else str(safe_cell(value)) for value in values)
    return "\t".join(" ".join(cell.split()) if not cell.isspace() else "" for cell in cells) + "\n"


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
