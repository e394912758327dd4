"""Scores of time expressions: what counts as found, right and labelled."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.errors import InputError
from tocsin.evaluation.timex import evaluate_timex
from tocsin.language.parser import Parser

TEXT = "The office opened in 2018.\nTroops shelled it on Saturday.\nIt closed in 2019.\n"


def write(path: Path, **more: object) -> Path:
    document = {
        "id": "a",
        "dct": "2020-06-16",
        "text": TEXT,
        "timex": [
            {"start": 21, "end": 25, "type": "DATE", "value": "2018"},
            {"start": 45, "end": 56, "type": "DATE", "value": "2020-06-20"},
        ],
        **more,
    }
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")
    return path


def test_scores_count_overlap_and_value_up_to_the_last_labelled_line(
    parser: Parser, tmp_path: Path
) -> None:
    scores, cases = evaluate_timex(write(tmp_path / "set.jsonl"), parser=parser)
    assert (scores.given, scores.found, scores.matched, scores.valued) == (2, 2, 2, 1)
    assert scores.relaxed_f1 == 1.0
    assert scores.value_f1 == 0.5
    assert len(cases) == 2


def test_a_mention_that_nobody_labelled_counts_against_precision(
    parser: Parser, tmp_path: Path
) -> None:
    events = [{"start": 60, "end": 66}]
    scores, cases = evaluate_timex(write(tmp_path / "set.jsonl", events=events), parser=parser)
    assert (scores.found, scores.matched) == (3, 2)
    assert cases[-1].given is None


def test_a_line_without_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"set\.jsonl:1: lacks dct, text, timex"):
        evaluate_timex(path)


@pytest.mark.shared
def test_the_labelled_set_is_read_as_well_as_before(parser: Parser, shared: Path) -> None:
    scores, _ = evaluate_timex(shared / "gold" / "timex_factuality.jsonl", parser=parser)
    assert scores.relaxed_f1 >= 0.90
    assert scores.value_f1 >= 0.80
