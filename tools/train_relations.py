"""Train Tocsin's relation model on a CPU and write it for the run time.

    python tools/train_relations.py --gold relations.jsonl --extra tools/relation_data \\
        --news bench/news_labels.jsonl --articles FOLDER --facts FOLDER \\
        --base model.safetensors --tokenizer tokenizer.json --output DIR --cv 5

Needs torch, safetensors, tokenizers, onnx, onnxruntime, numpy and scikit-learn, which are no
dependencies of Tocsin itself. Base weights: a MiniLM-L6 (BERT of 6 layers, width 384), such as
all-MiniLM-L6-v2 (Apache-2.0).

Three steps. First look: short made-up sentences from the codebook's descriptions and a verb
dictionary. Second: the labelled sentences, with a share of their pairs turned round (no relation),
the hand-written ones, and news sentences in which every pair of parties was judged by eye. Last,
gently: the labelled sentences and the news alone. The first step sees nothing of the labelled
sentences, so all folds share it. States are kept in the output folder; a run that was cut off goes
on where it stopped.
"""

from __future__ import annotations

import argparse
import copy
import datetime
import functools
import json
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from relations_data import (
    LABELS,
    MODES,
    Labelled,
    Sentence,
    deal,
    read_news,
    read_sentences,
    regrouped,
    row_of,
    thinned,
    with_turned,
)
from relations_export import digest, write_card, write_model
from relations_net import RelationNet, Row, train
from relations_phrases import phrase_sentences
from relations_scores import (
    calibration_error,
    distribution,
    fit_temperature,
    mode_scores,
    none_scores,
    pair_scores,
    relation_scores,
    shares,
)
from tocsin.events.relation import NONE, RelationModel

PHRASE_LOOKS = 3  # times through the dictionary, each with other verbs of a pattern and names
EXTRA_WEIGHT = 0.5  # their labels follow the newer codebook, where it differs
TURNED_SHARE, NONE_WEIGHT = 0.3, 0.5  # pairs that nobody read, taken to have no relation
NEWS_WEIGHT = 0.7
SHARE = 0.6  # of the written sentences and of the news, drawn anew for each epoch
RELATED, UNRELATED = 8, 6  # pairs of one sentence in one epoch, at most
EPOCHS = 3.0
LAST_EPOCHS, LAST_RATE = 2.0, 6e-5
BASE = "all-MiniLM-L6-v2 (Apache-2.0)"


def first_look(base: Path, tokenizer: Tokenizer, facts: Path, seed: int) -> RelationNet:
    """Return the network after the phrases."""
    torch.manual_seed(seed)
    net = RelationNet(len(LABELS), len(MODES))
    net.load_base(base)
    net.freeze(0)
    made = [
        row_of(tokenizer, sentence, weight=1.0, none_weight=1.0)
        for look in range(PHRASE_LOOKS)
        for sentence in phrase_sentences(facts, seed + look)
    ]
    rows = [row for row in made if row is not None]
    train(net, lambda _: rows, epochs=1, seed=seed, verbose="first look")
    return net


