"""CAMEO codes as PLOVER types, for series that are coded in CAMEO."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.resources import check_keys, read_csv

PATH = "ontology/cameo.csv"
CODE = re.compile(r"\d{2,4}")


@dataclass(frozen=True, slots=True)
class Cameo:
    """The types and modes of codes, by how these begin; None where PLOVER has no such event."""

    beginnings: Mapping[str, tuple[str, str | None] | None]

    def plover(self, code: str) -> tuple[str, str | None] | None:
        """The type and mode of a code (``1724``); None for no event and for an unknown code."""
        for end in range(len(code), 1, -1):
            if code[:end] in self.beginnings:
                return self.beginnings[code[:end]]
        return None


@lru_cache(maxsize=1)
def load_cameo() -> Cameo:
    """Load ``data/ontology/cameo.csv``; KnowledgeError names the row that is wrong."""
    return parse_cameo(read_csv("ontology", "cameo.csv"))


def parse_cameo(rows: Iterable[Mapping[str, str]]) -> Cameo:
    """The table of these rows: each code once, types and modes of ours."""
    ontology = load_ontology()
    found: dict[str, tuple[str, str | None] | None] = {}
    for row in rows:
        check_keys(row, allowed=("code", "type", "mode"), path=PATH)
        code, type_, mode = row["code"], row["type"], row["mode"] or None
        if not CODE.fullmatch(code):
            raise KnowledgeError("is no code of two to four digits", path=PATH, entry=code)
        if code in found:
            raise KnowledgeError("stands twice", path=PATH, entry=code)
        if type_:
            ontology.check(type_, mode, path=PATH, entry=code)
        elif mode is not None:
            raise KnowledgeError(f"has the mode {mode!r} and no type", path=PATH, entry=code)
        found[code] = (type_, mode) if type_ else None
    return Cameo(found)
