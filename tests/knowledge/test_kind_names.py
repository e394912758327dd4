"""What types and modes are called in running text."""

from __future__ import annotations

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import kind_names
from tocsin.knowledge.kind_names import kind_name, load_kind_names


def test_every_type_and_mode_has_a_name() -> None:
    assert kind_name("ASSAULT", "destroy") == "destruction"
    assert kind_name("TALK", None) == "TALK"
    assert kind_name("ASSAULT", "of another series") == "attack"
    assert len(load_kind_names()) > 60


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([{"type": "AGREE", "mode": "", "name": "agreement"}], "has no name"),
        ([{"type": "AGREES", "mode": "", "name": "x"}], "unknown type"),
        ([{"type": "AGREE", "mode": "", "word": "x"}], "unknown key"),
    ],
)
def test_a_wrong_file_is_refused(
    monkeypatch: pytest.MonkeyPatch, rows: list[dict[str, str]], said: str
) -> None:
    monkeypatch.setattr(kind_names, "read_csv", lambda *_: rows)
    load_kind_names.cache_clear()
    with pytest.raises(KnowledgeError, match=said):
        load_kind_names()
    load_kind_names.cache_clear()
