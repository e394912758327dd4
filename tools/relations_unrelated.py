"""Pairs of running text that have, as far as the rules know, nothing to do with each other.

    python tools/relations_unrelated.py ARTICLES.jsonl.gz … --pairs 900 --output unrelated.jsonl

Two kinds: two actors of different countries in a sentence in which no rule fired, and pairs whose
event was dropped as negated or asked. Nobody reads them, a tenth or so are wrong; the training
gives them half a weight. They are third parties' sentences: kept out of the repository.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

from tocsin.model.document import Document
from tocsin.pipeline.coder import Coder

SHORTEST, LONGEST = 40, 330  # characters of a sentence
DROPPED = ("negated", "question")


def pairs_of(coder: Coder, document: Document, rng: random.Random) -> Iterator[dict[str, Any]]:
    """Yield the pairs of one document, at most one of either kind per sentence."""
    work = coder.work(document)
    judged = list(zip(work.candidates, work.judgements, strict=True))
    for sentence in work.parse.sentences:
        start, end = sentence.start, sentence.end
        if not SHORTEST <= end - start <= LONGEST:
            continue
        here = [(c, j) for c, j in judged if c.sentence == sentence.index]
        inside = [m for m in work.actors if m.sentence == sentence.index and m.country]
        strangers = [
            (a, b)
            for a, b in permutations(inside, 2)
            if a.country != b.country and (a.end <= b.start or b.end <= a.start)
        ]
        refused = [
            (c.actors[0], c.recipients[0])
            for c, j in here
            if j.dropped in DROPPED and c.actors and c.recipients
        ]
        for kind, found in (("dropped", refused), ("silent", [] if here else strangers)):
            spots = [
                (a, b)
                for a, b in found
                if all(start <= m.start < m.end <= end and m.via != "implied" for m in (a, b))
                and (a.start, a.end) != (b.start, b.end)
            ]
            if spots:
                a, b = rng.choice(spots)
                yield {
                    "id": f"{document.id}-{sentence.index}-{kind}",
                    "text": work.parse.text[start:end],
                    "actor": [{"start": a.start - start, "end": a.end - start}],
                    "recipient": [{"start": b.start - start, "end": b.end - start}],
                    "type": "NONE",
                }


def main() -> None:
    """Read articles (JSON lines of id and text, gzipped), write pairs."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("articles", type=Path, nargs="+")
    ask.add_argument("--pairs", type=int, default=900)
    ask.add_argument("--each", type=int, default=250, help="articles of each file")
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--output", type=Path, required=True)
    args = ask.parse_args()
    rng = random.Random(args.seed)
    coder = Coder()
    found: list[dict[str, Any]] = []
    for path in args.articles:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            articles = [json.loads(line) for line in lines]
        for article in rng.sample(articles, min(args.each, len(articles))):
            document = Document(id=str(article["id"]), text=article["text"][:9000])
            found += pairs_of(coder, document, rng)
    chosen = rng.sample(found, min(args.pairs, len(found)))
    with args.output.open("w", encoding="utf-8") as out:
        for pair in chosen:
            out.write(json.dumps(pair, ensure_ascii=False) + "\n")
    print(f"{len(chosen)} of {len(found)} pairs")


if __name__ == "__main__":
    main()
