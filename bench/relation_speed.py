"""How fast is the relation model, and what does it add to the time of parsing?

::

    python -m bench.relation_speed FILE...     # articles, as tocsin code reads them

One run on one core over the same articles: parsing alone, all stages by rules, and all stages with
the relation model; then the pairs of all sentences asked one by one (as ``tocsin relate`` asks) and
sentence by sentence. Prints a table of seconds and of ratios to parsing.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from tocsin import Coder
from tocsin.events.relation import Pair, RelationModel
from tocsin.ingest import clean, read_documents
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
    rules.code(documents[0])

    parsing = _timed(lambda: [rules.parser.parse(clean(one).text) for one in documents])
    by_rules = _timed(lambda: [rules.code(one) for one in documents])
    both = _timed(lambda: [full.code(one) for one in documents])
    asked = watch.asked
    singles = [(text, [pair]) for text, pairs in asked for pair in pairs][:3000]
    alone = _timed(lambda: [watch.model.relate(text, pairs) for text, pairs in singles])

    pairs = sum(len(pairs) for _, pairs in asked)
    print(f"{len(documents)} articles; {len(asked)} sentences with {pairs} pairs asked about")
    for name, seconds in (
        ("parsing", parsing),
        ("all stages, rules", by_rules),
        ("all stages, full", both),
        ("the model alone", watch.seconds),
    ):
        print(f"{name:<20} {seconds:8.2f} s {seconds / parsing:6.2f} of parsing")
    print(f"pairs a second, sentence by sentence: {pairs / watch.seconds:.0f}")
    print(f"pairs a second, one by one: {len(singles) / alone:.0f}")


if __name__ == "__main__":
    main()
