"""One run: every item read is coded, a copy of one that was, or set aside, and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tocsin.errors import InputError, TocsinError
from tocsin.model.document import Document
from tocsin.work.fates import Fates, Row, set_aside

if TYPE_CHECKING:
    from tocsin.knowledge.freshness import Manifest
    from tocsin.linking.intake import Taken
    from tocsin.model.event import Event

__all__ = ["Account", "Codes", "Row", "Run", "Writes", "code_items"]


class Codes(Protocol):
    """What a run asks of a coder."""

    def code(self, document: Document) -> tuple[Event, ...]:
        """The events of one document."""


class Writes(Protocol):
    """Takes the events of one document after the other."""

    def write(self, document: Document, events: Sequence[Event]) -> None:
        """Write the events of ``document``; they are out when this returns."""


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
    """What happened to every item: coded, a copy, or set aside with its reason.

    ``pairs`` are the coded documents with their events where they are kept; ``newer`` counts the
    articles that are younger than a table of the ``manifest``; ``resumed`` the items that an
    earlier run had done, and ``known`` those of them that a store has for good.
    """

    keep: bool = False
    manifest: Manifest | None = None
    coded: int = 0
    events: int = 0
    copies: int = 0
    known: int = 0
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
        return self.coded + self.copies + self.known + len(self.problems)

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
    engine: Codes,
    writers: Sequence[Writes],
    run: Run,
    *,
    ledger: Account | None = None,
    earlier: Iterator[Event] | None = None,
    told: Callable[[Row], None] = lambda row: None,
    stopped: Callable[[], bool] = lambda: False,
) -> None:
    """Code one article after the other and write its events at once.

    An article that cannot be coded is set aside like one that cannot be read, and the first copy of
    it that can is coded in its place; further ones are copies of that. Errors that would hit every
    article (a missing model, a broken rule file) end the run. What the ``ledger`` has as done is
    not done again; ``earlier`` are its events. ``told`` is called with what became of each item
    that this run did or that a store had; where ``stopped`` says so, the run ends before the next.
    """
    fates = Fates()
    for taken in items:
        if stopped():
            break
        done = ledger.take(taken) if ledger is not None else None
        if done is not None:
            run.resumed += 1
            run.add(done)
            fates.note(done, taken)
            if done["outcome"] == "known":
                told(done)
            if run.keep and isinstance(taken.item.found, Document) and "events" in done:
                run.pairs.append((taken.item.found, tuple(islice(earlier or (), done["events"]))))
            continue
        row = fates.row(taken, lambda document: _coded(document, engine, writers, run))
        run.add(row)
        if ledger is not None:
            ledger.add(row, taken)
        told(row)


def _coded(document: Document, engine: Codes, writers: Sequence[Writes], run: Run) -> Row:
    try:
        events = engine.code(document)
    except InputError as error:
        return set_aside(error)
    except (TocsinError, MemoryError):
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return set_aside(InputError(f"a fault in Tocsin, please report it: {what}"))
    for writer in writers:
        writer.write(document, events)
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
