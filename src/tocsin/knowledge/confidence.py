"""The weights of the features by which an event's confidence is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

_PATH = "rules/confidence.yaml"
_FIELDS = ("keep", "keep_proposed", "weights")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfidenceWeights:
    """``weights`` by the name of a feature (events/confidence.py). Events less probable than
    ``keep`` are none; those that only the relation model saw, less than ``keep_proposed``."""

    keep: float
    keep_proposed: float
    weights: Mapping[str, float]


@lru_cache(maxsize=1)
def load_confidence() -> ConfidenceWeights:
    """Load ``data/rules/confidence.yaml``."""
    content = read_yaml("rules", "confidence.yaml")
    check_keys(content, allowed=_FIELDS, path=_PATH)
    for name in _FIELDS:
        if name not in content:
            raise KnowledgeError(f"lacks {name}", path=_PATH)
    return ConfidenceWeights(
        keep=float(content["keep"]),
        keep_proposed=float(content["keep_proposed"]),
        weights={name: float(value) for name, value in content["weights"].items()},
    )
