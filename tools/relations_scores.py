"""Scores of a relation model: macro-F1 by root and quad, calibration, none or event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sklearn.metrics import f1_score, precision_recall_fscore_support

from relations_data import INDEX, LABELS, QUAD, ROOTS, YIELD, Pair

Array = Any
_NONE = INDEX["NONE"]


def shares(logits: Array, temperature: float = 1.0) -> Array:
    """Return probabilities (rows, labels)."""
    scaled = np.asarray(logits, dtype=np.float64) / temperature
    powers = np.exp(scaled - scaled.max(-1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


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


def relation_scores(pairs: Sequence[Pair], p: Array) -> dict[str, Any]:
    """Score pairs that have a relation, the model asked for the likeliest type (no NONE)."""
    answers = [ROOTS[i] for i in root_shares(p).argmax(1)]
    gold = [pair["type"] if pair["type"] not in YIELD else "YIELD" for pair in pairs]
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


def calibration_error(pairs: Sequence[Pair], p: Array, bins: int = 10) -> float:
    """Return the expected calibration error of the likeliest root, given a relation."""
    q = root_shares(p)
    sure = q.max(1)
    gold = [pair["type"] if pair["type"] not in YIELD else "YIELD" for pair in pairs]
    hit = np.array([ROOTS[i] == g for i, g in zip(q.argmax(1), gold, strict=True)])
    which = np.minimum((sure * bins).astype(int), bins - 1)
    return float(
        sum(
            (which == b).mean() * abs(hit[which == b].mean() - sure[which == b].mean())
            for b in range(bins)
            if (which == b).any()
        )
    )


def fit_temperature(pairs: Sequence[Pair], logits: Array) -> float:
    """Return the temperature with the least log loss on the gold roots, given a relation."""
    gold = [ROOTS.index(p["type"] if p["type"] not in YIELD else "YIELD") for p in pairs]
    grid = np.exp(np.linspace(np.log(0.2), np.log(3.0), 120))

    def loss(t: float) -> float:
        q = root_shares(shares(logits, t))[np.arange(len(gold)), gold]
        return float(-np.log(np.maximum(q, 1e-12)).mean())

    return float(min(grid, key=loss))


def none_scores(none: Array, events: Array) -> dict[str, float]:
    """Precision and recall of "none" as the likeliest label.

    ``none`` are probabilities on pairs without a relation, ``events`` on pairs with one.
    """
    said, wrong = none.argmax(1) == _NONE, events.argmax(1) == _NONE
    hits = int(said.sum())
    return {
        "none_pairs": len(none),
        "event_pairs": len(events),
        "precision": round(hits / max(hits + int(wrong.sum()), 1), 4),
        "recall": round(hits / max(len(none), 1), 4),
        "events_called_none": round(float(wrong.mean()), 4) if len(events) else 0.0,
    }


def distribution(p: Array) -> dict[str, float]:
    """Return one row of probabilities by label, rounded."""
    return {label: round(float(x), 5) for label, x in zip(LABELS, p, strict=True)}
