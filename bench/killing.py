"""Killing: a store into which a process adds and links is whole, whenever the process is killed.

::

    python -m bench.killing [--kills 100] [--articles 400] [--kind duckdb|parquet]

A process adds made-up articles and links them; it is killed (SIGKILL) after a random time and
started again, so many times, and then left to end. Exit code 1 where ``check`` finds a fault at any
time, or the store is not what one has that was never killed.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

from bench.made_reports import articles

from tocsin.linking.linker import link
from tocsin.store import Coding, Entry, open_store

_NOW = datetime(2024, 10, 25, 12)
_BATCH = 5  # articles that are linked at once


def work(name: str, count: int) -> None:
    """Add what is not there, and link."""
    coding = Coding("0", {})
    with open_store(name) as store:
        for number, (document, events) in enumerate(articles(count, events=4, days=30), 1):
            if store.known(document.id, document.text) is None:
                entry = Entry(
                    path="made", outcome="coded", document=document, digest=document.id,
                    events=events,
                )  # fmt: skip
                store.add(entry, coding, at=_NOW)
            if number % (4 * _BATCH) == 0:
                link(store.links, batch=_BATCH)
        link(store.links, batch=_BATCH)


def content(name: str) -> list[list[str]]:
    """What a store holds, without the order in which it came."""
    with open_store(name, read_only=True) as store:
        return [
            sorted(str(sorted(row.items())) for row in store.ask(question))
            for question in ("events", "incidents", "stories", "claims", "threats")
        ]


def main() -> int:
    """Kill, check, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--kind", choices=("duckdb", "parquet"), default="duckdb")
    parser.add_argument("--work", metavar="STORE", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.work:
        work(args.work, args.articles)
        return 0
    rng = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        ending = ".duckdb" if args.kind == "duckdb" else ""
        killed, whole = (str(Path(folder, f"{name}{ending}")) for name in ("killed", "whole"))
        command = [sys.executable, "-m", "bench.killing", "--articles", str(args.articles)]
        start = time.monotonic()
        subprocess.run([*command, "--work", whole], check=True)
        took = time.monotonic() - start
        kills = faults = 0
        while kills < args.kills:
            process = subprocess.Popen([*command, "--work", killed])
            try:
                if process.wait(timeout=rng.uniform(0.6, 0.6 + max(1.0, took / 40))):
                    return 1  # it says why
                if Path(killed).is_dir():  # all is done: begin anew
                    shutil.rmtree(killed)
                Path(killed).unlink(missing_ok=True)
                continue
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
            kills += 1
            if Path(killed).exists() and (args.kind == "duckdb" or any(Path(killed).iterdir())):
                with open_store(killed) as store:
                    found = list(store.check())
                faults += len(found)
                for fault in found:
                    print(f"after kill {kills}: {fault}")
        subprocess.run([*command, "--work", killed], check=True)
        same = content(killed) == content(whole)
    print(f"{kills} kills, {faults} faults, the same as without: {'yes' if same else 'no'}")
    return 0 if same and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
