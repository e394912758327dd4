"""What does Ray cost beside a plain local run, how much memory does a process take, and what do a
million articles cost?

::

    python -m bench.cluster FILE [--articles 60] [--processes 1]

The first articles of a file (JSON lines) are coded by ``tocsin code`` in one process, and by
``tocsin code --engine ray`` on a Ray of this machine with so many processes that code; both with
their start. CPU time is that of a command and of all processes that it started, Ray's own too,
looked up twice a second. The steps that are done by one process alone, in the order of the input,
are timed apart. Prints how busy the machine was, whether the events are the same, seconds and MB.
"""

from __future__ import annotations

import argparse
import gzip
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_LOCAL = "from tocsin.cli.main import run; run()"
_RAY = """
import ray
from tocsin.cluster.quiet import quiet
with quiet():
    ray.init(address="local", num_cpus={processes}, object_store_memory=300_000_000,
             include_dashboard=False, log_to_driver=False)
"""


@dataclass
class Spent:
    """What a command took: seconds by the clock and of all its processes, by process; what each of
    them did; and the most memory (MB) of those that code, with their share of what is shared."""

    wall: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    memory: dict[str, float] = field(default_factory=dict)

    def of(self, role: str = "") -> float:
        """Seconds of all processes, or of those that do this."""
        return sum(cpu for pid, cpu in self.cpu.items() if not role or self.roles[pid] == role)

    def look(self, pid: int) -> None:
        """Look up a process and all below it."""
        parents: dict[int, int] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (words := _stat(entry)) is not None:
                parents[int(entry.name)] = int(words[1])
        for one in _below(pid, parents):
            words = _stat(Path(f"/proc/{one}"))
            if words is None:
                continue
            self.cpu[str(one)] = (int(words[11]) + int(words[12])) / _TICKS
            name = _read(f"/proc/{one}/cmdline")
            if name.startswith("ray::") and "Coder" in name:
                self.roles[str(one)] = "coding"
            elif one == pid:
                self.roles[str(one)] = "the command"
            else:
                self.roles.setdefault(str(one), "Ray's own, and reading")
            if self.roles[str(one)] == "coding":
                share = _field(f"/proc/{one}/smaps_rollup", "Pss:")
                self.memory[str(one)] = max(self.memory.get(str(one), 0.0), share)


def _stat(entry: Path) -> list[str] | None:
    """The fields of a process behind its name; None where it has ended."""
    found = _read(str(entry / "stat"))
    return found.rpartition(")")[2].split() if found else None


def _read(path: str) -> str:
    try:
        return Path(path).read_text(errors="replace")
    except OSError:
        return ""


def _field(path: str, name: str) -> float:
    for line in _read(path).splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1000
    return 0.0


def _below(pid: int, parents: dict[int, int]) -> Iterable[int]:
    yield pid
    for child, parent in parents.items():
        if parent == pid:
            yield from _below(child, parents)


def spent(words: str, *arguments: str) -> Spent:
    """Run a command of ours."""
    found = Spent()
    began = time.monotonic()
    with subprocess.Popen([sys.executable, "-c", words, *arguments]) as process:
        while process.poll() is None:
            found.look(process.pid)
            time.sleep(0.5)
    found.wall = time.monotonic() - began
    if process.returncode not in (0, 1):
        raise RuntimeError(f"it ended with {process.returncode}; it says why above")
    return found


def by_one(path: str) -> tuple[float, float]:
    """Seconds for each article: of looking at it, which is done in parallel, and of deciding."""
    from tocsin.cluster.deciding import decided
    from tocsin.ingest.reading import read_items
    from tocsin.linking.intake import look_at
    from tocsin.model.document import Document

    items = [item for item in read_items([path]) if isinstance(item.found, Document)]
    began = time.process_time()
    looked = [(one, look_at(one.found)) for one in items if isinstance(one.found, Document)]
    between = time.process_time()
    decided(looked, len(looked))
    end = time.process_time()
    return (between - began) / len(items), (end - between) / len(items)


def held(count: int) -> int:
    """Bytes of memory that deciding on so many made-up articles of 850 words takes at most."""
    import numpy as np

    from tocsin.cluster.deciding import decided
    from tocsin.ingest.items import Item
    from tocsin.ingest.repetition import Lines
    from tocsin.linking.fingerprints import Fingerprint
    from tocsin.linking.intake import Look
    from tocsin.work.coded_rows import Numbered

    rng = np.random.default_rng(1)

    def made(n: int) -> tuple[Item, Look]:
        url = f"https://example.org/2020/01/01/some-long-address-of-a-page-{n}"
        one = Numbered(id=f"doc-{n:012d}", text="", title=f"Title {n}", url=url, number=n)
        runs = np.unique(rng.integers(0, 2**32, 850, dtype=np.uint32))
        lines = tuple((k * 100, k * 100 + 90, rng.bytes(8)) for k in range(12))
        found = Fingerprint(one.id, f"{n:024x}", url, None, None, runs)
        return Item("made.jsonl", n, one), Look(found, Lines("Courier", lines), 5000)

    before = _most_memory()
    assert len(decided(map(made, range(count)))) == count
    return _most_memory() - before


def _most_memory() -> int:
    return int(_field("/proc/self/status", "VmHWM:") * 1e6)


def _held_apart(count: int) -> int:
    words = f"from bench.cluster import held; print(held({count}))"
    return int(
        subprocess.run([sys.executable, "-c", words], check=True, capture_output=True).stdout
    )


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("file", type=Path)
    ask.add_argument("--articles", type=int, default=60)
    ask.add_argument("--processes", type=int, default=1)
    args = ask.parse_args()
    import duckdb

    with tempfile.TemporaryDirectory() as folder:
        path, events = f"{folder}/articles.jsonl", f"{folder}/events.jsonl"
        packed = args.file.suffix == ".gz"
        with (gzip.open if packed else open)(args.file, "rb") as lines, open(path, "wb") as out:
            out.writelines(islice(lines, args.articles))
        print(f"load before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        local = spent(_LOCAL, "code", path, "-o", events)
        ray = _RAY.format(processes=args.processes) + _LOCAL
        spread = spent(ray, "code", path, "--engine", "ray", "-o", f"{folder}/out")
        print(f"load after: {os.getloadavg()[0]:.1f}")
        sql = f"SELECT record FROM '{folder}/out/events/*/*.parquet' ORDER BY item, position"
        theirs = [row[0] for row in duckdb.sql(sql).fetchall()]
        same = theirs == Path(events).read_text(encoding="utf-8").splitlines()
        looking, deciding = by_one(path)
    print(f"{len(theirs)} events, the same: {'yes' if same else 'no'}")
    for name, one in (("local", local), (f"ray, {args.processes} coding", spread)):
        print(f"{name:<14} {one.wall:7.1f} s by the clock {one.of():7.1f} s of CPU")
    for role in sorted(set(spread.roles.values())):
        print(f"  {role}: {spread.of(role):.1f} s of CPU")
    for mb in spread.memory.values():
        print(f"a process that codes: {mb:,.0f} MB at most")
    print(f"an article is looked at in {looking * 1e3:.2f} ms, decided in {deciding * 1e3:.2f} ms")
    few, many = 200_000, 400_000
    least, most = _held_apart(few), _held_apart(many)
    each = (most - least) / (many - few)
    print(
        f"deciding on {few:,} articles takes {least / 1e6:,.0f} MB, on {many:,} {most / 1e6:,.0f}"
    )
    print(f"it keeps {each / 1000:.2f} KB of each article in memory")


if __name__ == "__main__":
    main()
