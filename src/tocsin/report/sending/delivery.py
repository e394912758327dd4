"""Each alarm to each target once: what was sent is marked in the store when the target took it.

A process that ends between the two sends again what it had sent (at least once); the id of an alarm
lets its receiver drop the repetition. A target that fails keeps nothing from the others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from tocsin.errors import SendError
from tocsin.model.alarm import Alarm

#: Seconds to wait before the second, third and fourth try.
WAITS = (1.0, 4.0, 16.0)


class Target(Protocol):
    """Where alarms go. ``name`` is what may be shown of it, ``key`` by what it is known again."""

    @property
    def name(self) -> str:
        """What may be shown of it."""

    @property
    def key(self) -> str:
        """By what it is known again."""

    def send(self, alarms: Sequence[Alarm]) -> None:
        """Send all of them; SendError where they were not taken."""


class Marks(Protocol):
    """What a store keeps of what was sent."""

    def sent(self, target: str) -> set[str]:
        """The ids of the alarms that were sent to a target."""

    def mark_sent(self, target: str, alarms: Sequence[str], *, at: datetime) -> int:
        """Keep that these were sent to it."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of alarms for one target: how many were ``sent`` now and ``before``; ``error``
    says in words why those that waited were not."""

    target: str
    sent: int
    before: int
    error: str | None = None


def waiting(store: Marks, alarms: Sequence[Alarm], target: Target) -> list[Alarm]:
    """The alarms that were not sent to a target yet, each once."""
    there = store.sent(target.key)
    return list({one.id: one for one in alarms if one.id not in there}.values())


def deliver(
    store: Marks,
    alarms: Sequence[Alarm],
    targets: Sequence[Target],
    *,
    at: datetime,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Delivered]:
    """Send what waits for each target, and mark it; yields what became of each."""
    for target in targets:
        fresh = waiting(store, alarms, target)
        before = len({one.id for one in alarms}) - len(fresh)
        if not fresh:
            yield Delivered(target.name, 0, before)
            continue
        try:
            _send(target, fresh, sleep)
        except SendError as error:
            yield Delivered(target.name, 0, before, str(error))
            continue
        store.mark_sent(target.key, [one.id for one in fresh], at=at)
        yield Delivered(target.name, len(fresh), before)


def _send(target: Target, alarms: Sequence[Alarm], sleep: Callable[[float], None]) -> None:
    for wait in WAITS:
        try:
            target.send(alarms)
        except SendError as error:
            if not error.passing:
                raise
            sleep(max(wait, error.wait or 0.0))
        else:
            return
    target.send(alarms)
