"""The language of articles, and what is set aside for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.errors import InputError
from tocsin.ingest import read_documents
from tocsin.ingest.tongue import language_of

ENGLISH = (
    "Rebels shelled the port of Zenda on Tuesday and killed two sailors, the mayor said. The navy "
    "answered with fire from three ships. The mayor called on both sides to end the fighting and "
    "to let the wounded leave the town before night. Nobody knew who had fired first."
)
FRENCH = (
    "Des rebelles ont bombardé le port de Zenda mardi et tué deux marins, a déclaré le maire. La "
    "marine a répondu par le feu de trois navires. Le maire a appelé les deux camps à cesser les "
    "combats et à laisser les blessés quitter la ville avant la nuit. Personne ne savait."
)
KOREAN = "반군이 화요일 젠다 항구를 포격해 선원 두 명이 숨졌다고 시장이 말했다. " * 8


@pytest.mark.parametrize(
    ("text", "code"),
    [(ENGLISH, "en"), (FRENCH, "fr"), (KOREAN, "ko"), ("Zenda, 3-2.", None), ("", None)],
)
def test_the_language_of_a_text(text: str, code: str | None) -> None:
    assert language_of(text) == code


def test_other_languages_are_set_aside_and_neighbours_kept(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": ENGLISH}, {"id": "b", "text": FRENCH}, {"id": "c", "text": ENGLISH}]
    file = tmp_path / "feed.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    problems: list[InputError] = []
    found = list(read_documents([file], on_problem=problems.append))
    assert [document.id for document in found] == ["a", "c"]
    (problem,) = problems
    assert "'fr'" in str(problem)
    assert f"{file}:2:" in str(problem)