@dataclass(frozen=True, kw_only=True)
class Training:
    """All that a second step needs, whatever labelled sentences it is given.

    ``none`` is for measuring only.
    """

    args: argparse.Namespace
    tokenizer: Tokenizer
    extra: Sequence[Sentence]
    news: Sequence[Sentence]
    none: Sequence[Sentence]

    @functools.cached_property
    def start(self) -> RelationNet:
        """The network after the first look, kept at ``--start`` where that is given."""
        args = self.args
        if args.start and args.start.exists():
            return self._read(args.start)
        net = first_look(args.base, self.tokenizer, args.facts, args.seed)
        if args.start:
            torch.save(net.state_dict(), args.start)
        return net

    def second_look(self, gold: Sequence[Sentence], news: Sequence[Sentence]) -> RelationNet:
        """Return a fine-tuned copy of the start."""
        net = copy.deepcopy(self.start)
        net.freeze(0)

        def sample(rng: random.Random) -> list[Row]:
            return self._rows(gold, self.extra, news, rng)

        train(net, sample, epochs=EPOCHS, seed=self.args.seed, verbose="second look")
        return net

    def last_look(
        self, net: RelationNet, gold: Sequence[Sentence], news: Sequence[Sentence]
    ) -> RelationNet:
        """Go over the labelled sentences and the news once more, gently."""
        net.freeze(0)
        written = [one for one in self.extra if all(p.types == (NONE,) for p in one.pairs)]

        def sample(rng: random.Random) -> list[Row]:
            return self._rows(gold, written, news, rng)

        train(
            net, sample, epochs=LAST_EPOCHS, seed=self.args.seed + 1, rate=LAST_RATE,
            verbose="last look",
        )  # fmt: skip
        return net

    def _rows(
        self,
        gold: Sequence[Sentence],
        extra: Sequence[Sentence],
        news: Sequence[Sentence],
        rng: random.Random,
    ) -> list[Row]:
        extra = rng.sample(list(extra), round(SHARE * len(extra)))
        news = rng.sample(list(news), round(SHARE * len(news)))
        weighed = [
            *((with_turned(one, TURNED_SHARE, rng), 1.0) for one in gold),
            *(
                (thinned(one, rng, related=RELATED, others=UNRELATED), EXTRA_WEIGHT)
                for one in extra
            ),
            *((thinned(one, rng, related=RELATED, others=UNRELATED), NEWS_WEIGHT) for one in news),
        ]
        made = [
            row_of(self.tokenizer, one, weight=weight, none_weight=NONE_WEIGHT)
            for one, weight in weighed
            if one.pairs
        ]
        return [row for row in made if row is not None]

    def write(
        self, gold: Sequence[Sentence], news: Sequence[Sentence], state: str, folder: Path
    ) -> None:
        """Train and write the model; states of that name are taken up again."""
        net = self._kept(f"{state}.pt", lambda: self.second_look(gold, news))
        net = self._kept(f"{state}-last.pt", functools.partial(self.last_look, net, gold, news))
        write_model(net, folder, labels=LABELS, modes=MODES, tokenizer=self.args.tokenizer)

    def _read(self, path: Path) -> RelationNet:
        net = RelationNet(len(LABELS), len(MODES))
        net.load_state_dict(torch.load(path, weights_only=True))
        return net

    def _kept(self, name: str, make: Callable[[], RelationNet]) -> RelationNet:
        """Return the network kept under ``name``, or make and keep it."""
        path = self.args.output / name
        if path.exists():  # a run that was cut off goes on where it stopped
            return self._read(path)
        net = make()
        torch.save(net.state_dict(), path)
        return net


def answers(folder: Path, sentences: Sequence[Sentence]) -> tuple[list[Labelled], Any, Any]:
    """Return all pairs with a written model's logits of types (pairs, labels) and modes.

    What is measured is what ships.
    """
    model = RelationModel.load(folder)
    asked, types, modes = [], [], []
    for sentence in sentences:
        if sentence.pairs:
            found = model.logits(sentence.text, [one.pair for one in sentence.pairs])
            asked += sentence.pairs
            types.append(found[0])
            modes.append(found[1])
    if not asked:
        return [], np.zeros((0, len(LABELS))), np.zeros((0, len(MODES)))
    return asked, np.concatenate(types), np.concatenate(modes)


def cross_validate(training: Training, gold: Sequence[Sentence]) -> tuple[float, dict[str, Any]]:
    """Return temperature and scores on pairs that a fold's network had not seen.

    Writes the folds' models, ``folds.json`` (id of sentence or article to fold) and ``oof.jsonl``
    (id to distribution).
    """
    args = training.args
    fold, news_fold = deal(gold, args.cv), deal(training.news, args.cv)
    wanted = args.only if args.only is not None else list(range(args.cv))
    logits = np.zeros((len(gold), len(LABELS)))
    on_none, on_news, on_modes = [], [], []
    for number in wanted:
        held = [i for i, f in enumerate(fold) if f == number]
        seen = [
            [one for one, f in zip(sentences, folds, strict=True) if f != number]
            for sentences, folds in ((gold, fold), (training.news, news_fold))
        ]
        unseen = [o for o, f in zip(training.news, news_fold, strict=True) if f == number]
        folder = args.output / "folds" / str(number)
        training.write(*seen, f"fold{number}", folder)
        pairs, logits[held], _ = answers(folder, [gold[i] for i in held])
        part = relation_scores(pairs, shares(logits[held]))
        part.pop("classes")
        print(f"fold {number}", json.dumps(part), flush=True)
        pairs, found, _ = answers(folder, training.none)
        if pairs:
            on_none.append((pairs, found))
            print("none", json.dumps(none_scores(pairs, shares(found))), flush=True)
        pairs, found, modes = answers(folder, unseen)
        if pairs:
            on_news.append((pairs, found))
            on_modes.append(mode_scores(pairs, modes))
            print("news", json.dumps(pair_scores(pairs, shares(found))), on_modes[-1], flush=True)

    done = [i for i, f in enumerate(fold) if f in wanted]
    pairs = [gold[i].first for i in done]
    temperature = fit_temperature(pairs, logits[done])
    p = shares(logits, temperature)
    scores = relation_scores(pairs, p[done])
    scores["ece_before"] = round(calibration_error(pairs, shares(logits[done])), 4)
    scores["ece_after"] = round(calibration_error(pairs, p[done]), 4)
    for name, kept, score in (("none", on_none, none_scores), ("news", on_news, pair_scores)):
        if kept:
            each = [score(asked, shares(found, temperature)) for asked, found in kept]
            scores[name] = {
                key: round(float(np.mean([e[key] for e in each])), 4) for key in each[0]
            }
    if on_modes:
        scores["modes_on_news"] = round(float(np.mean(on_modes)), 4)

    with (args.output / "oof.jsonl").open("w", encoding="utf-8") as out:
        for i in done:
            line = {"id": gold[i].id, "fold": fold[i], "probabilities": distribution(p[i])}
            out.write(json.dumps(line) + "\n")
    numbers = {one.id: f for one, f in zip(gold, fold, strict=True)}
    numbers |= {one.group: f for one, f in zip(training.news, news_fold, strict=True)}
    (args.output / "folds.json").write_text(json.dumps(numbers), encoding="utf-8")
    for number in wanted:
        folder = args.output / "folds" / str(number)
        write_card(
            folder, labels=LABELS, modes=MODES, temperature=temperature, about={"fold": number}
        )
    return temperature, scores


