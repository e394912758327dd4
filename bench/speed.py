"""What does each stage add to the time of parsing, and how fast is the relation model?

::

    python -m bench.speed FILE...     # articles, as tocsin code reads them

One run on one core over the same articles: parsing and every stage of rules after it; the same with
the relation model, whose threads slow its neighbours; then the pairs of all sentences asked one by
one, as ``tocsin relate`` asks. Prints seconds and ratios to parsing.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from tocsin import Coder
from tocsin.events.relation import Pair, RelationModel
from tocsin.ingest import read_documents
from tocsin.model.document import Document


class _Watch:
    """Stands in for a model and adds up how long it was asked, and how much."""

    def __init__(self, model: RelationModel) -> None:
        self.model, self.seconds = model, 0.0
        self.asked: list[tuple[str, list[Pair]]] = []

    def relate(self, text: str, pairs: list[Pair]) -> object:
        began = time.perf_counter()
        answers = self.model.relate(text, pairs)
        self.seconds += time.perf_counter() - began
        self.asked.append((text, pairs))
        return answers


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _staged(coder: Coder, documents: list[Document]) -> Counter[str]:
    """Seconds of parsing and of each stage over all documents."""
    spent: Counter[str] = Counter()
    for document in documents:
        work = coder.begin(document)
        began = time.perf_counter()
        coder.parser.parse(work.clean.text)
        before = time.perf_counter()
        spent["parsing"] += before - began
        for stage in coder.stages:
            work = replace(work, **stage.run(work))
            now = time.perf_counter()
            spent[stage.name] += now - before
            before = now
    return spent


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("paths", type=Path, nargs="+")
    ask.add_argument("--articles", type=int, default=100, help="at most so many")
    args = ask.parse_args()

    def skip(problem: Exception) -> None:
        print(f"left out: {problem}")

    read = read_documents(args.paths, published=None, on_problem=skip)
    documents: list[Document] = list(islice(read, args.articles))
    rules = Coder(coder="rules")
    watch = _Watch(RelationModel.load())
    full = rules.with_model(watch)  # type: ignore[arg-type]
    for document in documents[:5]:
        rules.code(document)

    spent = _staged(rules, documents)
    both = _timed(lambda: [full.code(one) for one in documents])
    asked = watch.asked
    singles = [(text, [pair]) for text, pairs in asked for pair in pairs][:3000]
    alone = _timed(lambda: [watch.model.relate(text, pairs) for text, pairs in singles])

    pairs = sum(len(pairs) for _, pairs in asked)
    parsing = spent["parsing"]
    print(f"{len(documents)} articles; {len(asked)} sentences with {pairs} pairs asked about")
    rows = [*spent.items(), ("all, by rules", spent.total()), ("all, full", both)]
    for name, seconds in (*rows, ("the model alone", watch.seconds)):
        print(f"{name:<20} {seconds:8.2f} s {seconds / parsing:7.3f} of parsing")
    print(f"pairs a second, sentence by sentence: {pairs / watch.seconds:.0f}")
    print(f"pairs a second, one by one: {len(singles) / alone:.0f}")


if __name__ == "__main__":
    main()
