"""Fit the weights by which rules and relation model are put together.

    python tools/fit_combination.py --folds DIR --gold relations.jsonl \\
        --news bench/news_labels.jsonl --articles FOLDER

Every pair is answered by the model of the fold that had not seen it. Fitted by maximum likelihood
(a conditional logit over types and none), then the thresholds are shown with what they let through.
Prints what belongs in ``src/tocsin/data/rules/combination.yaml``. Needs numpy.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tocsin.errors import TocsinError
from tocsin.evaluation.folds import Folds
from tocsin.evaluation.news import read_articles, read_labels
from tocsin.evaluation.relations import read_relations
from tocsin.events.combination import NONE, Vote
from tocsin.events.deciding import Decider
from tocsin.events.relation import Pair
from tocsin.knowledge.combination import load_combination
from tocsin.knowledge.triggers import load_triggers
from tocsin.pipeline.coder import Coder
from tocsin.pipeline.relate import rule_answers

MATCHES = ("pair", "actor", "recipient", "sentence")
NAMES = ("trust", "none", *MATCHES)
YIELD = ("CONCEDE", "RETREAT")
FLOOR = 1e-4


@dataclass(frozen=True, slots=True)
class Case:
    """A pair: the model's answer, the rules' votes, the types that are right (NONE alone: none)."""

    model: dict[str, float]
    votes: Sequence[Vote]
    right: frozenset[str]
    source: str
    key: str


def gold_cases(path: Path, folds: Folds, coder: Coder) -> Iterator[Case]:
    """The labelled pairs."""
    for row in read_relations(path):
        sides = [[(s["start"], s["end"]) for s in row[name]] for name in ("actor", "recipient")]
        found = rule_answers(coder, row["text"], *sides)
        model = folds.model(folds.of(row["id"]))
        (answer,) = model.relate(row["text"], [Pair(actor=sides[0], recipient=sides[1])])
        right = YIELD if row["type"] == "YIELD" else (row["type"],)
        votes = [Vote(one.type, one.match, one.weight) for one in found]
        yield Case(dict(answer.probabilities), votes, frozenset(right), "gold", row["id"])


def news_cases(path: Path, articles: Path, folds: Folds, coder: Coder) -> Iterator[Case]:
    """All pairs of parties of the judged sentences."""
    labels = read_labels(path, "train")
    texts = read_articles(articles, {label["article"] for label in labels})
    weights, rules = load_combination(), load_triggers()
    for name, document in sorted(texts.items()):
        work = coder.work(document)
        decider = Decider(folds.model(folds.of(name)), weights, rules)
        own = [label for label in labels if label["article"] == name]
        for settling in decider.sentences(work.parse, work.candidates, work.actors):
            sent = settling.sent
            start = work.clean.given_span(sent.start, sent.end)[0]
            label = next((one for one in own if one["span"][0] == start), None)
            asked = settling.questions()
            if label is None or not asked:
                continue
            spans = {h: work.clean.given_span(m.start, m.end) for h, m in settling.parties.items()}
            numbers = {
                head: {
                    number
                    for number, places in label["parties"].items()
                    if any(a < end and begin < b for a, b in places)
                }
                for head, (begin, end) in spans.items()
            }
            for key, answer in settling.ask(asked).items():
                right = frozenset(
                    event["type"]
                    for event in label["events"]
                    if _stands(key[0], event["actors"], numbers)
                    and _stands(key[1], event["recipients"], numbers)
                )
                votes = settling.votes(key, settling.candidates)
                source = "open" if None in key else "news"
                yield Case(
                    dict(answer.probabilities), votes, right or frozenset({NONE}), source,
                    f"{label['id']} {key}",
                )  # fmt: skip


def _stands(head: int | None, side: Sequence[str], numbers: dict[int, set[str]]) -> bool:
    return head is None or bool(numbers[head] & set(side))


def features(case: Case) -> Any:
    """Return (labels, features): the model's log probability, none, and the votes by match."""
    labels = list(case.model)
    out = np.zeros((len(labels), len(NAMES)))
    for i, label in enumerate(labels):
        out[i, 0] = np.log(max(case.model[label], FLOOR))
        out[i, 1] = label == NONE
        own = [vote for vote in case.votes if vote.type == label]
        if own:
            best = min(own, key=lambda vote: (MATCHES.index(vote.match), -vote.weight))
            out[i, 2 + MATCHES.index(best.match)] = best.weight
    return out


def fit(cases: Sequence[Case], weight: Sequence[float]) -> Any:
    """Return the weights with the greatest likelihood, by plain gradient steps."""
    x = np.stack([features(case) for case in cases])
    right = np.array([[label in case.right for label in case.model] for case in cases], float)
    scale = np.array(weight) / sum(weight)
    theta = np.array([1.0, 0.0, 1.0, 1.0, 1.0, 1.0])
    step, speed = 0.5, np.zeros_like(theta)
    for _ in range(600):
        scores = x @ theta
        p = np.exp(scores - scores.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        q = p * right
        q /= q.sum(1, keepdims=True)
        speed = 0.9 * speed + np.einsum("n,nl,nlf->f", scale, q - p, x)
        theta += step * speed * 0.1
    return theta


def main() -> None:
    """Fit, and show what thresholds let through."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("--folds", type=Path, required=True)
    ask.add_argument("--gold", type=Path, required=True)
    ask.add_argument("--news", type=Path, required=True)
    ask.add_argument("--articles", type=Path, required=True)
    args = ask.parse_args()
    folds, coder = Folds.read(args.folds), Coder(coder="rules")
    try:
        cases = [*gold_cases(args.gold, folds, coder)]
        cases += news_cases(args.news, args.articles, folds, coder)
    except TocsinError as error:
        raise SystemExit(str(error)) from None
    for name, wanted in (("all", None), ("gold", "gold"), ("news", "news"), ("open", "open")):
        own = [case for case in cases if wanted in (None, case.source)]
        # The labelled pairs are few beside those of the news: each source weighs alike.
        n = {
            source: sum(case.source == source for case in own)
            for source in ("gold", "news", "open")
        }
        theta = fit(own, [1.0 / n[case.source] for case in own])
        print(name, len(own), {k: round(float(v), 2) for k, v in zip(NAMES, theta, strict=True)})
        if name != "all":
            continue
        chosen = theta
    for source in ("gold", "news", "open"):
        own = [case for case in cases if case.source == source]
        related = sum(NONE not in case.right for case in own)
        print(f"{source}: {len(own)} pairs, {related} related")
        rows = []
        for case in own:
            scores = features(case) @ chosen
            p = np.exp(scores - scores.max())
            p /= p.sum()
            labels = list(case.model)
            best = int(np.argmax(p))
            rows.append((labels[best], float(p[best]), labels[best] in case.right))
        for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
            said = [row for row in rows if row[0] != NONE and row[1] >= threshold]
            hits = sum(row[2] for row in said)
            print(
                f"  from {threshold}: {len(said)} said, precision "
                f"{hits / max(len(said), 1):.3f}, recall {hits / max(related, 1):.3f}"
            )


if __name__ == "__main__":
    main()
