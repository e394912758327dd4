"""The weights and settings of the measure."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.measure import (
    load_tension,
    load_weights,
    parse_tension,
    parse_weights,
)
from tocsin.knowledge.resources import read_yaml
from tocsin.model.event import STATUSES

BENCH = Path(__file__).parents[2] / "bench"
WEIGHTS = read_yaml("series", "weights.yaml")
TENSION = read_yaml("series", "tension.yaml")


def test_what_happened_counts_whole_and_what_has_not_counts_nothing() -> None:
    status = load_weights().status
    assert set(status) == set(STATUSES)
    assert status["actual"] == status["background"] == 1
    assert status["predicted"] == status["hypothetical"] == 0
    assert 0 < status["denied"] < status["alleged"] < 1


def test_the_settings_are_as_they_are_described() -> None:
    settings = load_tension()
    assert (settings.half_life, settings.level, settings.per) == (14, 0.9, 1000)
    assert settings.replicates == 500


def test_the_errors_of_linking_are_those_of_the_judged_pairs() -> None:
    """The share of pairs of one type that were kept apart and are of one happening, and of those
    put together that are not."""
    lines = (BENCH / "incident_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["same"] is not None]
    apart = [
        row["same"]
        for row in rows
        if row["draw"] in ("kept apart", "second, kept apart")
        and row["one"]["type"] == row["other"]["type"]
    ]
    together = [row["same"] for row in rows if row["draw"] == "second, put together"]
    settings = load_tension()
    assert settings.split == round(sum(apart) / len(apart), 3)
    assert settings.merged == round(1 - sum(together) / len(together), 3)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mood": 1}, "unknown key 'mood'"),
        ({"status": {"actual": 1}}, "status lacks"),
        ({"status": WEIGHTS["status"] | {"sung": 1}}, "unknown key 'sung'"),
        ({"status": WEIGHTS["status"] | {"actual": 2}}, "2 is no number from 0 to 1"),
        ({"precision": None}, "None is no number from 0 to 1"),
    ],
)
def test_wrong_weights_are_named(change: Any, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as error:
        parse_weights(copy.deepcopy(WEIGHTS) | change)
    assert "series/weights.yaml" in str(error.value)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"mood": 1}, "unknown key 'mood'"),
        ({"half_life": 0}, "half_life.*is no number above 0"),
        ({"prior_effort": "much"}, "is no number above 0"),
        ({"level": 90}, "90 is no number from 0 to 1"),
    ],
)
def test_wrong_settings_are_named(change: Any, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as error:
        parse_tension(TENSION | change)
    assert "series/tension.yaml" in str(error.value)


def test_a_setting_that_is_missing_is_named() -> None:
    with pytest.raises(KnowledgeError, match="lacks seed"):
        parse_tension({name: value for name, value in TENSION.items() if name != "seed"})
