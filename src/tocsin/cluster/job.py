"""What a run on a cluster is to do: it goes to every process."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tocsin.cluster.folder import Folder
from tocsin.ingest.columns import Columns
from tocsin.ingest.items import Sift
from tocsin.store import Coding
from tocsin.work.engine import Reads

#: Items in a part: so much is read, coded and, where a process dies, done again at once.
PART_ITEMS = 50


def _nothing() -> Sift:
    return iter


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job: ``make`` gives the coder of a process, ``coding`` says by what it codes, ``sift``
    gives what passes articles over, and ``asked`` is all that the user asked for, by which a run
    that goes on is known to be the same. ``run`` tells one start from the next."""

    paths: tuple[str, ...]
    folder: Folder
    make: Callable[[], Reads]
    coding: Coding
    asked: Mapping[str, Any] = field(default_factory=dict)
    sift: Callable[[], Sift] = _nothing
    published: date | None = None
    columns: Columns = field(default_factory=Columns)
    part_items: int = PART_ITEMS
    run: str = ""
