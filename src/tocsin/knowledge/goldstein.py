"""Goldstein's scale of conflict and cooperation, by CAMEO code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.cameo import CODE
from tocsin.knowledge.resources import check_keys, read_csv

PATH = "ontology/goldstein.csv"
_MOST = 10.0


@dataclass(frozen=True, slots=True)
class Goldstein:
    """The weights of CAMEO codes, from -10 (hostile) to +10 (cooperative).

    Source: J. S. Goldstein, "A Conflict-Cooperation Scale for WEIS Events Data" (1992), carried
    over to CAMEO; the numbers are those that ICEWS gives as its intensity.
    """

    weights: Mapping[str, float]

    def of(self, cameo: str) -> float | None:
        """The weight of a code (``0871``), else of the longest beginning of it that has one.

        None where no beginning of two or more digits is known.
        """
        for end in range(len(cameo), 1, -1):
            if cameo[:end] in self.weights:
                return self.weights[cameo[:end]]
        return None


@lru_cache(maxsize=1)
def load_goldstein() -> Goldstein:
    """Load ``data/ontology/goldstein.csv``; KnowledgeError names the row that is wrong."""
    return parse_goldstein(read_csv("ontology", "goldstein.csv"))


def parse_goldstein(rows: Iterable[Mapping[str, str]]) -> Goldstein:
    """The table of these rows: each code once, weights from -10 to +10."""
    found: dict[str, float] = {}
    for row in rows:
        check_keys(row, allowed=("cameo", "goldstein"), path=PATH)
        code, said = row["cameo"], row["goldstein"]
        if not CODE.fullmatch(code):
            raise KnowledgeError("is no code of two to four digits", path=PATH, entry=code)
        if code in found:
            raise KnowledgeError("stands twice", path=PATH, entry=code)
        try:
            weight = float(said)
        except ValueError:
            raise KnowledgeError(f"{said!r} is no number", path=PATH, entry=code) from None
        if not -_MOST <= weight <= _MOST:
            raise KnowledgeError(f"{said} is not from -10 to +10", path=PATH, entry=code)
        found[code] = weight
    return Goldstein(found)
