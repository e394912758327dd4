"""The accuracy gate: figures may rise freely, and fall only by a decision (bench/freeze.py)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bench.freeze import (
    ACTORS,
    BASELINE,
    FROZEN,
    NEWS,
    NONE_PAIRS,
    actor_floors,
    digest,
    frozen_examples,
    held_actors,
    held_news,
    news_floors,
    none_floors,
    none_pairs,
)

from tocsin import Coder
from tocsin.evaluation.relations import evaluate_relations


@pytest.fixture(scope="module")
def coder() -> Coder:
    """The rules alone, whose answers are the same on every machine."""
    return Coder(coder="rules")


def test_the_example_articles_are_coded_as_frozen(coder: Coder) -> None:
    frozen = (FROZEN / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    now = frozen_examples(coder)
    flipped = sorted(set(frozen) ^ set(now))
    assert now == frozen, "run python -m bench.freeze and read the diff:\n" + "\n".join(flipped)


@pytest.mark.shared
def test_pairs_stay_above_their_floors(coder: Coder, shared: Path) -> None:
    path = shared / "gold" / "relations.jsonl"
    hold("relations", path, evaluate_relations(path, lambda _: coder).as_dict())


@pytest.mark.shared
def test_judged_news_stay_above_their_floors(shared: Path) -> None:
    hold("news", NEWS, news_floors(held_news(shared / "articles", Coder())))


@pytest.mark.shared
def test_judged_actors_stay_above_their_floors(coder: Coder, shared: Path) -> None:
    hold("actors", ACTORS, actor_floors(held_actors(shared / "articles", coder)))


def test_pairs_without_a_relation_stay_above_their_floors() -> None:
    hold("none_pairs", NONE_PAIRS, none_floors(none_pairs(Coder())))


def hold(name: str, path: Path, figures: Mapping[str, Any]) -> None:
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))[name]
    assert digest(path) == baseline["sha256"], "the floors were set on another set: freeze anew"
    for figure, floor in baseline["floors"].items():
        assert figures[figure] >= floor, f"{figure} is {figures[figure]}, its floor {floor}"
