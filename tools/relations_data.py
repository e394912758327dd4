"""Reading labelled sentences, dealing them into folds, and turning them into training rows.

Three forms of labels, one form after reading. A *pair* file has one pair a line: ``text``,
``actor`` and ``recipient`` as lists of ``{start, end}``, ``type`` (or ``types`` that count alike)
and perhaps ``mode``. A *scene* file has one sentence a line with all its ``parties`` (number to
list of ``[start, end]``) and all ``relations`` between them ``[actor, recipient, type, mode]``;
pairs of parties that are not listed have no relation, and a party with the other side left open
has all relations in which it stands on that side. A *news* file (bench/news_labels.jsonl; the
part ``train`` of it) tells the same without the text, by ``article`` and the ``span`` of the
sentence in it, for articles that are not ours to ship.
"""

from __future__ import annotations

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from relations_net import Row
from tocsin.events.relation import NONE, Pair
from tocsin.events.relation.encoding import encode
from tocsin.knowledge.ontology import load_ontology

# fmt: off
TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
    "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)
# fmt: on
LABELS = [*TYPES, NONE]
INDEX = {label: i for i, label in enumerate(LABELS)}
MODES = [
    f"{type_}/{mode}"
    for type_ in TYPES
    if load_ontology().types[type_].mode_scores
    for mode in ("", *sorted(load_ontology().types[type_].mode_scores))
]
MODE_INDEX = {mode: i for i, mode in enumerate(MODES)}
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

Spans = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with its answer: ``types`` count alike; ``mode`` None: nobody said, "" : none told."""

    actor: Spans
    recipient: Spans
    types: tuple[str, ...]
    mode: str | None = None

    @property
    def type(self) -> str:
        """The one type, or the first."""
        return self.types[0]

    @property
    def pair(self) -> Pair:
        """The question."""
        return Pair(actor=self.actor, recipient=self.recipient)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with pairs; ``group``: what no two folds may share."""

    id: str
    text: str
    pairs: tuple[Labelled, ...]
    group: str = ""

    @property
    def first(self) -> Labelled:
        """The only pair of a sentence of a pair file."""
        return self.pairs[0]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a file of JSON lines."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def read_sentences(path: Path) -> list[Sentence]:
    """Read a file of pairs or scenes, or all ``*.jsonl`` of a folder."""
    if path.is_dir():
        return [s for one in sorted(path.glob("*.jsonl")) for s in read_sentences(one)]
    return [_scene(row) if "parties" in row else _pair(row) for row in read_jsonl(path)]


def read_news(path: Path, articles: Path, part: str) -> list[Sentence]:
    """Read the judged news sentences of one part, with their text from the articles' folder."""
    texts = article_texts(articles)
    return [
        _scene(_with_text(row, texts[row["article"]]))
        for row in read_jsonl(path)
        if row["part"] == part
    ]


def article_texts(folder: Path) -> dict[str, str]:
    """Return text by ``file/id`` of the articles in a folder of gzipped JSON lines."""
    texts = {}
    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                texts[f"{path.name.partition('.')[0]}/{row['id']}"] = row["text"]
    return texts


def _with_text(row: Mapping[str, Any], article: str) -> dict[str, Any]:
    start, end = row["span"]
    text = "".join(" " if letter.isspace() else letter for letter in article[start:end])
    parties = {
        name: [[a - start, b - start] for a, b in spans] for name, spans in row["parties"].items()
    }
    relations = [
        [actor, recipient, event["type"], event["mode"]]
        for event in row["events"]
        for actor in event["actors"] or ("",)
        for recipient in event["recipients"] or ("",)
        if actor != recipient
    ]
    return {**row, "text": text, "parties": parties, "relations": relations}


def _scene(row: Mapping[str, Any]) -> Sentence:
    parties = {name: tuple((a, b) for a, b in spans) for name, spans in row["parties"].items()}
    answers: dict[tuple[str, str], list[tuple[str, str | None]]] = defaultdict(list)
    for actor, recipient, type_, mode in row["relations"]:
        answers[str(actor or ""), str(recipient or "")].append((type_, mode))
    for (actor, recipient), found in list(answers.items()):  # one side left open: whoever it is
        for pair in ((actor, ""), ("", recipient)):
            if pair != ("", "") and pair not in answers:
                answers[pair] = []
            if pair not in ((actor, recipient), ("", "")):
                answers[pair] += found
    asked = [pair for pair in permutations(parties, 2) if not _meet(*(parties[n] for n in pair))]
    asked += [pair for name in parties for pair in ((name, ""), ("", name))]
    pairs = []
    for actor, recipient in asked:
        found = answers.get((actor, recipient)) or [(NONE, None)]
        types = tuple(dict.fromkeys(type_ for type_, _ in found))
        modes = {mode for _, mode in found}
        mode = (modes.pop() or "") if len(types) == len(modes) == 1 and types != (NONE,) else None
        pairs.append(Labelled(parties.get(actor, ()), parties.get(recipient, ()), types, mode))
    return Sentence(row["id"], row["text"], tuple(pairs), row.get("article", row["text"]))


