"""Progress of long work on standard error: one line that rewrites itself, or a line a minute."""

from __future__ import annotations

import sys
import time
from typing import TextIO

_AFTER = 2.0  # seconds of work before anything is shown
_EVERY = 0.5  # seconds between two states on a terminal
_EVERY_IN_A_LOG = 60.0


class Progress:
    """Counts articles and events, and shows them while the work goes on."""

    def __init__(self, *, shown: bool, stream: TextIO | None = None) -> None:
        self.articles = 0
        self.events = 0
        self._items = 0
        self._read = 0
        self._stream = stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._shown = shown
        self._start = time.monotonic()
        self._from: tuple[float, int] | None = None
        self._next = self._start + (_AFTER if self._terminal else _EVERY_IN_A_LOG)
        self._open = False

    def add(self, events: int | None, articles: int = 1, *, left: int | None = None) -> None:
        """Count one item: an article, or several, with so many events, or None for one that is not
        coded.

        ``left`` is how many items are still to come, where that is known.
        """
        self._items += articles
        if events is not None:
            self.articles += articles
            self.events += events
            counts = f"{counted(self.articles, 'article')}, {counted(self.events, 'event')}"
            self.show(counts, left=left)

    def read(self, items: int) -> None:
        """Count items that are read before any is coded."""
        self._read += items
        self.show(f"{counted(self._read, 'item')} read")

    def show(self, counts: str, *, left: int | None = None) -> None:
        """Show how far the work is, in words, unless that was shown just now."""
        now = time.monotonic()
        since, items = self._from = self._from or (now, self._items)
        if not self._shown or now < self._next:
            return
        state = f"{counts}, {now - self._start:,.0f} s"
        if self.articles:
            state += f", {self.articles / (now - self._start):.1f} a second"
        if left and self._items > items:
            state += f", about {_time((now - since) / (self._items - items) * left)} left"
        if self._terminal:
            self._stream.write(f"\r{state}\x1b[K")
            self._open = True
        else:
            self._stream.write(f"tocsin: {state}\n")
        self._stream.flush()
        self._next = now + (_EVERY if self._terminal else _EVERY_IN_A_LOG)

    def done(self) -> None:
        """Wipe the line."""
        if self._open:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._open = False


def _time(seconds: float) -> str:
    """``50 s``, ``12 min``, ``3.5 h``."""
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"


def counted(number: int, name: str, plural: str | None = None) -> str:
    """``1 article``, ``2,000 articles``."""
    return f"{number:,} {name if number == 1 else plural or name + 's'}"
