"""What codes the articles of a run: a coder in this process, or several processes beside it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Protocol

from tocsin.model.document import Document
from tocsin.model.reading import Reading

#: Gives the reading of an article that was put in, or raises what its coder raised.
Coming = Callable[[], Reading]


class Reads(Protocol):
    """What is asked of a coder: events and states of one parse."""

    def read(self, document: Document) -> Reading:
        """What one document holds."""


class Engine(Protocol):
    """Codes the articles that are put in."""

    @property
    def ahead(self) -> int:
        """How many articles are put in before the first of them is asked for."""

    def submit(self, document: Document) -> Coming:
        """Put an article in; what is returned gives its reading, and waits for it."""

    def close(self) -> None:
        """End; what was put in and not asked for is lost."""


class InProcess:
    """Codes each article in this process, when its reading is asked for."""

    ahead = 0

    def __init__(self, coder: Reads) -> None:
        self._coder = coder

    def submit(self, document: Document) -> Coming:
        """Put an article in."""
        return partial(self._coder.read, document)

    def close(self) -> None:
        """Nothing is to be ended."""


class CodingError(Exception):
    """An error that a coder in another process raised, other than a TocsinError: its name and
    words. Where it was raised stands in its note."""


def words_of(error: Exception) -> str:
    """The name and the words of an error, wherever it was raised."""
    if isinstance(error, CodingError):
        return str(error)
    return f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
