"""The weights of observations and the settings of the tension index (``data/series``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, get_args

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml
from tocsin.model.event import Status

WEIGHTS_PATH = "series/weights.yaml"
TENSION_PATH = "series/tension.yaml"
_COUNTS = ("replicates", "seed")


@dataclass(frozen=True, slots=True)
class Weights:
    """``status``: how much an observation of a status counts, 0 to 1; ``precision``: the
    probability that a coded event is right; ``imported``: that a row of another's series is."""

    status: Mapping[str, float]
    precision: float
    imported: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TensionSettings:
    """The settings of the index: half-lives in days, ``prior_effort`` in articles, ``per`` so many
    articles; of the interval its ``level`` (0 to 1), ``replicates`` and ``seed``; ``split`` and
    ``merged`` are the probabilities that an incident with a like one beside it is that one again,
    and that one of several reports is two."""

    half_life: float
    effort_half_life: float
    prior_effort: float
    per: float
    level: float
    replicates: int
    seed: int
    split: float
    merged: float


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Load ``data/series/weights.yaml``."""
    return parse_weights(read_yaml(*WEIGHTS_PATH.split("/")))


def parse_weights(content: Any) -> Weights:
    """The weights of the file's content; KnowledgeError unless every status has one."""
    check_keys(content, allowed=("status", "precision", "imported"), path=WEIGHTS_PATH)
    check_keys(content["status"], allowed=get_args(Status), path=WEIGHTS_PATH, name="status")
    missing = [name for name in get_args(Status) if name not in content["status"]]
    if missing:
        raise KnowledgeError(f"status lacks {', '.join(missing)}", path=WEIGHTS_PATH)
    return Weights(
        {name: _within(value, WEIGHTS_PATH, name) for name, value in content["status"].items()},
        _within(content.get("precision"), WEIGHTS_PATH, "precision"),
        _within(content.get("imported"), WEIGHTS_PATH, "imported"),
    )


@lru_cache(maxsize=1)
def load_tension() -> TensionSettings:
    """Load ``data/series/tension.yaml``."""
    return parse_tension(read_yaml(*TENSION_PATH.split("/")))


def parse_tension(content: Any) -> TensionSettings:
    """The settings of the file's content; KnowledgeError names what is missing or no number."""
    names = tuple(TensionSettings.__dataclass_fields__)
    check_keys(content, allowed=names, path=TENSION_PATH)
    missing = [name for name in names if name not in content]
    if missing:
        raise KnowledgeError(f"lacks {', '.join(missing)}", path=TENSION_PATH)
    for name in ("half_life", "effort_half_life", "prior_effort", "per", "replicates", "seed"):
        if not isinstance(content[name], int | float) or content[name] <= 0:
            raise KnowledgeError("is no number above 0", path=TENSION_PATH, entry=name)
    for name in ("level", "split", "merged"):
        _within(content[name], TENSION_PATH, name)
    numbers = {name: float(content[name]) for name in names if name not in _COUNTS}
    counts = {name: int(content[name]) for name in _COUNTS}
    return TensionSettings(**numbers, **counts)  # type: ignore[arg-type]


def _within(value: Any, path: str, name: str) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise KnowledgeError(f"{value!r} is no number from 0 to 1", path=path, entry=name)
    return float(value)
