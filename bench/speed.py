"""What coding costs beside bare spaCy, on the same articles in one run on one core.

::

    python -m bench.speed FILE... [--articles 100] [--about NAME] [--rules] [--flame FILE.svg]

FILEs are whatever ``tocsin code`` reads. Every article is parsed by spaCy as it ships, then coded
by Tocsin, before the next: who slows the machine down slows both. Prints processor
seconds of each stage and what they are of bare spaCy, how long single articles take, and, of
processes of their own, start-up and peak memory. ``--about`` tells what is left of that where the
articles that do not name somebody are passed over, and of the events. ``--flame`` draws where the
time goes, by py-spy (``pip install py-spy``).
"""

from __future__ import annotations

import argparse
import importlib
import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any

from tocsin import Coder
from tocsin.ingest import clean, read_documents
from tocsin.language import DEFAULT_MODEL
from tocsin.language.arithmetic import on_one_core
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.pipeline.scope import Scope

_WARM = 3
_STARTS = 3
_START = "from tocsin import Coder; Coder({})"
_PEAK = "; ".join(
    (
        "import resource, sys",
        "from bench.speed import documents_of",
        "from tocsin import Coder",
        "coder = Coder({})",
        "[coder.read(one) for one in documents_of(sys.argv[2:], int(sys.argv[1]))]",
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)",
    )
)


@dataclass(slots=True)
class Scoped:
    """What it takes to look who is named, and to code the articles that name one of those meant;
    ``theirs`` are the events with one of them as a party: of such articles, and of others."""

    looking: float = 0.0
    coding: float = 0.0
    articles: int = 0
    events: int = 0
    theirs: Counter[bool] = field(default_factory=Counter)

    def see(self, document: Document, scope: Scope, seconds: float, events: list[Event]) -> None:
        """Look who is named in one article, which took so long to code and holds these events."""
        before = time.process_time()
        named = scope.is_named(document)
        self.looking += time.process_time() - before
        theirs = sum(any(map(scope.means, (*one.actors, *one.recipients))) for one in events)
        self.theirs[named] += theirs
        if named:
            self.coding += seconds
            self.articles += 1
            self.events += len(events)


@dataclass(slots=True)
class Measured:
    """Processor seconds: of bare spaCy, of each stage, and of each article as a whole."""

    spacy: float = 0.0
    stages: Counter[str] = field(default_factory=Counter)
    articles: list[float] = field(default_factory=list)
    sentences: int = 0
    words: int = 0
    events: list[Event] = field(default_factory=list)
    scoped: Scoped = field(default_factory=Scoped)

    @property
    def all(self) -> float:
        """Seconds of everything that Tocsin does."""
        return self.stages.total()


def documents_of(paths: list[str], most: int) -> list[Document]:
    """The first articles of the files."""

    def skip(problem: Exception) -> None:
        print(f"left out: {problem}", file=sys.stderr)

    return list(islice(read_documents(paths, published=None, on_problem=skip), most))


def measure(
    coder: Coder, spacy: Any, documents: list[Document], scope: Scope | None = None
) -> Measured:
    """Parse and code each article."""
    found = Measured()
    for document in documents:
        text = clean(document).text
        with on_one_core():
            before = time.process_time()
            spacy(text)
            found.spacy += time.process_time() - before
        began = time.process_time()
        known = len(found.events)
        for name, seconds in _coded(coder, document, found):
            found.stages[name] += seconds
        found.articles.append(time.process_time() - began)
        if scope is not None:
            found.scoped.see(document, scope, found.articles[-1], found.events[known:])
    return found


def _coded(coder: Coder, document: Document, found: Measured) -> Iterator[tuple[str, float]]:
    before = time.process_time()
    work = coder.begin(document)
    now = time.process_time()
    yield "parsing", now - before
    for stage in coder.stages:
        before = now
        work = replace(work, **stage.run(work))
        now = time.process_time()
        yield stage.name, now - before
    found.sentences += len(work.parse.sentences)
    found.words += sum(len(one.tokens) for one in work.parse.sentences)
    found.events += work.events


