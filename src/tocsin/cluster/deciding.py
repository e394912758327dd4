"""Deciding: what is to be coded, in the order of the input and by the intake of a local run.

It needs no texts, but it needs all articles: some 11 KB of each stay in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.cluster.coding import Piece, receipt_of
from tocsin.cluster.job import Job
from tocsin.cluster.reading import looked_at
from tocsin.linking.intake import Intake, Taken
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
        self._taken = list(Intake().take_looked(looked_at(job, names)))

    def pieces(self) -> Iterator[Piece]:
        """What is to be coded whatever comes of it, a piece for each part of the input."""
        for part in self.parts:
            rows = [
                (number - part.first, number, json.dumps(document.left_out))
                for number in part.numbers
                if (document := self._taken[number - 1].document) is not None
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

    def _fates(
        self, missing: Callable[[Part, Numbered], Row]
    ) -> Iterator[tuple[int, Row, str | None]]:
        """What becomes of each item by the receipts that are there; ``missing`` says what of one
        that has none."""
        fates = Fates()
        for part in self.parts:
            receipts = receipt_of(self._job, part.name)
            for number in part.numbers:
                taken = self._taken[number - 1]
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


def _left_out(taken: Taken, coded: Sequence[Document]) -> str | None:
    """What was left out of the text that was coded, or of that which was read."""
    found: Any = coded[0] if coded else taken.item.found
    return json.dumps(found.left_out) if isinstance(found, Document) else None


def _substitute(number: int) -> str:
    return f"instead-{number:09d}"
