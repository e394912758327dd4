"""``tocsin evaluate`` for when, where, on whose word and how certain: figures under fixed names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tocsin.cli.main import app

TEXT = "Rebels shelled the port of Aleppo on June 16, 2020, the mayor said."


def _run(arguments: list[str]) -> Result:
    return CliRunner().invoke(app, arguments)


def _span(words: str) -> dict[str, int]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words)}


def _range(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


ALEPPO = {"text": "Aleppo", "kind": "Literal", "lat": 36.2, "lon": 37.16, "geonameid": "170063"}
SETS: dict[str, dict[str, Any]] = {
    "timex": {
        "dct": "2020-06-17",
        "timex": [_span("June 16, 2020") | {"type": "DATE", "value": "2020-06-16"}],
    },
    "places": {"toponyms": [_span("Aleppo") | ALEPPO]},
    "attribution": {
        "attributions": [
            {
                "source": [_range("the mayor")],
                "cue": [_range("said")],
                "content": [_range("Rebels shelled the port of Aleppo on June 16, 2020")],
            }
        ]
    },
    "factuality": {
        "trigger": "shelled",
        "type": "ASSAULT",
        "status": "actual",
        "published": "2020-06-17",
    },
}
KEYS = {
    "timex": {"relaxed_f1", "value_f1"},
    "places": {"country_accuracy", "within_161km", "detection_f1"},
    "attribution": {"event_speaker_accuracy", "event_speaker_precision", "overlap_f1"},
    "factuality": {"status_macro_f1"},
}


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_set_that_is_read_rightly_scores_one(tmp_path: Path, name: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text(json.dumps({"id": "a", "text": TEXT} | SETS[name]) + "\n", encoding="utf-8")
    cases = tmp_path / "cases.jsonl"
    result = _run(["evaluate", name, str(file), "--format", "json", "-o", str(cases)])
    numbers = json.loads(result.stdout)
    assert {key: numbers[key] for key in KEYS[name]} == dict.fromkeys(KEYS[name], 1.0)
    assert "shelled the port" not in cases.read_text(encoding="utf-8")
    assert _run(["evaluate", name, str(file)]).stdout


def test_associative_names_are_counted(tmp_path: Path) -> None:
    text = "Damascus condemned the attack."
    name = {"start": 0, "end": 8, "text": "Damascus", "kind": "Metonymic", "lat": None, "lon": None}
    row = {"id": "a", "text": text, "toponyms": [name | {"geonameid": None}]}
    file = tmp_path / "set.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    numbers = json.loads(_run(["evaluate", "places", str(file), "--format", "json"]).stdout)
    assert numbers["associative_rejected"] == 1.0


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_line_of_another_kind_is_named(tmp_path: Path, name: str) -> None:
    file = tmp_path / "set.jsonl"
    file.write_text('{"id": "a"}\n', encoding="utf-8")
    result = _run(["evaluate", name, str(file)])
    assert result.exit_code == 2
    assert "set.jsonl:1" in result.stderr


def test_the_day_of_publication_is_hidden_and_asked_for(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": TEXT, "date": "2020-06-17", "url": "https://example.org/2020/06/17/a"},
        {"id": "b", "text": "Rebels shelled the port.", "date": "2020-06-17"},
        {"id": "c", "text": "Rebels left."},
    ]
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    numbers = json.loads(_run(["evaluate", "published", str(file), "--format", "json"]).stdout)
    assert numbers == {
        "documents": 2,
        "with_url_answered": 0.5,
        "with_url_right": 1.0,
        "text_only_answered": 0.0,
        "text_only_right": 0.0,
    }
