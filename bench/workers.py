"""What do several processes gain, and what do they cost in memory?

::

    python -m bench.workers FILE... [--articles 100] [--workers 1 2] [--warm 5]

Codes the same articles with each number of processes, by ``Workers`` even for one, so that all else
is the same; the time runs from the first article that is coded after the warming ones to the last.
Prints for each number: how long the coder and the processes took to be there, articles a second,
the ratio to the first number, and, when all is coded, what each process has used of a core and of
the memory: RSS, where every shared page counts for each, and PSS, where it counts in shares, so
that those of all add up. What this process uses of a core bounds how many others it can keep at
work, whatever else the machine does. At the end whether all readings were the same, byte for byte,
as those of the coder in this process. Memory and time are read in /proc (Linux).
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from tocsin import Coder
from tocsin.ingest import read_documents
from tocsin.model.codec import record_to_dict
from tocsin.model.document import Document
from tocsin.model.reading import Reading
from tocsin.work.engine import Coming, Engine, InProcess
from tocsin.work.workers import Workers


def read(engine: Engine, documents: Sequence[Document]) -> Iterator[Reading]:
    """The readings in order, so many put in ahead as the engine asks for."""
    waiting: deque[Coming] = deque()
    for document in documents:
        waiting.append(engine.submit(document))
        if len(waiting) > engine.ahead:
            yield waiting.popleft()()
    while waiting:
        yield waiting.popleft()()


def lines(readings: Sequence[Reading]) -> list[str]:
    """All that was found, as it is written."""
    found = (one for reading in readings for one in (*reading.events, *reading.states))
    return [json.dumps(record_to_dict(one)) for one in found]


def memory(pid: int) -> tuple[int, int]:
    """RSS and PSS of a process, in MB."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    found = {name: int(rest.split()[0]) for name, _, rest in (row.partition(":") for row in rows)}
    return found["Rss"] // 1024, found["Pss"] // 1024


def core(pid: int) -> float:
    """How many seconds of a core a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def told(name: str, pid: int, before: float) -> None:
    """Print what a process has used since ``before``."""
    rss, pss = memory(pid)
    print(f"  {name:<13} {core(pid) - before:6.1f} s of a core, RSS {rss} MB, PSS {pss} MB")


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("paths", type=Path, nargs="+")
    ask.add_argument("--articles", type=int, default=100, help="at most so many")
    ask.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    ask.add_argument("--warm", type=int, default=5, help="so many before the clock runs")
    args = ask.parse_args()

    def skip(problem: Exception) -> None:
        print(f"left out: {problem}")

    documents = list(
        islice(read_documents(args.paths, published=None, on_problem=skip), args.articles)
    )
    warm = documents[: args.warm]
    print(f"{len(documents)} articles; load {' '.join(f'{one:.2f}' for one in os.getloadavg())}")
    found: list[list[str]] = []
    first = 0.0
    for number in args.workers:
        began = time.perf_counter()
        with Workers(Coder, number, method="fork") as engine:
            there = time.perf_counter()
            list(read(engine, warm * number))
            cores = {pid: core(pid) for pid in (os.getpid(), *engine.pids)}
            began_coding = time.perf_counter()
            readings = list(read(engine, documents))
            speed = len(documents) / (time.perf_counter() - began_coding)
            first = first or speed
            found.append(lines(readings))
            print(
                f"{number} workers: there in {there - began:.1f} s; {speed:.2f} articles a second, "
                f"{speed / first:.2f} times the first"
            )
            for pid, before in cores.items():
                told("this process" if pid == os.getpid() else "a worker", pid, before)
    alone = lines(list(read(InProcess(Coder()), documents)))
    print(f"the same as in this process: {'yes' if all(o == alone for o in found) else 'no'}")
    print(f"load at the end {' '.join(f'{one:.2f}' for one in os.getloadavg())}")


if __name__ == "__main__":
    main()
