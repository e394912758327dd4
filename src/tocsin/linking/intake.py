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
from tocsin.ingest.repetition import Lines, RepeatedLines, lines_of
from tocsin.linking.copies import Copy, CopyIndex, Found
from tocsin.linking.fingerprints import Fingerprint, fingerprint_of
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


@dataclass(frozen=True, slots=True)
class Look:
    """All that an intake must know of an article: its text is needed no more. ``size`` is the
    text's length in characters."""

    fingerprint: Fingerprint
    lines: Lines
    size: int


def look_at(document: Document) -> Look:
    """Look at an article, wherever that is done."""
    found = fingerprint_of(document, clean(document).text)
    return Look(found, lines_of(document), len(document.text))


@dataclass(frozen=True, slots=True)
class _Waiting:
    """An item that was seen: its look and what the index says of it; or, in ``earlier``, the
    article as an earlier run took it in."""

    item: Item
    look: Look | None = None
    found: Found | None = None
    earlier: Document | None = None
    size: int = 0


class Intake:
    """Takes items in, in order, and says of each article whether it is new.

    ``index`` may know articles of earlier runs. ``read_ahead`` is how much text, in characters, is
    read before the first item is given: 0 where each is wanted as soon as it comes. ``recall``
    returns an article as an earlier run took it in, None where none did: such a one is to be coded
    as it was then, whatever it copies. It is not asked about an article that came in this run: that
    is a copy, whether the first is done by then or not. Without ``mark``, the lines that an outlet
    repeats are left as they are: for articles that come with theirs left out.
    """

    def __init__(
        self,
        index: CopyIndex | None = None,
        *,
        read_ahead: int = READ_AHEAD_CHARACTERS,
        recall: Callable[[Document], Document | None] | None = None,
        mark: bool = True,
    ) -> None:
        self.index = CopyIndex() if index is None else index
        self._ahead = read_ahead
        self._recall = recall
        self._new: set[str] = set()
        self._mark = mark
        self._lines = RepeatedLines()

    def take(self, items: Iterable[Item]) -> Iterator[Taken]:
        """Yield each item with what is to be done with it."""
        return self.take_looked((item, None) for item in items)

    def take_looked(self, items: Iterable[tuple[Item, Look | None]]) -> Iterator[Taken]:
        """As :meth:`take`, for items that somebody has looked at; their texts are not read."""
        waiting: deque[_Waiting] = deque()
        size = 0
        for item, look in items:
            one = self._see(item, look)
            waiting.append(one)
            size += one.size
            while size > self._ahead and waiting:
                one = waiting.popleft()
                size -= one.size
                yield self._give(one)
        while waiting:
            yield self._give(waiting.popleft())

    def learn(self, documents: Iterable[Document]) -> None:
        """Count the lines of earlier articles, so that what their outlets repeat is known."""
        for document in documents:
            self._lines.see(document)

    def _see(self, item: Item, look: Look | None) -> _Waiting:
        """Look an article up; the article itself where an earlier run took it in."""
        document = item.found
        if not isinstance(document, Document):
            return _Waiting(item)
        size = look.size if look is not None else len(document.text)
        if self._recall is not None and document.id not in self._new:
            if (earlier := self._recall(document)) is not None:
                return _Waiting(item, earlier=earlier, size=size)
            self._new.add(document.id)
        look = look_at(document) if look is None else look
        found = self.index.take(look.fingerprint)
        if found.copy is None:
            self._lines.see(document, look.lines)
        return _Waiting(item, look, found, size=size)

    def _give(self, one: _Waiting) -> Taken:
        document, found = one.item.found, one.found
        if one.earlier is not None:
            return Taken(one.item, one.earlier)
        if one.look is None or found is None or not isinstance(document, Document):
            return Taken(one.item)
        entries = self.index.entries
        own = entries[found.place]
        if found.copy is not None:
            original = entries[found.copy.of].id
            return Taken(one.item, copy=found.copy, original=original, fingerprint=own)
        before = entries[found.before].id if found.before is not None else None
        if self._mark:
            document = self._lines.marked(document, one.look.lines)
        return Taken(one.item, document, version_of=before, fingerprint=own)
