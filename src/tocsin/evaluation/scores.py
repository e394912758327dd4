"""F1 scores over classes, with missing answers counted as wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassScore:
    """Precision, recall and F1 of one class, and how often it is right in the gold set."""

    precision: float
    recall: float
    f1: float
    support: int


def class_scores(pairs: Iterable[tuple[str, str | None]]) -> dict[str, ClassScore]:
    """Score ``(gold, answer)`` pairs per gold class; an answer of None is a miss."""
    pairs = list(pairs)
    gold = Counter(g for g, _ in pairs)
    answered = Counter(a for _, a in pairs if a is not None)
    right = Counter(g for g, a in pairs if g == a)
    scores = {}
    for name in sorted(gold):
        precision = right[name] / answered[name] if answered[name] else 0.0
        recall = right[name] / gold[name]
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        scores[name] = ClassScore(precision, recall, f1, gold[name])
    return scores


def macro_f1(scores: Mapping[str, ClassScore]) -> float:
    """The plain mean of the classes' F1."""
    return sum(s.f1 for s in scores.values()) / len(scores) if scores else 0.0


def as_rows(scores: Mapping[str, ClassScore]) -> dict[str, dict[str, float]]:
    """The scores as numbers to write down, rounded."""
    return {
        name: {
            "precision": round(score.precision, 4),
            "recall": round(score.recall, 4),
            "f1": round(score.f1, 4),
            "n": score.support,
        }
        for name, score in scores.items()
    }


def class_lines(rows: Mapping[str, Mapping[str, float]]) -> list[str]:
    """The same for people: a line per class under a head."""
    return [
        f"{'class':<10} {'P':>6} {'R':>6} {'F1':>6} {'n':>5}",
        *(
            f"{name:<10} {c['precision']:>6.3f} {c['recall']:>6.3f} {c['f1']:>6.3f} {c['n']:>5}"
            for name, c in rows.items()
        ),
    ]


def confusion_table(pairs: Iterable[tuple[str, str | None]]) -> str:
    """Rows are gold classes, columns answers; "-" is no answer."""
    counts = Counter((gold, answer or "-") for gold, answer in pairs)
    rows = sorted({gold for gold, _ in counts})
    columns: Sequence[str] = sorted({answer for _, answer in counts} | set(rows), key=_dash_last)
    width = max(map(len, rows), default=4)
    head = " " * (width + 1) + " ".join(f"{column[:5]:>5}" for column in columns)
    lines = [head]
    for row in rows:
        cells = " ".join(f"{counts[row, column] or '.':>5}" for column in columns)
        lines.append(f"{row:<{width}} {cells}")
    return "\n".join(lines)


def _dash_last(name: str) -> tuple[bool, str]:
    return (name == "-", name)
