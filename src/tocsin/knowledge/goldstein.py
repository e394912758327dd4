"""Goldstein's scale of conflict and cooperation, by CAMEO codes and by PLOVER's types."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.cameo import CODE, load_cameo
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.resources import check_keys, read_csv

PATH = "ontology/goldstein.csv"
_MOST = 10


@dataclass(frozen=True, slots=True)
class Goldstein:
    """Scores from -10 to +10: ``codes`` by the beginnings of CAMEO codes, ``kinds`` by type and
    mode."""

    codes: Mapping[str, float]
    kinds: Mapping[tuple[str, str | None], float]

    def of_code(self, code: str) -> float | None:
        """The score of a CAMEO code; None for one that is unknown."""
        for end in range(len(code), 1, -1):
            if code[:end] in self.codes:
                return self.codes[code[:end]]
        return None

    def of_kind(self, type_: str, mode: str | None) -> float:
        """The score of a type and mode: the mean of the codes that our table of CAMEO gives to it,
        where it gives none to the mode that of the type."""
        return self.kinds.get((type_, mode), self.kinds[type_, None])


@lru_cache(maxsize=1)
def load_goldstein() -> Goldstein:
    """Load ``data/ontology/goldstein.csv``; KnowledgeError names the row that is wrong."""
    return parse_goldstein(read_csv(*PATH.split("/")))


def parse_goldstein(rows: Iterable[Mapping[str, str]]) -> Goldstein:
    """The scale of these rows; KnowledgeError where a type is left without a score."""
    codes: dict[str, float] = {}
    for row in rows:
        check_keys(row, allowed=("code", "goldstein"), path=PATH)
        code = row["code"]
        if not CODE.fullmatch(code):
            raise KnowledgeError("is no code of two to four digits", path=PATH, entry=code)
        if code in codes:
            raise KnowledgeError("stands twice", path=PATH, entry=code)
        try:
            codes[code] = float(row["goldstein"])
        except ValueError:
            codes[code] = math.nan
        if not -_MOST <= codes[code] <= _MOST:
            raise KnowledgeError(
                f"{row['goldstein']!r} is no score of -{_MOST} to {_MOST}", path=PATH, entry=code
            )
    return Goldstein(codes, _kinds(Goldstein(codes, {})))


def _kinds(scale: Goldstein) -> dict[tuple[str, str | None], float]:
    """The means, over the codes of either table, each once."""
    cameo = load_cameo()
    found: dict[tuple[str, str | None], list[float]] = {}
    of_type: dict[str, list[float]] = {}
    for code in sorted({*scale.codes, *cameo.beginnings}):
        kind, score = cameo.plover(code), scale.of_code(code)
        if kind is not None and score is not None:
            found.setdefault(kind, []).append(score)
            of_type.setdefault(kind[0], []).append(score)
    missing = [name for name in load_ontology().types if name not in of_type]
    if missing:
        raise KnowledgeError(f"no code gives a score to {', '.join(missing)}", path=PATH)
    means = {kind: sum(scores) / len(scores) for kind, scores in found.items()}
    # An act whose mode is not told may be any of its type.
    return means | {(name, None): sum(all_) / len(all_) for name, all_ in of_type.items()}
