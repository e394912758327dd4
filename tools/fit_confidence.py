"""Fit the weights of events/confidence.py on judged news, and show what thresholds let through.

    python tools/fit_confidence.py --folds DIR --news bench/news_labels.jsonl --articles FOLDER

Every article of part ``train`` is coded whole, by rules and the model of the fold that has not seen
it, with nothing dropped; an event is right where a label of its sentence has its type and parties.
A logistic regression (L2) over the features; the figures shown are those of five folds by article,
in which the weights had not seen the article either. Prints ``data/rules/confidence.yaml``.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from logistic_fit import Examples, cross_fit, show, without_source, write_weights
from tocsin.errors import TocsinError
from tocsin.evaluation.folds import Folds
from tocsin.evaluation.news import compare, read_articles, read_labels
from tocsin.knowledge.logistic import Logistic
from tocsin.pipeline import stages
from tocsin.pipeline.coder import Coder
from tocsin.pipeline.stage import Work


def examples(args: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Yield article, sentence, features and whether right, per event of a judged sentence."""
    folds = Folds.read(args.folds)
    labels = read_labels(args.news, "train")
    labels = [one for one in labels if args.only is None or folds.of(one["article"]) in args.only]
    texts = read_articles(args.articles, {label["article"] for label in labels})
    base = Coder(coder="rules")
    coders = {n: base.with_model(folds.model(n)) for n in {folds.of(name) for name in texts}}
    for name, document in sorted(texts.items()):
        work: Work = coders[folds.of(name)].work(document)
        own = [label for label in labels if label["article"] == name]
        events = iter(work.events)
        for candidate, judgement, found in zip(
            work.candidates, work.judgements, work.reasons, strict=True
        ):
            if judgement.status is None:
                continue
            event = next(events)
            for label in own:
                if label["span"][0] <= event.trigger.start < label["span"][1]:
                    answer = compare(event, label, set())
                    yield {
                        "article": name, "sentence": label["id"], "type": candidate.type,
                        "rule": candidate.rule, "right": answer.right, "features": dict(found),
                    }  # fmt: skip


def main() -> None:
    """Gather or read the examples, fit, print."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("--folds", type=Path)
    ask.add_argument("--only", type=int, nargs="*", help="articles of these folds only")
    ask.add_argument("--news", type=Path)
    ask.add_argument("--articles", type=Path)
    ask.add_argument("--examples", type=Path, help="keep the examples here, or read them again")
    args = ask.parse_args()
    # What is to be weighed must not have been dropped before.
    everything = Logistic(weights={"share": 1.0}, bounds={"keep": 0.0, "keep_proposed": 0.0})
    stages.load_confidence = lambda: everything  # type: ignore[assignment]
    try:
        if args.examples and args.examples.exists():
            rows = [json.loads(line) for line in args.examples.read_text().splitlines()]
        else:
            rows = list(examples(args))
            if args.examples:
                args.examples.write_text("".join(json.dumps(row) + "\n" for row in rows))
    except TocsinError as error:
        raise SystemExit(str(error)) from None
    told = Examples(
        [row["features"] for row in rows],
        [row["right"] for row in rows],
        [row["article"] for row in rows],
    )
    names = told.names()
    p, theta = cross_fit(told, names)
    y = np.array(told.right, float)
    proposed = np.array([row["rule"].startswith("relation#") for row in rows])
    show(f"{len(rows)} events, {int(y.sum())} right; proposed {int(proposed.sum())}, "
         f"right {int(y[proposed].sum())}")  # fmt: skip
    for threshold in (0.0, 0.2, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.7):
        kept = p >= threshold
        by = [f"{int(y[kept & m].sum())}/{int((kept & m).sum())}" for m in (~proposed, proposed)]
        show(f"keep {threshold}: {int(kept.sum())} events, precision {y[kept].mean():.3f}; "
             f"of rules {by[0]}, proposed {by[1]}")  # fmt: skip
    strange = without_source(told, names)
    source = np.array([name.partition("/")[0] for name in told.articles])
    for one in sorted(set(source)):
        rows_of = [(strange >= bound) & (source == one) for bound in (0.5, 0.7)]
        shown = [f"{int(m.sum())} events, {y[m].mean():.3f}" for m in rows_of if m.any()]
        show(f"{one} left out of the fit: from 0.5 and 0.7 on " + "; ".join(shown))
    print("keep: 0.1\nkeep_proposed: 0.4")
    write_weights(names, theta)


if __name__ == "__main__":
    main()
