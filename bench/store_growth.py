"""What one asks of a store as it grows: time and memory on stores of several sizes, side by side.

::

    python -m bench.store_growth STORE.duckdb... [--runs 3] [--articles 20] [--memory 4GB]

Each store is opened by a process of its own, which asks the questions of ``bench.desk_questions``,
adds a copy of so many of its articles as news of the next day, links them, and measures the tension
of the pair with most incidents. Prints medians in milliseconds, and the most memory that the
process took. The stores are changed by what is added. ``bench.desk_store`` and
``bench.store_size`` make such stores.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bench.desk_questions import asked

from tocsin.linking.linker import link
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.series.measure import measure
from tocsin.store import Coding, Entry, Filters, open_store
from tocsin.store.tables import TableStore

_NOW = datetime(2025, 2, 1, 12)


def timed(act: Callable[[], Any], runs: int = 1) -> float:
    """Milliseconds of an act, the median of so many runs."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        found.append((time.perf_counter() - began) * 1000)
    return sorted(found)[len(found) // 2]


def grown(path: str, *, runs: int, articles: int, memory: str) -> dict[str, float]:
    """Everything of one store."""
    found: dict[str, float] = {}
    began = time.perf_counter()
    with open_store(path, read_only=True) as store:
        found["opening"] = (time.perf_counter() - began) * 1000
        _limit(store, memory)
        found["# events"] = store.count("events")
        found["# GB"] = Path(path).stat().st_size / 1e9
        for words, act, question, _ in asked(store):
            found[f"{question or 'store'}, {words}"] = timed(act, runs)
        found["peak MB, questions"] = _peak()
        found["tension of the first dyad"] = timed(lambda: _tension(store))
        found["peak MB, tension"] = _peak()
    with open_store(path) as store:
        _limit(store, memory)
        fresh = _fresh(store, articles)
        coding = Coding("0", {"made": "up"})
        found[f"adding {articles}"] = timed(lambda: store.add_all(fresh, coding, at=_NOW))
        found[f"linking {articles}"] = timed(lambda: link(store.links, ledgers=False))
        found["following the ledgers"] = timed(lambda: link(store.links))
        found["peak MB, all"] = _peak()
    return found


def _limit(store: TableStore, memory: str) -> None:
    store._db.execute(f"SET memory_limit = '{memory}'")


def _tension(store: TableStore) -> None:
    (first, *_) = store.ask("dyads", Filters(limit=1))
    measure(store, (first["actor"], first["recipient"]))


def _fresh(store: TableStore, count: int) -> list[Entry]:
    """The last articles once more, a day later, under ids of their own."""
    entries = []
    for document in store.last_documents(count):
        events = store.links.events([document.id])
        entries.append(_again(document, events))
    return entries


def _again(document: Document, events: list[Event]) -> Entry:
    own = f"{document.id}.again"
    day = document.published + timedelta(days=1) if document.published is not None else None
    return Entry(
        path="made", outcome="coded", document=replace(document, id=own, published=day),
        digest=own, events=[
            replace(one, id=f"{number:02x}{one.id[2:]}", document=own, published=day)
            for number, one in enumerate(events)
        ],
    )  # fmt: skip


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Measure every store in a process of its own, and print what was found side by side."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("stores", nargs="+")
    ask.add_argument("--runs", type=int, default=3)
    ask.add_argument("--articles", type=int, default=20)
    ask.add_argument("--memory", default="4GB", help="what DuckDB may take")
    ask.add_argument("--one", action="store_true", help="print one store as JSON")
    given = ask.parse_args()
    if given.one:
        options = {name: getattr(given, name) for name in ("runs", "articles", "memory")}
        print(json.dumps(grown(given.stores[0], **options)))
        return
    columns = []
    for store in given.stores:
        command = [sys.executable, "-m", "bench.store_growth", store, "--one"]
        for name in ("runs", "articles", "memory"):
            command += [f"--{name}", str(getattr(given, name))]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        columns.append(json.loads(said))
        print(f"{store} done", file=sys.stderr)
    for name in columns[0]:
        cells = "".join(f"{column.get(name, float('nan')):>14,.1f}" for column in columns)
        print(f"{name:<34}{cells}")


if __name__ == "__main__":
    main()
