"""Tocsin reads news and keeps the record: who did what to whom, when, where, on whose word.

::

    from tocsin import Coder, Document

    coder = Coder()
    for event in coder.code(Document.of("Japan summoned the Russian ambassador on Monday.")):
        print(event.type, event.actors, event.recipients)

The names below are the public library; importing this module loads nothing heavy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tocsin.errors import InputError, KnowledgeError, OptionError, ResourceError, TocsinError
from tocsin.model.document import Document, Span
from tocsin.model.event import Event

if TYPE_CHECKING:
    from tocsin.pipeline.coder import Coder

__all__ = [
    "Coder",
    "Document",
    "Event",
    "InputError",
    "KnowledgeError",
    "OptionError",
    "ResourceError",
    "Span",
    "TocsinError",
]


def __getattr__(name: str) -> Any:
    # The coder pulls in the language library, which takes a second: only on demand.
    if name == "Coder":
        from tocsin.pipeline.coder import Coder

        return Coder
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
