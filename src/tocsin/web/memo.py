"""What takes long to work out is worked out once for each state of the store."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Value = TypeVar("Value")
_MOST = 500


class Memo:
    """Values by what they are of; those of an earlier state of the store are forgotten."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._stamp = ""
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: dict[Hashable, threading.Lock] = {}

    def get(self, stamp: str, key: Hashable, make: Callable[[], Value]) -> Value:
        """The value of ``key`` as of ``stamp``; who asks while it is being made waits for it."""
        with self._lock:
            self._turn_to(stamp)
            if key in self._values:
                self._values.move_to_end(key)
                found: Value = self._values[key]
                return found
            making = self._making.setdefault((stamp, key), threading.Lock())
        with making:
            with self._lock:
                if stamp == self._stamp and key in self._values:
                    made: Value = self._values[key]
                    return made
            value = make()
            with self._lock:
                self._making.pop((stamp, key), None)
                if stamp == self._stamp:
                    self._keep(key, value)
            return value

    def put(self, stamp: str, key: Hashable, value: Any) -> None:
        """Keep a value that was made without anybody waiting for it."""
        with self._lock:
            if stamp == self._stamp:
                self._keep(key, value)

    def peek(self, stamp: str, key: Hashable) -> Any:
        """The value where it is there; else None, and nothing is made."""
        with self._lock:
            return self._values.get(key) if stamp == self._stamp else None

    def _keep(self, key: Hashable, value: Any) -> None:
        self._values[key] = value
        while len(self._values) > self._most:
            self._values.popitem(last=False)

    def _turn_to(self, stamp: str) -> None:
        if stamp != self._stamp:
            self._values.clear()
            self._stamp = stamp
