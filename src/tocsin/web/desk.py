"""The desk itself: one store, what was worked out from it, and what may be done here."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

from tocsin.store.base import Row
from tocsin.store.filters import Filters
from tocsin.store.tables import TableStore
from tocsin.web.gate import Gate
from tocsin.web.memo import Memo

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Reading:
    """The store as one request finds it. It is only to be asked."""

    store: TableStore
    stamp: str
    _memo: Memo

    def once(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """A value of this state of the store, made where nobody has asked for it before."""
        return self._memo.get(self.stamp, key, make)

    def page(self, question: str, filters: Filters) -> tuple[int, list[Row]]:
        """How many rows answer a question, and those of the page that the filters cut out. They are
        counted once, whatever the page and the order."""
        whole = replace(filters, sort=None, limit=None, offset=None)
        total = self.once(("total", question, whole), lambda: self.store.count(question, whole))
        there = (filters.offset or 0) < total
        return total, self.store.ask(question, filters) if there else []

    def ready(self, key: Hashable) -> Any:
        """The same where it was made already; else None."""
        return self._memo.peek(self.stamp, key)

    def latest(self, key: Hashable) -> Any:
        """The same, or what it was before the store changed, as long as it is not made anew; else
        None."""
        return self._memo.latest(self.stamp, key)


#: Seconds that an answer still waits, all in all, for what is being worked out: a program's for
#: long, a person's page shows itself without.
PATIENCE: ContextVar[float] = ContextVar("patience", default=60.0)
#: Whether the answer is a person's page, with all its pictures.
DRAWN: ContextVar[bool] = ContextVar("drawn", default=False)
_WORKERS = 2


@dataclass(slots=True)
class Desk:
    """The desk over the store at ``path``; where it is ``read_only`` nothing can be changed."""

    path: Path
    read_only: bool = False
    gate: Gate = field(init=False)
    memo: Memo = field(init=False)
    _workers: ThreadPoolExecutor = field(init=False)
    _lock: Lock = field(init=False, default_factory=Lock)
    _underway: dict[Hashable, Future[Any]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.gate = Gate(self.path)
        self.memo = Memo(lasting=("standing", "alarms"))
        self._workers = ThreadPoolExecutor(_WORKERS, thread_name_prefix="desk")

    @property
    def name(self) -> str:
        """What the store is called."""
        return self.path.name

    @contextmanager
    def reading(self, *, along: bool = False) -> Iterator[Reading]:
        """The store, to be asked by this thread; ``along`` with one that waits for it."""
        with self.gate.reading(along=along) as (store, stamp):
            yield Reading(store, stamp, self.memo)

    def soon(
        self, reading: Reading, key: Hashable, make: Callable[[Reading], Value]
    ) -> Value | None:
        """A value of this state of the store where it is there within :data:`PATIENCE`; else None,
        and it is worked out in the background, so that who asks again finds it."""
        found: Value | None = reading.ready(key)
        if found is not None:
            return found
        one = reading.stamp, key
        with self._lock:
            future = self._underway.get(one)
            if future is None:
                future = self._workers.submit(self._work, one, make)
                self._underway[one] = future
        patience, start = PATIENCE.get(), time.monotonic()
        try:
            made: Value = future.result(patience)
        except TimeoutError:
            return None
        finally:
            PATIENCE.set(max(0.0, patience - (time.monotonic() - start)))
        return made

    def close(self) -> None:
        """End what is being worked out, and let the store go."""
        self._workers.shutdown(wait=True, cancel_futures=True)
        self.gate.close()

    def _work(self, one: tuple[str, Hashable], make: Callable[[Reading], Any]) -> Any:
        try:
            with self.reading(along=True) as reading:
                return reading.once(one[1], lambda: make(reading))
        finally:
            with self._lock:
                self._underway.pop(one, None)


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]
