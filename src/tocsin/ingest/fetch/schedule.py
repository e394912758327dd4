"""Who is asked next, and when: one thread, many hosts, each left in peace between two requests."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Final, Generic, TypeVar

T = TypeVar("T")

#: Seconds that are waited after the first error of a host; each further one in a row doubles it.
FIRST_PAUSE: Final = 5.0
#: The longest that is waited for one host within a run, in seconds.
MAX_PAUSE: Final = 300.0
#: So many errors in a row, and a host is left alone for the rest of the run.
MAX_ERRORS: Final = 6
#: The longest that a server may put us off, in seconds.
MAX_PUT_OFF: Final = 24 * 3600.0

LEVELS: Final = 3  # how many levels of urgency there are


@dataclass(slots=True)
class _Host(Generic[T]):
    """One host: what is to be asked of it by urgency, from when on, its errors in a row."""

    waiting: tuple[deque[T], ...] = field(
        default_factory=lambda: tuple(deque() for _ in range(LEVELS))
    )
    ready: float = 0.0
    errors: int = 0
    listed: bool = False

    def pop(self) -> T | None:
        for queue in self.waiting:
            if queue:
                return queue.popleft()
        return None


class Schedule(Generic[T]):
    """Hands out tasks, those of one host at least ``delay`` seconds apart.

    ``clock`` tells seconds, ``sleep`` waits for some; both may be those of a test.
    """

    def __init__(
        self, *, delay: float, clock: Callable[[], float], sleep: Callable[[float], None]
    ) -> None:
        self._delay = delay
        self._clock = clock
        self._sleep = sleep
        self._hosts: dict[str, _Host[T]] = {}
        self._heap: list[tuple[float, int, str]] = []
        self._number = 0
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def put(self, host: str, task: T, *, level: int = 1, first: bool = False) -> None:
        """Add a task; those of level 0 go before those of level 1, and so on."""
        at = self._host(host)
        queue = at.waiting[level]
        if first:
            queue.appendleft(task)
        else:
            queue.append(task)
        self._size += 1
        self._list(host, at)

    def next(self) -> tuple[str, T] | None:
        """The next task with its host, after waiting until it may be asked; None when all is done.

        Of several hosts that are ready it is the one that has waited longest.
        """
        while self._heap:
            ready, _, host = heapq.heappop(self._heap)
            at = self._hosts[host]
            at.listed = False
            if not any(at.waiting):
                continue
            if at.ready > ready:  # it was put off after it had been listed
                self._list(host, at)
                continue
            if (left := ready - self._clock()) > 0:
                # no longer than we ever wait, should the clock be set back meanwhile
                self._sleep(min(left, MAX_PAUSE))
            task = at.pop()
            assert task is not None
            self._size -= 1
            self._list(host, at)
            return host, task
        return None

    def asked(self, host: str, *, delay: float = 0.0) -> None:
        """A request was made just now: the next comes after our delay, or the longer ``delay``."""
        at = self._host(host)
        at.ready = max(at.ready, self._clock() + max(self._delay, delay))

    def answered(self, host: str) -> None:
        """The host is well: its errors are forgotten."""
        self._host(host).errors = 0

    def back_off(self, host: str, *, wait: float | None = None) -> bool:
        """The host is not well: wait so long as it says (``wait``, seconds), else twice as long as
        the last time. False where it is to be left alone for the rest of the run."""
        at = self._host(host)
        at.errors += 1
        if at.errors >= MAX_ERRORS or (wait is not None and wait > MAX_PAUSE):
            return False
        pause = min(FIRST_PAUSE * 2 ** (at.errors - 1), MAX_PAUSE)
        pause = max(pause if wait is None else wait, self._delay)
        at.ready = max(at.ready, self._clock() + pause)
        return True

    def drop(self, host: str) -> Iterator[T]:
        """Take out all that is still to be asked of a host."""
        at = self._host(host)
        while (task := at.pop()) is not None:
            self._size -= 1
            yield task

    def _host(self, host: str) -> _Host[T]:
        return self._hosts.setdefault(host, _Host())

    def _list(self, host: str, at: _Host[T]) -> None:
        if not at.listed and any(at.waiting):
            self._number += 1
            heapq.heappush(self._heap, (at.ready, self._number, host))
            at.listed = True


def put_off(value: str | None, now: float) -> float | None:
    """The seconds that a ``Retry-After`` asks for, 0 to MAX_PUT_OFF; None where it says nothing.

    ``now`` is in seconds since 1970; the header holds seconds, or a date of HTTP.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(min(int(text[:9]), MAX_PUT_OFF))
    try:
        moment: datetime = parsedate_to_datetime(text)
        seconds = moment.timestamp() - now
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(seconds, 0.0), MAX_PUT_OFF)
