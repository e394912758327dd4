"""What linking knows: which types one happening may be reported as (``data/linking``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from tocsin.errors import KnowledgeError
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.resources import check_keys, read_yaml

_PATH = "linking/types.yaml"


@dataclass(frozen=True, slots=True)
class TypeGroups:
    """``group`` by type: reports of one happening are of one group. ``mutual`` are the types in
    which both sides do the same."""

    group: Mapping[str, str]
    mutual: frozenset[str]


@lru_cache
def load_type_groups() -> TypeGroups:
    """Load ``data/linking/types.yaml``; KnowledgeError unless each type is in exactly one group."""
    content = read_yaml("linking", "types.yaml")
    check_keys(content, allowed=("groups", "mutual"), path=_PATH)
    types = load_ontology().types
    group: dict[str, str] = {}
    for name, members in content["groups"].items():
        for type_ in members:
            if type_ not in types:
                raise KnowledgeError(f"{name}: {type_} is no type", path=_PATH)
            if type_ in group:
                raise KnowledgeError(f"{type_} is in two groups", path=_PATH)
            group[type_] = name
    missing = [type_ for type_ in types if type_ not in group]
    if missing:
        raise KnowledgeError(f"no group has {', '.join(missing)}", path=_PATH)
    unknown = [type_ for type_ in content["mutual"] if type_ not in types]
    if unknown:
        raise KnowledgeError(f"mutual: {', '.join(unknown)} is no type", path=_PATH)
    return TypeGroups(group, frozenset(content["mutual"]))