def _meet(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


def _pair(row: Mapping[str, Any]) -> Sentence:
    sides = [tuple((s["start"], s["end"]) for s in row[name]) for name in ("actor", "recipient")]
    types = tuple(row.get("types") or (row["type"],))
    mode = (row["mode"] or "") if "mode" in row and types != (NONE,) else None
    return Sentence(
        str(row.get("id", "")), row["text"], (Labelled(*sides, types, mode),), row["text"]
    )


def right_labels(types: Iterable[str]) -> tuple[int, ...]:
    """Return the outputs that count as right; YIELD is CONCEDE or RETREAT, whichever."""
    return tuple(
        INDEX[label] for kind in types for label in (YIELD if kind == "YIELD" else (kind,))
    )


def row_of(
    tokenizer: Tokenizer, sentence: Sentence, *, weight: float, none_weight: float
) -> Row | None:
    """Return the training row of a sentence (of its first cut, where it is very long)."""
    made = encode(tokenizer, sentence.text, [labelled.pair for labelled in sentence.pairs])
    if not made or not made[0][1]:
        return None
    encoded, members = made[0]
    kept = [sentence.pairs[i] for i in members]
    return Row(
        encoded,
        tuple(right_labels(one.types) for one in kept),
        tuple(none_weight if one.types == (NONE,) else weight for one in kept),
        tuple(
            -1 if one.mode is None else MODE_INDEX.get(f"{one.type}/{one.mode}", -1) for one in kept
        ),
    )


def with_turned(sentence: Sentence, share: float, rng: random.Random) -> Sentence:
    """Add the pair turned round, as NONE, to a share of the sentences with a one-way relation."""
    one = sentence.first
    if one.type in (*MUTUAL, NONE) or len(one.actor) != 1 or len(one.recipient) != 1:
        return sentence
    if rng.random() >= share:
        return sentence
    turned = Labelled(one.recipient, one.actor, (NONE,))
    return replace(sentence, pairs=(one, turned))


def thinned(sentence: Sentence, rng: random.Random, *, related: int, others: int) -> Sentence:
    """Keep at most so many related and unrelated pairs of a sentence, drawn anew each time."""
    kinds: tuple[list[Labelled], list[Labelled]] = ([], [])
    for one in sentence.pairs:
        kinds[one.types == (NONE,)].append(one)
    kept = [
        one
        for kind, most in zip(kinds, (related, others), strict=True)
        for one in rng.sample(kind, min(most, len(kind)))
    ]
    return replace(sentence, pairs=tuple(kept))


def regrouped(sentences: Sequence[Sentence], path: Path) -> list[Sentence]:
    """Put sentences into the groups that a file names for their id, or for their own group."""
    groups = json.loads(path.read_text(encoding="utf-8"))
    return [
        replace(one, group=groups.get(one.id, groups.get(one.group, one.group)))
        for one in sentences
    ]


def deal(sentences: Sequence[Sentence], folds: int, seed: int = 13) -> list[int]:
    """Return a fold per sentence: groups stay whole, types are spread evenly."""
    rng = random.Random(seed)
    by_group: dict[str, list[int]] = defaultdict(list)
    for i, sentence in enumerate(sentences):
        by_group[sentence.group].append(i)
    order = sorted(by_group)
    rng.shuffle(order)
    order.sort(key=lambda group: -len(by_group[group]))
    count: dict[tuple[int, str], int] = defaultdict(int)
    size = [0] * folds
    fold = [0] * len(sentences)
    for group in order:
        kinds = [one.type for i in by_group[group] for one in sentences[i].pairs] or [NONE]
        usual = max(sorted(set(kinds)), key=kinds.count)
        best = min(range(folds), key=lambda f: (count[f, usual], size[f]))
        for i in by_group[group]:
            fold[i] = best
            size[best] += 1
        for kind in kinds:
            count[best, kind] += 1
    return fold
