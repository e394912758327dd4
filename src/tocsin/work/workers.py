"""Several processes that code, each an article at a time and the next one waiting."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from tocsin.errors import InputError, ResourceError, TocsinError
from tocsin.model.document import Document
from tocsin.model.reading import Reading
from tocsin.work.engine import Coming, Reads
from tocsin.work.worker import READY, Answer, serve

if TYPE_CHECKING:
    from tocsin.work.worker import Pipe

Method = Literal["fork", "spawn"]

#: So many articles for each process are in work or done before their turn: enough that the others
#: go on beside one that takes several times as long as most.
AHEAD = 4
#: So many articles are with a process: what it codes, and what it codes next.
_WITH_ONE = 2
#: An article whose process died so often is set aside.
_DEATHS = 2
_KILLED = "the process that coded it was killed twice, perhaps for lack of memory"
_FEWER = "ask for fewer with --workers"


def cores() -> int:
    """How many cores this process may use."""
    if sys.platform != "win32" and hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def way_to_start() -> Method:
    """How processes are started here: forked, with all that is loaded, where that is safe."""
    alone = threading.active_count() == 1
    return "fork" if sys.platform == "linux" and alone else "spawn"


@dataclass(slots=True)
class _Job:
    """An article, how many processes died of it, and what became of it."""

    document: Document
    deaths: int = 0
    answer: Answer | None = None


@dataclass(slots=True)
class _Worker:
    """A process, our end of its pipe, and what is with it, the first in work."""

    process: BaseProcess
    pipe: Pipe
    jobs: deque[_Job] = field(default_factory=deque)
    ready: bool = False


class Workers:
    """Codes articles in ``number`` processes, each with a coder that ``make`` gives.

    Forked processes are started at once and share one coder, which is made here; spawned ones, each
    with its own, are started when there is work for them, and ``make`` must be picklable. A process
    that dies is replaced, and its article tried once more in a fresh one; an article of which two
    have died is set aside (InputError). To be used in one thread, and closed; it closes itself at
    the end of a ``with``.
    """

    def __init__(
        self, make: Callable[[], Reads], number: int, *, method: Method | None = None
    ) -> None:
        self.ahead = AHEAD * number
        self._number = number
        self._method = method or way_to_start()
        self._make = partial(_itself, make()) if self._method == "fork" else make
        self._workers: list[_Worker] = []
        self._waiting: deque[_Job] = deque()
        try:
            for _ in range(number if self._method == "fork" else 0):
                self._start()
        except BaseException:
            self.close()
            raise

    @property
    def pids(self) -> tuple[int, ...]:
        """The ids of the processes that are running."""
        return tuple(worker.process.pid or 0 for worker in self._workers)

    def submit(self, document: Document) -> Coming:
        """Put an article in."""
        job = _Job(document)
        self._waiting.append(job)
        self._listen(0)
        return partial(self._reading, job)

    def close(self) -> None:
        """End all processes, whatever they do: there is nothing in them that could be lost."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers.clear()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _reading(self, job: _Job) -> Reading:
        while job.answer is None:
            self._listen(None)
        if isinstance(job.answer, Reading):
            return job.answer
        raise job.answer

    def _listen(self, seconds: float | None) -> None:
        """Take what processes have to say, and hand out work; wait so long for the first word."""
        self._hand_out()
        said = set(wait([worker.pipe for worker in self._workers], seconds))
        for worker in [one for one in self._workers if one.pipe in said]:
            self._hear(worker)
        self._hand_out()

    def _hear(self, worker: _Worker) -> None:
        """Take all that a process has said; the pipe of one that died ends behind that."""
        try:
            while worker.pipe.poll():
                answer = worker.pipe.recv()
                if worker.ready:
                    worker.jobs.popleft().answer = answer
                elif isinstance(answer, TocsinError):
                    raise answer
                else:
                    worker.ready = answer is READY
        except (EOFError, OSError):
            self._replace(worker)

    def _hand_out(self) -> None:
        """Give waiting articles to processes, to those first that have nothing to do."""
        while self._waiting:
            worker = min(self._workers, key=lambda one: len(one.jobs), default=None)
            if (worker is None or worker.jobs) and len(self._workers) < self._number:
                worker = self._start()
            if worker is None or len(worker.jobs) == _WITH_ONE:
                return
            self._give(worker, self._waiting.popleft())

    def _give(self, worker: _Worker, job: _Job) -> None:
        try:
            worker.pipe.send(job.document)
        except OSError:  # it has died
            self._waiting.appendleft(job)
            self._hear(worker)
        else:
            worker.jobs.append(job)

    def _replace(self, worker: _Worker) -> None:
        """Take back what is with a process that died, and try its article in a fresh one."""
        self._workers.remove(worker)
        worker.process.join()
        worker.pipe.close()
        if not worker.ready:
            raise ResourceError(
                "a process that was to code died when it was started, perhaps for lack of memory; "
                f"{_FEWER}"
            )
        if not worker.jobs:
            return
        job = worker.jobs.popleft()
        self._waiting.extendleft(reversed(worker.jobs))
        job.deaths += 1
        if job.deaths == _DEATHS:
            job.answer = InputError(_KILLED)
        else:
            self._give(self._start(), job)

    def _start(self) -> _Worker:
        context: Any = multiprocessing.get_context(self._method)
        ours, theirs = context.Pipe()
        forked = self._method == "fork"
        others = [ours, *(worker.pipe for worker in self._workers)] if forked else []
        process = context.Process(target=serve, args=(self._make, theirs, others), daemon=True)
        worker = _Worker(process, ours)
        with _undisturbed():
            try:
                process.start()
            except OSError as error:
                raise ResourceError(
                    f"another process cannot be started ({error.strerror}); {_FEWER}"
                ) from error
            self._workers.append(worker)
        theirs.close()
        return worker


def _itself(coder: Reads) -> Reads:
    return coder


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold Ctrl-C back from a process that is being started, until it knows what to do with it.

    What is in memory is left where it is by the collector of a forked process, so that its pages
    stay shared. Python warns of forking beside threads; those of the libraries do not matter to
    what the process does, and none is of Python (:func:`way_to_start`).
    """
    masks = hasattr(signal, "pthread_sigmask")
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if masks else None
    gc.freeze()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", ".*multi-threaded.*fork", DeprecationWarning)
            yield
    finally:
        gc.unfreeze()
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
