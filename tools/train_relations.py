"""Train Tocsin's relation model on a CPU and write it for the run time.

    python tools/train_relations.py --gold relations.jsonl --extra tools/relation_data \\
        --facts FOLDER --base model.safetensors --tokenizer tokenizer.json --output DIR --cv 5

Needs torch, safetensors, tokenizers, onnx, onnxruntime, numpy and scikit-learn, which are no
dependencies of Tocsin itself. Base weights: a MiniLM-L6 (BERT of 6 layers, width 384), such as
all-MiniLM-L6-v2 (Apache-2.0).

Three steps. First look: short made-up sentences from the codebook's descriptions and a verb
dictionary. Second: the labelled sentences, with a share of them turned round (no relation), the
hand-written ones, and pairs of running text in which the rules found nothing (no relation). Last,
gently: the labelled sentences and the pairs without a relation alone. The first step sees nothing
of the labelled sentences, so all folds share it. States are kept in the output folder; a run that
was cut off goes on where it stopped.
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

from relations_data import LABELS, Pair, deal, read_jsonl, rows, spans, turned_round
from relations_export import digest, write_card, write_model
from relations_net import RelationNet, Row, train
from relations_phrases import phrase_sentences
from relations_scores import (
    calibration_error,
    distribution,
    fit_temperature,
    none_scores,
    relation_scores,
    shares,
)
from tocsin.events import relation
from tocsin.events.relation import RelationModel

PHRASE_LOOKS = 3  # times through the dictionary, each with other verbs of a pattern and names
EXTRA_WEIGHT = 0.5  # their labels follow the newer codebook, where it differs
TURNED_SHARE, NONE_WEIGHT = 0.3, 0.5  # pairs that nobody read, taken to have no relation
EPOCHS = 3.0
LAST_EPOCHS, LAST_RATE, LAST_NONE_WEIGHT = 2.0, 6e-5, 0.7
BASE = "all-MiniLM-L6-v2 (Apache-2.0)"


def first_look(base: Path, tokenizer: Tokenizer, facts: Path, seed: int) -> RelationNet:
    """Return the network after the phrases."""
    torch.manual_seed(seed)
    net = RelationNet(len(LABELS))
    net.load_base(base)
    net.freeze(0)
    made: list[Row] = []
    for look in range(PHRASE_LOOKS):
        made += rows(tokenizer, phrase_sentences(facts, seed + look))
    train(net, made, epochs=1, seed=seed, verbose="first look")
    return net


@dataclass(frozen=True, kw_only=True)
class Training:
    """All that a second step needs, whatever labelled sentences it is given.

    ``unrelated`` are pairs of running text; ``none`` and ``args`` are for measuring and paths.
    """

    args: argparse.Namespace
    tokenizer: Tokenizer
    extra: Sequence[Pair]
    unrelated: Sequence[Pair]
    none: Sequence[Pair]

    @functools.cached_property
    def start(self) -> RelationNet:
        """The network after the first look, kept at ``--start`` where that is given."""
        args = self.args
        if args.start and args.start.exists():
            net = RelationNet(len(LABELS))
            net.load_state_dict(torch.load(args.start, weights_only=True))
            return net
        net = first_look(args.base, self.tokenizer, args.facts, args.seed)
        if args.start:
            torch.save(net.state_dict(), args.start)
        return net

    def second_look(self, gold: Sequence[Pair]) -> RelationNet:
        """Return a fine-tuned copy of the start."""
        net = copy.deepcopy(self.start)
        net.freeze(0)
        seed = self.args.seed
        made = rows(self.tokenizer, gold)
        made += rows(self.tokenizer, turned_round(gold, TURNED_SHARE, seed), NONE_WEIGHT)
        made += rows(self.tokenizer, self.extra, EXTRA_WEIGHT)
        made += rows(self.tokenizer, self.unrelated, NONE_WEIGHT)
        train(net, made, epochs=EPOCHS, seed=seed, verbose="second look")
        return net

    def last_look(self, net: RelationNet, gold: Sequence[Pair]) -> RelationNet:
        """Go over the labelled sentences and the pairs without a relation once more, gently."""
        net.freeze(0)
        seed = self.args.seed + 1
        few = random.Random(seed).sample(list(self.unrelated), min(100, len(self.unrelated)))
        made = rows(self.tokenizer, gold)
        made += rows(self.tokenizer, turned_round(gold, TURNED_SHARE, seed), NONE_WEIGHT)
        made += rows(self.tokenizer, few, NONE_WEIGHT)
        written = [pair for pair in self.extra if pair["type"] == "NONE"]
        made += rows(self.tokenizer, written, LAST_NONE_WEIGHT)
        train(net, made, epochs=LAST_EPOCHS, seed=seed, rate=LAST_RATE, verbose="last look")
        return net

    def write(self, gold: Sequence[Pair], state: str, folder: Path) -> None:
        """Train on ``gold`` and write the model; states of that name are taken up again."""
        net = self._kept(f"{state}.pt", lambda: self.second_look(gold))
        net = self._kept(f"{state}-last.pt", functools.partial(self.last_look, net, gold))
        write_model(net, folder, labels=LABELS, tokenizer=self.args.tokenizer)

    def _kept(self, name: str, make: Callable[[], RelationNet]) -> RelationNet:
        """Return the network kept under ``name``, or make and keep it."""
        path = self.args.output / name
        if path.exists():  # a run that was cut off goes on where it stopped
            net = RelationNet(len(LABELS))
            net.load_state_dict(torch.load(path, weights_only=True))
            return net
        net = make()
        torch.save(net.state_dict(), path)
        return net


def answers(folder: Path, pairs: Sequence[Pair]) -> Any:
    """Return logits (pairs, labels) of a written model: what is measured is what ships."""
    model = RelationModel.load(folder)
    out = [
        model.logits(
            relation.Pair(
                text=pair["text"], actor=spans(pair["actor"]), recipient=spans(pair["recipient"])
            )
        )
        for pair in pairs
    ]
    return np.array(out).reshape(len(pairs), len(LABELS))


def cross_validate(training: Training, gold: Sequence[Pair]) -> tuple[float, dict[str, Any]]:
    """Return temperature and scores on pairs that a fold's network had not seen.

    Writes the folds' models, ``folds.json`` (id to fold) and ``oof.jsonl`` (id to distribution).
    """
    args = training.args
    groups = json.loads(args.groups.read_text(encoding="utf-8")) if args.groups else {}
    fold = deal(gold, args.cv, groups)
    wanted = args.only if args.only is not None else list(range(args.cv))
    logits = np.zeros((len(gold), len(LABELS)))
    on_none = []
    for number in wanted:
        held = [i for i, f in enumerate(fold) if f == number]
        seen = [pair for pair, f in zip(gold, fold, strict=True) if f != number]
        folder = args.output / "folds" / str(number)
        training.write(seen, f"fold{number}", folder)
        logits[held] = answers(folder, [gold[i] for i in held])
        on_none.append(answers(folder, training.none))
        part = relation_scores([gold[i] for i in held], shares(logits[held]))
        part.pop("classes")
        print(f"fold {number}", json.dumps(part), flush=True)

    done = [i for i, f in enumerate(fold) if f in wanted]
    pairs = [gold[i] for i in done]
    temperature = fit_temperature(pairs, logits[done])
    p = shares(logits, temperature)
    scores = relation_scores(pairs, p[done])
    scores["ece_before"] = round(calibration_error(pairs, shares(logits[done])), 4)
    scores["ece_after"] = round(calibration_error(pairs, p[done]), 4)
    if training.none:
        is_none = np.array([pair["type"] == "NONE" for pair in training.none])
        every = [shares(one, temperature) for one in on_none]
        each = [none_scores(one[is_none], one[~is_none]) for one in every]
        scores["none"] = {key: round(float(np.mean([e[key] for e in each])), 4) for key in each[0]}

    with (args.output / "oof.jsonl").open("w", encoding="utf-8") as out:
        for i in done:
            line = {"id": gold[i]["id"], "fold": fold[i], "probabilities": distribution(p[i])}
            out.write(json.dumps(line) + "\n")
    numbers = {pair["id"]: f for pair, f in zip(gold, fold, strict=True)}
    (args.output / "folds.json").write_text(json.dumps(numbers), encoding="utf-8")
    for number in wanted:
        folder = args.output / "folds" / str(number)
        write_card(folder, labels=LABELS, temperature=temperature, about={"fold": number})
    return temperature, scores


def main() -> None:
    """Cross-validate where asked, then train on everything and write the model."""
    ask = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    ask.add_argument("--gold", type=Path, required=True, help="labelled pairs, JSON lines")
    ask.add_argument("--extra", type=Path, help="folder of further labelled pairs")
    ask.add_argument("--facts", type=Path, required=True, help="folder with CAMEO table and verbs")
    ask.add_argument("--base", type=Path, required=True, help="model.safetensors of the base")
    ask.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the base")
    ask.add_argument("--unrelated", type=Path, help="pairs of running text without a relation")
    ask.add_argument("--none", type=Path, help="pairs without a relation, to measure on only")
    ask.add_argument("--groups", type=Path, help="JSON, id to group that no two folds may share")
    ask.add_argument("--output", type=Path, required=True)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--cv", type=int, default=0, help="folds of a cross-validation")
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
    gold = read_jsonl(args.gold)
    training = Training(
        args=args,
        tokenizer=tokenizer,
        extra=read_jsonl(args.extra) if args.extra else [],
        unrelated=read_jsonl(args.unrelated) if args.unrelated else [],
        none=read_jsonl(args.none) if args.none else [],
    )
    began = time.monotonic()

    data = {
        name: {"pairs": len(pairs), "sha256": digest(path)}
        for name, path, pairs in (
            ("gold", args.gold, gold),
            ("extra", args.extra, training.extra),
            ("unrelated", args.unrelated, training.unrelated),
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
        training.write(gold, "final", folder)
        write_card(folder, labels=LABELS, temperature=temperature, about=about)
    print(f"{time.monotonic() - began:.0f}s")


if __name__ == "__main__":
    main()
