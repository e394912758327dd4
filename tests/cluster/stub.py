"""A coder for processes of their own: it notes what it codes, and some words kill its process;
and what kills a process that reads."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.cli.conftest import StubCoder, event_of

from tocsin.ingest import clean
from tocsin.ingest.columns import Columns
from tocsin.knowledge.columns import Layout
from tocsin.model.document import Document
from tocsin.model.event import Event


class Careful(StubCoder):
    """The stub coder, of what is left of a text: its first two words did something, one each."""

    def code(self, document: Document) -> tuple[Event, ...]:
        found = super().code(document)
        words = clean(document).text.split()[:2]
        return tuple(event_of(document, word) for word in words) if found else ()


class Noting(StubCoder):
    """The stub coder: it writes the id of each article into the folder ``notes``, and takes so many
    seconds for it. DEADLY kills its process, ONCE only the first time."""

    def __init__(self, notes: str | Path, seconds: float = 0.0, **options: Any) -> None:
        super().__init__(**options)
        self._notes = Path(notes)
        self._seconds = seconds

    def code(self, document: Document) -> tuple[Event, ...]:
        first = document.text.split()[0]
        time.sleep(self._seconds)
        before = len(noted(self._notes, document.id))
        note = self._notes / f"{document.id} {os.getpid()} {time.monotonic_ns()}"
        note.touch()
        if first == "DEADLY" or (first == "ONCE" and not before):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().code(document)


class Deadly(Columns):
    """Columns that kill the process which reads an article with the key "deadly"."""

    def layout(self, there: Iterable[str]) -> Layout | None:
        names = list(there)
        if "deadly" in names:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().layout(names)


def noted(notes: Path, id_: str = "") -> list[str]:
    """The ids of the articles that were given to coders, one for each time."""
    ids = [name.name.split()[0] for name in notes.iterdir()]
    return [one for one in ids if not id_ or one == id_]
