"""What types and modes are called in running text (``data/ontology/names.csv``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.resources import check_keys, read_csv

PATH = "ontology/names.csv"


@lru_cache(maxsize=1)
def load_kind_names() -> Mapping[tuple[str, str | None], str]:
    """The name of every type and mode; KnowledgeError for an unknown one and a missing name."""
    names: dict[tuple[str, str | None], str] = {}
    for row in read_csv(*PATH.split("/")):
        check_keys(row, allowed=("type", "mode", "name"), path=PATH)
        load_ontology().check(row["type"], row["mode"] or None, path=PATH)
        names[row["type"], row["mode"] or None] = row["name"]
    for type_, entry in load_ontology().types.items():
        for mode in (None, *entry.mode_scores):
            if not names.get((type_, mode)):
                raise KnowledgeError(f"{type_}/{mode or 'none'} has no name", path=PATH)
    return names


def kind_name(type_: str, mode: str | None) -> str:
    """What a type and mode are called; a mode of another's series that is none goes by its type."""
    names = load_kind_names()
    return names.get((type_, mode)) or names.get((type_, None)) or type_
