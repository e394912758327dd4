"""Deciding: what is to be coded, in the order of the input and by the intake of a local run.

It needs no texts, but it needs all articles: what it knows of each lies packed or on the disk.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tocsin.cluster.coding import Piece, receipt_of
from tocsin.cluster.job import Job
from tocsin.cluster.reading import looked_at
from tocsin.errors import InputError
from tocsin.ingest.items import Item, PassedOver
from tocsin.ingest.reading import why_not
from tocsin.linking.copies import Copy
from tocsin.linking.intake import Intake, Look, Taken
from tocsin.linking.spool import Spool
from tocsin.model.document import Document
from tocsin.work.coded_rows import Numbered
from tocsin.work.fates import Fates, Row


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the input: its name, the number of its first item, and how many it has."""

    name: str
    first: int
    items: int

    @property
    def numbers(self) -> range:
        """The numbers of its items."""
        return range(self.first, self.first + self.items)


class Decisions:
    """What is to be done with every item, and, once that is done, what became of it."""

    def __init__(self, job: Job, parts: Sequence[tuple[str, int]]) -> None:
        self.parts: list[Part] = []
        first = 1
        for name, items in parts:
            self.parts.append(Part(name, first, items))
            first += items
        self._job = job
        names = [part.name for part in self.parts]
        self._taken = decided(looked_at(job, names))

    def pieces(self) -> Iterator[Piece]:
        """What is to be coded whatever comes of it, a piece for each part of the input."""
        for part in self.parts:
            rows = [
                (number - part.first, number, json.dumps(document.left_out))
                for number in part.numbers
                if (document := self._of(number).document) is not None
            ]
            if rows:
                yield Piece(part.name, part.name, tuple(rows))

    def substitutes(self) -> list[Piece]:
        """The copies that are to be coded in the place of articles that cannot be, and were not
        yet: for each such article the next."""
        wanted: list[Piece] = []

        def want(part: Part, document: Numbered) -> Row:
            # What comes of it is not known yet; those behind it wait for that.
            number = document.number
            row = (number - part.first, number, json.dumps(document.left_out))
            wanted.append(Piece(_substitute(number), part.name, (row,)))
            return {"outcome": "coded", "events": 0}

        for _ in self._fates(want):
            pass
        return wanted

    def rows(self) -> Iterator[tuple[int, Row, str | None]]:
        """What became of every item: its number, its row, and what was left out of its text."""

        def none(part: Part, document: Numbered) -> Row:
            raise AssertionError(f"item {document.number} of {part.name} was not coded")

        yield from self._fates(none)

    def _of(self, number: int) -> Taken:
        return _unpacked(self._taken[number - 1], number)

    def _fates(
        self, missing: Callable[[Part, Numbered], Row]
    ) -> Iterator[tuple[int, Row, str | None]]:
        """What becomes of each item by the receipts that are there; ``missing`` says what of one
        that has none."""
        fates = Fates()
        for part in self.parts:
            receipts = receipt_of(self._job, part.name)
            for number in part.numbers:
                taken = self._of(number)
                coded: list[Document] = []

                def result(
                    document: Document,
                    part: Part = part,
                    receipts: Mapping[int, Row] = receipts,
                    coded: list[Document] = coded,
                ) -> Row:
                    assert isinstance(document, Numbered)
                    coded.append(document)
                    number = document.number
                    row = receipts.get(number)
                    if row is None:
                        row = receipt_of(self._job, _substitute(number)).get(number)
                    return row if row is not None else missing(part, document)

                row = fates.row(taken, result)
                yield number, row, _left_out(taken, coded)


def decided(items: Iterable[tuple[Item, Look | None]]) -> Spool:
    """What is to be done with each item, as :func:`_unpacked` takes it."""
    found = Spool()
    intake = Intake()
    for taken in intake.take_looked(items):
        found.append(_packed(taken))
    return found


def _packed(taken: Taken) -> bytes:
    """What was decided of an item, with all of it that its row will say."""
    item, found = taken.item, taken.item.found
    if isinstance(found, PassedOver):
        day = found.published.isoformat() if found.published is not None else None
        names = [found.id, found.title, found.outlet, found.url, day]
        return json.dumps([item.path, item.line, found.reason, names]).encode()
    if not isinstance(found, Document):
        return json.dumps([item.path, item.line, why_not(item).message]).encode()
    published = found.published.isoformat() if found.published is not None else None
    copy, document = taken.copy, taken.document
    said = [found.id, found.title, found.outlet, found.url, published, found.left_out]
    left_out = document.left_out if document is not None else None
    what = [copy.of, copy.kind, copy.contained] if copy is not None else None
    decided = [left_out, what, taken.original, taken.version_of]
    return json.dumps([item.path, item.line, None, said, decided]).encode()


def _unpacked(record: bytes, number: int) -> Taken:
    path, line, reason, *rest = json.loads(record)
    if reason is not None and rest:
        id_, title, outlet, url, day = rest[0]
        published = date.fromisoformat(day) if day is not None else None
        passed = PassedOver(
            id=id_, reason=reason, title=title, outlet=outlet, url=url, published=published
        )
        return Taken(Item(path, line, passed))
    if reason is not None:
        return Taken(Item(path, line, InputError(reason, path=path, line=line)))
    (id_, title, outlet, url, published, own), (left_out, copy, original, version_of) = rest
    found = Numbered(
        id=id_, text="", title=title, outlet=outlet, url=url, left_out=_spans(own), number=number,
        published=date.fromisoformat(published) if published is not None else None,
    )  # fmt: skip
    return Taken(
        Item(path, line, found),
        replace(found, left_out=_spans(left_out)) if left_out is not None else None,
        Copy(*copy) if copy is not None else None,
        original,
        version_of,
    )


def _spans(pairs: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in pairs)


def _left_out(taken: Taken, coded: Sequence[Document]) -> str | None:
    """What was left out of the text that was coded, or of that which was read."""
    found: Any = coded[0] if coded else taken.item.found
    return json.dumps(found.left_out) if isinstance(found, Document) else None


def _substitute(number: int) -> str:
    return f"instead-{number:09d}"
