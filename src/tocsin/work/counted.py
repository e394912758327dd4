"""Items that are counted while they are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.ingest.items import Item


class Counted:
    """Items as they are read: ``whole`` is how many there are, None until the last is read."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._items = items
        self.whole: int | None = None

    def __iter__(self) -> Iterator[Item]:
        number = 0
        for item in self._items:
            number += 1
            yield item
        self.whole = number

    def left(self, done: int) -> int | None:
        """How many come after so many; None where that is not known yet."""
        return self.whole - done if self.whole is not None else None
