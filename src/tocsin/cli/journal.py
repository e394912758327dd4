"""The journal of a watch: events and what became of every item, appended and never rewritten.

``events.jsonl`` holds the events, ``events.items.jsonl`` a line for each item with the size of the
events file behind it (``at``). What stands behind the last whole line of the second is cut off when
the watch begins again: that item is done anew.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from tocsin.cli.ledger import Row, key_of, ledger_path, rows_of
from tocsin.cli.output import JsonLines
from tocsin.errors import OptionError
from tocsin.ingest.items import Item
from tocsin.model.document import Document
from tocsin.model.reading import Reading

if TYPE_CHECKING:
    from tocsin.linking.intake import Taken


class Journal:
    """Appends to the two files in a folder, which only one watch may have at a time.

    It is a writer of events and the ledger of a run at once. OptionError where the files cannot be
    written.
    """

    def __init__(self, folder: Path) -> None:
        self.events = folder / "events.jsonl"
        self.path = self.items = ledger_path(self.events)
        self._done: set[tuple[str, int | None, str | None]] = set()
        self._counts: Counter[str] = Counter()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            at, whole = self._look()
            self._events = self.events.open("ab")
            self._events.truncate(at)
            self._items = self.items.open("ab")
            self._items.truncate(whole)
        except OSError as error:
            raise OptionError(f"{folder} cannot be written: {error.strerror or error}") from error
        self._writer = JsonLines(self._events)

    def _look(self) -> tuple[int, int]:
        """How far the events and the items are whole, in bytes."""
        size = self.events.stat().st_size if self.events.exists() else 0
        at = whole = 0
        if self.items.exists():
            for row, end in rows_of(self.items):
                if row.get("at", size + 1) > size:
                    break
                at, whole = row["at"], end
                self._add(row)
        return at, whole

    def _add(self, row: Row) -> None:
        self._done.add((row["path"], row.get("line"), row.get("document")))
        self._counts[row["path"]] += 1

    def take(self, taken: Taken) -> Row | None:
        """Nothing: items that were done never come so far."""
        return None

    def is_done(self, item: Item) -> bool:
        """Whether this item was done, now or in an earlier watch."""
        return key_of(item) in self._done

    def count(self, path: str) -> int:
        """How many items of this path were done."""
        return self._counts[path]

    def write(self, document: Document, reading: Reading) -> None:
        """Append the events of ``document``."""
        self._writer.write(document, reading)

    def add(self, row: Row, taken: Taken) -> None:
        """Note one item, when its events are on the disk."""
        os.fsync(self._events.fileno())
        line = json.dumps(row | {"at": self._events.tell()}, ensure_ascii=False).encode(
            "utf-8", "replace"
        )
        self._items.write(line + b"\n")
        self._items.flush()
        self._add(row)

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._events.close()
        self._items.close()
