"""The pair given: what counts as right, and how none is told from some."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from tocsin.evaluation.pairs import PairScores, evaluate_pairs
from tocsin.pipeline.relate import Relation, Span


def case(gold: str, answer: str) -> dict[str, str]:
    return {"id": "x", "gold": gold, "answer": answer}


def test_an_answer_of_none_is_wrong_for_a_pair_with_a_relation() -> None:
    numbers = PairScores([case("AID", "AID"), case("AID", "NONE")]).as_dict()
    assert numbers["classes"]["AID"]["recall"] == 0.5
    assert numbers["called_none"] == 0.5


def test_none_is_scored_over_all_pairs() -> None:
    cases = [case("NONE", "NONE"), case("NONE", "AID"), case("AID", "NONE"), case("AID", "AID")]
    assert PairScores(cases).as_dict()["none"] == {"n": 2, "precision": 0.5, "recall": 0.5}


def test_a_set_of_nothing_but_none_has_no_types_to_score() -> None:
    scores = PairScores([case("NONE", "NONE")])
    assert "root_macro_f1" not in scores.as_dict()
    assert scores.table().startswith("NONE: precision 1.000")


def test_yielding_is_one_class_of_material_cooperation() -> None:
    numbers = PairScores([case("YIELD", "YIELD"), case("AID", "YIELD")]).as_dict()
    assert numbers["quad_macro_f1"] == 1.0
    assert numbers["root_macro_f1"] == pytest.approx((2 / 3) / 2, abs=1e-4)


class _Concedes:
    def relate(self, text: str, actor: Sequence[Span], recipient: Sequence[Span]) -> Relation:
        assert (text[slice(*actor[0])], text[slice(*recipient[0])]) == ("Mali", "Chad")
        return Relation(
            type="CONCEDE", mode=None, quad=1, status="actual", probability=0.9, rule=None,
            model=0.9,
        )  # fmt: skip


def test_whom_to_ask_is_chosen_by_id(tmp_path: Path) -> None:
    row = {
        "id": "a", "text": "Mali thanked Chad.", "actor": [{"start": 0, "end": 4}],
        "recipient": [{"start": 13, "end": 17}], "type": "YIELD",
    }  # fmt: skip
    path = tmp_path / "set.jsonl"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    asked: list[str] = []

    def relater_of(name: str) -> _Concedes:
        asked.append(name)
        return _Concedes()

    scores = evaluate_pairs(path, relater_of)
    assert asked == ["a"]
    assert [(c["gold"], c["answer"]) for c in scores.cases] == [("YIELD", "YIELD")]
    assert "text" not in scores.cases[0]
