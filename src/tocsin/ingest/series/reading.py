"""From files of a series to its rows; whatever cannot be used comes out with its place and why."""

from __future__ import annotations

import csv
import json.encoder
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from tocsin.config import MAX_LINE_BYTES
from tocsin.errors import InputError
from tocsin.ingest.decoding import decode
from tocsin.ingest.items import Item
from tocsin.ingest.series.form import Form
from tocsin.ingest.series.gdelt import GDELT_1, GDELT_2
from tocsin.ingest.series.icews import ICEWS
from tocsin.ingest.series.icews_kg import ICEWS_KG
from tocsin.ingest.series.lines import lines_of
from tocsin.ingest.series.polecat import POLECAT
from tocsin.ingest.sources import DAMAGED, Source, damaged, os_problem, sources
from tocsin.model.imported import Imported, Series, row_key

FORMS: Final[Mapping[Series, Form]] = {
    "icews": ICEWS, "icews-kg": ICEWS_KG, "gdelt1": GDELT_1, "gdelt2": GDELT_2, "polecat": POLECAT
}  # fmt: skip
_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
_quoted = json.encoder.encode_basestring  # a string as JSON, its letters as they are


def read_series(
    paths: Iterable[str], series: Series, passed: Counter[str] | None = None
) -> Iterator[Imported | InputError]:
    """Yield every row of the files, folders and archives, or what is wrong with it.

    A file whose header has not the columns of the series is one problem, and so is one that is
    damaged; other files go on. ``passed`` counts the files of other kinds in folders and archives.
    """
    passed = Counter() if passed is None else passed
    for path in paths:
        for source in sources(path, lambda name: name.endswith(_ENDINGS), passed):
            if isinstance(source, Item):
                if isinstance(source.found, InputError):
                    yield source.found
                continue
            yield from _source(source, series)


def _source(source: Source, series: Series) -> Iterator[Imported | InputError]:
    count = 0
    try:
        for found in _rows(source, series):
            count += 1
            yield found
    except InputError as error:
        yield error
    except DAMAGED as error:
        yield InputError(f"{damaged(error)}; {count:,} rows before it were read", path=source.path)
    except OSError as error:
        yield InputError(os_problem(error), path=source.path)


def _rows(source: Source, series: Series) -> Iterator[Imported | InputError]:
    form = FORMS[series]
    table: _Table | None = None
    for number, line in enumerate(lines_of(source.stream), 1):
        if not line.strip():
            continue
        try:
            text = _text(line, source.path, number)
            if table is None:
                table = _table(text, form, source.path, number)
                if table.header:
                    continue
            yield table.row(text, series, number)
        except InputError as error:
            if table is None:
                raise  # a header that is not that of the series
            yield error
    if table is None:
        raise InputError("is empty", path=source.path)


def _text(line: bytes, path: str, number: int) -> str:
    if len(line) > MAX_LINE_BYTES:
        message = f"a line of more than {MAX_LINE_BYTES / 1e6:g} MB is no row"
        raise InputError(message, path=path, line=number)
    if b"\x00" not in line and not line.startswith(b"\xff\xfe"):
        try:
            return line.decode("utf-8").removeprefix("\ufeff")
        except UnicodeDecodeError:
            pass
    return decode(line, path=path, line=number)


def _table(text: str, form: Form, path: str, number: int) -> _Table:
    """The table that begins with this line: its header, or a row of a form without one."""
    delimiter = "\t" if "\t" in text or form.by_width else ","
    cells = [cell.strip() for cell in _cells(text, delimiter, quoted=True)]
    if form.by_width and cells[0].casefold() != form.first.casefold():
        if len(cells) not in form.by_width:
            _refuse_other(len(cells), form, path, number)
        return _Table(form, path, delimiter, form.by_width, header=False)
    known = {name.casefold(): name for name in form.needed}
    known |= {name.casefold(): name for names in form.by_width.values() for name in names}
    names = tuple(known.get(cell.casefold(), cell) for cell in cells)
    if form.bare is not None and not set(form.needed) & set(names):
        try:
            names = form.bare(cells)
        except ValueError as error:
            message = f"is no file of {form.title}: it {error}"
            raise InputError(message, path=path, line=number) from None
        return _Table(form, path, delimiter, {len(names): names}, header=False)
    missing = [name for name in form.needed if name not in names]
    if missing:
        raise InputError(
            f"is no file of {form.title}: it has no column {', '.join(missing)}; its columns: "
            f"{', '.join(cell[:40] for cell in cells[:30])}",
            path=path, line=number,
        )  # fmt: skip
    return _Table(form, path, delimiter, {len(names): names}, header=True)


def _refuse_other(width: int, form: Form, path: str, number: int) -> None:
    """InputError where a first row is one of another series that has no header either."""
    for name, other in FORMS.items():
        if width in other.by_width:
            raise InputError(
                f"has {width} columns, as {other.title} has, and not as {form.title}; try "
                f"tocsin import {name}",
                path=path, line=number,
            )  # fmt: skip


def _cells(text: str, delimiter: str, *, quoted: bool) -> list[str]:
    """The cells of a line. A quotation mark that stands for itself takes no delimiter away."""
    plain = text.split(delimiter)
    if not quoted or '"' not in text:
        return plain
    csv.field_size_limit(MAX_LINE_BYTES)
    try:
        found = next(csv.reader([text], delimiter=delimiter, strict=True))
    except (csv.Error, StopIteration):
        return plain
    return found if delimiter == "," or len(found) == len(plain) else plain


@dataclass(slots=True)
class _Table:
    """A file with its columns, by the number of cells in a row."""

    form: Form
    path: str
    delimiter: str
    names: Mapping[int, tuple[str, ...]]
    header: bool
    _keys: dict[int, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self._keys = {
            width: tuple(f"{_quoted(name)}: " for name in names)
            for width, names in self.names.items()
        }

    def row(self, text: str, series: Series, number: int) -> Imported:
        """The row of this line; InputError says what is wrong with it."""
        cells = _cells(text, self.delimiter, quoted=self.form.quoted)
        width = len(cells)
        if width not in self._keys:
            widths = " or ".join(map(str, sorted(self.names)))
            raise InputError(
                f"has {width} cells where there should be {widths}", path=self.path, line=number
            )
        # Made by hand: to encode a dictionary of so many short strings takes twice as long.
        pairs = zip(self._keys[width], cells, strict=True)
        raw = f"{{{', '.join([key + _quoted(cell) for key, cell in pairs if cell])}}}"
        given = dict(zip(self.names[width], cells, strict=True))
        try:
            return self.form.row(given, (series, row_key(series, raw), raw, self.path, number))
        except ValueError as error:
            raise InputError(str(error), path=self.path, line=number) from None
