"""Adding articles in the background: one job after the other, each with its progress."""

from __future__ import annotations

import logging
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Depends, Request

from tocsin.errors import TocsinError
from tocsin.ingest.items import Item
from tocsin.work.adding import Adder, Outcome, Stage, coding_of
from tocsin.work.engine import InProcess

if TYPE_CHECKING:
    from tocsin.web.coders import SharedCoder
    from tocsin.web.desk import Desk

State = Literal["waiting", "working", "done", "stopped", "failed"]
_KEPT = 50
_log = logging.getLogger("tocsin.web")


@dataclass(slots=True)
class Job:
    """One adding. ``items`` reads what is to be added; ``folder`` holds it, and goes with the job.
    ``whole`` is None until it is known; ``error`` says why it ended where it failed."""

    id: str
    what: str
    items: Callable[[], Iterable[Item]]
    folder: Path | None = None
    state: State = "waiting"
    stage: Stage = "reading"
    done: int = 0
    whole: int | None = None
    events: int = 0
    linked: int = 0
    outcomes: list[Outcome] = field(default_factory=list)
    error: str | None = None
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it."""
        return self.state in ("done", "stopped", "failed")


class Jobs:
    """The jobs of a desk, done one after the other by a thread of their own."""

    def __init__(self, desk: Desk, coder: SharedCoder) -> None:
        self._desk = desk
        self._coder = coder
        self._waiting: SimpleQueue[Job | None] = SimpleQueue()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def add(
        self, what: str, items: Callable[[], Iterable[Item]], folder: Path | None = None
    ) -> Job:
        """Put a job in; it begins when those before it are over."""
        job = Job(secrets.token_urlsafe(9), what, items, folder)
        with self._lock:
            self._jobs[job.id] = job
            over = [id_ for id_, one in self._jobs.items() if one.is_over]
            for id_ in over[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[id_]
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="jobs", daemon=True)
                self._thread.start()
        self._waiting.put(job)
        return job

    def get(self, id_: str) -> Job | None:
        """The job with this id."""
        with self._lock:
            return self._jobs.get(id_)

    def newest(self) -> list[Job]:
        """All jobs, the newest first."""
        with self._lock:
            return list(reversed(self._jobs.values()))

    def close(self) -> None:
        """End after the article that is being coded; what was done is kept."""
        with self._lock:
            for job in self._jobs.values():
                job.stop.set()
            thread = self._thread
        self._waiting.put(None)
        if thread is not None:
            thread.join(timeout=60)

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            try:
                self._run(job)
            except TocsinError as error:
                job.state, job.error = "failed", str(error)
            except Exception:
                _log.exception("adding %s failed", job.what)
                job.state = "failed"
                job.error = "a fault in Tocsin, please report it; what was done before is kept"
            finally:
                if job.folder is not None:
                    shutil.rmtree(job.folder, ignore_errors=True)

    def _run(self, job: Job) -> None:
        if job.stop.is_set():
            job.state = "stopped"
            return
        job.state = "working"

        def told(stage: Stage, done: int, whole: int | None, events: int) -> None:
            job.stage, job.done, job.whole, job.events = stage, done, whole, events
            self._desk.gate.give_way()

        with self._desk.gate.writing() as store:
            added = Adder(store, InProcess(self._coder), coding_of({})).add(
                _named(job.items(), job.folder), told=told, stopped=job.stop.is_set
            )
        job.outcomes, job.linked = list(added.outcomes), added.linked
        job.state = "stopped" if added.stopped else "done"


def _named(items: Iterable[Item], folder: Path | None) -> Iterator[Item]:
    """The items under the names that their files had where they came from."""
    for item in items:
        if folder is not None and item.path.startswith(f"{folder}/"):
            item = Item(item.path.removeprefix(f"{folder}/"), item.line, item.found)
        yield item


def jobs_of(request: Request) -> Jobs:
    """The jobs of the desk that a request came to."""
    jobs: Jobs = request.app.state.jobs
    return jobs


TheJobs = Annotated[Jobs, Depends(jobs_of)]
