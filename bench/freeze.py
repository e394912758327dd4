"""Freeze per-case results, so that a diff shows which cases flipped.

::

    python -m bench.freeze                    # the example articles
    python -m bench.freeze --relations FILE   # the labelled pairs too, and the floors' figures
    python -m bench.freeze --articles FOLDER  # judged news and actors, pairs without a relation

``bench/frozen/examples.jsonl`` holds one line per event of the example articles (they are ours),
the other files of ``bench/frozen`` ids and answers, never a text. The example articles and the
labelled pairs are coded by the rules alone: the relation model has been trained on these pairs, and
its last digits differ between processors. News and actors are those of part ``held``.
``bench/baseline.json`` holds the floors that tests/test_accuracy.py keeps: raise them freely;
lowering one needs ``--lower``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from tocsin import Coder, Event
from tocsin.evaluation.actors import ActorScores, evaluate_actors, read_actor_labels
from tocsin.evaluation.news import NewsScores, evaluate_news, read_articles, read_labels
from tocsin.evaluation.pairs import PairScores, evaluate_pairs
from tocsin.evaluation.relations import evaluate_relations
from tocsin.events.relation import RelationModel
from tocsin.ingest import read_documents
from tocsin.pipeline.relate import Relater

BENCH = Path(__file__).parent
EXAMPLES = BENCH.parent / "examples" / "articles"
FROZEN = BENCH / "frozen"
BASELINE = BENCH / "baseline.json"
NEWS, NONE_PAIRS = BENCH / "news_labels.jsonl", BENCH / "none_pairs.jsonl"
ACTORS = BENCH / "actor_labels.jsonl"
# The one example without a date of its own (examples/README.md).
PUBLISHED = date(2020, 6, 16)
# A floor stands this much below what was measured: the figures of two machines may differ a little.
_MARGIN = 0.005
_MODEL_MARGIN = 0.02


def frozen_examples(coder: Coder) -> list[str]:
    """Code the example articles; one JSON line per event with what a reader would check."""

    def refuse(problem: Exception) -> None:
        raise problem

    documents = read_documents([EXAMPLES], published=PUBLISHED, on_problem=refuse)
    return [
        json.dumps(_summary(event), ensure_ascii=False)
        for document in documents
        for event in coder.code(document)
    ]


def _summary(event: Event) -> dict[str, Any]:
    return {
        "document": event.document,
        "trigger": f"{event.trigger.start}:{event.trigger.text}",
        "type": "/".join(filter(None, (event.type, event.mode))),
        "actors": [f"{a.text or a.via} {a.country or '?'}" for a in event.actors],
        "recipients": [f"{r.text or r.via} {r.country or '?'}" for r in event.recipients],
        "status": event.status,
        "content": event.content.type if event.content else None,
        "date": str(event.date.start) if event.date else None,
        "place": event.place.name if event.place else None,
        "said": [link.speaker.text if link.speaker else None for link in event.attribution],
        "rule": event.evidence[0].rule,
    }


def digest(path: Path) -> str:
    """SHA-256 of a labelled set, so that a floor is only held against the set that set it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _write(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Freeze what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--relations", type=Path, help="the labelled pairs")
    parser.add_argument("--articles", type=Path, help="the articles of the judged news")
    parser.add_argument("--lower", action="store_true", help="allow a floor to fall")
    options = parser.parse_args(arguments)
    coder = Coder(coder="rules")
    _write(FROZEN / "examples.jsonl", frozen_examples(coder))
    if options.relations:
        scores = evaluate_relations(options.relations, lambda _: coder)
        keep = ("id", "gold", "answer", "rule")
        _write(
            FROZEN / "relations.jsonl",
            (json.dumps({key: case[key] for key in keep}) for case in scores.cases),
        )
        figures = scores.as_dict()
        names = ("root_macro_f1", "quad_macro_f1", "found")
        floors = {name: round(figures[name] - _MARGIN, 4) for name in names}
        _keep("relations", options.relations, floors, lower=options.lower)
        print(scores.table())
    if options.articles:
        full = Coder()
        news = held_news(options.articles, full)
        _write(FROZEN / "news.jsonl", map(json.dumps, news.cases()))
        _keep("news", NEWS, news_floors(news, _MODEL_MARGIN), lower=options.lower)
        print(news.table())
        pairs = none_pairs(full)
        _write(FROZEN / "none_pairs.jsonl", map(json.dumps, pairs.cases))
        _keep("none_pairs", NONE_PAIRS, none_floors(pairs, _MODEL_MARGIN), lower=options.lower)
        print(pairs.table())
        actors = held_actors(options.articles, coder)
        _write(FROZEN / "actors.jsonl", map(json.dumps, actors.cases()))
        _keep("actors", ACTORS, actor_floors(actors, _MARGIN), lower=options.lower)
        print(actors.table())


def held_actors(articles: Path, coder: Coder) -> ActorScores:
    """Score the actors of the judged mentions that were kept apart."""
    labels = read_actor_labels(ACTORS, "held")
    texts = read_articles(articles, {label["article"] for label in labels})
    return evaluate_actors(labels, texts, coder.work)


def actor_floors(scores: ActorScores, margin: float = 0.0) -> dict[str, float]:
    """The figures of the judged mentions that must not fall."""
    figures = scores.as_dict()["all"]
    shares = {"resolved": figures["resolved"], "right": figures["right"]["share"]}
    return {name: round(share - margin, 4) for name, share in shares.items()}


def held_news(articles: Path, coder: Coder) -> NewsScores:
    """Score the coder on the judged news that were kept apart."""
    labels = read_labels(NEWS, "held")
    texts = read_articles(articles, {label["article"] for label in labels})
    return evaluate_news(labels, texts, coder.code)


def news_floors(scores: NewsScores, margin: float = 0.0) -> dict[str, float]:
    """The figures of the judged news that must not fall."""
    figures = scores.as_dict()
    return {
        name: round(figures[name]["share"] - margin, 4) for name in ("right", "all_right", "recall")
    }


def none_pairs(coder: Coder) -> PairScores:
    """Score the pairs without a relation, rules and model together."""
    relater = Relater(coder.with_model(None), RelationModel.load())
    return evaluate_pairs(NONE_PAIRS, lambda _: relater)


def none_floors(scores: PairScores, margin: float = 0.0) -> dict[str, float]:
    """The figures of NONE that must not fall."""
    none = scores.as_dict()["none"]
    return {name: round(none[name] - margin, 4) for name in ("precision", "recall")}


def _keep(name: str, path: Path, floors: dict[str, float], *, lower: bool) -> None:
    """Write the floors of a set; a fall needs ``lower``."""
    old = json.loads(BASELINE.read_text()) if BASELINE.exists() else {}
    for figure, floor in old.get(name, {}).get("floors", {}).items():
        if floors[figure] < floor and not lower:
            raise SystemExit(
                f"{name}: {figure} fell from {floor} to {floors[figure]}; --lower allows it"
            )
    old[name] = {"sha256": digest(path), "floors": floors}
    BASELINE.write_text(json.dumps(old, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