def main() -> None:
    """Cross-validate where asked, then train on everything and write the model."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("--gold", type=Path, required=True, help="labelled pairs, JSON lines")
    ask.add_argument("--extra", type=Path, help="folder of further labelled pairs")
    ask.add_argument("--facts", type=Path, required=True, help="folder with CAMEO table and verbs")
    ask.add_argument("--base", type=Path, required=True, help="model.safetensors of the base")
    ask.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the base")
    ask.add_argument(
        "--news", type=Path, help="judged news sentences, of which part train is taken"
    )
    ask.add_argument("--articles", type=Path, help="folder of the articles of the news")
    ask.add_argument("--none", type=Path, help="pairs without a relation, to measure on only")
    ask.add_argument("--output", type=Path, required=True)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--cv", type=int, default=0, help="folds of a cross-validation")
    ask.add_argument(
        "--groups",
        type=Path,
        help="JSON of id (of a labelled sentence, or of an article) to a group that no two folds "
        "may share, such as its verb, its source or its style",
    )
    ask.add_argument("--only", type=int, nargs="*", help="of these folds only; no final model")
    ask.add_argument("--start", type=Path, help="where the state after the first look is kept")
    ask.add_argument("--threads", type=int, default=1)
    ask.add_argument("--date", default=datetime.date.today().isoformat(), help="for the card")
    args = ask.parse_args()
    torch.set_num_threads(args.threads)
    args.output.mkdir(parents=True, exist_ok=True)

    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    gold = read_sentences(args.gold)

    news = read_news(args.news, args.articles, "train") if args.news else []
    if args.groups:
        gold, news = (regrouped(read, args.groups) for read in (gold, news))
    training = Training(
        args=args,
        tokenizer=tokenizer,
        extra=read_sentences(args.extra) if args.extra else [],
        news=news,
        none=read_sentences(args.none) if args.none else [],
    )
    began = time.monotonic()

    data = {
        name: {"sentences": len(sentences), "sha256": digest(path)}
        for name, path, sentences in (
            ("gold", args.gold, gold),
            ("extra", args.extra, training.extra),
            ("news", args.news, training.news),
        )
        if path
    }
    about: dict[str, Any] = {
        "what": "relation of a marked actor to a marked recipient: PLOVER type or none",
        "licence": "Apache-2.0 (weights of the base and of this model)",
        "base": BASE,
        "trained_on": data,
        "seed": args.seed,
        "date": args.date,
    }
    temperature = 1.0
    if args.cv:
        temperature, scores = cross_validate(training, gold)
        print("cross-validated", json.dumps(scores, indent=1), "temperature", temperature)
        about["cross_validation"] = {"folds": args.cv, **scores}
    if args.only is None:
        folder = args.output / "model"
        training.write(gold, training.news, "final", folder)
        write_card(folder, labels=LABELS, modes=MODES, temperature=temperature, about=about)
    print(f"{time.monotonic() - began:.0f}s")


if __name__ == "__main__":
    main()
