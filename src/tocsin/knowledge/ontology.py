"""PLOVER's types, modes, quad classes, scores and contexts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

_PATH = "ontology/plover.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventType:
    """A PLOVER type: quad class 1-4, score -10..+10, CAMEO code, and its modes likewise."""

    name: str
    quad: int
    score: float
    cameo: str
    mode_scores: Mapping[str, float]
    mode_cameos: Mapping[str, str]

    def score_of(self, mode: str | None) -> float:
        """The mode's score where it has one of its own, else the type's."""
        return self.mode_scores.get(mode, self.score) if mode else self.score

    def cameo_of(self, mode: str | None) -> str:
        """The CAMEO code nearest to this type and mode."""
        return self.mode_cameos.get(mode, self.cameo) if mode else self.cameo


@dataclass(frozen=True, slots=True)
class Ontology:
    """All types by name, and the contexts."""

    types: Mapping[str, EventType]
    contexts: frozenset[str]

    def check(self, type_: str, mode: str | None, *, path: str, entry: str | None = None) -> None:
        """Raise KnowledgeError unless ``type_`` exists and has ``mode``."""
        if type_ not in self.types:
            raise KnowledgeError(
                f"unknown type {type_!r}; allowed: {', '.join(self.types)}", path=path, entry=entry
            )
        modes = self.types[type_].mode_scores
        if mode is not None and mode not in modes:
            raise KnowledgeError(
                f"{type_} has no mode {mode!r}; allowed: {', '.join(modes) or 'none'}",
                path=path,
                entry=entry,
            )


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """Load ``data/ontology/plover.yaml``."""
    content = read_yaml("ontology", "plover.yaml")
    check_keys(content, allowed=("types", "contexts"), path=_PATH)
    types = {}
    for name, entry in content["types"].items():
        check_keys(entry, allowed=("quad", "score", "cameo", "modes"), path=_PATH, name=name)
        modes = entry.get("modes", {})
        for mode, values in modes.items():
            check_keys(values, allowed=("score", "cameo"), path=_PATH, name=f"{name}/{mode}")
        types[name] = EventType(
            name=name,
            quad=entry["quad"],
            score=float(entry["score"]),
            cameo=entry["cameo"],
            mode_scores={m: float(v.get("score", entry["score"])) for m, v in modes.items()},
            mode_cameos={m: v.get("cameo", entry["cameo"]) for m, v in modes.items()},
        )
    return Ontology(types, frozenset(content["contexts"]))
