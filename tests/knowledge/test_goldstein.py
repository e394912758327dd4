"""Goldstein's weights of CAMEO codes."""

from __future__ import annotations

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.cameo import load_cameo
from tocsin.knowledge.goldstein import load_goldstein, parse_goldstein


@pytest.mark.parametrize(
    ("code", "weight"),
    [
        ("190", -10.0),
        ("0874", 10.0),
        ("010", 0.0),
        ("13", -6.0),
        ("130", -4.4),
        ("0879", 9.0),  # unknown, as 087
        ("1909", -10.0),
    ],
)
def test_the_longest_beginning_of_a_code_counts(code: str, weight: float) -> None:
    assert load_goldstein().of(code) == weight


@pytest.mark.parametrize("code", ["", "1", "99", "---"])
def test_an_unknown_code_has_no_weight(code: str) -> None:
    assert load_goldstein().of(code) is None


def test_every_code_that_has_a_type_has_a_weight() -> None:
    weights = load_goldstein().weights
    assert [code for code in load_cameo().beginnings if code not in weights] == []
    assert list(weights) == sorted(weights)


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"cameo": "3", "goldstein": "1"}, "is no code"),
        ({"cameo": "03", "goldstein": "much"}, "'much' is no number"),
        ({"cameo": "03", "goldstein": "nan"}, "nan is not from -10 to"),
        ({"cameo": "03", "goldstein": "10.5"}, "is not from -10 to"),
        ({"cameo": "03", "goldstein": "1", "name": "x"}, "unknown key 'name'"),
    ],
)
def test_a_wrong_row_is_refused(row: dict[str, str], wrong: str) -> None:
    with pytest.raises(KnowledgeError, match=wrong):
        parse_goldstein([row])


def test_a_code_stands_once() -> None:
    row = {"cameo": "03", "goldstein": "4.0"}
    with pytest.raises(KnowledgeError, match=r"goldstein.csv \[03\]: stands twice"):
        parse_goldstein([row, row])
