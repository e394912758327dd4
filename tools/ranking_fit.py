"""Fitting the choices of ``data/rules``: conditional logit, and figures from folds by article."""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from logistic_fit import FOLDS

STRENGTH = 3.0  # of the L2 penalty; 1 to 8 give the same figures within a point


@dataclass(frozen=True)
class Choice:
    """One word asked about: features of its options, the last those of none; which are right."""

    article: str
    options: Sequence[Mapping[str, float]]
    right: Sequence[bool]


def names_of(choices: Sequence[Choice], at_least: int) -> list[str]:
    """Return the features that an option has in ``at_least`` so many choices."""
    counts: Counter[str] = Counter()
    for one in choices:
        counts.update({name for features in one.options for name in features})
    return sorted(name for name, n in counts.items() if n >= at_least)


def fold_of(article: str) -> int:
    """Return the fold of an article, the same on every machine."""
    return zlib.crc32(article.encode()) % FOLDS


def matrices(choices: Sequence[Choice], names: Sequence[str]) -> list[tuple[Any, Any]]:
    """Return per choice the options' features (options, names) and which are right."""
    at = {name: i for i, name in enumerate(names)}
    made = []
    for one in choices:
        x = np.zeros((len(one.options), len(names)))
        for row, features in enumerate(one.options):
            for name, value in features.items():
                if name in at:
                    x[row, at[name]] = value
        made.append((x, np.array(one.right)))
    return made


def fit(data: Sequence[tuple[Any, Any]]) -> Any:
    """Return the weights under which the right options, taken together, are most probable.

    Newton's method with the curvature of the probabilities alone, which keeps it climbing.
    """
    width = data[0][0].shape[1]
    theta = np.zeros(width)
    for _ in range(25):
        slope, bend = -STRENGTH * theta, np.eye(width) * STRENGTH
        for x, right in data:
            p = shares(x, theta)
            wanted = np.where(right, p, 0.0)
            slope += (wanted / max(wanted.sum(), 1e-12) - p) @ x
            mean = p @ x
            bend += (x * p[:, None]).T @ x - np.outer(mean, mean)
        step = np.linalg.solve(bend, slope)
        theta += step
        if np.abs(step).max() < 1e-3:
            break
    return theta


def shares(x: Any, theta: Any) -> Any:
    """Return the probabilities of the options with features ``x``."""
    scores = x @ theta
    p = np.exp(scores - scores.max())
    return p / p.sum()


def cross_fit(choices: Sequence[Choice], names: Sequence[str]) -> tuple[list[Any], Any]:
    """Return each choice's probabilities by weights without its article; the weights of all."""
    data = matrices(choices, names)
    folds = [fold_of(one.article) for one in choices]
    found: list[Any] = [None] * len(choices)
    for number in range(FOLDS):
        theta = fit([one for one, fold in zip(data, folds, strict=True) if fold != number])
        for i, fold in enumerate(folds):
            if fold == number:
                found[i] = shares(data[i][0], theta)
    return found, fit(data)
