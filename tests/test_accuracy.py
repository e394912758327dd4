"""The accuracy gate: figures may rise freely, and fall only by a decision (bench/freeze.py)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.freeze import BASELINE, FROZEN, digest, frozen_examples

from tocsin import Coder
from tocsin.evaluation.relations import evaluate_relations


@pytest.fixture(scope="module")
def coder() -> Coder:
    """The coder with its defaults."""
    return Coder()


def test_the_example_articles_are_coded_as_frozen(coder: Coder) -> None:
    frozen = (FROZEN / "examples.jsonl").read_text(encoding="utf-8").splitlines()
    now = frozen_examples(coder)
    flipped = sorted(set(frozen) ^ set(now))
    assert now == frozen, "run python -m bench.freeze and read the diff:\n" + "\n".join(flipped)


@pytest.mark.shared
def test_pairs_stay_above_their_floors(coder: Coder, shared: Path) -> None:
    path = shared / "gold" / "relations.jsonl"
    baseline = json.loads(BASELINE.read_text(encoding="utf-8"))["relations"]
    assert digest(path) == baseline["sha256"], "the floors were set on another set: freeze anew"
    figures = evaluate_relations(path, coder).as_dict()
    for name, floor in baseline["floors"].items():
        assert figures[name] >= floor, f"{name} is {figures[name]}, its floor {floor}"
