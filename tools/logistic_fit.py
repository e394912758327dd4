"""Fitting the scores of ``data/rules``: logistic regression, and figures from folds by article."""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

STRENGTH = 3.0  # of the L2 penalty; 1 to 10 give the same figures within half a point
FOLDS = 5


@dataclass(frozen=True)
class Examples:
    """``features`` of each example, whether it is one of those sought, and its article."""

    features: Sequence[dict[str, float]]
    right: Sequence[bool]
    articles: Sequence[str]

    def names(self, at_least: int = 1) -> list[str]:
        """Names of features that ``at_least`` so many examples have, the constant first."""
        counts = Counter(name for found in self.features for name in found)
        return ["always", *sorted(n for n, c in counts.items() if c >= at_least and n != "always")]


def fit(x: Any, y: Any, *, start: Any = None, strength: float = STRENGTH) -> Any:
    """Return the weights by Newton's method; the first feature is not penalised.

    The others are drawn to ``start``, the weights that are thought right before anything is seen
    (0 where it is not given), with the ``strength`` of the L2 penalty.
    """
    before = np.zeros(x.shape[1]) if start is None else start
    theta = before.copy()
    penalty = np.full(x.shape[1], strength)
    penalty[0] = 1e-3

    def loss(at: Any) -> float:
        z = x @ at
        distance = penalty @ (at - before) ** 2 / 2
        return float((np.logaddexp(0, z) - y * z).sum() + distance)

    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ theta, -30, 30)))
        slope = x.T @ (y - p) - penalty * (theta - before)
        bend = (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty)
        step = np.linalg.solve(bend, slope)
        while loss(theta + step) > loss(theta) and np.abs(step).max() >= 1e-6:
            step /= 2  # a whole step of Newton's can overshoot
        theta += step
        if np.abs(step).max() < 1e-6:
            break
    return theta


def cross_fit(examples: Examples, names: Sequence[str]) -> tuple[Any, Any]:
    """Return the probabilities out of fold, by article, and the weights fitted on all."""
    x = np.array([[found.get(name, 0.0) for name in names] for found in examples.features])
    y = np.array(examples.right, float)
    fold = np.array([zlib.crc32(name.encode()) % FOLDS for name in examples.articles])
    p = np.zeros(len(y))
    for number in range(FOLDS):
        theta = fit(x[fold != number], y[fold != number])
        p[fold == number] = 1 / (1 + np.exp(-x[fold == number] @ theta))
    return p, fit(x, y)


def without_source(examples: Examples, names: Sequence[str]) -> Any:
    """Return the probabilities by weights that saw nothing of the example's file of articles."""
    x = np.array([[found.get(name, 0.0) for name in names] for found in examples.features])
    y = np.array(examples.right, float)
    source = np.array([name.partition("/")[0] for name in examples.articles])
    p = np.zeros(len(y))
    for one in sorted(set(source)):
        theta = fit(x[source != one], y[source != one])
        p[source == one] = 1 / (1 + np.exp(-x[source == one] @ theta))
    return p


def show(text: str) -> None:
    """Print a line of figures, as a comment and beside the weights."""
    print(f"# {text}", file=sys.stderr)


def write_weights(names: Sequence[str], theta: Any) -> None:
    """Print the weights as YAML."""
    print("weights:")
    for name, weight in zip(names, theta, strict=True):
        print(f"  {name}: {weight:.3f}")
