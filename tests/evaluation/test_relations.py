"""End-to-end scores: what counts as an answer, and what a bad file is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import InputError
from tocsin.evaluation.relations import RelationScores, evaluate_relations, read_relations
from tocsin.model.document import Document
from tocsin.model.event import Event


def case(
    gold: str, answer: str | None, *, gold_quad: int = 1, quad: int | None = 1
) -> dict[str, Any]:
    return {
        "id": "x", "gold": gold, "answer": answer, "gold_quad": gold_quad, "quad": quad,
        "rule": None, "events": 1,
    }  # fmt: skip


def test_a_missing_event_is_a_wrong_answer() -> None:
    scores = RelationScores([case("AID", "AID"), case("AID", None, quad=None)])
    numbers = scores.as_dict()
    assert numbers["classes"]["AID"] == {"precision": 1.0, "recall": 0.5, "f1": 0.6667, "n": 2}
    assert numbers["found"] == 0.5


def test_macro_f1_is_the_mean_over_gold_classes() -> None:
    scores = RelationScores([case("AID", "AID"), case("ACCUSE", "AID")])
    assert scores.as_dict()["root_macro_f1"] == pytest.approx((2 / 3 + 0) / 2, abs=1e-3)


def test_the_table_shows_misses_in_a_column_of_their_own() -> None:
    table = RelationScores([case("AID", None, quad=None)]).table()
    assert "-" in table.splitlines()[3]


@pytest.mark.parametrize(
    ("line", "message"),
    [("{", "is no JSON object"), ('{"text": "x"}', "lacks actor")],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("\n" + line + "\n", encoding="utf-8")
    with pytest.raises(InputError, match=message) as caught:
        read_relations(path)
    assert caught.value.line == 2


class _NoCoder:
    def code(self, document: Document) -> tuple[Event, ...]:
        return ()


def test_every_row_is_a_case_by_its_id_and_never_its_text(tmp_path: Path) -> None:
    row = {
        "id": "a", "text": "Mali thanked Chad.", "actor": [{"start": 0, "end": 4}],
        "recipient": [{"start": 13, "end": 17}], "type": "SUPPORT", "quad": 1,
    }  # fmt: skip
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    scores = evaluate_relations(path, lambda _: _NoCoder())
    assert [c["id"] for c in scores.cases] == ["a"]
    assert "text" not in scores.cases[0]
