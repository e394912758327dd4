"""The run itself: which step comes after which, and what Ray does of it.

Ray Data hands out the files, the pieces and the days, and starts again what died; what is read and
found stays in the folder, and only receipts come back.
"""

from __future__ import annotations

import contextlib
import json
import os
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from tocsin.cluster.coding import Coding, Piece
from tocsin.cluster.deciding import Decisions
from tocsin.cluster.folder import WORK
from tocsin.cluster.gathering import gather, tasks, write_items, write_manifest
from tocsin.cluster.inputs import (
    InputFile,
    difference,
    digest_of,
    files_of,
    input_files,
    words_of,
)
from tocsin.cluster.job import Job
from tocsin.cluster.reading import read_file
from tocsin.cluster.reading import receipt_name as read_name
from tocsin.errors import OptionError, ResourceError, TocsinError
from tocsin.work.coded_folder import DOCUMENTS, EVENTS, ITEMS, MANIFEST, STATES
from tocsin.work.run import Run

Step = Literal["going on", "reading", "deciding", "coding", "gathering"]
#: Told what was done just now: in which step, how many items or articles, how many events.
Told = Callable[[Step, int, int], None]
Row = dict[str, Any]

_RUN = f"{WORK}/run.json"
# Only receipts pass through Ray's memory.
_OBJECT_STORE = 300_000_000


def code_archive(
    job: Job, run: Run, *, told: Told = lambda step, items, events: None, restart: bool = False
) -> bool:
    """Do a job, or what an earlier start of it has left to do; whether there was anything.

    ``run`` counts what became of every item. With ``restart`` nothing of an earlier one is kept.
    OptionError where the folder is another's, or of a job that asked for something else.
    """
    job = replace(job, run=uuid.uuid4().hex)
    if restart:
        _clear(job)
    files = input_files(job, run.passed)
    manifest = job.folder.read_json(MANIFEST)
    if manifest is not None:
        _check_same(job, manifest)
        if manifest.get("input", digest_of(files)) != digest_of(files):
            raise _not_the_same(job, "files that were others, or have changed since")
        job.folder.remove(WORK)
        return False
    _begin(job, files, run)
    with _ray():
        done = len(job.folder.names(f"{WORK}/coded"))
        if done:
            told("going on", done, 0)
        parts = _read(job, files, run, told)
        told("deciding", sum(items for _, items in parts), 0)
        decisions = Decisions(job, parts)
        _code(job, decisions.pieces(), told)
        while substitutes := decisions.substitutes():
            _code(job, substitutes, told)
        lots = tasks(job)
        days: dict[str, int] = {}
        for lot in lots:
            days |= lot["days"]
        for row in _mapped(_gather, job, [json.dumps(lot) for lot in lots]):
            told("gathering", 0, row["done"])
    write_items(job, decisions, run)
    write_manifest(job, run, days, digest_of(files))
    return True


def _clear(job: Job) -> None:
    """Throw away what an earlier start has left."""
    if job.folder.exists(MANIFEST) or job.folder.exists(_RUN):
        for name in (MANIFEST, ITEMS, EVENTS, STATES, DOCUMENTS, WORK):
            job.folder.remove(name)


def _begin(job: Job, files: Sequence[InputFile], run: Run) -> None:
    """Note what the job is and by what files; where an earlier start has, check that it is so
    still."""
    state = job.folder.read_json(_RUN)
    if state is not None:
        _check_same(job, state)
        if other := difference(files_of(state["files"]), files):
            raise _not_the_same(job, f"files of which now some are not as they were: {other}")
        return
    if any(name != WORK for name in job.folder.names("")):
        raise OptionError(f"{job.folder.name} is a folder of other files; name another")
    coding = {"tocsin": job.coding.tocsin, "options": job.coding.options}
    state = {"asked": job.asked, **coding, "files": words_of(files)}
    job.folder.write_json(_RUN, state)


def _check_same(job: Job, state: Mapping[str, Any]) -> None:
    """OptionError where an earlier start was not of this job."""
    if state["asked"] != _plain(job.asked):
        raise _not_the_same(job, "other options or articles")
    before = state.get("tocsin", "an older one")
    if before != job.coding.tocsin:
        raise _not_the_same(job, f"another Tocsin ({before})")
    if state["options"] != _plain(job.coding.options):
        raise _not_the_same(job, "files of rules, actors or packs that have changed since")


def _plain(said: Mapping[str, Any]) -> Any:
    """As it comes back from a file of JSON."""
    return json.loads(json.dumps(dict(said), default=str))


