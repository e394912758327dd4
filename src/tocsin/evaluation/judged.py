"""Reading a judged sheet: the judgements of each row, checked."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NoReturn, get_args

from tocsin.errors import InputError
from tocsin.evaluation.sheet import EVENT, SENTENCE, YES_NO, plain_cell

Verdict = Literal["y", "n", "u"]
_VERDICTS: dict[str, Verdict] = {
    **{value: value for value in get_args(Verdict)},
    "1": "y",
    "0": "n",
    "?": "u",
}
_MOST_MISSED = 100
_NEEDED = ("row", "kind", "type", "outlet", "id", "events_here", "weight", "population", "sample")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One row as judged.

    ``verdicts`` holds what was filled in of the y/n/u columns; ``missed`` is a count, "u" for
    unsure, or None where it is empty.
    """

    row: str
    kind: str
    id: str
    type: str
    outlet: str
    events_here: int
    weight: float
    population: int
    verdicts: Mapping[str, Verdict]
    missed: int | Literal["u"] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A judged sheet: the rows of one sample."""

    path: str
    sample: str
    rows: tuple[Judged, ...]

    def of(self, kind: str) -> tuple[Judged, ...]:
        """The rows of events or of sentences."""
        return tuple(row for row in self.rows if row.kind == kind)


def read_sheet(path: Path | str) -> Sheet:
    """Read a filled sheet, as we write it or as a spreadsheet saved it (comma, semicolon, tab).

    Columns may be moved, and those for the eye only may be missing. InputError names the line and
    the column of what cannot be used.
    """
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise InputError(
            "is not UTF-8; save it from the spreadsheet as CSV in UTF-8", path=str(path)
        ) from error
    rows, samples = [], set()
    seen: dict[str, int] = {}
    for line, cells in _lines(text, str(path)):
        row = _Cells(cells, str(path), line)
        judged = row.judged()
        if judged.id in seen:
            row.fault("id", f"stands in line {seen[judged.id]} already")
        seen[judged.id] = line
        samples.add(cells["sample"])
        rows.append(judged)
    if not rows:
        raise InputError("has no row to judge; tocsin sample writes such a sheet", path=str(path))
    if len(samples) > 1:
        raise InputError(
            f"holds rows of {len(samples)} samples; give each its own file", path=str(path)
        )
    return Sheet(path=str(path), sample=samples.pop(), rows=tuple(rows))


def _lines(text: str, path: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines that are not empty, with their number, as cells by column."""
    head = re.match(r"[^\r\n]*", text)
    header = head.group() if head else ""
    delimiter = max(",;\t", key=header.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        names = [name.strip() for name in next(reader, [])]
        missing = [name for name in (*_NEEDED, *YES_NO, "missed") if name not in names]
        if missing:
            raise InputError(
                f"is no sheet of tocsin sample: it lacks the columns {', '.join(missing)}",
                path=path,
                line=1,
            )
        for values in reader:
            if any(value.strip() for value in values):
                values += [""] * (len(names) - len(values))
                yield (
                    reader.line_num,
                    {name: plain_cell(value) for name, value in zip(names, values, strict=False)},
                )
    except csv.Error as error:
        raise InputError(f"is no CSV file: {error}", path=path, line=reader.line_num) from error


class _Cells:
    """The cells of one line, turned into a judged row."""

    def __init__(self, cells: Mapping[str, str], path: str, line: int) -> None:
        self._cells = cells
        self._path = path
        self._line = line

    def fault(self, column: str, what: str) -> NoReturn:
        """Raise the error of a cell."""
        raise InputError(
            f"row {self._cells['row'].strip() or '?'}, column {column}: "
            f"{self._cells[column]!r} {what}",
            path=self._path,
            line=self._line,
        )

    def judged(self) -> Judged:
        """The row; InputError at the first cell that cannot be used."""
        cells = self._cells
        kind = cells["kind"].strip()
        if kind not in (EVENT, SENTENCE):
            self.fault("kind", f"is neither {EVENT} nor {SENTENCE}")
        if not cells["id"].strip():
            self.fault("id", "is empty; leave this column as it was")
        verdicts = {}
        for name in YES_NO:
            if value := cells[name].strip().lower():
                if value not in _VERDICTS:
                    self.fault(name, "is no judgement; write y, n or u (1, 0 or ?), or nothing")
                if kind == SENTENCE:
                    self.fault(name, "is about an event, and this row has none; fill in missed")
                verdicts[name] = _VERDICTS[value]
        return Judged(
            row=cells["row"].strip(),
            kind=kind,
            id=cells["id"].strip(),
            type=cells["type"].strip(),
            outlet=cells["outlet"].strip(),
            events_here=int(self._number("events_here")),
            weight=self._number("weight", above=0),
            population=int(self._number("population")),
            verdicts=verdicts,
            missed=self._missed(),
        )

    def _missed(self) -> int | Literal["u"] | None:
        value = self._cells["missed"].strip().lower()
        if not value:
            return None
        if value in ("u", "?"):
            return "u"
        if not re.fullmatch(r"[0-9]{1,3}", value) or int(value) > _MOST_MISSED:
            self.fault("missed", f"is no number of events (0 to {_MOST_MISSED}), u or nothing")
        return int(value)

    def _number(self, column: str, *, above: float = -1) -> float:
        # Where the decimal mark is a comma, a spreadsheet saves numbers with one.
        try:
            value = float(self._cells[column].strip().replace(",", "."))
        except ValueError:
            value = -1.0
        if not above < value < float("inf"):
            self.fault(column, "is no number that can be there; leave this column as it was")
        return value
