"""Rules and model together: the one place where a type is decided.

A rule gives its vote for one type, by how much of the pair it matched and how often it is right;
the model gives a distribution over all types and none. The votes are added to the logarithms of
the model's answer and the sum is normalised: a product of experts. The strength of a vote stands
in ``data/rules/combination.yaml`` with the measurement that set it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from tocsin.knowledge.combination import CombinationWeights

NONE = "NONE"
# No type is impossible: the model has seen little, the rules may know better.
_FLOOR = 1e-4
_YIELDING = ("CONCEDE", "RETREAT")


@dataclass(frozen=True, slots=True)
class Vote:
    """A rule's vote: its ``type``, how it matched the pair (``pair``, ``actor``, ``recipient`` or
    ``sentence``), and how often it is right (0 to 1)."""

    type: str
    match: str
    weight: float


def match_of(acts: bool, suffers: bool, *, open_: bool = False) -> str:
    """How a rule's event fits a pair, by whether it holds its actor and its recipient. Where a side
    is left open, the other one is the pair."""
    if (acts and suffers) or (open_ and (acts or suffers)):
        return "pair"
    return "actor" if acts else "recipient" if suffers else "sentence"


def best_of(shares: Mapping[str, float]) -> str:
    """Return the likeliest label; CONCEDE and RETREAT, PLOVER's two kinds of yielding, stand
    together against the others first, so that doubt between them does not let a third win."""
    family = sum(shares.get(label, 0.0) for label in _YIELDING)
    others = {label: share for label, share in shares.items() if label not in _YIELDING}
    if family > max(others.values(), default=0.0):
        return max(_YIELDING, key=lambda label: shares.get(label, 0.0))
    return max(others, key=lambda label: (others[label], label))


def decide(
    votes: Sequence[Vote],
    model: Mapping[str, float] | None,
    weights: CombinationWeights,
) -> dict[str, float]:
    """Return a distribution over types and NONE from the rules' votes and the model's answer.

    Without a model (None) all types start alike, and NONE with its share in ``weights``. Of
    several votes for one type the strongest counts.
    """
    labels = set(model) if model is not None else {vote.type for vote in votes}
    labels |= {vote.type for vote in votes} | {NONE}
    strongest: dict[str, float] = {}
    for vote in votes:
        said = weights.votes.get(vote.match, 0.0) * vote.weight
        strongest[vote.type] = max(said, strongest.get(vote.type, 0.0))
    scores = {}
    for label in sorted(labels):
        prior = model.get(label, 0.0) if model is not None else 1.0 / weights.types
        scores[label] = weights.trust * log(max(prior, _FLOOR)) + strongest.get(label, 0.0)
    scores[NONE] += weights.none if model is not None else weights.none_alone
    top = max(scores.values())
    powers = {label: exp(score - top) for label, score in scores.items()}
    total = sum(powers.values())
    return {label: power / total for label, power in powers.items()}
