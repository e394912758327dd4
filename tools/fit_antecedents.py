"""Fit the weights of actors/evidence.py and actors/whose.py on judged pronouns and nouns.

    python tools/fit_antecedents.py --labels bench/reference_labels.jsonl --articles FOLDER

A label is ``{article, span, kind, country, sectors, means}``: whom a reader takes the word at
``span`` to mean, by country and sectors, and for a pronoun ``means``, the spans of words that name
whom it means; ``party: false`` where it means a thing or nobody. The figures shown are those of
five folds by article. Prints ``data/rules/antecedents.yaml``.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ranking_fit import Choice, cross_fit, names_of
from tocsin.actors import ActorFinder
from tocsin.actors.asked import Asked, Option
from tocsin.evaluation.news import read_articles
from tocsin.evaluation.rows import read_rows
from tocsin.knowledge.actors import ActorTable, load_actors
from tocsin.knowledge.packs import shipped_packs
from tocsin.model.document import Document
from tocsin.pipeline.coder import Coder
from tocsin.pipeline.stage import Work

AT_LEAST = 8  # choices in which a feature holds; rarer ones are left out
BOUNDS = {"person": 0.5, "body": 0.65, "many": 0.6, "whose": 0.5}
_SHOWN = (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8)
_BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "IMG", "ISM"})

Label = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """A word asked about, and what a reader says of it."""

    asked: Asked
    label: Label
    choice: Choice

    def right(self, option: Option) -> bool:
        """Whether the option's countries are among the reader's."""
        if not self.label.get("party", True):
            return False
        wanted, given = set(self.label["country"] or ()), countries(option)
        return given <= wanted or bool(given & _BODIES and wanted & _BODIES)


def countries(option: Option) -> set[str]:
    """The countries that an option would give the word."""
    if not option.members:
        return {str(option.answer)}
    return {one.country for one in option.members if one.country}


def cases(coder: Coder, table: ActorTable, article: Document, labels: list[Label]) -> list[Case]:
    """Resolve one article and return those of its words asked about that are labelled."""
    work = coder.work(article)
    asked: list[Asked] = []
    ActorFinder(table, watch=asked.append).find(
        work.parse, published=article.published, title=article.title, packs=work.packs
    )
    by_head = {}
    for label in labels:
        by_head[label["span"][1]] = label  # a noun's head ends its phrase
    found = []
    for one in asked:
        head = one.sentence.tokens[one.at]
        start, end = work.clean.given_span(head.start, head.end)
        label = by_head.get(end)
        if label is None or label["span"][0] > start:
            continue
        if (one.kind == "whose") != (label["kind"] == "noun"):
            continue
        right = [*_right(one, label, work), False]
        if not any(right):
            right[-1] = True
        features = [*(option.features for option in one.options), one.none]
        found.append(Case(one, label, Choice(label["article"], features, right)))
    return found


def _right(asked: Asked, label: Label, work: Work) -> list[bool]:
    """Which options a reader means: those on the words that name it, and their like."""
    if not label.get("party", True):
        return [False] * len(asked.options)
    wanted = set(label["country"] or ())
    if asked.kind == "whose":
        return [countries(option) == wanted for option in asked.options]
    means = [tuple(span) for span in label.get("means", ())]

    def named(option: Option) -> bool:
        if option.sentence is None:
            return False
        tokens = [option.sentence.tokens[one.head] for one in option.members]
        spans = [work.clean.given_span(token.start, token.end) for token in tokens]
        return any(a <= s and e <= b for s, e in spans for a, b in means)

    if asked.kind == "person":
        text = work.document.text
        words = {text[a:b].split()[-1] for a, b in means if text[a:b].split()}
        same = {
            option.answer
            for option in asked.options
            if named(option)
            or any(one.person and words & {*one.person.name.split()} for one in option.members)
        }
        return [option.answer in same for option in asked.options]
    result = []
    for option in asked.options:
        given = countries(option)
        sectors = {sector for one in option.members for sector in one.sectors}
        if named(option) and (given <= wanted or given & _BODIES):
            result.append(True)
        else:
            shared = not sectors or bool(sectors & set(label["sectors"]))
            result.append(bool(given) and given == wanted and shared)
    return result


def show(kind: str, found: Sequence[Case], probabilities: Sequence[Any]) -> None:
    """Print what is right, and what is found, from which probability on."""
    stated = sum(bool(one.label.get("country")) for one in found)
    print(f"# {kind}: {len(found)} words, {stated} of a state or body", file=sys.stderr)
    answers = [
        (one, *answer)
        for one, p in zip(found, probabilities, strict=True)
        if (answer := one.asked.answer(p)) is not None and countries(answer[0])
    ]
    for bound in _SHOWN:
        kept = [one.right(option) for one, option, p in answers if p >= bound]
        print(f"#   from {bound}: {len(kept)} answered, right {np.mean(kept):.3f}, "
              f"recall {sum(kept) / stated:.3f}", file=sys.stderr)  # fmt: skip


def main() -> None:
    """Gather, fit, print."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("--labels", type=Path, required=True)
    ask.add_argument("--articles", type=Path, required=True)
    args = ask.parse_args()
    by_article: dict[str, list[Label]] = defaultdict(list)
    for label in read_rows(args.labels, lambda row: ("article", "span", "kind"), None):
        by_article[label["article"]].append(label)
    texts = read_articles(args.articles, by_article)
    coder, table = Coder(coder="rules"), load_actors(packs=shipped_packs())
    by_kind: dict[str, list[Case]] = defaultdict(list)
    for name, own in sorted(by_article.items()):
        for case in cases(coder, table, texts[name], own):
            by_kind[case.asked.kind].append(case)
    for kind, bound in BOUNDS.items():
        found = by_kind[kind]
        choices = [one.choice for one in found]
        names = names_of(choices, AT_LEAST)
        probabilities, theta = cross_fit(choices, names)
        show(kind, found, probabilities)
        print(f"{kind}:\n  bound: {bound}\n  weights:")
        for name, weight in zip(names, theta, strict=True):
            print(f"    {name!r}: {weight:.3f}" if ":" in name else f"    {name}: {weight:.3f}")


if __name__ == "__main__":
    main()
