"""Reading labelled pairs, dealing them into folds, and turning them into training rows."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from relations_net import Row
from tocsin.events.relation.encoding import encode

# fmt: off
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)
# fmt: on
LABELS = [*TYPES, "NONE"]
INDEX = {label: i for i, label in enumerate(LABELS)}
YIELD = ("CONCEDE", "RETREAT")
ROOTS = [label for label in LABELS[:-1] if label not in YIELD] + ["YIELD"]
QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
# Either party may stand first: turned round, the same relation holds.
MUTUAL = ("CONSULT", "COOPERATE", "AGREE", "SUPPORT")

Pair = dict[str, Any]


def read_jsonl(path: Path) -> list[Pair]:
    """Return the objects of a file of JSON lines, or of all such files of a folder, by name."""
    paths = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
    return [
        json.loads(line)
        for one in paths
        for line in one.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def right_labels(types: Iterable[str]) -> tuple[int, ...]:
    """Return the outputs that count as right; YIELD is CONCEDE or RETREAT, whichever."""
    return tuple(
        INDEX[label] for kind in types for label in (YIELD if kind == "YIELD" else (kind,))
    )


def spans(side: Sequence[dict[str, int]]) -> list[tuple[int, int]]:
    """Return a side's spans as pairs."""
    return [(span["start"], span["end"]) for span in side]


def piece_ids(tokenizer: Tokenizer, pair: Pair) -> list[int]:
    """Return the network's input for a pair."""
    return encode(tokenizer, pair["text"], spans(pair["actor"]), spans(pair["recipient"]))


def rows(tokenizer: Tokenizer, pairs: Iterable[Pair], weight: float = 1.0) -> list[Row]:
    """Return training rows; a pair has ``type``, or ``types`` that count alike."""
    return [
        Row(
            tuple(piece_ids(tokenizer, pair)),
            right_labels(pair.get("types") or (pair["type"],)),
            weight,
        )
        for pair in pairs
    ]


def turned_round(pairs: Iterable[Pair], share: float, seed: int) -> list[Pair]:
    """Return a share of the one-way relations with actor and recipient exchanged, as NONE."""
    rng = random.Random(seed)
    return [
        {**pair, "actor": pair["recipient"], "recipient": pair["actor"], "type": "NONE"}
        for pair in pairs
        if pair["type"] not in (*MUTUAL, "NONE")
        and len(pair["actor"]) == len(pair["recipient"]) == 1
        and rng.random() < share
    ]


def deal(pairs: Sequence[Pair], folds: int, groups: dict[str, str], seed: int = 13) -> list[int]:
    """Return a fold per pair: groups stay whole, types are spread evenly.

    ``groups`` maps a pair's id to its group; pairs that are not in it are grouped by their text,
    so that no sentence is in two folds.
    """
    rng = random.Random(seed)
    by_group: dict[str, list[int]] = defaultdict(list)
    of_text: dict[str, str] = {}
    for i, pair in enumerate(pairs):
        group = of_text.setdefault(pair["text"], groups.get(pair["id"], pair["text"]))
        by_group[group].append(i)
    order = sorted(by_group)
    rng.shuffle(order)
    order.sort(key=lambda group: -len(by_group[group]))
    count: dict[tuple[int, str], int] = defaultdict(int)
    size = [0] * folds
    fold = [0] * len(pairs)
    for group in order:
        kinds = [pairs[i]["type"] for i in by_group[group]]
        usual = max(sorted(set(kinds)), key=kinds.count)
        best = min(range(folds), key=lambda f: (count[f, usual], size[f]))
        for i in by_group[group]:
            fold[i] = best
            count[best, pairs[i]["type"]] += 1
            size[best] += 1
    return fold
