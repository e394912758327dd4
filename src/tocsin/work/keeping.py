"""Keeping a run in a store: a writer of readings and the account of its items at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tocsin.ingest.items import Item
from tocsin.model.document import Document
from tocsin.model.reading import Reading
from tocsin.store import Coding, Entry
from tocsin.work.run import Row

if TYPE_CHECKING:
    from tocsin.linking.copies import CopyIndex
    from tocsin.linking.intake import Taken
    from tocsin.store.tables import TableStore


class Keeper:
    """Puts one item after the other into ``store``; ``coding`` says by what it is coded.

    What the store has by the same coding is known and not coded again; what it has by another is
    coded anew, and stands beside the old.
    """

    def __init__(self, store: TableStore, coding: Coding) -> None:
        self.path = store.path
        self._store = store
        self._coding = coding
        self._names: dict[str, str] = {}
        self._coded: tuple[Document, Reading] | None = None

    def index(self) -> CopyIndex:
        """All articles of the store, by which copies of them are known."""
        import numpy as np

        from tocsin.linking.copies import CopyIndex
        from tocsin.linking.fingerprints import Fingerprint

        index = CopyIndex()
        for one in self._store.prints():
            runs = np.frombuffer(one.shingles, dtype="<u4").astype(np.uint32, copy=False)
            index.take(Fingerprint(one.id, one.digest, one.url, one.outlet, one.published, runs))
        return index

    def named(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, each article under an id that no other text has in the store or this run."""
        for item in items:
            if isinstance(item.found, Document):
                item = Item(item.path, item.line, self._named(item.found))
            yield item

    def _named(self, document: Document) -> Document:
        from tocsin.store.rows import other_id, text_id

        mark = text_id(document.text)
        id_ = self._store.free_id(document)
        if self._names.setdefault(id_, mark) != mark:
            id_ = other_id(document.id, document.text)
            self._names[id_] = mark
        return replace(document, id=id_)

    def recall(self, document: Document) -> Document | None:
        """The article as the store has it; None where it has it not."""
        known = self._store.known(document.id, document.text)
        return self._store.document(known.id) if known is not None else None

    def take(self, taken: Taken) -> Row | None:
        """What is known of an item: nothing where it is to be coded."""
        document = taken.document
        if document is None or taken.fingerprint is not None:
            return None
        known = self._store.known(document.id, document.text)
        if known is None:
            return None
        if known.copy_of is None and not self._store.is_coded(known.id, self._coding):
            return None
        row: Row = {"path": taken.item.path, "document": known.id, "outcome": "known"}
        for name, value in (("line", taken.item.line), ("title", document.title)):
            if value is not None:
                row[name] = value
        return row

    def write(self, document: Document, reading: Reading) -> None:
        """Take what ``document`` holds; it is kept when its row is added."""
        self._coded = document, reading

    def add(self, row: Row, taken: Taken) -> None:
        """Keep one item with what became of it; it is safe when this returns.

        Of what is passed over nothing is kept: when somebody asks for it, it is new.
        """
        if row["outcome"] == "passed over":
            return
        document, reading = self._coded or (taken.item.found, Reading((), ()))
        self._coded = None
        own = taken.fingerprint
        copied = row["outcome"] == "copy"
        self._store.add(
            Entry(
                path=row["path"],
                line=row.get("line"),
                outcome=row["outcome"],
                document=document if isinstance(document, Document) else None,
                digest=own.digest if own is not None else "",
                shingles=own.shingles.astype("<u4").tobytes() if own is not None else b"",
                events=reading.events,
                states=reading.states,
                copy_of=row["copy_of"] if copied else None,
                copy_kind=row["kind"] if copied else None,
                contained=row["contained"] if copied else None,
                version_of=row.get("version_of"),
                reason=row.get("reason"),
            ),
            self._coding,
            at=datetime.now(UTC).replace(tzinfo=None),
        )
