"""The coder of a desk: loaded when it is first asked for, for one text at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from tocsin.model.document import Document

if TYPE_CHECKING:
    from tocsin.model.reading import Reading
    from tocsin.pipeline.coder import Coder
    from tocsin.pipeline.stage import Work


def _usual() -> Coder:
    from tocsin.pipeline.coder import Coder

    return Coder()


class SharedCoder:
    """What coding asks for, and explaining; a text that is explained does not wait for all the
    articles that are being added, but for the one that is being coded. ``load`` makes the coder."""

    def __init__(self, load: Callable[[], Coder] = _usual) -> None:
        self._lock = threading.Lock()
        self._load = load
        self._coder: Coder | None = None

    def read(self, document: Document) -> Reading:
        """Events and states of one document."""
        with self._lock:
            return self._loaded().read(document)

    def work(self, text: str, published: date | None) -> Work:
        """Everything that was found in a text."""
        with self._lock:
            return self._loaded().work(Document.of(text, published=published))

    def _loaded(self) -> Coder:
        if self._coder is None:
            self._coder = self._load()
        return self._coder
