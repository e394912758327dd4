"""What a reader is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from tocsin.errors import InputError
from tocsin.ingest.columns import Columns
from tocsin.ingest.items import Item
from tocsin.ingest.sources import DAMAGED, ByteStream, Source, damaged, os_problem


@dataclass(frozen=True, slots=True)
class Reading:
    """What readers are told: the user's words on columns; and where they count what they pass
    over, by kind, because it is no article at all (an image in a web archive)."""

    columns: Columns = field(default_factory=Columns)
    passed: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Reader:
    """One form of input: its name, how the names of its files end, and how it is read."""

    name: str
    endings: tuple[str, ...]
    read: Callable[[Source, Reading], Iterator[Item]]

    def items(self, source: Source, reading: Reading) -> Iterator[Item]:
        """The items of a source; damage and errors of the system come out as a last item."""
        count = 0
        try:
            for item in self.read(source, reading):
                count += 1
                yield item
        except InputError as error:
            yield Item(source.path, error.line, error)
        except DAMAGED as error:
            before = f"; {count} articles before it were read" if count else ""
            yield problem(source.path, f"{damaged(error)}{before}", count + 1 if count else None)
        except OSError as error:
            yield problem(source.path, os_problem(error))


def problem(path: str, message: str, line: int | None = None) -> Item:
    """An item that cannot be used."""
    return Item(path, line, InputError(message, path=path, line=line))


def read_at_most(stream: ByteStream, limit: int) -> bytes:
    """All bytes of a stream, but of one that is too long only one more than ``limit``."""
    parts: list[bytes] = []
    left = limit + 1
    while left > 0 and (part := stream.read(min(left, 1 << 20))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
