"""The files of the input as they were when a job was begun: a run that goes on, goes on with the
same ones."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.cluster.job import Job
from tocsin.ingest.reading import files_of_paths
from tocsin.ingest.remote import filesystem, is_address
from tocsin.model.ids import content_id

# What tells one state of a file from the next, by the names that file systems have for it.
_STAMPS = ("ETag", "etag", "mtime", "LastModified", "last_modified", "updated", "created")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file of the input: whether it was found in a folder, and by what it is known to be the same
    still; ``state`` is None where it cannot be looked at."""

    path: str
    of_folder: bool
    state: str | None


def input_files(job: Job, passed: Counter[str]) -> list[InputFile]:
    """The files of a job's input as they are now, in order, but those of its own folder."""
    return [
        InputFile(path, of_folder, _state(path))
        for path, of_folder in files_of_paths(job.paths, passed=passed)
        if not job.folder.holds(path)
    ]


def words_of(files: Sequence[InputFile]) -> str:
    """The files as JSON; of a name that is no UTF-8 the odd bytes are escaped."""
    return json.dumps([[one.path, one.of_folder, one.state] for one in files])


def files_of(words: str) -> list[InputFile]:
    """The files of these words."""
    return [InputFile(*one) for one in json.loads(words)]


def digest_of(files: Sequence[InputFile]) -> dict[str, Any]:
    """How many files there are, and a hash of all."""
    return {"files": len(files), "digest": content_id(words_of(files))}


def difference(then: Sequence[InputFile], now: Sequence[InputFile]) -> str | None:
    """What is not as it was, in words; None where all is."""
    if then == now:
        return None
    before, after = _by_path(then), _by_path(now)
    kinds = {
        ("is new", "are new"): [path for path in after if path not in before],
        ("is gone", "are gone"): [path for path in before if path not in after],
        ("has changed", "have changed"): [
            path for path, one in before.items() if after.get(path, one) != one
        ],
    }
    said = [
        f"{len(paths):,} {many if len(paths) > 1 else single} "
        f"({paths[0]}{', ...' if len(paths) > 1 else ''})"
        for (single, many), paths in kinds.items()
        if paths
    ]
    return ", ".join(said) or "they come in another order"


def _by_path(files: Sequence[InputFile]) -> Mapping[str, InputFile]:
    return {one.path: one for one in files}


def _state(path: str) -> str | None:
    """Size and time of change, or what an object store says instead."""
    try:
        if not is_address(path):
            found = os.stat(path)
            return f"{found.st_size} {found.st_mtime_ns}"
        system, place = filesystem(path)
        said = system.info(place)
    except Exception:
        # Each system has its own errors; what is wrong with a file is said when it is read.
        return None
    stamp = next((said[name] for name in _STAMPS if said.get(name) is not None), "")
    return f"{said.get('size')} {stamp}"
