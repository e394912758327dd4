"""``tocsin relate`` on good and bad lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tocsin.cli.main import app

TEXT = "Japan condemned a Greek ministry."
GOOD = {"id": "g", "text": TEXT, "actor": [{"start": 0, "end": 5}],
        "recipient": [{"start": 16, "end": 32}]}  # fmt: skip


@pytest.mark.parametrize("coder", ["rules", "full"])
def test_each_pair_gets_a_line(tmp_path: Path, coder: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps(GOOD) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["relate", str(path), "--coder", coder])
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["id"] == "g"
    assert (answer["type"], answer["quad"], answer["status"]) == ("ACCUSE", 3, "actual")
    assert 0 < answer["probability"] <= 1
    assert (answer["model"] is None) is (coder == "rules")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "is no JSON"),
        ("[]", "is no object with a 'text'"),
        (json.dumps({"text": TEXT, "actor": [], "recipient": 3}), "'recipient' is no list"),
        (json.dumps({**GOOD, "actor": [{"start": 0, "end": 99}]}), "lies outside"),
    ],
)
def test_a_bad_line_is_set_aside_by_its_number(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text(line + "\n" + json.dumps(GOOD) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["relate", str(path)])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert f"{path}:1" in result.stderr
    assert message in result.stderr
