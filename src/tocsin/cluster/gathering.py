"""Gathering: the events of all pieces by the day of publication, what became of every item, and the
manifest, which is written last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tocsin.cluster.coding import events_name, receipt_name
from tocsin.cluster.deciding import Decisions
from tocsin.cluster.folder import WORK
from tocsin.cluster.job import Job
from tocsin.cluster.trying import Trying
from tocsin.errors import ResourceError
from tocsin.work.coded_folder import DOCUMENTS, EVENTS, FORM, ITEMS, MANIFEST, STATES
from tocsin.work.coded_rows import ITEM_COLUMNS, item_row
from tocsin.work.run import Run

# What others, too, take for a day that is not known.
NO_DAY = "__HIVE_DEFAULT_PARTITION__"
# Events that one process gathers at once, and that go to the disk at once.
_EVENTS, _AT_ONCE = 200_000, 5_000
_ITEMS = 20_000
_DEATHS = 3

Task = dict[str, Any]


def tasks(job: Job) -> list[Task]:
    """The days of all events, in lots, each with the pieces that have events of them."""
    pieces: dict[str, list[str]] = {}
    counts: Counter[str] = Counter()
    for name in job.folder.names(f"{WORK}/coded"):
        piece = name.rpartition("/")[2].removesuffix(".json")
        for day, number in job.folder.read_json(receipt_name(piece))["days"].items():
            pieces.setdefault(day, []).append(piece)
            counts[day] += number
    lots: list[list[str]] = []
    size = _EVENTS
    for day in sorted(counts):
        if size >= _EVENTS:
            lots.append([])
            size = 0
        lots[-1].append(day)
        size += counts[day]
    return [
        {
            "lot": number,
            "days": {day: counts[day] for day in lot},
            "pieces": {day: pieces[day] for day in lot},
        }
        for number, lot in enumerate(lots)
    ]


def gather(job: Job, task: Task) -> int:
    """Write the events of some days, a file for each; how many there are."""
    receipt = f"{WORK}/gathered/{task['lot']:06d}.json"
    if job.folder.read_json(receipt) is None:
        trying = Trying(job, f"gather-{task['lot']:06d}")
        if trying.died >= _DEATHS:
            raise ResourceError(
                "the processes that put events together die, perhaps for lack of memory; give each "
                "of them more"
            )
        trying.begin(None)
        for day in task["days"]:
            name = f"{EVENTS}/day={day or NO_DAY}/part-000000.parquet"
            job.folder.write_tables(name, _of_day(job, day, task["pieces"][day]))
        job.folder.write_json(receipt, {"days": task["days"]})
    return sum(task["days"].values())


def _of_day(job: Job, day: str, pieces: Sequence[str]) -> Iterator[pa.Table]:
    """The events of one day, some thousand at a time."""
    waiting: list[pa.Table] = []
    for piece in pieces:
        table = job.folder.read_table(events_name(piece))
        days = pc.fill_null(pc.cast(table["published"], pa.string()), "")
        waiting.append(table.filter(pc.equal(days, day)))
        if sum(one.num_rows for one in waiting) >= _AT_ONCE:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def write_items(job: Job, decisions: Decisions, run: Run) -> None:
    """Write what became of every item, and count it in ``run``."""
    job.folder.remove(ITEMS)
    rows = decisions.rows()
    place = 0
    while some := list(islice(rows, _ITEMS)):
        for _, row, _ in some:
            run.add(row)
        name = f"{ITEMS}/part-{place:06d}.parquet"
        table = [item_row(number, row, left_out) for number, row, left_out in some]
        job.folder.write_rows(name, table, ITEM_COLUMNS)
        place += 1


def write_manifest(job: Job, run: Run, days: Mapping[str, int], files: Mapping[str, Any]) -> None:
    """Say that all is there, of what ``files`` and by what it was coded, and what it comes to; end
    the work."""
    job.folder.write_json(
        MANIFEST,
        {
            "form": FORM,
            "tocsin": job.coding.tocsin,
            "options": dict(job.coding.options),
            "asked": dict(job.asked),
            "input": dict(files),
            "items": run.items, "coded": run.coded, "events": run.events, "copies": run.copies,
            "set_aside": len(run.problems), "undated": run.undated, "passed": dict(run.passed),
            "days": dict(sorted(days.items())),
            "tables": {
                name: job.folder.names(name) for name in (DOCUMENTS, ITEMS, STATES)
            },
        },
    )  # fmt: skip
    job.folder.remove(WORK)
