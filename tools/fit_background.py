"""Fit the weights of modality/background.py on judged news.

    python tools/fit_background.py --news bench/news_labels.jsonl --articles FOLDER

Every judged event of part ``train`` that a reader calls actual or background, and that no date puts
long before the report, is an example, whether the coder finds it or not. The figures shown are
those of five folds by article. Prints ``data/rules/background.yaml``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from logistic_fit import Examples, cross_fit, show, write_weights
from tocsin.evaluation.news import Label, read_articles, read_labels
from tocsin.knowledge.modality import load_modality
from tocsin.modality.background import Telling
from tocsin.modality.history import History
from tocsin.model.candidate import Candidate
from tocsin.model.parse import Sentence
from tocsin.pipeline.coder import Coder
from tocsin.pipeline.stage import Work

AT_LEAST = 25  # examples that have a feature; rarer ones are left out
KNOWN = 0.55  # as right as 0.5 on the whole, and seldomer wrong where it says known


def examples(work: Work, labels: list[Label]) -> Iterator[tuple[str | None, dict[str, float]]]:
    """Yield status and features of each judged event; features are empty where a date settles."""
    published = work.document.published
    history = History(load_modality(), work.parse, work.dates, published)
    telling = Telling(work.parse, work.dates, published)
    for label in labels:
        for event in label["events"]:
            found = _candidate(work, event)
            if found is None or event["status"] not in ("actual", "background"):
                continue
            sentence, candidate = found
            old = history.found(sentence, candidate.head, nominal=candidate.nominal)
            yield event["status"], {} if old else telling.features(sentence, candidate)


def _candidate(work: Work, event: Any) -> tuple[Sentence, Candidate] | None:
    """The judged trigger as a candidate on its uppermost word."""
    span = work.clean.clean_span(*event["trigger"]) if event["trigger"] else None
    if span is None:
        return None
    for sentence in work.parse.sentences:
        if sentence.start <= span[0] < sentence.end:
            inside = [
                token.i
                for token in sentence.tokens
                if token.start < span[1]
                and span[0] < token.end
                and token.pos in ("VERB", "AUX", "NOUN", "PROPN", "ADJ")
            ]
            if not inside:
                return None
            head = min(inside, key=lambda i: (sum(1 for _ in sentence.ancestors(i)), i))
            nominal = sentence.tokens[head].pos in ("NOUN", "PROPN")
            return sentence, Candidate(
                sentence=sentence.index, head=head, trigger=(head,), rule="", type=event["type"],
                mode=event["mode"], actors=(), recipients=(), nominal=nominal,
            )  # fmt: skip
    return None


def main() -> None:
    """Gather, fit, print."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("--news", type=Path, required=True)
    ask.add_argument("--articles", type=Path, required=True)
    args = ask.parse_args()
    by_article: dict[str, list[Label]] = defaultdict(list)
    for label in read_labels(args.news, "train"):
        by_article[label["article"]].append(label)
    texts = read_articles(args.articles, by_article)
    coder = Coder(coder="rules")
    rows = [
        (name, status, found)
        for name, own in sorted(by_article.items())
        for status, found in examples(coder.work(texts[name]), own)
    ]
    open_ = [row for row in rows if row[2]]
    told = Examples(
        [row[2] for row in open_],
        [row[1] == "background" for row in open_],
        [row[0] for row in open_],
    )
    names = told.names(AT_LEAST)
    p, theta = cross_fit(told, names)
    y = np.array(told.right)
    show(f"{len(rows)} events, {sum(r[1] == 'background' for r in rows)} background; "
         f"{len(rows) - len(y)} settled by a date, of which background "
         f"{sum(r[1] == 'background' for r in rows if not r[2])}; "
         f"right {1 - y.mean():.3f} where none of the rest is")  # fmt: skip
    for bound in (0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        kept = p >= bound
        show(f"known from {bound}: right {(kept == y).mean():.3f} of all, precision "
             f"{y[kept].mean():.3f}, recall {kept[y].mean():.3f}")  # fmt: skip
    print(f"known: {KNOWN}")
    write_weights(names, theta)


if __name__ == "__main__":
    main()
