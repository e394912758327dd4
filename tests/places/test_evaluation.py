from __future__ import annotations

import json
from pathlib import Path

import pytest

from tocsin.errors import InputError
from tocsin.evaluation.places import evaluate_places
from tocsin.knowledge.gazetteer import Gazetteer
from tocsin.language.parser import Parser


def test_scores_count_what_the_labels_say(
    tmp_path: Path, parser: Parser, gazetteer: Gazetteer
) -> None:
    text = "Troops massed near Kaesong. Seoul said nothing."
    labels = [
        {"start": 19, "end": 26, "text": "Kaesong", "kind": "Literal",
         "lat": 37.97, "lon": 126.55, "geonameid": "1876373"},
        {"start": 28, "end": 33, "text": "Seoul", "kind": "Metonymic",
         "lat": 37.57, "lon": 126.98, "geonameid": "1835848"},
        {"start": 0, "end": 6, "text": "Troops", "kind": "Non_Lit_Expression",
         "lat": None, "lon": None, "geonameid": ""},
        {"start": -4, "end": 6, "text": "misplaced", "kind": "Literal",
         "lat": 0.0, "lon": 0.0, "geonameid": "1"},
    ]  # fmt: skip
    path = tmp_path / "labels.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text, "toponyms": labels}), encoding="utf-8")
    scores = evaluate_places(path, parser=parser, gazetteer=gazetteer)
    assert (scores.given, scores.country, scores.near) == (1, 1, 1)
    assert (scores.named, scores.found, scores.matched) == (2, 2, 2)
    assert (scores.rejected, scores.associative) == (1, 1)


def test_a_line_without_labels_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.jsonl"
    path.write_text('{"text": "x"}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"labels\.jsonl:1"):
        evaluate_places(path)


@pytest.mark.shared
def test_the_labelled_articles_are_read_well(
    shared: Path, parser: Parser, gazetteer: Gazetteer
) -> None:
    """Floors under what was reached, so that a change that loses shows."""
    shares = evaluate_places(
        shared / "gold" / "places.jsonl", parser=parser, gazetteer=gazetteer
    ).shares()
    assert shares["country_accuracy"] >= 0.96
    assert shares["within_161km"] >= 0.93
    assert shares["detection_f1"] >= 0.88
    assert shares["associative_rejected"] >= 0.90
