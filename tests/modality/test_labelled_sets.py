"""Floors on the labelled sets, where they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tocsin.evaluation.attribution import evaluate_attribution
from tocsin.evaluation.factuality import evaluate_factuality
from tocsin.knowledge.modality import ModalityRules
from tocsin.language import Parser
from tocsin.modality import Modality
from tocsin.pipeline.coder import Coder


@pytest.mark.shared
def test_factuality_keeps_its_floor(shared: Path, parser: Parser, modality: Modality) -> None:
    scores = evaluate_factuality(shared / "gold" / "timex_factuality.jsonl", parser, modality)
    assert scores.macro_f1 >= 0.75


@pytest.mark.shared
def test_attribution_keeps_its_floor(shared: Path, rules: ModalityRules) -> None:
    path = shared / "gold" / "attribution.jsonl.gz"
    scores = evaluate_attribution(path, Coder(coder="rules").work, rules, limit=20).as_dict()
    assert scores["overlap_f1"] >= 0.5
    assert scores["speaker_accuracy"] >= 0.9
