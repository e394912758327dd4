"""The groups of types that one happening may be reported as."""

from __future__ import annotations

from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import linking
from tocsin.knowledge.linking import load_type_groups
from tocsin.knowledge.ontology import load_ontology

ALL = list(load_ontology().types)


def test_every_type_is_in_one_group() -> None:
    groups = load_type_groups()
    assert sorted(groups.group) == sorted(ALL)
    assert groups.group["ASSAULT"] == groups.group["COERCE"] != groups.group["THREATEN"]
    assert groups.mutual <= set(ALL)
    assert "CONSULT" in groups.mutual
    assert "ASSAULT" not in groups.mutual


@pytest.mark.parametrize(
    ("groups", "mutual", "message"),
    [
        ({"all": ALL[1:]}, [], f"no group has {ALL[0]}"),
        ({"all": [*ALL, "SING"]}, [], "all: SING is no type"),
        ({"all": ALL, "more": ALL[:1]}, [], f"{ALL[0]} is in two groups"),
        ({"all": ALL}, ["DANCE"], "mutual: DANCE is no type"),
    ],
)
def test_a_wrong_file_is_named(
    groups: Any, mutual: Any, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "read_yaml", lambda *_: {"groups": groups, "mutual": mutual})
    with pytest.raises(KnowledgeError, match=message) as error:
        load_type_groups.__wrapped__()
    assert "linking/types.yaml" in str(error.value)


def test_an_unknown_key_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = {"groups": {"all": ALL}, "mutual": [], "singing": []}
    monkeypatch.setattr(linking, "read_yaml", lambda *_: content)
    with pytest.raises(KnowledgeError, match="singing"):
        load_type_groups.__wrapped__()
