"""``tocsin explain``, ``evaluate`` and ``lint``: options, exit codes, messages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["explain", " "], "the sentence is empty"),
        (["explain", "0123456789abcdef0123"], "say with --in where its article is"),
        (["explain", "Ruritania fell.", "--in", "x.txt"], "--in is for an event's id"),
        (["evaluate", "relations", "x", "--format", "xml"], "allowed: table, json"),
        (["evaluate", "relations", "no-such-file.jsonl"], "no-such-file.jsonl"),
    ],
)
def test_wrong_usage_is_one_line(run: Run, arguments: list[str], message: str) -> None:
    result = run(arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_event_that_is_not_there_is_said(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Ruritania fell.")
    result = run(["explain", "0123456789abcdef0123", "--in", path])
    assert result.exit_code == 1
    assert "no event 0123456789abcdef0123 in" in result.stderr


@pytest.fixture
def relations(tmp_path: Path) -> Path:
    path = tmp_path / "set.jsonl"
    rows = [
        {"id": "r1", "text": "Ruritania razed it.", "type": "ASSAULT", "quad": 4},
        {"id": "r2", "text": "NOTHING happened.", "type": "AID", "quad": 2},
    ]
    spans = {"actor": [{"start": 0, "end": 5}], "recipient": []}
    path.write_text("".join(json.dumps(row | spans) + "\n" for row in rows))
    return path


def test_relations_are_scored(run: Run, relations: Path, tmp_path: Path) -> None:
    cases = tmp_path / "cases.jsonl"
    result = run(["evaluate", "relations", relations, "-o", cases])
    assert result.exit_code == 0
    assert "root macro-F1" in result.stdout
    answers = [json.loads(line) for line in cases.read_text().splitlines()]
    assert [(case["id"], case["answer"]) for case in answers] == [("r1", "ASSAULT"), ("r2", None)]
    assert "text" not in answers[0]


def test_scores_come_as_json_on_demand(run: Run, relations: Path) -> None:
    result = run(["evaluate", "relations", relations, "--format", "json"])
    assert json.loads(result.stdout)["n"] == 2


def test_lint_prints_the_coverage_of_offices(run: Run) -> None:
    result = run(["lint", "--coverage"])
    assert result.exit_code == 0
    assert re.search(r"^theatre +foreign minister +6/6 +\d+\.\d% +\d+\.\d%$", result.stdout, re.M)
    assert "states with state media" in result.stdout
