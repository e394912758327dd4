"""The rules of cardinality are refused where they are wrong, by name and place."""

from __future__ import annotations

from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import cardinality
from tocsin.knowledge.cardinality import FORMS, load_cardinality


def _with(monkeypatch: pytest.MonkeyPatch, **cues: Any) -> None:
    forms = {name: {"gives": "several", "where": "form", "yes": ["a [b]"]} for name in FORMS}
    content = {"cues": forms | cues, "one_in_plural": ["talk"]}
    monkeypatch.setattr(cardinality, "read_yaml", lambda *parts: content)
    load_cardinality.cache_clear()


@pytest.fixture(autouse=True)
def _fresh() -> Any:
    yield
    load_cardinality.cache_clear()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ({"gives": "often", "where": "verb", "words": ["x"], "yes": ["[x]"]}, "gives 'often'"),
        ({"gives": "several", "where": "there", "words": ["x"], "yes": ["[x]"]}, "where 'there'"),
        ({"gives": "several", "where": "verb", "words": ["x"]}, "no 'yes' example"),
        ({"gives": "several", "where": "verb", "yes": ["[x]"]}, "a form has no words"),
        ({"gives": "several", "where": "verb", "words": ["x"], "maybe": []}, "maybe"),
    ],
)
def test_a_wrong_cue_is_refused(
    monkeypatch: pytest.MonkeyPatch, entry: dict[str, Any], message: str
) -> None:
    _with(monkeypatch, wrong=entry)
    with pytest.raises(KnowledgeError, match=message):
        load_cardinality()


def test_a_word_has_one_cue_in_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = {"gives": "several", "where": "verb", "words": ["twice"], "yes": ["[x]"]}
    _with(monkeypatch, one=entry, other=entry)
    with pytest.raises(KnowledgeError, match="'twice' stands in one too"):
        load_cardinality()
