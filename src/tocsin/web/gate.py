"""The way to a store for many requests at once: readers side by side, one writer at a time.

The store is opened when somebody asks and closed soon after the last has left, so that
``tocsin add`` in another process finds it free in between.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tocsin.errors import StoreError
from tocsin.store import open_store
from tocsin.store.tables import TableStore

#: Seconds after the last reader until the store is closed.
IDLE = 2.0
#: Seconds that one waits for others, in this process and in others.
PATIENCE = 5.0
_AGAIN = 0.1


Lending = Literal["offered", "taken"]


class BusyError(StoreError):
    """The store is in use for longer than one waits."""


class Gate:
    """Lets readers and writers to the store at ``path``.

    ``stamp`` of a reader tells one state of the store from others: what was worked out from a store
    with the same stamp still holds.
    """

    def __init__(self, path: str | Path, *, idle: float = IDLE, patience: float = PATIENCE) -> None:
        self.path = str(path)
        self._idle = idle
        self._patience = patience
        self._turn = threading.Condition()
        self._store: TableStore | None = None
        self._stamp = ""
        self._readers = 0
        self._writing = False
        self._asking = 0
        self._lending: Lending | None = None
        self._closed = False
        self._closing: threading.Timer | None = None

    @contextmanager
    def reading(self, *, along: bool = False) -> Iterator[tuple[TableStore, str]]:
        """The store, to be read by this thread alone, and its stamp. Who reads ``along`` with
        another that waits for it need not wait for the writer that waits for that one. BusyError
        where it is not to be had in time, StoreError where it cannot be opened."""
        store, stamp = self._enter(along)
        try:
            with store:
                yield store, stamp
        finally:
            self._leave()

    @contextmanager
    def writing(self) -> Iterator[TableStore]:
        """The store, to be written by this thread alone. Readers go on beside, but for the moments
        in which the store is opened to be written and closed again; what was worked out before
        holds until then. A writer that takes long lets others in (:meth:`give_way`). BusyError
        where somebody else writes for longer than one waits."""
        until = time.monotonic() + self._patience
        with self._turn:
            self._asking += 1
            try:
                self._await(lambda: not self._writing or self._lending == "offered", until)
            finally:
                self._asking -= 1
                self._turn.notify_all()
            borrowed = self._writing
            if borrowed:
                self._lending = "taken"
            self._writing = True
        with self._borrowed() if borrowed else self._owned() as store:
            yield store

    def give_way(self) -> None:
        """Let those write who wait for it, and come back when they are done: for a writer between
        two pieces of its work, of which it has nothing half done."""
        with self._turn:
            while self._asking:
                self._lending = "offered"
                self._turn.notify_all()
                self._turn.wait_for(
                    lambda: self._lending is None or (not self._asking and self._lending != "taken")
                )
            self._lending = None

    @property
    def is_lent(self) -> bool:
        """Whether somebody writes in the middle of another's work."""
        return self._lending == "taken"

    @contextmanager
    def _borrowed(self) -> Iterator[TableStore]:
        """The store of the writer that gave way. Nothing that was worked out before holds."""
        assert self._store is not None
        try:
            yield self._store
        finally:
            with self._turn:
                self._stamp += "+"
                self._lending = None
                self._turn.notify_all()

    @contextmanager
    def _owned(self) -> Iterator[TableStore]:
        """The store, opened to be written."""
        try:
            with self._turn, self._switching():
                self._store = self._opened(read_only=False, until=time.monotonic() + self._patience)
                store = self._store
            yield store
        finally:
            with self._turn:
                with self._switching():
                    self._stamp = ""
                self._writing = False
                self._turn.notify_all()

    @contextmanager
    def _switching(self) -> Iterator[None]:
        """Nobody has the store: it is closed, and may be opened in another way."""
        self._closed = True
        try:
            self._turn.wait_for(lambda: not self._readers)
            self._shut()
            yield
        finally:
            self._closed = False
            self._turn.notify_all()

    def stamp(self) -> str:
        """That of the store as it lies there now; while it is written that from before."""
        with self._turn:
            return self._stamp if self._writing else stamp_of(self.path)

    @property
    def is_writing(self) -> bool:
        """Whether somebody writes just now."""
        return self._writing

    def close(self) -> None:
        """Close the store; it is opened again when somebody asks."""
        with self._turn:
            self._shut()

    def _enter(self, along: bool) -> tuple[TableStore, str]:
        until = time.monotonic() + self._patience
        with self._turn:
            self._await(lambda: not self._closed or (along and self._readers > 0), until)
            if self._closing is not None:
                self._closing.cancel()
                self._closing = None
            if not self._writing and not self._readers and self._stamp != stamp_of(self.path):
                self._shut()
            if self._store is None:
                self._store = self._opened(read_only=True, until=until)
                self._stamp = stamp_of(self.path)
            own = self._store.beside()
            self._readers += 1
            return own, self._stamp

    def _leave(self) -> None:
        with self._turn:
            self._readers -= 1
            if not self._readers:
                self._turn.notify_all()
                if not self._writing and not self._closed:
                    self._closing = threading.Timer(self._idle, self._close_if_idle)
                    self._closing.daemon = True
                    self._closing.start()

    def _close_if_idle(self) -> None:
        with self._turn:
            if not self._readers and not self._writing and self._closing is not None:
                self._shut()

    def _shut(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None
        if self._store is not None and not self._readers:
            self._store.close()
            self._store = None

    def _await(self, free: Callable[[], bool], until: float) -> None:
        if not self._turn.wait_for(free, max(0.0, until - time.monotonic())):
            raise BusyError("is being written just now; try again in a moment", path=self.path)

    def _opened(self, *, read_only: bool, until: float) -> TableStore:
        """Another process may have it for the moment."""
        while True:
            try:
                return open_store(self.path, read_only=read_only)
            except StoreError as error:
                if "in use" not in error.message:
                    raise
                if time.monotonic() >= until:
                    raise BusyError(error.message, path=self.path) from error
            time.sleep(_AGAIN)


def stamp_of(path: str) -> str:
    """What changes whenever a store is written: times and sizes of its files."""
    files = [path, f"{path}.wal"]
    if os.path.isdir(path):
        files = [os.path.join(path, name) for name in ("manifest.json", "journal.jsonl")]
    found = []
    for file in files:
        try:
            about = os.stat(file)
        except OSError:
            continue
        found.append(f"{about.st_mtime_ns:x}-{about.st_size:x}")
    return ".".join(found)