def _not_the_same(job: Job, what: str) -> OptionError:
    return OptionError(
        f"{job.folder.name} is from a run with {what}; start anew with --restart, or name another "
        "folder"
    )


def _read(job: Job, files: Sequence[InputFile], run: Run, told: Told) -> list[tuple[str, int]]:
    """Read all files that were not; the parts of all, each with how many items it has."""
    there = set(job.folder.names(f"{WORK}/read"))
    left = [
        json.dumps([number, file.path, file.of_folder])
        for number, file in enumerate(files)
        if read_name(number) not in there
    ]
    for row in _mapped(_read_one, job, left):
        told("reading", row["done"], 0)
    parts: list[tuple[str, int]] = []
    for number in range(len(files)):
        receipt = job.folder.read_json(read_name(number))
        parts += [(name, items) for name, items in receipt["parts"]]
        run.passed.update(receipt["passed"])
    return parts


def _code(job: Job, pieces: Iterable[Piece], told: Told) -> None:
    """Code all pieces that were not."""
    import ray

    there = set(job.folder.names(f"{WORK}/coded"))
    left = [one.words() for one in pieces if f"{WORK}/coded/{one.name}.json" not in there]
    if not left:
        return
    cores = int(ray.cluster_resources().get("CPU", 1))
    compute = ray.data.ActorPoolStrategy(
        min_size=1, max_size=len(left), initial_size=max(1, min(cores, len(left))),
        max_tasks_in_flight_per_actor=2,
    )  # fmt: skip
    rows = _dataset(left).map_batches(
        _Coder, batch_size=1, compute=compute, num_cpus=1, fn_constructor_kwargs={"job": job}
    )
    for row in _rows(rows):
        told("coding", row["done"], row["events"])


def _mapped(do: Callable[[Row, Job], Row], job: Job, words: Sequence[str]) -> Iterator[Row]:
    """What comes of each of these words, done in a process each."""
    if words:
        yield from _rows(_dataset(words).map(do, fn_kwargs={"job": job}))


def _read_one(row: Row, job: Job) -> Row:
    number, path, of_folder = json.loads(row["words"])
    return _safely(lambda: {"done": read_file(job, number, path, of_folder)})


def _gather(row: Row, job: Job) -> Row:
    return _safely(lambda: {"done": gather(job, json.loads(row["words"]))})


class _Coder:
    """A process that codes, as Ray Data keeps it."""

    def __init__(self, job: Job) -> None:
        self._coding = Coding(job)

    def __call__(self, batch: Mapping[str, Any]) -> dict[str, list[Any]]:
        (words,) = batch["words"]
        row = _safely(lambda: self._code(str(words)))
        return {name: [value] for name, value in row.items()}

    def _code(self, words: str) -> Row:
        came = self._coding.code(Piece.of(words))
        return {"done": came["articles"], "events": came["events"]}


def _safely(do: Callable[[], Row]) -> Row:
    """What comes of it, or our own error in words: it does not go from one process to another."""
    try:
        return {"done": 0, "events": 0, "failed": ""} | do()
    except TocsinError as error:
        return {"done": 0, "events": 0, "failed": str(error) or type(error).__name__}


def _dataset(words: Sequence[str]) -> Any:
    import ray.data

    return ray.data.from_items([{"words": one} for one in words], override_num_blocks=len(words))


def _rows(dataset: Any) -> Iterator[Row]:
    """The rows of a data set as they come; ResourceError where the work ended in an error."""
    from ray.exceptions import RayError

    try:
        for row in dataset.iter_rows():
            if row["failed"]:
                raise ResourceError(row["failed"])
            yield row
    except RayError as error:
        last = str(error).strip().splitlines()[-1]
        raise ResourceError(
            f"the work on the cluster has ended: {last}. What is done is kept; start it again"
        ) from error


@contextlib.contextmanager
def _ray() -> Iterator[None]:
    """Ray as it is, or that which RAY_ADDRESS names, or one of our own on this machine."""
    import ray
    import ray.data

    ours = not ray.is_initialized()
    if ours:
        # Another Ray that happens to run on this machine is none of ours.
        own = {} if "RAY_ADDRESS" in os.environ else {
            "address": "local", "include_dashboard": False, "object_store_memory": _OBJECT_STORE
        }  # fmt: skip
        try:
            ray.init(log_to_driver=False, logging_level="critical", **own)
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            raise ResourceError(f"Ray cannot be reached or started: {error}") from error
    try:
        ray.data.DataContext.get_current().enable_progress_bars = False
        yield
    finally:
        if ours:
            ray.shutdown()
