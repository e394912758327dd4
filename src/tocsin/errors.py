"""Everything that Tocsin raises on purpose.

::

    TocsinError                  root: catch this to catch all of them
    ├── InputError               an article, file or line that cannot be used
    ├── KnowledgeError           a knowledge file (rules, actors, places) that is wrong
    ├── OptionError              an argument that cannot be used
    ├── ResourceError            something that should be installed is not
    ├── SendError                an alarm that could not be sent
    └── StoreError               a store that cannot be opened, read or written

A message says what is wrong, where, what was available, and what to do.
"""

from __future__ import annotations

from typing import Any


class TocsinError(Exception):
    """Root of all errors that Tocsin raises on purpose.

    They go from one process to another as they are, with all their fields.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.args, vars(self))


def _again(kind: type[TocsinError], args: tuple[Any, ...], fields: dict[str, Any]) -> TocsinError:
    error = kind.__new__(kind, *args)
    vars(error).update(fields)
    return error


class InputError(TocsinError):
    """An article, file or line that cannot be used; it is set aside, the rest goes on."""

    def __init__(self, message: str, *, path: str | None = None, line: int | None = None) -> None:
        self.message = message
        self.path = path
        self.line = line
        super().__init__(message)

    def __str__(self) -> str:
        where = self.path or ""
        if self.line is not None:
            where = f"{where}:{self.line}"
        return f"{where}: {self.message}" if where else self.message


class KnowledgeError(TocsinError):
    """A knowledge file is wrong: names the file, the entry and the allowed values."""

    def __init__(self, message: str, *, path: str, entry: str | None = None) -> None:
        self.message = message
        self.path = path
        self.entry = entry
        super().__init__(message)

    def __str__(self) -> str:
        return f"{self.path}{f' [{self.entry}]' if self.entry else ''}: {self.message}"


class OptionError(TocsinError):
    """An argument or option that cannot be used."""


class ResourceError(TocsinError):
    """A language model or other installed resource is missing; the message says how to get it."""


class SendError(TocsinError):
    """Alarms could not be sent to a target. The message names the target by its host or address
    alone, for the rest of a webhook's address is a secret; ``passing`` says that it may go well
    when it is tried again, after ``wait`` seconds where the target asks for that."""

    def __init__(self, message: str, *, passing: bool = False, wait: float | None = None) -> None:
        self.passing = passing
        self.wait = wait
        super().__init__(message)


class StoreError(TocsinError):
    """A store cannot be opened, read or written: names the store, and says what to do."""

    def __init__(self, message: str, *, path: str) -> None:
        self.message = message
        self.path = path
        super().__init__(message)

    def __str__(self) -> str:
        return f"{self.path}: {self.message}"
