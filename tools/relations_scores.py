"""Scores of a relation model: macro-F1 by root and quad, calibration, none or event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.metrics import f1_score, precision_recall_fscore_support

from relations_data import INDEX, LABELS, MODE_INDEX, MODES, QUAD, ROOTS, YIELD, Labelled

Array = Any
_NONE = INDEX["NONE"]


def shares(logits: Array, temperature: float = 1.0) -> Array:
    """Return probabilities (rows, labels)."""
    scaled = np.asarray(logits, dtype=np.float64) / temperature
    powers = np.exp(scaled - scaled.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def root(pair: Labelled) -> str:
    """Return the pair's type with CONCEDE and RETREAT as one."""
    return "YIELD" if pair.type in YIELD else pair.type


def root_shares(p: Array) -> Array:
    """Return (rows, 15): CONCEDE and RETREAT as YIELD, NONE left out, shares of the rest."""
    q = np.stack(
        [
            p[:, [INDEX[one] for one in YIELD]].sum(1) if root == "YIELD" else p[:, INDEX[root]]
            for root in ROOTS
        ],
        1,
    )
    return q / q.sum(1, keepdims=True)


def relation_scores(pairs: Sequence[Labelled], p: Array) -> dict[str, Any]:
    """Score pairs that have a relation, the model asked for the likeliest type (no NONE)."""
    answers = [ROOTS[i] for i in root_shares(p).argmax(1)]
    gold = [root(pair) for pair in pairs]
    kinds = sorted(set(gold))
    each = precision_recall_fscore_support(gold, answers, labels=kinds, zero_division=0)
    return {
        "n": len(pairs),
        "accuracy": round(float(np.mean([g == a for g, a in zip(gold, answers, strict=True)])), 4),
        "root_macro_f1": round(float(np.mean(each[2])), 4),
        "quad_macro_f1": round(
            float(f1_score([QUAD[g] for g in gold], [QUAD[a] for a in answers], average="macro")), 4
        ),
        "found": round(float((p.argmax(1) != _NONE).mean()), 4),
        "classes": {
            kind: {
                "precision": round(float(each[0][i]), 3),
                "recall": round(float(each[1][i]), 3),
                "f1": round(float(each[2][i]), 3),
                "n": int(each[3][i]),
            }
            for i, kind in enumerate(kinds)
        },
    }


def calibration_error(pairs: Sequence[Labelled], p: Array, bins: int = 10) -> float:
    """Return the expected calibration error of the likeliest root, given a relation."""
    q = root_shares(p)
    sure = q.max(1)
    gold = [root(pair) for pair in pairs]
    hit = np.array([ROOTS[i] == g for i, g in zip(q.argmax(1), gold, strict=True)])
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            (which == b).mean() * abs(hit[which == b].mean() - sure[which == b].mean())
            for b in range(bins)
            if (which == b).any()
        )
    )


def fit_temperature(pairs: Sequence[Labelled], logits: Array) -> float:
    """Return the temperature with the least log loss on the gold roots, given a relation."""
    gold = [ROOTS.index(root(pair)) for pair in pairs]
    grid = np.exp(np.linspace(np.log(0.2), np.log(3.0), 120))

    def loss(t: float) -> float:
        q = root_shares(shares(logits, t))[np.arange(len(gold)), gold]
        return float(-np.log(np.maximum(q, 1e-12)).mean())

    return float(min(grid, key=loss))


def none_scores(pairs: Sequence[Labelled], p: Array) -> dict[str, float]:
    """Precision and recall of "none" as the likeliest label."""
    said = p.argmax(1) == _NONE
    true = np.array([pair.type == "NONE" for pair in pairs])
    hits = int((said & true).sum())
    return {
        "none_pairs": int(true.sum()),
        "event_pairs": int((~true).sum()),
        "precision": round(hits / max(int(said.sum()), 1), 4),
        "recall": round(hits / max(int(true.sum()), 1), 4),
        "events_called_none": round(float((said & ~true).sum() / max((~true).sum(), 1)), 4),
    }


def pair_scores(pairs: Sequence[Labelled], p: Array) -> dict[str, float]:
    """Precision and recall of relations among all pairs of running text, types counted."""
    answers = [LABELS[i] for i in p.argmax(1)]
    said = [answer != "NONE" for answer in answers]
    true = [pair.type != "NONE" for pair in pairs]
    right = [a in pair.types for a, pair in zip(answers, pairs, strict=True)]
    hits = sum(r and s for r, s in zip(right, said, strict=True))
    both = sum(s and t for s, t in zip(said, true, strict=True))
    return {
        "pairs": len(pairs),
        "related": sum(true),
        "precision": round(hits / max(sum(said), 1), 4),
        "recall": round(hits / max(sum(true), 1), 4),
        "precision_untyped": round(both / max(sum(said), 1), 4),
        "recall_untyped": round(both / max(sum(true), 1), 4),
    }


def mode_scores(pairs: Sequence[Labelled], modes: Array) -> float:
    """Share of right modes, the type given, where the pair's mode is known and its type has any."""
    right, n = 0, 0
    for pair, row in zip(pairs, modes, strict=True):
        own = [i for i, name in enumerate(MODES) if name.startswith(f"{pair.type}/")]
        if pair.mode is None or not own:
            continue
        n += 1
        right += own[int(np.argmax(row[own]))] == MODE_INDEX.get(f"{pair.type}/{pair.mode}")
    return right / max(n, 1)


def distribution(p: Array) -> dict[str, float]:
    """Return one row of probabilities by label, rounded."""
    return {label: round(float(x), 5) for label, x in zip(LABELS, p, strict=True)}
