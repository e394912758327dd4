"""Judged pairs held against the links of a store."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.linking import made_up
from tests.linking.telling import deed, told

from tocsin.errors import InputError
from tocsin.evaluation.links import evaluate_links, read_judged_pairs
from tocsin.linking import follow
from tocsin.linking.incidents.summary import incident_of
from tocsin.model.event import Event
from tocsin.model.incident import Incident

FIRST = told("d1", deed(), deed("Graustark held talks in Hentzau.", "talks", type="CONSULT"))
SECOND = told("d2", deed("Ruritania destroyed the bridge.", "destroyed"))


def end(event: Event) -> dict[str, Any]:
    trigger = event.trigger
    return {
        "document": event.document, "type": event.type, "start": trigger.start, "end": trigger.end,
    }  # fmt: skip


def written(path: Path, *rows: dict[str, Any]) -> Path:
    file = path / "pairs.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return file


@pytest.fixture
def incidents() -> list[Incident]:
    razed, talks = FIRST.reports
    (again,) = SECOND.reports
    return [incident_of([razed, again]), incident_of([talks])]


def test_pairs_are_right_wrong_and_absent(tmp_path: Path, incidents: list[Incident]) -> None:
    razed, talks = FIRST.events
    (again,) = SECOND.events
    stranger = end(again) | {"document": "d9"}
    pairs = read_judged_pairs(
        written(
            tmp_path,
            {"draw": "a", "one": end(razed), "other": end(again), "same": True},
            {"draw": "a", "one": end(again), "other": end(razed), "same": False},
            {"draw": "b", "one": end(razed), "other": end(talks), "same": True},
            {"draw": "b", "one": end(razed), "other": end(talks), "same": None},
            {"draw": "b", "one": end(razed), "other": stranger, "same": True},
        )
    )
    scores = evaluate_links(pairs, (*FIRST.events, *SECOND.events), incidents, ())
    assert scores.as_dict() == {
        "same_pairs": 3, "same_linked": 2, "same_precision": 0.5, "same_recall": 0.5,
        "same_absent": 1,
    }  # fmt: skip
    assert [case["linked"] for case in scores.cases()] == [True, True, False, None]
    assert [line.split()[0:2] for line in scores.table().splitlines()[1:]] == [
        ["same:", "a"], ["same:", "b"], ["same:", "all"],
    ]  # fmt: skip


def test_a_threat_and_its_deed(tmp_path: Path) -> None:
    threat, act = made_up.threat(), made_up.deed()
    (followed,) = [one for one in follow([threat, act]) if one.kind == "threat"]
    assert followed.outcome_incident == act.id
    warned, struck = FIRST.events
    ends = {"one": end(warned), "other": end(struck)}
    pairs = read_judged_pairs(written(tmp_path, ends | {"followed": True}))
    incidents = [replace(threat, reports=(warned.id,)), replace(act, reports=(struck.id,))]
    assert evaluate_links(pairs, FIRST.events, incidents, [followed]).as_dict()[
        "followed_precision"
    ] == pytest.approx(1.0)
    open_ = replace(followed, outcome_incident=None)
    assert evaluate_links(pairs, FIRST.events, incidents, [open_]).linked == [False]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"one": {}, "other": {}}, "neither 'same' nor 'followed'"),
        ({"one": {}, "other": {}, "same": True}, "an end needs document, type, start, end"),
        ({"one": {}, "same": True}, "lacks other"),
    ],
)
def test_what_is_no_pair_is_refused(tmp_path: Path, row: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_judged_pairs(written(tmp_path, row))
