"""Killing: a store into which a process adds and links is whole, whenever the process is killed.

::

    python -m bench.killing [--kills 100] [--articles 400] [--kind duckdb|parquet]

A process adds made-up articles and links them, and says which it has kept. At a random time after
it has opened the store it is killed (SIGKILL), and started again where it was; what is whole begins
anew. Exit code 1 where ``check`` finds a fault after a kill, an article is gone that was said to be
kept, or the store is in the end not what one is that was never killed.
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
    """Add what is not there, say so, and link."""
    coding = Coding("0", {})
    with open_store(name) as store:
        print("open", flush=True)
        for number, (document, events) in enumerate(articles(count, events=4, days=30), 1):
            if store.known(document.id, document.text) is None:
                entry = Entry(
                    path="made", outcome="coded", document=document, digest=document.id,
                    events=events,
                )  # fmt: skip
                store.add(entry, coding, at=_NOW)
            print(document.id, flush=True)
            if number % (4 * _BATCH) == 0:
                link(store.links, batch=_BATCH)
        link(store.links, batch=_BATCH)


def content(name: str) -> list[list[str]]:
    """What a store holds, without the order in which it came."""
    with open_store(name, read_only=True) as store:
        return [
            sorted(str(sorted(row.items())) for row in store.ask(question))
            for question in ("documents", "events", "incidents", "stories", "claims", "threats")
        ]


def kill(command: list[str], after: float) -> tuple[bool, set[str]]:
    """Start a process and kill it so many seconds after it has opened the store: whether it was
    still at work, and the articles that it had said to be kept."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(after)
        at_work = process.poll() is None
        process.kill()
        said = process.stdout.read()
    if process.returncode not in (0, -signal.SIGKILL):
        raise RuntimeError("the process that adds failed; it says why above")
    return at_work, set(said.split("\n")[:-1])


def faults_of(name: str, kept: set[str]) -> list[str]:
    """What is wrong with a store that should hold these articles."""
    with open_store(name) as store:
        gone = kept - {row["id"] for row in store.ask("documents")}
        return [*store.check(), *(f"{id_} was kept and is gone" for id_ in sorted(gone))]


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
        subprocess.run([*command, "--work", whole], check=True, stdout=subprocess.DEVNULL)
        took = time.monotonic() - start
        kills = wholes = 0
        faults: list[str] = []
        while kills < args.kills:
            at_work, kept = kill([*command, "--work", killed], rng.uniform(0, took / 5))
            faults += faults_of(killed, kept)
            kills += at_work
            if not at_work:
                wholes += 1
                faults += [] if content(killed) == content(whole) else ["another content"]
                shutil.rmtree(killed) if Path(killed).is_dir() else Path(killed).unlink()
        subprocess.run([*command, "--work", killed], check=True, stdout=subprocess.DEVNULL)
        same = content(killed) == content(whole)
    print(*faults, sep="\n", end="\n" if faults else "")
    print(
        f"{kills} kills of a process at work, {len(faults)} faults; {wholes + 1} stores became "
        f"whole, the last the same as without: {'yes' if same else 'no'}"
    )
    return 0 if same and not faults else 1


if __name__ == "__main__":
    sys.exit(main())
