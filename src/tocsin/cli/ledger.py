"""The ledger of a run: what became of every item, written as the work goes on.

While a run works, its ledger is ``NAME.items.jsonl.part`` beside the output: a first line with the
options, then a line for each item with how far the output had come. A run that was cut off goes on
from there. When all is done it becomes ``NAME.items.jsonl``, one line for each item.
"""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.errors import OptionError
from tocsin.ingest.items import Item, PassedOver
from tocsin.model.document import Document

if TYPE_CHECKING:
    from tocsin.cli.output import OutputFile
    from tocsin.linking.intake import Taken

Row = dict[str, Any]
# What is in a line only while the run works: the size of the output behind this item.
_AT = "at"


def ledger_path(output: str | Path) -> Path:
    """Where the ledger of a run with this output is: events.jsonl has events.items.jsonl."""
    output = Path(output)
    return output.with_name(f"{output.stem}.items.jsonl")


def key_of(item: Item) -> tuple[str, int | None, str | None]:
    """What tells an item from all others: its place, and its article where it is one."""
    found = item.found
    return item.path, item.line, found.id if isinstance(found, Document | PassedOver) else None


class Ledger:
    """The ledger beside ``output``, of a run with these ``options``.

    Where an earlier run with the same options was cut off, ``done`` holds its items, in order those
    that nothing tells apart (a file that is given twice), and ``at`` the size of the output behind
    the last of them; OptionError where its options were others. ``writes`` is the output itself,
    once it is open.
    """

    writes: OutputFile

    def __init__(self, output: str | Path, options: Mapping[str, Any], *, fresh: bool) -> None:
        self.path = ledger_path(output)
        self.part = self.path.with_name(self.path.name + ".part")
        part = Path(f"{output}.part")
        self.done: dict[tuple[str, int | None, str | None], deque[Row]] = {}
        self.at: int | None = None
        options = json.loads(json.dumps({**options, "output": part.name}, default=str))
        rows = [] if fresh else self._rows(options, part)
        try:
            self.part.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.part.open("wb")
        except OSError as error:
            message = f"{self.path} cannot be written: {error.strerror or error}"
            raise OptionError(message) from error
        self._write({"options": options})
        for row in rows:
            key = row["path"], row.get("line"), row.get("document")
            self.done.setdefault(key, deque()).append(row)
            self.at = row[_AT]
            self._write(row)

    def _rows(self, options: Mapping[str, Any], part: Path) -> list[Row]:
        """The items of a run that was cut off, so far as the output has them."""
        if not self.part.exists() or not part.exists():
            return []
        rows = [row for row, _ in rows_of(self.part)]
        if not rows:
            return []
        before = rows.pop(0).get("options")
        if before != options:
            raise OptionError(
                f"{part} is from a run with other options or articles that was cut off; start "
                "anew with --restart, or name another file"
            )
        size = part.stat().st_size
        return [row for row in rows if row.get(_AT, size + 1) <= size]

    def take(self, taken: Taken) -> Row | None:
        """What the earlier run did with an item; None where it did not come so far."""
        rows = self.done.get(key_of(taken.item))
        return rows.popleft() if rows else None

    def add(self, row: Row, taken: Taken) -> None:
        """Note one item, when all of it is in the output."""
        self._write(row | {_AT: self.writes.size})

    def _write(self, row: Mapping[str, Any]) -> None:
        self._file.write(_as_line(row))
        self._file.flush()

    def close(self) -> None:
        """Leave the ledger for a run that goes on."""
        self._file.close()

    def finish(self) -> None:
        """Turn the ledger into its lasting form."""
        self._file.close()
        whole = self.path.with_name(self.path.name + ".new")
        with whole.open("wb") as out:
            for row, _ in rows_of(self.part):
                if "options" not in row:
                    row.pop(_AT, None)
                    out.write(_as_line(row))
        os.replace(whole, self.path)
        self.part.unlink()


def _as_line(row: Mapping[str, Any]) -> bytes:
    """A row as a line; a name of a file that is no UTF-8 has its odd bytes escaped."""
    return f"{json.dumps(row, ensure_ascii=False)}\n".encode("utf-8", "backslashreplace")


def rows_of(path: Path) -> Iterator[tuple[Row, int]]:
    """The rows of a file up to one that is not whole, each with the byte behind it."""
    end = 0
    with path.open("rb") as lines:
        for line in lines:
            end += len(line)
            try:
                row = json.loads(line)
            except ValueError:
                return
            if not line.endswith(b"\n") or not isinstance(row, dict):
                return
            yield row, end
