"""Writing events: JSON lines, CSV and Parquet, to a file or to standard output."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Protocol

from tocsin.errors import OptionError
from tocsin.model.codec import to_json_line
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.flat import COLUMNS, flat_row, safe_cell
from tocsin.model.reading import Reading

FILE_ENDINGS = (".jsonl", ".csv", ".parquet")


class BinaryOut(Protocol):
    """What is written to: a binary file or standard output."""

    def write(self, data: bytes, /) -> object:
        """Write all of ``data``."""

    def flush(self) -> None:
        """Hand over what was written."""


class Writer(Protocol):
    """Takes the events of one document after the other."""

    def write(self, document: Document, reading: Reading) -> None:
        """Write the events of ``document``; they are out when this returns."""


class JsonLines:
    """One event a line, handed over after each document."""

    def __init__(self, out: BinaryOut) -> None:
        self._out = out

    def write(self, document: Document, reading: Reading) -> None:
        for event in reading.events:
            self._out.write(f"{to_json_line(event)}\n".encode())
        self._out.flush()


class Csv:
    """One event a row, after a row of column names; safe to open in a spreadsheet.

    ``begun``: the column names are there already.
    """

    def __init__(self, out: BinaryOut, *, begun: bool = False) -> None:
        self._out = out
        if not begun:
            self._row(list(COLUMNS))

    def write(self, document: Document, reading: Reading) -> None:
        for event in reading.events:
            self._row([safe_cell(value) for value in flat_row(event).values()])
        self._out.flush()

    def _row(self, values: Sequence[object]) -> None:
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow(values)
        self._out.write(line.getvalue().encode())


class OutputFile:
    """Writes events to a .jsonl, .csv or .parquet file that appears when it is whole.

    Until then its lines are in ``PATH.part`` beside it, which is kept when the work is cut off.
    ``at`` goes on with such a file behind its first so many bytes. As a context manager: whole at a
    regular end only.
    """

    def __init__(self, path: str | Path, *, at: int | None = None) -> None:
        self.path = Path(path)
        check_output(self.path)
        self.part = self.path.with_name(self.path.name + ".part")
        self._parquet = self.path.suffix.lower() == ".parquet"
        try:
            if self.path.is_dir():
                raise IsADirectoryError(None, "it is a folder")
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.part.open("wb" if at is None else "r+b")
            if at is not None:
                self._file.truncate(at)
                self._file.seek(at)
        except OSError as error:
            raise _not_written(self.path, error) from error
        self._writer: Writer = (
            Csv(self._file, begun=bool(at))
            if self.path.suffix.lower() == ".csv"
            else JsonLines(self._file)
        )

    @property
    def size(self) -> int:
        """How many bytes are written, a Parquet file's as lines."""
        return self._file.tell()

    def write(self, document: Document, reading: Reading) -> None:
        """Write the events of ``document``."""
        try:
            self._writer.write(document, reading)
        except OSError as error:
            raise _not_written(self.path, error) from error

    def __enter__(self) -> OutputFile:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError) if kind else contextlib.nullcontext():
            self._file.close()
        if kind is None:
            self._finish()
        elif self.part.exists() and not self.part.stat().st_size:
            self.part.unlink()

    def _finish(self) -> None:
        try:
            if self._parquet:
                write_parquet(self.part, self.path)
                self.part.unlink()
            else:
                os.replace(self.part, self.path)
        except OSError as error:
            raise _not_written(self.path, error) from error


def events_before(path: str | Path, at: int) -> Iterator[Event]:
    """The events in the first ``at`` bytes of the part of an output file, one after the other."""
    from tocsin.model.codec import from_json_line

    part = Path(f"{path}.part")
    with part.open("rb") as lines:
        left = at
        for line in lines:
            left -= len(line)
            if left < 0:
                return
            yield from_json_line(line.decode())


def check_output(path: str | Path) -> None:
    """OptionError for an output file of a form that is not written."""
    if not str(path).lower().endswith(FILE_ENDINGS):
        raise OptionError(
            f"the output file {str(path)!r} must end in one of {', '.join(FILE_ENDINGS)}"
        )


def _not_written(path: Path, error: OSError) -> OptionError:
    return OptionError(f"{path} cannot be written: {error.strerror or error}")


def write_parquet(events: Path, path: Path) -> None:
    """Turn a file of event lines into a Parquet file: flat columns, and the whole in ``record``.

    The file appears whole or not at all, and is the same for the same events.
    """
    from tocsin.model.codec import from_json_line
    from tocsin.report.exports.parquet import parquet_of

    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".tocsin-") as folder:
        rows, whole = Path(folder, "rows.jsonl"), Path(folder, "events.parquet")
        with events.open(encoding="utf-8") as lines, rows.open("w", encoding="utf-8") as out:
            for line in lines:
                row = flat_row(from_json_line(line)) | {"record": line.rstrip("\n")}
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
        parquet_of(rows, whole, COLUMNS | {"record": "VARCHAR"})
        os.replace(whole, path)
