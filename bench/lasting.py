"""Does a long run need ever more memory?

::

    python -m bench.lasting FILE... [--articles 50000] [--workers 2]

Makes so many short articles, each of two sentences drawn from those of FILEs, codes them by
``tocsin code``, and prints as the run goes on what its processes hold (PSS, where a shared page
counts in shares), the first line being the process that reads, decides and writes. Memory is read
in /proc (Linux).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.workers import memory

from tocsin.ingest import clean, read_documents

_SENTENCE = re.compile(r"[A-Z][^.!?\n]{40,250}[.!?](?=\s)")
_LINES = 10  # of the table


def made(paths: list[str], count: int, seed: int = 1) -> list[str]:
    """The articles as JSON lines."""
    found: list[str] = []
    for document in read_documents(paths, on_problem=lambda problem: None):
        found += _SENTENCE.findall(clean(document).text)
    draw = random.Random(seed)
    return [
        json.dumps({"id": f"made-{number}", "text": " ".join(draw.sample(found, 2))})
        for number in range(count)
    ]


def processes(parent: int) -> list[int]:
    """A process and those that it has started."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [parent, *map(int, listed)]


def done(ledger: Path) -> int:
    """How many articles are coded so far."""
    try:
        with ledger.open("rb") as lines:
            return sum(1 for _ in lines) - 1
    except FileNotFoundError:
        return 0


def main() -> None:
    """Code and print."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("paths", nargs="+")
    ask.add_argument("--articles", type=int, default=50_000)
    ask.add_argument("--workers", type=int, default=2)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, output = Path(folder, "in.jsonl"), Path(folder, "events.jsonl")
        source.write_text("\n".join(made(asked.paths, asked.articles)))
        command = [sys.executable, "-c", "from tocsin.cli.main import run; run()", "code"]
        command += [str(source), "-o", str(output), "--workers", str(asked.workers)]
        run = subprocess.Popen(command)
        step = asked.articles // _LINES
        following = step
        print(f"{'articles':>9}  MB (PSS) of the process and its workers", flush=True)
        while run.poll() is None:
            time.sleep(0.5)
            count = done(output.with_name("events.items.jsonl.part"))
            if count >= following:
                held = [memory(pid)[1] for pid in processes(run.pid)]
                print(f"{count:>9,}  {sum(held):>5} = {' + '.join(map(str, held))}", flush=True)
                following += step
        sys.exit(run.returncode)


if __name__ == "__main__":
    main()
