"""Goldstein's scale by codes and by types."""

from __future__ import annotations

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.goldstein import load_goldstein, parse_goldstein
from tocsin.knowledge.ontology import load_ontology

SCALE = load_goldstein()


@pytest.mark.parametrize(
    ("code", "score"),
    [("042", 1.9), ("0211", 3.4), ("190", -10), ("1724", -5), ("070", 7), ("99", None)],
)
def test_a_code_is_read_from_its_longest_beginning(code: str, score: float | None) -> None:
    assert SCALE.of_code(code) == score


def test_every_type_and_mode_has_a_score() -> None:
    for name, type_ in load_ontology().types.items():
        for mode in (None, *type_.mode_scores):
            assert -10 <= SCALE.of_kind(name, mode) <= 10


def test_a_mode_without_a_code_has_the_score_of_its_type() -> None:
    assert SCALE.of_kind("COERCE", "cyber") == SCALE.of_kind("COERCE", None)
    assert SCALE.of_kind("COERCE", "seize") != SCALE.of_kind("COERCE", None)


def test_both_scales_agree_on_what_is_conflict() -> None:
    """Requests are the exception: appeals are friendly to Goldstein, and not to PLOVER."""
    for name, type_ in load_ontology().types.items():
        if name != "REQUEST":
            assert (SCALE.of_kind(name, None) < 0) == (type_.score < 0), name


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("1", "2")], "is no code"),
        ([("01", "2"), ("01", "2")], "stands twice"),
        ([("01", "11")], "'11' is no score of -10 to 10"),
        ([("01", "x")], "'x' is no score"),
        ([("01", "0")], "no code gives a score to AGREE"),
    ],
)
def test_a_wrong_table_is_named(rows: list[tuple[str, str]], message: str) -> None:
    with pytest.raises(KnowledgeError, match=message):
        parse_goldstein([{"code": code, "goldstein": score} for code, score in rows])


def test_an_unknown_column_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="unknown key 'name'"):
        parse_goldstein([{"code": "01", "goldstein": "0", "name": "x"}])
