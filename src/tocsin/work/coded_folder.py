"""A folder of coded articles, as a run on a cluster leaves it: read for a store.

::

    coded.json                  the manifest: by what was coded, how many items; there when all is
    documents/*.parquet         every item that was read, in order
    items/*.parquet             what became of each, in the same order
    events/day=2020-06-16/*     the events, by the day of publication
    states/*.parquet            what articles say of channels and agreements
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.errors import InputError, OptionError
from tocsin.ingest.items import Item
from tocsin.linking.intake import Look
from tocsin.model.channel import StateReport
from tocsin.model.codec import from_json_line, record_from_dict
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.ids import content_id
from tocsin.model.reading import Reading
from tocsin.store import Coding
from tocsin.work.coded_rows import Numbered, item_of_row, spans_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MANIFEST = "coded.json"
FORM = 1
DOCUMENTS, ITEMS, EVENTS, STATES = "documents", "items", "events", "states"
# Items whose events are in memory at once.
_ITEMS = 500


def is_coded_folder(path: str | Path) -> bool:
    """Whether there is such a folder under this name, whole or not."""
    return Path(path, MANIFEST).is_file() or Path(path, "work", "run.json").is_file()


class CodedFolder:
    """The articles of such a folder, and what was found in each: it stands in for the coder.

    OptionError where the folder is not whole, or is of another form.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        try:
            manifest = json.loads((self.path / MANIFEST).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise OptionError(
                f"{path} is not whole: start the command that writes it again, and it goes on"
            ) from None
        if manifest["form"] != FORM:
            raise OptionError(
                f"{path} was written by another Tocsin ({manifest['tocsin']}) in a form that this "
                "one does not read"
            )
        self.coding = Coding(manifest["tocsin"], manifest["options"])
        self._readings: dict[int, tuple[str, Reading | InputError]] = {}
        self._numbers: dict[str, int] = {}

    def items(self) -> Iterator[tuple[Item, Look | None]]:
        """Every item with its look, in the order of the input; what an article holds is to be asked
        for before some hundred more are read."""
        import duckdb

        with duckdb.connect() as db:
            db.execute("SET enable_progress_bar = false")
            documents = _rows(db.cursor(), self._files(DOCUMENTS))
            items = _rows(db.cursor(), self._files(ITEMS))
            while rows := [row for row, _ in zip(items, range(_ITEMS), strict=False)]:
                self._load(db, rows)
                for row in rows:
                    item, look = item_of_row(next(documents), row["item"])
                    yield _as_coded(item, row), look

    def called(self, document: Numbered, name: str) -> None:
        """Know a document of the items by the name under which a store keeps it."""
        self._numbers[name] = document.number

    def read(self, document: Document) -> Reading:
        """What was found in a document; InputError where it was set aside."""
        number = self._numbers.get(document.id, 0)
        if isinstance(document, Numbered):
            number = document.number
        own, found = self._readings.get(number, ("", None))
        if isinstance(found, InputError):
            raise found
        if found is None:
            raise InputError("was coded as a copy of another article, which the store knows not")
        return _renamed(found, document.id) if own != document.id else found

    def _load(self, db: DuckDBPyConnection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Have at hand what was found in these items."""
        first, last = rows[0]["item"], rows[-1]["item"]
        events: dict[int, list[Event]] = {}
        states: dict[int, list[StateReport]] = {}
        for number, record in self._records(db, EVENTS, first, last):
            events.setdefault(number, []).append(from_json_line(record))
        for number, record in self._records(db, STATES, first, last):
            state = record_from_dict(StateReport, json.loads(record))
            states.setdefault(number, []).append(state)
        self._readings.clear()
        self._numbers.clear()
        for row in rows:
            number, id_ = row["item"], row["document"]
            if row["outcome"] == "coded":
                found = Reading(tuple(events.get(number, ())), tuple(states.get(number, ())))
                self._readings[number] = id_, found
            elif row["outcome"] == "set aside" and id_ is not None:
                self._readings[number] = id_, InputError(row["reason"])

    def _records(
        self, db: DuckDBPyConnection, table: str, first: int, last: int
    ) -> list[tuple[int, str]]:
        files = self._files(table)
        if not files:
            return []
        found: list[tuple[int, str]] = db.execute(
            "SELECT item, record FROM read_parquet(?) WHERE item BETWEEN ? AND ? "
            "ORDER BY item, position",
            [files, first, last],
        ).fetchall()
        return found

    def _files(self, table: str) -> list[str]:
        """The files of a table, in order; no sign in a name is taken for a pattern."""
        found = sorted(Path(self.path, table).rglob("*.parquet"))
        return ["".join(f"[{sign}]" if sign in "*?[" else sign for sign in str(f)) for f in found]


def _rows(db: DuckDBPyConnection, files: list[str]) -> Iterator[dict[str, Any]]:
    """The rows of some files, one after the other, as they stand there."""
    for file in files:
        found = db.execute(
            "SELECT * FROM read_parquet(?, file_row_number = true) ORDER BY file_row_number", [file]
        )
        names = [column[0] for column in found.description or ()]
        while batch := found.fetchmany(_ITEMS):
            for values in batch:
                yield dict(zip(names, values, strict=True))


def _as_coded(item: Item, row: Mapping[str, Any]) -> Item:
    """The item with what was left out of its text when it was coded."""
    if not isinstance(item.found, Document) or row["left_out"] is None:
        return item
    return replace(item, found=replace(item.found, left_out=spans_of(row["left_out"])))


def _renamed(reading: Reading, name: str) -> Reading:
    """What was found, for a document of another name: the ids go with it."""
    ids = {event.id: content_id([event.id, name]) for event in reading.events}
    return Reading(
        tuple(replace(one, id=ids[one.id], document=name) for one in reading.events),
        tuple(
            replace(
                one, id=content_id([one.id, name]), document=name,
                event=ids.get(one.event, one.event) if one.event is not None else None,
            )
            for one in reading.states
        ),
    )  # fmt: skip