def show(found: Measured) -> None:
    """Print the tables."""
    count = len(found.articles)
    print(
        f"{count:,} articles, {found.sentences:,} sentences, {found.words:,} words, "
        f"{len(found.events):,} events\n"
    )
    print(f"{'':<22}{'seconds':>9}{'of spaCy':>10}{'of parsing':>12}{'sentences/s':>13}")
    parsing = found.stages["parsing"]
    others = found.all - parsing
    rows = [("bare spaCy", found.spacy), *found.stages.items()]
    rows += [("all but parsing", others), ("all", found.all)]
    for name, seconds in rows:
        rate = f"{found.sentences / seconds:>13,.0f}" if seconds else ""
        print(
            f"{name:<22}{seconds:>9.2f}{seconds / found.spacy:>10.3f}{seconds / parsing:>12.3f}"
            f"{rate}"
        )
    ordered = sorted(found.articles)
    high = ordered[min(count - 1, int(0.95 * count))]
    print(
        f"\narticles a second {count / found.all:.2f}; milliseconds an article: half below "
        f"{1000 * statistics.median(ordered):.0f}, 95 % below {1000 * high:.0f}, "
        f"the slowest {1000 * ordered[-1]:.0f}"
    )


def show_scoped(found: Measured, words: str) -> None:
    """Print what it takes where articles that do not name those meant are passed over."""
    own = found.scoped
    whole = own.looking + own.coding
    print(
        f"\nabout {words}: {own.articles:,} of {len(found.articles):,} articles name one; "
        f"looking for names {own.looking / found.spacy:.3f} of bare spaCy, coding these "
        f"{own.coding / found.spacy:.3f}: the whole {whole / found.spacy:.3f}, or "
        f"{found.spacy / whole:.1f} times as fast as bare spaCy"
    )
    kept, lost = own.theirs[True], own.theirs[False]
    print(
        f"events with one of them as a party: {kept:,} of {kept + lost:,} kept; of all events "
        f"{own.events:,} of {len(found.events):,}"
    )


def alone(options: str, paths: list[str], most: int) -> None:
    """Print start-up and peak memory, each of a process of its own.

    What is installed is compiled already: the first start writes the bytecode where it was not, and
    is not counted.
    """
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    took: list[float] = []
    for _ in range(1 + _STARTS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", _START.format(options)], check=True, env=own)
        took.append(time.perf_counter() - began)
    print(f"start-up {statistics.median(took[1:]):.1f} s")
    command = [sys.executable, "-c", _PEAK.format(options), str(most), *paths]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    print(f"peak memory of a process that codes them {int(said) / 1024:,.0f} MB")


def flame(place: Path, paths: list[str], most: int, *, rules: bool) -> None:
    """Draw where the time of coding goes."""
    spy = shutil.which("py-spy", path=str(Path(sys.executable).parent)) or shutil.which("py-spy")
    if spy is None:
        sys.exit("--flame needs py-spy: pip install py-spy")
    command = [spy, "record", "-o", str(place), "-r", "200", "--", sys.executable]
    command += ["-m", "bench.speed", *paths, "--articles", str(most), "--no-others"]
    subprocess.run(command + ["--rules"] * rules, check=True, stdout=subprocess.DEVNULL)
    print(f"where the time goes is drawn in {place}")


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ask.add_argument("paths", nargs="+")
    ask.add_argument("--articles", type=int, default=100, help="at most so many")
    ask.add_argument("--about", action="append", help="as of tocsin code; repeatable")
    ask.add_argument("--rules", action="store_true", help="without the relation model")
    ask.add_argument("--flame", type=Path, help="draw where the time goes")
    ask.add_argument("--no-others", action="store_true", help="coding alone, nothing beside it")
    asked = ask.parse_args()
    documents = documents_of(asked.paths, asked.articles)
    coder = Coder(coder="rules" if asked.rules else "full")
    if asked.no_others:
        for document in documents:
            coder.read(document)
        return
    spacy = importlib.import_module(DEFAULT_MODEL).load()
    measure(coder, spacy, documents[:_WARM])
    scope = Scope(asked.about) if asked.about else None
    found = measure(coder, spacy, documents, scope)
    show(found)
    if scope is not None:
        show_scoped(found, scope.words)
    alone("coder='rules'" if asked.rules else "", asked.paths, min(asked.articles, 50))
    print(f"peak memory of this process {_peak():,.0f} MB")
    if asked.flame is not None:
        flame(asked.flame, asked.paths, min(asked.articles, 50), rules=asked.rules)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
