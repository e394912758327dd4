"""How copies are found among many articles: time, memory, and what of known copies is found.

    python -m bench.copies [--articles 100000]

The articles are made up: words drawn as often as words of news are, 200 to 800 an article. A tenth
are copies of earlier ones, in four kinds: word for word, cut to the first 60 %, with another top (a
fifth of the text), and edited (one word in thirty).
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tocsin.linking import CopyIndex
from tocsin.model.document import Document

Words: TypeAlias = NDArray[np.int32]
Weights: TypeAlias = NDArray[np.float64]

KINDS = ("same", "cut", "top", "edited")
_VOCABULARY = 50_000


def articles(count: int, seed: int) -> Iterator[tuple[Document, int | None, str]]:
    """Made-up articles, each with the number of the one that it copies, and how."""
    rng = np.random.default_rng(seed)
    words = [f"w{number:x}" for number in range(_VOCABULARY)]
    weights = 1 / np.arange(1, _VOCABULARY + 1)
    weights /= weights.sum()
    # What can be copied is kept, as the words' numbers: every tenth article.
    originals: list[tuple[int, Words]] = []
    for number in range(count):
        kind, of = "new", None
        if originals and rng.random() < 0.1:
            kind = KINDS[int(rng.integers(len(KINDS)))]
            of, text = originals[int(rng.integers(len(originals)))]
            text = _changed(text, kind, rng, weights)
        else:
            size = int(rng.integers(200, 800))
            text = rng.choice(_VOCABULARY, size=size, p=weights).astype(np.int32)
            if number % 10 == 0:
                originals.append((number, text))
        day = date(2024, 1, 1) + timedelta(days=number * 300 // count)
        article = " ".join(words[word] for word in text)
        yield Document.of(article, id=str(number), published=day), of, kind


def _changed(text: Words, kind: str, rng: np.random.Generator, weights: Weights) -> Words:
    if kind == "cut":
        return text[: len(text) * 6 // 10]
    if kind not in ("top", "edited"):
        return text
    other = rng.choice(_VOCABULARY, size=len(text), p=weights).astype(np.int32)
    changed = rng.random(len(text)) < 1 / 30
    if kind == "top":
        changed = np.arange(len(text)) < len(text) // 5
    return np.where(changed, other, text)


def main() -> None:
    """Make the articles, find the copies, and print the figures."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--articles", type=int, default=100_000)
    ask.add_argument("--seed", type=int, default=7)
    args = ask.parse_args()
    index = CopyIndex()
    root: dict[int, int] = {}
    spent = 0.0
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    right = called = 0
    before = _memory()
    for number, (document, of, kind) in enumerate(articles(args.articles, args.seed)):
        root[number] = number if of is None else root[of]
        start = time.perf_counter()
        answer = index.add(document)
        spent += time.perf_counter() - start
        asked[kind] += 1
        if answer.copy is not None:
            called += 1
            hit = root[answer.copy.of] == root[number]
            right += hit
            found[kind] += hit
    print(f"{args.articles:,} articles, {args.articles - asked['new']:,} of them copies")
    print(f"{spent:.1f} s, {spent / args.articles * 1e3:.2f} ms an article")
    print(f"memory: {_memory() - before:.0f} MB")
    print(f"called copies {called:,}, of these right {right / max(called, 1):.4f}")
    for kind in KINDS:
        print(f"found of {kind:<7} {found[kind] / max(asked[kind], 1):.4f} ({asked[kind]:,})")


def _memory() -> float:
    """The most memory that this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
