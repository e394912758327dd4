"""Reading: the files of the input, each into parts of items with what an intake must know of them.

A file is read by one process, and its receipt names its parts when all of them are there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, TypeVar

from tocsin.cluster.folder import WORK
from tocsin.cluster.job import Job
from tocsin.ingest.items import Item
from tocsin.ingest.reading import read_items
from tocsin.linking.intake import Look, look_at
from tocsin.model.document import Document
from tocsin.work.coded_folder import DOCUMENTS
from tocsin.work.coded_rows import DOCUMENT_COLUMNS, LOOK_COLUMNS, document_row, item_of_row

_One = TypeVar("_One")


def receipt_name(number: int) -> str:
    """Where it stands that a file of the input was read."""
    return f"{WORK}/read/{number:08d}.json"


def read_file(job: Job, number: int, path: str, of_folder: bool) -> int:
    """Read one file of the input, the so manieth, into parts; how many items it has."""
    receipt = job.folder.read_json(receipt_name(number))
    if receipt is not None:
        return sum(items for _, items in receipt["parts"])
    passed: Counter[str] = Counter()
    items = read_items(
        [path], published=job.published, columns=job.columns, passed=passed, of_folder=of_folder
    )
    parts = []
    for place, some in enumerate(_by(job.part_items, items)):
        name = f"{number:08d}-{place:06d}"
        rows = [document_row(item, _look(item)) for item in some]
        job.folder.write_rows(f"{DOCUMENTS}/{name}.parquet", rows, DOCUMENT_COLUMNS)
        parts.append((name, len(rows)))
    job.folder.write_json(receipt_name(number), {"parts": parts, "passed": passed})
    return sum(items for _, items in parts)


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
