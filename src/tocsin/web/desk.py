"""The desk itself: one store, what was worked out from it, and what may be done here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request

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

    def ready(self, key: Hashable) -> Any:
        """The same where it was made already; else None."""
        return self._memo.peek(self.stamp, key)


@dataclass(slots=True)
class Desk:
    """The desk over the store at ``path``; where it is ``read_only`` nothing can be changed."""

    path: Path
    read_only: bool = False
    gate: Gate = field(init=False)
    memo: Memo = field(init=False)

    def __post_init__(self) -> None:
        self.gate = Gate(self.path)
        self.memo = Memo()

    @property
    def name(self) -> str:
        """What the store is called."""
        return self.path.name

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        """The store, to be asked by this thread."""
        with self.gate.reading() as (store, stamp):
            yield Reading(store, stamp, self.memo)


def desk_of(request: Request) -> Desk:
    """The desk that a request came to."""
    desk: Desk = request.app.state.desk
    return desk


TheDesk = Annotated[Desk, Depends(desk_of)]
