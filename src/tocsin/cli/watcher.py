"""What is new, round after round: on the web and in files and folders."""

from __future__ import annotations

import io
import os
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.cli.journal import Journal
from tocsin.ingest.items import Item, Sift
from tocsin.ingest.reading import in_english, read_items, reader_of
from tocsin.ingest.sources import files_of
from tocsin.linking.intake import Intake, Taken
from tocsin.linking.seen import Seen
from tocsin.model.document import Document

if TYPE_CHECKING:
    from tocsin.ingest.fetch import ArticleFile, Fetcher, Outcome
    from tocsin.linking.copies import CopyIndex

# A file that changed so many seconds ago may still be being written.
_SETTLED = 2.0
# So many of the last articles tell which lines their outlets repeat.
_LEARNED = 3000


@dataclass(slots=True)
class Watcher:
    """Finds what is new in ``paths`` and, through ``fetcher``, at the ``addresses``.

    What comes from the web is in ``file`` before it is given. ``journal`` says what was done
    before, ``seen`` knows the articles of all rounds. ``told`` is called with each outcome of
    fetching. ``sift`` passes over articles that are about others.
    """

    paths: Sequence[str]
    addresses: Sequence[str]
    journal: Journal
    seen: Seen
    fetcher: Fetcher | None
    file: ArticleFile
    told: Callable[[Outcome], None]
    sift: Sift = iter
    settled: float = _SETTLED
    _index: CopyIndex = field(init=False)
    _intake: Intake = field(init=False)
    _stamps: dict[str, tuple[int, int]] = field(init=False, default_factory=dict)
    _begun: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._index = self.seen.index()
        self._intake = Intake(self._index, read_ahead=0)

    def round(self, *, web: bool = True) -> Iterator[Taken]:
        """Yield what is new since the last round; ``web``: ask the addresses too.

        An item counts as done when the next is asked for.
        """
        if not self._begun:
            self._begun = True
            self._intake.learn(_last_articles(self.file.path))
            yield from self._new(self._left_over())
        yield from self._new(self._local())
        if web and self.fetcher is not None:
            yield from self._new(self._fetched(self.fetcher))

    def _new(self, items: Iterator[Item]) -> Iterator[Taken]:
        for item in items:
            if self.journal.is_done(item):
                continue
            known = len(self._index.entries)
            yield from self._intake.take(self.sift([item]))
            self.seen.add(self._index.entries.since(known))

    def _left_over(self) -> Iterator[Item]:
        """Articles that were fetched and not coded any more before the last watch ended."""
        path = str(self.file.path)
        with self.file.path.open("rb") as lines:
            count = sum(1 for _ in lines)
        if count > self.journal.count(path):
            for item in read_items([path]):
                yield Item(path, None, item.found)

    def _fetched(self, fetcher: Fetcher) -> Iterator[Item]:
        from tocsin.ingest.fetch import appended, sources_of

        for outcome in appended(fetcher.run(sources_of(self.addresses)), self.file):
            self.told(outcome)
            if outcome.document is not None:
                yield in_english(Item(str(self.file.path), None, outcome.document))

    def _local(self) -> Iterator[Item]:
        """The items of files that are new or changed since they were last read."""
        passed: Counter[str] = Counter()
        for path in self.paths:
            for file in files_of(path, lambda name: reader_of(name) is not None, passed):
                if isinstance(file, Item):
                    yield file
                    continue
                stamp = _stamp(file)
                if stamp is None or self._stamps.get(file) == stamp:
                    continue
                if time.time() - stamp[0] / 1e9 < self.settled:
                    continue
                yield from read_items([file])
                self._stamps[file] = stamp


def _stamp(file: str) -> tuple[int, int] | None:
    """What changes when a file does; None where it has gone."""
    try:
        found = os.stat(file)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _last_articles(path: Path) -> Iterator[Document]:
    with path.open("rb") as lines:
        last = b"".join(deque(lines, maxlen=_LEARNED))
    for item in read_items(["-"], stdin=io.BytesIO(last)) if last else ():
        if isinstance(item.found, Document):
            yield item.found
