"""A coder that does what the first words of a text tell it, for processes of its own."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from tests.cli.conftest import StubCoder

from tocsin.model.document import Document
from tocsin.model.event import Event


class Acting(StubCoder):
    """The stub coder, which may also be slow, run out of memory, or die, always or only once."""

    def code(self, document: Document) -> tuple[Event, ...]:
        act, _, rest = document.text.partition(" ")
        if act == "SLOW":
            time.sleep(float(rest.split()[0]))
        elif act == "FULL":
            raise MemoryError
        elif act == "DIE" or (act == "DIE-ONCE" and not _was_here(rest.split()[0])):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().code(document)


def _was_here(mark: str) -> bool:
    """Whether this was asked before, by any process."""
    there = Path(mark).exists()
    Path(mark).touch()
    return there
