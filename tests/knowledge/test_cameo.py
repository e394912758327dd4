"""CAMEO codes as PLOVER types."""

from __future__ import annotations

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.cameo import load_cameo, parse_cameo


@pytest.mark.parametrize(
    ("code", "type_", "mode"),
    [
        ("190", "ASSAULT", None),
        ("1724", "COERCE", "martial-law"),
        ("1451", "PROTEST", "riot"),  # as 145
        ("0331", "AGREE", None),  # as 03
        ("0356", "CONCEDE", None),  # who promises to yield never agrees
        ("0841", "RETREAT", "release"),
        ("022", "REQUEST", "assist"),
    ],
)
def test_the_longest_beginning_of_a_code_counts(code: str, type_: str, mode: str | None) -> None:
    assert load_cameo().plover(code) == (type_, mode)


@pytest.mark.parametrize("code", ["010", "017", "", "1", "99", "---"])
def test_statements_and_unknown_codes_are_no_events(code: str) -> None:
    assert load_cameo().plover(code) is None


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({"code": "3", "type": "AGREE", "mode": ""}, "is no code"),
        ({"code": "03", "type": "AGREES", "mode": ""}, "unknown type 'AGREES'"),
        ({"code": "03", "type": "AGREE", "mode": "riot"}, "has no mode 'riot'"),
        ({"code": "03", "type": "", "mode": "riot"}, "and no type"),
        ({"code": "03", "type": "AGREE", "mode": "", "score": "1"}, "unknown key 'score'"),
    ],
)
def test_a_wrong_row_is_refused(row: dict[str, str], wrong: str) -> None:
    with pytest.raises(KnowledgeError, match=wrong):
        parse_cameo([row])


def test_a_code_stands_once() -> None:
    row = {"code": "03", "type": "AGREE", "mode": ""}
    with pytest.raises(KnowledgeError, match=r"cameo.csv \[03\]: stands twice"):
        parse_cameo([row, row])
