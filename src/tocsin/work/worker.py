"""A process that codes: the articles that come through its pipe, one after the other."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable, Sequence
from queue import SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING

from tocsin.errors import TocsinError
from tocsin.model.document import Document
from tocsin.model.reading import Reading
from tocsin.work.engine import CodingError, Reads, words_of

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from typing import Any

    Pipe = Connection[Any, Any]

#: What is sent back of an article: its reading, or what its coder raised.
Answer = Reading | Exception
#: What is sent back before all answers, when the coder is there.
READY = None


def serve(make: Callable[[], Reads], pipe: Pipe, others: Sequence[Pipe]) -> None:
    """Code what comes through ``pipe`` by the coder that ``make`` gives, until the pipe ends.

    The answers go back through it, in order, after ``READY``, or a TocsinError where there is no
    coder. ``others`` are ends of pipes that a forked process has without a use for them: they are
    closed, for a pipe ends when nobody has its other end.
    """
    leave_interrupts_alone()
    for other in others:
        other.close()
    documents: SimpleQueue[Document] = SimpleQueue()
    Thread(target=_receive, args=(pipe, documents), daemon=True).start()
    try:
        coder = make()
    except TocsinError as error:
        _send(pipe, error)
        return
    _send(pipe, READY)
    while True:
        _send(pipe, _answer(coder, documents.get()))


def leave_interrupts_alone() -> None:
    """Let Ctrl-C, which every process of a terminal gets, be a matter of the one that asks."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


def _receive(pipe: Pipe, documents: SimpleQueue[Document]) -> None:
    """Take in what comes, so that whoever sends never waits; end the process with the pipe."""
    while True:
        try:
            documents.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(0)


def _send(pipe: Pipe, answer: Answer | None) -> None:
    try:
        pipe.send(answer)
    except OSError:  # whoever asked has gone
        os._exit(0)


def _answer(coder: Reads, document: Document) -> Answer:
    try:
        return coder.read(document)
    except TocsinError as error:
        return error
    except MemoryError:
        os._exit(1)  # as if it had been killed for it; a fresh process may have enough
    except Exception as error:
        told = CodingError(words_of(error))
        told.add_note(traceback.format_exc())
        return told
