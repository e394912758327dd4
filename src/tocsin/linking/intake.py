"""The way in: what of all that is read is to be coded, and what is a copy of which.

Items are read ahead so far as memory allows, so that the lines that an outlet repeats are known
before its first article is coded.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from tocsin.config import READ_AHEAD_CHARACTERS
from tocsin.ingest import clean
from tocsin.ingest.items import Item
from tocsin.ingest.repetition import RepeatedLines
from tocsin.linking.copies import Copy, CopyIndex, Fingerprint, Found
from tocsin.model.document import Document


@dataclass(frozen=True, slots=True)
class Taken:
    """An item and what is to be done with it: ``document`` is to be coded, unless it is a ``copy``
    of the article with the id ``original``. Neither is there for an item that is no article.
    ``version_of`` is the id of the text that stood under the same address before; ``fingerprint``
    that by which further copies are known, None where the article was taken in by an earlier run.
    """

    item: Item
    document: Document | None = None
    copy: Copy | None = None
    original: str | None = None
    version_of: str | None = None
    fingerprint: Fingerprint | None = None


class Intake:
    """Takes items in, in order, and says of each article whether it is new.

    ``index`` may know articles of earlier runs. ``read_ahead`` is how much text, in characters, is
    read before the first item is given: 0 where each is wanted as soon as it comes. ``recall``
    returns an article as an earlier run took it in, None where none did: such a one is to be coded
    as it was then, whatever it copies. It is not asked about an article that came in this run: that
    is a copy, whether the first is done by then or not.
    """

    def __init__(
        self,
        index: CopyIndex | None = None,
        *,
        read_ahead: int = READ_AHEAD_CHARACTERS,
        recall: Callable[[Document], Document | None] | None = None,
    ) -> None:
        self.index = CopyIndex() if index is None else index
        self.found: list[Found] = []
        self._ahead = read_ahead
        self._recall = recall
        self._new: set[str] = set()
        self._lines = RepeatedLines()

    def take(self, items: Iterable[Item]) -> Iterator[Taken]:
        """Yield each item with what is to be done with it."""
        waiting: deque[tuple[Item, Found | Document | None]] = deque()
        size = 0
        for item in items:
            document = item.found if isinstance(item.found, Document) else None
            waiting.append((item, self._see(document) if document is not None else None))
            size += len(document.text) if document is not None else 0
            while size > self._ahead and waiting:
                taken = self._give(*waiting.popleft())
                size -= len(taken.item.found.text) if isinstance(taken.item.found, Document) else 0
                yield taken
        while waiting:
            yield self._give(*waiting.popleft())

    def learn(self, documents: Iterable[Document]) -> None:
        """Count the lines of earlier articles, so that what their outlets repeat is known."""
        for document in documents:
            self._lines.see(document)

    def _see(self, document: Document) -> Found | Document:
        """Look an article up; the article itself where an earlier run took it in."""
        if self._recall is not None and document.id not in self._new:
            if (earlier := self._recall(document)) is not None:
                return earlier
            self._new.add(document.id)
        found = self.index.add(document, clean(document).text)
        self.found.append(found)
        if found.copy is None:
            self._lines.see(document)
        return found

    def _give(self, item: Item, seen: Found | Document | None) -> Taken:
        if seen is None or not isinstance(item.found, Document):
            return Taken(item)
        if isinstance(seen, Document):
            return Taken(item, seen)
        entries = self.index.entries
        own = entries[seen.place]
        if seen.copy is not None:
            original = entries[seen.copy.of].id
            return Taken(item, copy=seen.copy, original=original, fingerprint=own)
        before = entries[seen.before].id if seen.before is not None else None
        return Taken(item, self._lines.marked(item.found), version_of=before, fingerprint=own)
