"""Fitted choices: of several candidates, or none of them, the most probable.

Named features times weights give each candidate a score; the scores' exponentials, divided by
their sum, are the probabilities (a conditional logit, as in mention ranking: Denis & Baldridge
2008). One set of weights per kind of word that asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

_PATH = "rules/antecedents.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """``weights`` by feature; from the probability ``bound`` on an answer is taken."""

    weights: Mapping[str, float]
    bound: float

    def probabilities(self, options: Sequence[Mapping[str, float]]) -> list[float]:
        """Return the probability of each option; they add up to 1."""
        scores = [
            sum(said * self.weights.get(name, 0.0) for name, said in features.items())
            for features in options
        ]
        most = max(scores, default=0.0)
        shares = [exp(score - most) for score in scores]
        total = sum(shares)
        return [share / total for share in shares]


@lru_cache
def load_antecedents() -> Mapping[str, Ranking]:
    """Load ``data/rules/antecedents.yaml``: whom pronouns mean, by the kind of pronoun."""
    content = read_yaml("rules", "antecedents.yaml")
    rankings = {}
    for kind, entry in content.items():
        check_keys(entry, allowed=("bound", "weights"), path=_PATH)
        if set(entry) != {"bound", "weights"}:
            raise KnowledgeError(f"{kind} needs bound and weights", path=_PATH)
        rankings[kind] = Ranking(
            weights={name: float(value) for name, value in entry["weights"].items()},
            bound=float(entry["bound"]),
        )
    return rankings
