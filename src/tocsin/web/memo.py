"""What takes long to work out is worked out once for each state of the store."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Container, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")
_MOST = 500


class Memo:
    """Values by what they are of; those of an earlier state of the store are forgotten, but for
    such whose key begins with one of ``lasting``: they are kept beside until they are made anew."""

    def __init__(self, most: int = _MOST, lasting: Container[Hashable] = ()) -> None:
        self._most = most
        self._lasting = lasting
        self._earlier: dict[Hashable, Any] = {}
        self._lock = threading.Lock()
        self._stamp = ""
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        # Reentrant: what makes a value may ask for it.
        self._making: dict[Hashable, threading.RLock] = {}

    def get(self, stamp: str, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of ``key`` as of ``stamp``; who asks while it is being made waits for it."""
        with self._lock:
            self._turn_to(stamp)
            if key in self._values:
                self._values.move_to_end(key)
                found: Value = self._values[key]
                return found
            making = self._making.setdefault((stamp, key), threading.RLock())
        with making:
            with self._lock:
                if stamp == self._stamp and key in self._values:
                    made: Value = self._values[key]
                    return made
            try:
                value = make()
                with self._lock:
                    if stamp == self._stamp:
                        self._keep(key, value)
                return value
            finally:
                with self._lock:
                    self._making.pop((stamp, key), None)

    def put(self, stamp: str, key: Hashable, value: Any) -> None:
        """Keep a value that was made without anybody waiting for it."""
        with self._lock:
            if stamp == self._stamp:
                self._keep(key, value)

    def peek(self, stamp: str, key: Hashable) -> Any:
        """The value where it is there; else None, and nothing is made."""
        with self._lock:
            return self._values.get(key) if stamp == self._stamp else None

    def latest(self, stamp: str, key: Hashable) -> Any:
        """The value where it is there; else what a lasting one was before the store changed; else
        None."""
        with self._lock:
            if stamp == self._stamp:
                found = self._values.get(key)
                return self._earlier.get(key) if found is None else found
            # Nobody has asked for anything of this state yet.
            return self._lasts().get(key, self._earlier.get(key))

    def _lasts(self) -> dict[Hashable, Any]:
        return {
            key: value
            for key, value in self._values.items()
            if isinstance(key, tuple) and key[0] in self._lasting
        }

    def _keep(self, key: Hashable, value: Any) -> None:
        self._values[key] = value
        self._earlier.pop(key, None)
        while len(self._values) > self._most:
            self._values.popitem(last=False)

    def _turn_to(self, stamp: str) -> None:
        if stamp != self._stamp:
            self._earlier |= self._lasts()
            self._values.clear()
            self._stamp = stamp
