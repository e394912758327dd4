"""A store that is held for one question at a time, so that whoever writes waits for no more.

What takes several questions and works in between would else hold the store for all of its time.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from tocsin.errors import StoreError

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore
    from tocsin.web.desk import Desk


class OtherStateError(StoreError):
    """The store has changed since the first question."""


def briefly(desk: Desk, stamp: str) -> TableStore:
    """The desk's store in the state with this stamp, to be read; OtherStateError where it is in
    another when something is asked."""
    return cast("TableStore", _Brief(desk, stamp, lambda store: store))


class _Brief:
    """Calls the methods of a part of the store, which is taken for each call and let go after."""

    def __init__(self, desk: Desk, stamp: str, part: Callable[[TableStore], Any]) -> None:
        self._desk, self._stamp, self._part = desk, stamp, part

    @property
    def links(self) -> _Brief:
        """The links of the store, in the same way."""
        return _Brief(self._desk, self._stamp, lambda store: store.links)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def call(*values: Any, **options: Any) -> Any:
            with self._desk.reading() as reading:
                if reading.stamp != self._stamp:
                    raise OtherStateError("has changed meanwhile", path=str(self._desk.path))
                return getattr(self._part(reading.store), name)(*values, **options)

        return call
