"""One article of a table or a list of objects: from its named values to an item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from tocsin.errors import InputError
from tocsin.ingest.columns import Columns, missing_columns, unknown_columns
from tocsin.ingest.days import read_day
from tocsin.ingest.decoding import check_text
from tocsin.ingest.items import Item, Link
from tocsin.knowledge.columns import Layout
from tocsin.model.document import Document

_KINDS: dict[type, str] = {
    list: "a list",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}
# A thousand different sets of keys in one file are no layout at all; so many are remembered.
_REMEMBERED = 1000


@dataclass(slots=True)
class Rows:
    """Turns the rows of one input into items; the layout is found once for each set of names."""

    path: str
    columns: Columns
    _layouts: dict[frozenset[str], Layout | None] = field(default_factory=dict)

    def layout(self, names: frozenset[str]) -> Layout | None:
        """The layout of rows with these names."""
        if names not in self._layouts:
            if len(self._layouts) >= _REMEMBERED:
                self._layouts.clear()
            self._layouts[names] = self.columns.layout(names)
        return self._layouts[names]

    def expect(self, names: Iterable[str]) -> None:
        """InputError where a table with these columns cannot be read, or not as the user says."""
        names = list(names)
        if missing := self.columns.missing(names):
            raise missing_columns(missing, self.columns, names, path=self.path)
        if self.layout(frozenset(names)) is None:
            raise unknown_columns(names, path=self.path)

    def item(self, row: Mapping[str, Any], line: int) -> Item:
        """The item of one row; ``line`` is its place in the input."""
        try:
            return Item(self.path, line, self._found(row, line))
        except InputError as error:
            return Item(self.path, line, error)

    def _found(self, row: Mapping[str, Any], line: int) -> Document | Link:
        layout = self.layout(frozenset(map(str, row)))
        if layout is None:
            raise unknown_columns(row, path=self.path, line=line)
        if "text" in self.columns.missing(row):
            raise missing_columns(["text"], self.columns, row, path=self.path, line=line)
        small = {str(name).lower(): value for name, value in row.items()}
        reading = _Reading(small, layout, self.path, line)
        url, text = reading.text("url"), reading.text("text")
        cut = layout.cut is not None and text is not None and layout.cut.search(text) is not None
        day, moment = reading.day()
        if url is not None and (cut or (text is None and "text" not in small)):
            return Link(
                url=url, title=reading.text("title"), outlet=reading.text("outlet"),
                published=day, moment=moment, language=_language(reading.text("language")),
            )  # fmt: skip
        if text is None:
            raise InputError("the text is empty", path=self.path, line=line)
        return Document.of(
            check_text(text, path=self.path, line=line),
            id=reading.text("id"),
            title=reading.text("title"),
            outlet=reading.text("outlet"),
            author=reading.text("author"),
            url=url,
            published=day,
            moment=moment,
        )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The values of one row by the fields of its layout."""

    row: Mapping[str, Any]
    layout: Layout
    path: str
    line: int

    def text(self, field_: str) -> str | None:
        """The text of a field; None where it is not given, null or empty."""
        for joined in self.layout.columns.get(field_, ()):
            parts = [self._string(name, field_) for name in joined]
            if any(parts):
                return "\n\n".join(part for part in parts if part)
        return None

    def day(self) -> tuple[date | None, datetime | None]:
        value = self.text("date")
        if value is None or not value.strip():
            return None, None
        # a day of a typed column, or of YAML, is read already
        names = [name for joined in self.layout.columns["date"] for name in joined]
        typed = any(isinstance(self._value(name), date) for name in names)
        try:
            return read_day(value, None if typed else self.layout.date_format)
        except (ValueError, OverflowError, OSError) as error:
            raise InputError(
                f"'date' is {value[:40]!r}, not a day such as 2020-06-16 ({error}); say how days "
                "are written with --date-format, such as %d/%m/%Y",
                path=self.path, line=self.line,
            ) from error  # fmt: skip

    def _string(self, name: str, field_: str) -> str | None:
        value = self._value(name)
        if value is None or value == "" or (isinstance(value, float) and value != value):
            return None  # NaN is what pandas writes for nothing
        if isinstance(value, (date, datetime)):
            return value.isoformat()
        if isinstance(value, _NUMERIC) and not isinstance(value, bool) and field_ in _NUMBERS:
            whole = isinstance(value, float) and value.is_integer()  # pandas' word for a number
            return str(int(value) if whole else value)
        if isinstance(value, list) and field_ == "author":
            return ", ".join(one for one in value if isinstance(one, str)) or None
        if isinstance(value, Mapping) and field_ == "outlet":
            return None  # NewsAPI's source, whose name is null
        if not isinstance(value, str):
            kind = _KINDS.get(type(value), "an object")
            raise InputError(
                f"{name!r} is {kind}, not a string", path=self.path, line=self.line
            )  # fmt: skip
        if field_ != "text":
            try:
                value.encode()
            except UnicodeEncodeError as error:
                raise InputError(
                    f"{name!r} holds half a character at character {error.start}",
                    path=self.path, line=self.line,
                ) from error  # fmt: skip
        return value

    def _value(self, name: str) -> Any:
        key = name.lower()
        value = self.row.get(key)
        if value is None and "." in key:
            value = self.row.get(key.split(".")[0])
            for part in name.split(".")[1:]:
                value = value.get(part) if isinstance(value, Mapping) else None
        return value


_NUMBERS = ("id", "date")
_NUMERIC = (int, float, Decimal, UUID)


def _language(word: str | None) -> str | None:
    """A language given as a code, with its land or not, or by its English name."""
    word = (word or "").strip().lower()
    if word in ("english", "eng"):
        return "en"
    return (word[:2] if word[2:3] in ("-", "_") else word) or None
