"""The weights by which rules and model are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

_PATH = "rules/combination.yaml"
_MATCHES = ("pair", "actor", "recipient", "sentence")


@dataclass(frozen=True, slots=True, kw_only=True)
class CombinationWeights:
    """``votes``: strength of a rule's vote by how it matched; ``trust``: exponent of the model's
    probabilities; ``none`` and ``none_alone``: what speaks for no relation, with and without the
    model; ``types``: over how many types the rules alone spread their doubt; ``propose``: from
    which probability on the model proposes an event where no rule fired; ``drop``: from which
    probability of none on a rule's event is dropped; ``change``: from which probability of another
    type on a rule's event changes its type; ``mode``: from which probability on the model's mode is
    taken where the rule tells none."""

    votes: Mapping[str, float]
    trust: float
    none: float
    none_alone: float
    types: int
    propose: float
    drop: float
    change: float
    mode: float


@lru_cache(maxsize=1)
def load_combination() -> CombinationWeights:
    """Load ``data/rules/combination.yaml``."""
    content = read_yaml("rules", "combination.yaml")
    fields = (
        "votes", "trust", "none", "none_alone", "types", "propose", "drop", "change", "mode",
    )  # fmt: skip
    check_keys(content, allowed=fields, path=_PATH)
    missing = [name for name in fields if name not in content]
    if missing:
        raise KnowledgeError(f"lacks {', '.join(missing)}", path=_PATH)
    check_keys(content["votes"], allowed=_MATCHES, path=_PATH, name="votes")
    return CombinationWeights(
        votes={name: float(value) for name, value in content["votes"].items()},
        trust=float(content["trust"]),
        none=float(content["none"]),
        none_alone=float(content["none_alone"]),
        types=int(content["types"]),
        propose=float(content["propose"]),
        drop=float(content["drop"]),
        change=float(content["change"]),
        mode=float(content["mode"]),
    )
