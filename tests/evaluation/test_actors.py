"""Judged mentions of parties: which are resolved, and which of these rightly."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tocsin import Coder
from tocsin.errors import InputError
from tocsin.evaluation.actors import ActorScores, evaluate_actors, read_actor_labels
from tocsin.model.document import Document

TEXT = "Mali bombed Sudan on Monday. The envoy met Quoxle in Oman."


def label(text: str, **changes: Any) -> dict[str, Any]:
    start = TEXT.index(text)
    first = TEXT.index("The envoy")
    sentence = [0, first - 1] if start < first else [first, len(TEXT)]
    return {
        "article": "set/1", "part": "train", "sentence": sentence, "kind": "name",
        "span": [start, start + len(text)], "country": None, "sectors": [], **changes,
    }  # fmt: skip


def scores(*labels: dict[str, Any]) -> ActorScores:
    coder = Coder(coder="rules")
    return evaluate_actors(labels, {"set/1": Document.of(TEXT, id="set/1")}, coder.work)


def test_right_is_the_country_and_a_sector() -> None:
    found = scores(
        label("Mali", country=["MLI"], sectors=["GOV"]),
        label("Sudan", country=["EGY"], sectors=["GOV"]),
    ).as_dict()["all"]
    assert (found["mentions"], found["resolved"], found["right"]["share"]) == (2, 1.0, 0.5)


def test_what_nobody_can_resolve_is_not_asked() -> None:
    labels = [label("Sudan", country=["?"]), label("Sudan", country=["SDN"], place=True)]
    assert scores(*labels).mentions == []


def test_an_unknown_name_is_not_resolved() -> None:
    found = scores(label("Quoxle", country=["OMN"], sectors=["GOV"])).as_dict()["name"]
    assert found["resolved"] == 0.0
    assert found["right"]["share"] is None


def test_what_is_resolved_beside_the_parties_is_counted() -> None:
    both = [label("Mali", country=["MLI"]), label("Sudan", country=["SDN"])]
    assert scores(*both).beside == []
    assert [m.text for _, m in scores(both[0]).beside] == ["Sudan"]


def test_cases_hold_no_text() -> None:
    (case,) = scores(label("Mali", country=["MLI"], sectors=["GOV"])).cases()
    assert "Mali" not in json.dumps(case)
    assert (case["span"], case["given"], case["country"]) == ([0, 4], ["MLI"], True)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is no JSON"),
        ('{"article": "a", "part": "train"}', "lacks sentence"),
        ('{"article": "a", "part": "train", "sentence": [0, 1], "span": [0, 1]}', "lacks kind"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, message: str) -> None:
    file = tmp_path / "labels.jsonl"
    file.write_text("\n".join([json.dumps(label("Mali")), line]), encoding="utf-8")
    with pytest.raises(InputError, match=message) as error:
        read_actor_labels(file)
    assert error.value.line == 2
