"""Tables of comma-, semicolon- or tab-separated values: a row is an article."""

from __future__ import annotations

import contextlib
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from tocsin.config import MAX_LINE_BYTES
from tocsin.errors import InputError
from tocsin.ingest.decoding import decode
from tocsin.ingest.items import Item
from tocsin.ingest.readers.contract import Reader, Reading, problem
from tocsin.ingest.rows import Rows
from tocsin.ingest.sources import ByteStream, Source

_RETURN = "\udc0d"
_DELIMITERS = ",;\t|"
# A row that goes on over so many lines has lost a quotation mark; the longest articles have fewer.
_MAX_LINES = 5_000


def _read(source: Source, reading: Reading) -> Iterator[Item]:
    """The rows below the header. A row that does not fit the header is set aside alone, also where
    a quotation mark that is missing would make it swallow the rows that follow."""
    lines = _Lines(source.stream)
    start = next(lines, None)
    while start is not None and not start.strip(b"\xef\xbb\xbf \r\n\t"):
        start = next(lines, None)
    if start is None:
        yield problem(source.path, "is empty")
        return
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if wide:
        yield problem(source.path, "is a table in UTF-16; save it as UTF-8")
        return
    header_text = decode(start.rstrip(b"\r\n"), path=source.path, line=lines.number)
    if "\r" in header_text:
        yield problem(source.path, "has carriage returns alone for line ends; save it as CSV anew")
        return
    delimiter = max(_DELIMITERS, key=header_text.count)
    names = _values(header_text, delimiter, source.path, lines.number)
    names = [name.strip() for name in names]
    rows = Rows(source.path, reading.columns)
    rows.expect(names)
    count = 0
    while (first := next(lines, None)) is not None:
        if not first.strip():
            continue
        count += 1
        number = lines.number
        try:
            values = _row(first, lines, delimiter, len(names), source.path)
        except InputError as error:
            yield Item(source.path, number, error)
        else:
            yield rows.item(dict(zip(names, values, strict=True)), number)
    if not count:
        yield problem(source.path, "holds a header and no rows")


@dataclass(slots=True)
class _Lines:
    """The lines of a stream, which can be taken back; ``number`` is that of the last given. Of one
    that is too long, there is only so much that it shows."""

    stream: ByteStream
    number: int = 0
    _back: list[bytes] = field(default_factory=list)

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> bytes:
        line = self._back.pop() if self._back else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        return line

    def _read(self) -> bytes:
        line = rest = self.stream.readline(MAX_LINE_BYTES + 1)
        while len(rest) > MAX_LINE_BYTES and not rest.endswith(b"\n"):
            rest = self.stream.readline(MAX_LINE_BYTES + 1)
        return line

    def take_back(self, lines: list[bytes]) -> None:
        self._back.extend(reversed(lines))
        self.number -= len(lines)


def _row(first: bytes, lines: _Lines, delimiter: str, width: int, path: str) -> list[str]:
    """The values of the row that begins with ``first``; further lines are taken as it needs them.

    Where the row then has not as many values as the header, its first line is tried alone (a stray
    quotation mark) and the others are given back.
    """
    number = lines.number
    taken = [first]
    size = len(first)
    closed = _even(first)
    while not closed and size <= MAX_LINE_BYTES and len(taken) < _MAX_LINES:
        line = next(lines, None)
        if line is None:
            break
        taken.append(line)
        size += len(line)
        closed = not _even(line)
    if size > MAX_LINE_BYTES and len(taken) == 1:
        message = f"a line of more than {MAX_LINE_BYTES / 1e6:g} MB is no article"
        raise InputError(message, path=path, line=number)
    if len(taken) > 1:
        values = _joined(taken, delimiter, path, number) if closed else []
        if len(values) == width:
            return values
        lines.take_back(taken[1:])
    values = _values(decode(first, path=path, line=number), delimiter, path, number)
    if len(values) != width:
        if len(taken) > 1:
            message = "has a quotation mark that is not closed where it should be"
        else:
            message = f"has {len(values)} values where the header has {width} columns"
        raise InputError(message, path=path, line=number)
    return values


def _even(line: bytes) -> bool:
    """Whether every quotation mark of the line has its other."""
    return line.count(b'"') % 2 == 0


def _joined(taken: list[bytes], delimiter: str, path: str, number: int) -> list[str]:
    """The values of a row of several lines; none where its quotation marks do not stand around
    values: then they may be rows that have nothing to do with each other."""
    with contextlib.suppress(InputError):
        text = decode(b"".join(taken), path=path, line=number)
        return _values(text, delimiter, path, number, strict=True)
    return []


def _values(
    text: str, delimiter: str, path: str, number: int, *, strict: bool = False
) -> list[str]:
    """The values of the text of one row."""
    csv.field_size_limit(MAX_LINE_BYTES)
    # What else is a line break to Unicode is none to a table; nor is a carriage return alone, which
    # csv takes for one: half a character that no decoded text holds stands for it.
    lines = io.StringIO(text.rstrip("\r\n").replace("\r", _RETURN), newline="\n")
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=strict))
    except csv.Error as error:
        raise InputError(f"is no row of a table: {error}", path=path, line=number) from error
    if len(rows) > 1:
        message = "is no row of a table: it ends in the middle of a line"
        raise InputError(message, path=path, line=number)
    return [value.replace(_RETURN, "\r") for value in rows[0]] if rows else []


TABLES = Reader("table", (".csv", ".tsv", ".tab"), _read)
