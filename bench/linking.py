"""Linking and asking at size: made-up events added, linked, and every named question timed.

::

    python -m bench.linking [--events 1000000] [--store NAME.duckdb] [--add-only]

Prints after each tenth how long the last events took to add and to link, and how much of a
processor linking took, which other work beside it does not change: a growth that is not linear
shows; and at the end the time of each question, narrowed as a user would.
"""

from __future__ import annotations

import argparse
import itertools
import resource
import tempfile
import time
from datetime import date, datetime
from pathlib import Path

from bench.made_reports import articles

from tocsin.linking.linker import link
from tocsin.store import Coding, Entry, Filters, open_store

_NOW = datetime(2024, 10, 25, 12)
_EVENTS = 10  # of an article
_QUESTIONS = {
    "events": Filters(dyad=("X01", "X02")),
    "incidents": Filters(dyad=("X01", "X02"), type="ASSAULT"),
    "claims": Filters(dyad=("X01", "X02")),
    "threats": Filters(dyad=("X01", "*"), since=date(2020, 1, 1)),
    "channels": Filters(dyad=("X01", "X02")),
    "stories": Filters(since=date(2020, 1, 1), until=date(2020, 1, 31)),
    "documents": Filters(since=date(2020, 1, 1), until=date(2020, 1, 3)),
    "codings": Filters(),
}


def main() -> None:
    """Add, link, ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--store", metavar="NAME")
    parser.add_argument("--add-only", action="store_true", help="link nothing")
    args = parser.parse_args()
    count = args.events // _EVENTS
    step = max(1, count // 10)
    with tempfile.TemporaryDirectory() as folder:
        name = args.store or str(Path(folder, "made.duckdb"))
        with open_store(name) as store:
            made = articles(count, events=_EVENTS)
            coding = Coding("0", {})
            for tenth in itertools.count(1):
                start = time.monotonic()
                entries = [
                    Entry(path="made", outcome="coded", document=one, digest=one.id, events=events)
                    for one, events in itertools.islice(made, step)
                ]
                if not entries:
                    break
                told = time.monotonic()
                store.add_all(entries, coding, at=_NOW)
                added, used = time.monotonic(), time.process_time()
                if not args.add_only:
                    link(store.links, batch=1000, ledgers=False)
                done = time.monotonic()
                print(
                    f"{tenth * step * _EVENTS:>9,} events: made {told - start:.0f} s, "
                    f"added {added - told:.1f} s, linked {done - added:.1f} s "
                    f"({time.process_time() - used:.0f} s of a processor)",
                    flush=True,
                )
            start = time.monotonic()
            if not args.add_only:
                link(store.links)
            print(f"threats and channels followed: {time.monotonic() - start:.1f} s")
            print(f"{store.links.count():,} incidents")
            for question, filters in _QUESTIONS.items():
                times = []
                for _ in range(3):
                    start = time.monotonic()
                    rows = store.ask(question, filters)
                    times.append(time.monotonic() - start)
                print(f"{question:<10} {min(times) * 1000:7.0f} ms, {len(rows):,} rows")
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6:.1f} GB")


if __name__ == "__main__":
    main()
