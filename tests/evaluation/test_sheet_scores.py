"""Figures from judged sheets: what counts as right, recall, agreement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from tests.evaluation.sheets import event_row, sentence_row, write

from tocsin.errors import InputError
from tocsin.evaluation.judged import Sheet, read_sheet
from tocsin.evaluation.sheet import YES_NO, Row
from tocsin.evaluation.sheet_scores import AT_ONCE, agreement_of, score_sheet
from tocsin.evaluation.sheet_table import agreement_table, sheet_table

ALL_RIGHT = dict.fromkeys(YES_NO, "y")


def sheet(
    path: Path, rows: Sequence[Row], cells: Mapping[int, Mapping[str, str]], name: str = "s.csv"
) -> Sheet:
    return read_sheet(write(path / name, rows, cells))


def test_what_is_no_event_is_wrong_in_every_field(tmp_path: Path) -> None:
    rows = [event_row(1), event_row(2)]
    scores = score_sheet(sheet(tmp_path, rows, {1: ALL_RIGHT, 2: {"is_event": "n"}}))
    for score in scores.fields.values():
        assert (score.right, score.wrong, score.unsure) == (1, 1, 0)


@pytest.mark.parametrize(
    ("changed", "right", "wrong", "unsure"),
    [
        ({}, 1, 0, 0),
        ({"status_right": "n"}, 0, 1, 0),
        ({"status_right": "u"}, 0, 0, 1),
        ({"status_right": "u", "type_right": "n"}, 0, 1, 0),
        ({"recipients_right": "n", "date_right": "n"}, 1, 0, 0),
        ({"actors_right": ""}, 0, 0, 0),
        ({"is_event": "u"}, 0, 0, 1),
    ],
)
def test_at_once_needs_event_type_actors_and_status(
    tmp_path: Path, changed: Mapping[str, str], right: int, wrong: int, unsure: int
) -> None:
    score = score_sheet(sheet(tmp_path, [event_row(1)], {1: ALL_RIGHT | changed})).fields[AT_ONCE]
    assert (score.right, score.wrong, score.unsure) == (right, wrong, unsure)


def test_unsure_is_in_no_share_but_is_counted(tmp_path: Path) -> None:
    rows = [event_row(number) for number in (1, 2, 3, 4)]
    cells = {n: {"is_event": v} for n, v in enumerate("yynu", 1)}
    numbers = score_sheet(sheet(tmp_path, rows, cells)).as_dict()["fields"]["event"]
    assert (numbers["right"], numbers["judged"], numbers["unsure_share"]) == (2, 3, 0.25)
    assert numbers["precision"]["value"] == pytest.approx(2 / 3, abs=1e-4)


def test_a_row_weighs_as_much_as_it_stands_for(tmp_path: Path) -> None:
    rows = [event_row(1, weight=9.0), event_row(2, weight=1.0)]
    score = score_sheet(sheet(tmp_path, rows, {1: {"is_event": "y"}, 2: {"is_event": "n"}}))
    numbers = score.fields["event"].as_dict()
    assert (numbers["precision"]["value"], numbers["weighted"]["value"]) == (0.5, 0.9)
    assert numbers["weighted"]["n"] == pytest.approx(100 / 82, abs=0.1)


def test_types_and_outlets_are_scored_apart(tmp_path: Path) -> None:
    rows = [event_row(1, type="AID"), event_row(2, outlet=""), event_row(3, type="AGREE")]
    scores = score_sheet(sheet(tmp_path, rows, {1: ALL_RIGHT, 2: {"is_event": "n"}}))
    assert {name: groups["event"].right for name, groups in scores.types.items()} == {
        "AID": 1,
        "ASSAULT": 0,
    }
    assert set(scores.outlets) == {"Zenda Post", "(no outlet)"}


def test_recall_weighs_the_coded_against_the_missed(tmp_path: Path) -> None:
    # 100 coded events, 3 of 4 right: 75. 400 sentences with 1 missed event in 8: 50. 75 of 125.
    rows = [*(event_row(n) for n in range(1, 5)), *(sentence_row(n) for n in range(5, 13))]
    cells = {n: {"is_event": "n" if n == 4 else "y"} for n in range(1, 5)}
    cells |= {n: {"missed": "1" if n == 5 else "0"} for n in range(5, 13)}
    recall = score_sheet(sheet(tmp_path, rows, cells)).recall
    assert recall is not None
    assert recall.recall == pytest.approx(0.6)
    assert (recall.coded_right, recall.missed) == (pytest.approx(75), pytest.approx(50))
    assert 0 < recall.low < 0.6 < recall.high < 1
    # Beside each of 100 events half an event was missed: in its sentence stand two events.
    cells[1] = {"is_event": "y", "missed": "1"}
    rows[0] = event_row(1, events_here=2)
    fuller = score_sheet(sheet(tmp_path, rows, cells)).recall
    assert fuller is not None
    assert fuller.missed == pytest.approx(100)
    assert fuller.recall < recall.recall


def test_nothing_missed_is_full_recall_with_a_lower_limit(tmp_path: Path) -> None:
    rows = [event_row(1), sentence_row(2)]
    recall = score_sheet(sheet(tmp_path, rows, {1: ALL_RIGHT, 2: {"missed": "0"}})).recall
    assert recall is not None
    assert (recall.recall, recall.high) == (1, 1)
    assert 0 < recall.low < 1


def test_nothing_right_is_no_recall(tmp_path: Path) -> None:
    rows = [event_row(1), sentence_row(2)]
    cells = {1: {"is_event": "n"}, 2: {"missed": "3"}}
    recall = score_sheet(sheet(tmp_path, rows, cells)).recall
    assert recall is not None
    assert (recall.recall, recall.low) == (0, 0)


@pytest.mark.parametrize(
    "cells", [{1: ALL_RIGHT}, {2: {"missed": "1"}}, {1: {"is_event": "n"}, 2: {"missed": "0"}}]
)
def test_without_both_parts_there_is_no_recall(
    tmp_path: Path, cells: Mapping[int, Mapping[str, str]]
) -> None:
    scores = score_sheet(sheet(tmp_path, [event_row(1), sentence_row(2)], cells))
    assert scores.recall is None
    assert "no recall estimate" in sheet_table(scores)


def test_a_sheet_that_nobody_filled_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no row is judged yet"):
        score_sheet(sheet(tmp_path, [event_row(1)], {}))


def test_two_judges_are_compared_where_both_are_sure(tmp_path: Path) -> None:
    rows = [event_row(1), event_row(2), sentence_row(3)]
    one = sheet(tmp_path, rows, {1: ALL_RIGHT, 2: {"is_event": "n"}, 3: {"missed": "2"}}, "1.csv")
    others = {1: ALL_RIGHT | {"date_right": "u"}, 2: ALL_RIGHT, 3: {"missed": "1"}}
    two = sheet(tmp_path, rows, others, "2.csv")
    found = agreement_of(one, two)
    assert found["event"].as_dict() == {"n": 2, "raw": 0.5, "alpha": 0.0}
    assert found["type"].pairs == 1  # what was not filled in is not compared
    assert found["date"].pairs == 0
    assert found["missed"].as_dict()["raw"] == 0
    assert found[AT_ONCE].pairs == 2
    assert "alpha" in agreement_table(found)


def test_judgements_of_another_sample_are_refused(tmp_path: Path) -> None:
    one = sheet(tmp_path, [event_row(1)], {}, "1.csv")
    for other in (event_row(1, sample="s1"), event_row(2)):
        with pytest.raises(InputError, match="is no judgement of the sample of"):
            agreement_of(one, sheet(tmp_path, [other], {}, "2.csv"))
