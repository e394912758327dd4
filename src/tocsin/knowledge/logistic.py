"""Fitted scores: named features times weights, through the logistic function, to a probability.

Each score has a file under ``data/rules`` with its weights, the bounds from which it decides, and
in its comment the measurement that set them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, log

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Logistic:
    """``weights`` by the name of a feature; a feature without a weight says nothing. ``bounds`` are
    the probabilities, by name, from which the score decides something."""

    weights: Mapping[str, float]
    bounds: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that these features tell, from 0 to 1."""
        value = self.logit(features)
        return 1 / (1 + exp(-value)) if value >= 0 else exp(value) / (1 + exp(value))

    def logit(self, features: Mapping[str, float]) -> float:
        """Return the sum of the features times their weights: the logarithm of the odds."""
        return sum(said * self.weights.get(name, 0.0) for name, said in features.items())

    def bound_logit(self, bound: str) -> float:
        """Return a bound as a logit."""
        return log(self.bounds[bound] / (1 - self.bounds[bound]))

    def from_(self, bound: float) -> Logistic:
        """Return the same score with all bounds at ``bound``."""
        return replace(self, bounds=dict.fromkeys(self.bounds, bound))

    def loudest(
        self, features: Mapping[str, float], *, most: int = 4
    ) -> tuple[tuple[str, float], ...]:
        """Return the features that moved the probability most, with what each added to its logit.

        ``always``, the constant, is left out.
        """
        said = [(name, value * self.weights.get(name, 0.0)) for name, value in features.items()]
        said = [one for one in said if one[0] != "always" and abs(one[1]) >= 0.05]
        return tuple(sorted(said, key=lambda one: (-abs(one[1]), one[0]))[:most])


@lru_cache
def load_confidence() -> Logistic:
    """Load ``data/rules/confidence.yaml``: how sure an event is.

    Events less probable than the bound ``keep`` are none; those that only the relation model saw,
    less than ``keep_proposed``.
    """
    return _load("confidence.yaml", ("keep", "keep_proposed"))


@lru_cache
def load_background() -> Logistic:
    """Load ``data/rules/background.yaml``: whether a deed is told as known, and not as news.

    From the bound ``known`` on it is background.
    """
    return _load("background.yaml", ("known",))


@lru_cache
def load_incidents() -> Logistic:
    """Load ``data/linking/incidents.yaml``: whether two reports are of one happening.

    From the bound ``same`` on they are.
    """
    return _load("incidents.yaml", ("same",), folder="linking")


def _load(file: str, bounds: tuple[str, ...], *, folder: str = "rules") -> Logistic:
    path = f"{folder}/{file}"
    content = read_yaml(folder, file)
    check_keys(content, allowed=(*bounds, "weights"), path=path)
    for name in (*bounds, "weights"):
        if name not in content:
            raise KnowledgeError(f"lacks {name}", path=path)
    return Logistic(
        weights={name: float(value) for name, value in content["weights"].items()},
        bounds={name: float(content[name]) for name in bounds},
    )
