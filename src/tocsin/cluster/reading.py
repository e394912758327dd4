"""Reading: the files of the input, each into parts of items with what an intake must know of them.

A file is read by one process, and its receipt names its parts when all of them are there. A process
that dies is started again; a file of which several have died is read up to there and no further.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from tocsin.cluster.folder import WORK
from tocsin.cluster.job import Job
from tocsin.cluster.trying import Trying
from tocsin.errors import InputError
from tocsin.ingest.items import Item
from tocsin.ingest.reading import read_items
from tocsin.linking.intake import Look, look_at
from tocsin.model.document import Document
from tocsin.work.coded_folder import DOCUMENTS
from tocsin.work.coded_rows import DOCUMENT_COLUMNS, LOOK_COLUMNS, document_row, item_of_row

_One = TypeVar("_One")
_AGAIN = "was killed again and again, perhaps for lack of memory"
_KILLED = f"the process that read it {_AGAIN}; mend the file or leave it out, or give more memory"
_KILLED_LOOKING = f"the process that looked at it {_AGAIN}"


def receipt_name(number: int) -> str:
    """Where it stands that a file of the input was read."""
    return f"{WORK}/read/{number:08d}.json"


def read_file(job: Job, number: int, path: str, of_folder: bool) -> int:
    """Read one file of the input, the so manieth, into parts; how many items it has."""
    receipt = job.folder.read_json(receipt_name(number))
    if receipt is not None:
        return sum(items for _, items in receipt["parts"])
    try:
        parts, passed = _read(job, number, path, of_folder)
    except MemoryError:
        os._exit(1)  # as if it had been killed for it; a fresh process may have enough
    job.folder.write_json(receipt_name(number), {"parts": parts, "passed": passed})
    return sum(items for _, items in parts)


def _read(
    job: Job, number: int, path: str, of_folder: bool
) -> tuple[list[tuple[str, int]], Counter[str]]:
    """Write the parts of a file: their names, each with its items, and what was passed over."""
    passed: Counter[str] = Counter()
    trying = Trying(job, f"read-{number:08d}")
    trying.begin(None)
    items = job.sift()(
        read_items(
            [path], published=job.published, columns=job.columns, passed=passed, of_folder=of_folder
        )
    )
    parts = []
    for place, some in enumerate(_by(job.part_items, _tried(job, path, items, trying))):
        name = f"{number:08d}-{place:06d}"
        rows = [document_row(item, look) for item, look in some]
        job.folder.write_rows(f"{DOCUMENTS}/{name}.parquet", rows, DOCUMENT_COLUMNS)
        parts.append((name, len(rows)))
    return parts, passed


def _tried(
    job: Job, path: str, items: Iterator[Item], trying: Trying
) -> Iterator[tuple[Item, Look | None]]:
    """The items of a file with their looks, up to one that cannot be reached.

    Where a process has died, the parts of the file are noted as they are begun; where one has died
    of a part, its items are. The third that dies there is the last.
    """
    number = 0
    while True:
        part = f"part {number // job.part_items}"
        careful = trying.deaths(part) > 0
        if trying.died and not careful and number % job.part_items == 0:
            trying.begin(part)
        reaching, looking = f"reach item {number}", f"look at item {number}"
        if trying.deaths(reaching):
            before = f"; {number} items before that were read" if number else ""
            yield Item(path, None, InputError(f"{_KILLED}{before}", path=path)), None
            return
        if careful:
            trying.begin(reaching)
        item = next(items, None)
        if item is None:
            return
        if trying.deaths(looking):
            error = InputError(_KILLED_LOOKING, path=item.path, line=item.line)
            item = Item(item.path, item.line, error)
        if careful:
            trying.begin(looking)
        yield item, _look(item)
        number += 1


def looked_at(job: Job, parts: Iterable[str]) -> Iterator[tuple[Item, Look | None]]:
    """The items of parts in order, numbered from one on, without their texts."""
    number = 0
    for part in parts:
        for row in job.folder.read_rows(f"{DOCUMENTS}/{part}.parquet", LOOK_COLUMNS):
            number += 1
            yield item_of_row(row, number)


def documents_of(job: Job, part: str, numbers: Mapping[int, int]) -> dict[int, Item]:
    """Some items of a part, with their texts: ``numbers`` says which by their rows."""
    table = job.folder.read_table(f"{DOCUMENTS}/{part}.parquet")
    rows: list[dict[str, Any]] = table.take(list(numbers)).to_pylist()
    return {
        number: item_of_row(row, number)[0]
        for number, row in zip(numbers.values(), rows, strict=True)
    }


def _look(item: Item) -> Look | None:
    return look_at(item.found) if isinstance(item.found, Document) else None


def _by(count: int, items: Iterable[_One]) -> Iterator[list[_One]]:
    """So many at a time, the last perhaps fewer."""
    rest = iter(items)
    while some := list(islice(rest, count)):
        yield some
