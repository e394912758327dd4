"""One run: every item read is coded, a copy, passed over, or set aside, and counted."""

from __future__ import annotations

import logging
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from tocsin.errors import InputError, TocsinError
from tocsin.model.document import Document
from tocsin.work.engine import Coming, Engine, words_of
from tocsin.work.fates import Fates, Row, set_aside

if TYPE_CHECKING:
    from tocsin.knowledge.freshness import Manifest
    from tocsin.linking.intake import Taken
    from tocsin.model.event import Event
    from tocsin.model.reading import Reading

_log: Final = logging.getLogger("tocsin.work")

__all__ = ["Account", "Row", "Run", "Writes", "code_items"]


class Writes(Protocol):
    """Takes what was found in one document after the other."""

    def write(self, document: Document, reading: Reading) -> None:
        """Write what ``document`` holds; it is out when this returns."""


class Account(Protocol):
    """Where it is kept what became of each item: the ledger of a run, the journal of a watch, a
    store."""

    @property
    def path(self) -> Path | str:
        """Where it is."""

    def take(self, taken: Taken) -> Row | None:
        """What an earlier run did with an item; None where it did nothing."""

    def add(self, row: Row, taken: Taken) -> None:
        """Note one item, when the outputs have all of it."""


@dataclass(slots=True)
class Run:
    """What happened to every item: coded, a copy, passed over, or set aside with its reason.

    ``elsewhere`` counts the articles that were passed over, for they are about others, ``passed``
    the files that hold no articles. ``pairs`` are the coded documents with their events where they
    are kept; ``newer`` counts the articles that are younger than a table of the ``manifest``;
    ``resumed`` the items that an earlier run had done, and ``known`` those of them that a store has
    for good.
    """

    keep: bool = False
    manifest: Manifest | None = None
    coded: int = 0
    events: int = 0
    copies: int = 0
    known: int = 0
    elsewhere: int = 0
    problems: list[InputError] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    pairs: list[tuple[Document, Sequence[Event]]] = field(default_factory=list)
    undated: int = 0
    newer: int = 0
    resumed: int = 0
    outdated: set[str] = field(default_factory=set)

    @property
    def items(self) -> int:
        """All items, each counted once."""
        return self.coded + self.copies + self.known + self.elsewhere + len(self.problems)

    def add(self, row: Row) -> None:
        """Count one item."""
        outcome = row["outcome"]
        if outcome == "coded":
            self.coded += 1
            self.events += row["events"]
            self.undated += row.get("undated", False)
            self._note(row.get("published"))
        elif outcome == "copy":
            self.copies += 1
        elif outcome == "known":
            self.known += 1
        elif outcome == "passed over":
            self.elsewhere += 1
        else:
            self.problems.append(InputError(row["reason"], path=row["path"], line=row.get("line")))

    def _note(self, published: str | None) -> None:
        """Count an article that is younger than what the actor tables know."""
        if published is not None and self.manifest is not None:
            tables = self.manifest.older_than(date.fromisoformat(published))
            self.newer += bool(tables)
            self.outdated.update(tables)


def code_items(
    items: Iterable[Taken],
    engine: Engine,
    writers: Sequence[Writes],
    run: Run,
    *,
    ledger: Account | None = None,
    earlier: Iterator[Event] | None = None,
    told: Callable[[Row], None] = lambda row: None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Code articles, and write what each holds when its turn comes, in the order of the items.

    The engine is given so many articles before their turn as it asks for; what is written does not
    depend on that.

    An article that cannot be coded is set aside like one that cannot be read, and the first copy of
    it that can is coded in its place; further ones are copies of that. Errors that would hit every
    article (a missing model, a broken rule file) end the run. What the ``ledger`` has as done is
    not done again; ``earlier`` are its events. ``told`` is called with what became of each item
    that this run did or that a store had; where ``stopped`` says so, the run ends before the next.
    """
    fates = Fates()
    for turn in _turns(items, engine, ledger):
        if stopped():
            break
        taken, done = turn.taken, turn.done
        if done is not None:
            run.resumed += 1
            run.add(done)
            fates.note(done, taken)
            if done["outcome"] == "known":
                told(done)
            if run.keep and isinstance(taken.item.found, Document) and "events" in done:
                run.pairs.append((taken.item.found, tuple(islice(earlier or (), done["events"]))))
            continue
        coming = turn.coming

        def coded(document: Document, coming: Coming | None = coming) -> Row:
            return _coded(document, coming or engine.submit(document), writers, run)

        row = fates.row(taken, coded)
        run.add(row)
        if ledger is not None:
            ledger.add(row, taken)
        told(row)


@dataclass(slots=True)
class _Turn:
    """An item that is waiting for its turn: what an earlier run did with it, and, where it is to be
    coded whatever becomes of those before it, its reading to come."""

    taken: Taken
    begun: bool = False
    done: Row | None = None
    coming: Coming | None = None

    def begin(self, engine: Engine, ledger: Account | None) -> None:
        """Look up what was done, and put in what is to be coded."""
        self.begun = True
        self.done = ledger.take(self.taken) if ledger is not None else None
        if self.done is None and self.taken.document is not None:
            self.coming = engine.submit(self.taken.document)


def _turns(items: Iterable[Taken], engine: Engine, ledger: Account | None) -> Iterator[_Turn]:
    """Yield the items in order; so many as the engine asks for are begun before their turn.

    An article that is waiting already is not begun a second time: what is known of it then may be
    that it was done just now.
    """
    waiting: deque[_Turn] = deque()
    for taken in items:
        turn = _Turn(taken)
        if not any(_is_same(taken, other.taken) for other in waiting):
            turn.begin(engine, ledger)
        waiting.append(turn)
        if len(waiting) > engine.ahead:
            yield _begun(waiting.popleft(), engine, ledger)
    while waiting:
        yield _begun(waiting.popleft(), engine, ledger)


def _begun(turn: _Turn, engine: Engine, ledger: Account | None) -> _Turn:
    if not turn.begun:
        turn.begin(engine, ledger)
    return turn


def _is_same(one: Taken, other: Taken) -> bool:
    """Whether two items are one article; its place may be another."""
    mine, theirs = one.item.found, other.item.found
    return isinstance(mine, Document) and isinstance(theirs, Document) and mine.id == theirs.id


def _coded(document: Document, coming: Coming, writers: Sequence[Writes], run: Run) -> Row:
    try:
        reading = coming()
    except InputError as error:
        return set_aside(error)
    except (TocsinError, MemoryError):
        raise
    except Exception as error:
        _log.debug("coding %s failed", document.id, exc_info=error)
        return set_aside(InputError(f"a fault in Tocsin, please report it: {words_of(error)}"))
    for writer in writers:
        writer.write(document, reading)
    events = reading.events
    if run.keep:
        run.pairs.append((document, events))
    row: Row = {"outcome": "coded", "events": len(events)}
    if events and events[0].published is not None:
        row["published"] = events[0].published.isoformat()
    if any(map(_unresolved, events)):
        row["undated"] = True
    return row


def _unresolved(event: Event) -> bool:
    """Whether a relative date of the event hangs on nothing."""
    dates = [event.date, event.deadline, *(quantity.period for quantity in event.quantities)]
    return event.published is None and any(
        when is not None and when.anchor == "none" for when in dates
    )
