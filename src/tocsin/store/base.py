"""What every store does, whatever it is kept in.

One article goes in as a whole or not at all, with its place in the input, what became of it, and
its events. Nothing is overwritten: coding anew with a newer Tocsin, or with other options, puts the
new events beside the old, and questions are answered from the newest coding of each document.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import Any, Literal, Protocol

from tocsin.model.channel import StateReport
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.ids import content_id
from tocsin.model.imported import Imported
from tocsin.store.filters import Filters

Row = dict[str, Any]
Outcome = Literal["coded", "copy", "set aside"]


@dataclass(frozen=True, slots=True)
class Coding:
    """By what events were coded: the version of Tocsin and its options. ``id`` is their hash."""

    tocsin: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The same for the same version and options."""
        return content_id({"tocsin": self.tocsin, "options": dict(self.options)})[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of the input as it goes into a store.

    ``path`` and ``line`` are its place there. A ``document`` comes with the ``digest`` of its words
    and its ``shingles`` (32-bit hashes, little-endian), by which copies are known; a coded one with
    its ``events`` and what it says of the ``states`` of channels and agreements, a copy with the id
    of what it copies. ``reason`` is why it was set aside.
    """

    path: str
    outcome: Outcome
    line: int | None = None
    document: Document | None = None
    digest: str = ""
    shingles: bytes = b""
    events: Sequence[Event] = ()
    states: Sequence[StateReport] = ()
    copy_of: str | None = None
    copy_kind: str | None = None
    contained: float | None = None
    version_of: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A document that a store has: the newest coding of it, None where it was not coded; and of
    which document it is a copy."""

    id: str
    coding: str | None
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Print:
    """The fingerprint of a stored document, by which copies of it are known."""

    id: str
    digest: str
    url: str | None
    outlet: str | None
    published: date | None
    shingles: bytes


@dataclass(frozen=True, slots=True)
class Report:
    """An event with what its document says of where it is from; ``added`` is when that came into
    the store (UTC)."""

    event: Event
    url: str | None
    outlet: str | None
    added: datetime


class Store(Protocol):
    """A store of documents and events. As a context manager it is closed at the end.

    Methods raise StoreError, whose message says what, where and what to do.
    """

    def add(self, entry: Entry, coding: Coding, *, at: datetime) -> bool:
        """Keep one item; whether anything was new. All of it is safe when this returns."""

    def add_imported(self, rows: Sequence[Imported]) -> int:
        """Keep rows of others' series, all or none; how many were new. A row that is there is not
        kept again."""

    def known(self, id: str, text: str) -> Known | None:  # noqa: A002 - the record's own name
        """What is known of the document with this id and text; None where there is none."""

    def is_coded(self, id: str, coding: Coding) -> bool:  # noqa: A002
        """Whether this coding of the document is there, be it the newest or not."""

    def prints(self) -> Iterator[Print]:
        """The fingerprints of all documents, in the order in which they came."""

    def last_documents(self, count: int) -> list[Document]:
        """The documents that came last, the last at the end."""

    def ask(self, question: str, filters: Filters | None = None) -> list[Row]:
        """The rows that answer a named question (:data:`tocsin.store.questions.QUESTIONS`)."""

    def count(self, question: str, filters: Filters | None = None) -> int:
        """How many rows :meth:`ask` would give without ``limit`` and ``offset``."""

    def event(self, id: str) -> Event | None:  # noqa: A002
        """The event with this id, of the newest coding that has it."""

    def document(self, id: str) -> Document | None:  # noqa: A002
        """The document with this id."""

    def sent(self, target: str) -> set[str]:
        """The ids of the alarms that were sent to a target."""

    def mark_sent(self, target: str, alarms: Sequence[str], *, at: datetime) -> int:
        """Keep that these alarms were sent to a target, all or none; how many were not before. It
        is safe when this returns, and never taken back."""

    def check(self) -> Iterator[str]:
        """Verify everything, and yield each fault in words; nothing where all is well."""

    def close(self) -> None:
        """Close it; what was added is kept."""

    def __enter__(self) -> Store:
        """The store itself."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""
