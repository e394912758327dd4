"""``tocsin who``, ``--actors`` and ``--pack``: forms, exit codes, messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, StubCoder

MINE = "- {person: Anna Beispiel, country: DEU, office: foreign minister, since: 2027-03-01}\n"


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.yaml"
    path.write_text(MINE)
    return path


def test_a_program_gets_one_object_a_line_with_the_rows(run: Run) -> None:
    result = run(["who", "Kim You-geun", "--on", "2020-06-16"])
    assert result.exit_code == 0
    (meaning,) = map(json.loads, result.stdout.splitlines())
    assert (meaning["country"], meaning["sectors"]) == ("KOR", ["GOV", "MIL"])
    assert (meaning["since"], meaning["until"]) == ("2019-03-01", "2020-07-31")
    assert (meaning["holds"], meaning["near"], meaning["office"]) == (True, False, None)
    (row,) = meaning["rows"]
    assert row["file"] == "packs/korea/actors_people.csv"
    assert row["line"] > 1


def test_people_get_a_table(run: Run) -> None:
    result = run(["who", "Moon Jae-in", "--on", "2023-01-01", "--format", "table"])
    assert result.exit_code == 0
    shown = " ".join(result.stdout.replace("│", " ").split())
    for part in ("Moon Jae-in on 2023-01-01", "KOR", "ELI", "2022-05-10", "was president"):
        assert part in shown


def test_an_unknown_name_is_answered_with_near_ones_and_exit_code_1(run: Run) -> None:
    result = run(["who", "Kim Yougeun", "--on", "2020-06-16"])
    assert result.exit_code == 1
    assert "no table knows 'Kim Yougeun'; near to it: Kim You-geun" in result.stderr
    first = json.loads(result.stdout.splitlines()[0])
    assert (first["name"], first["near"], first["country"]) == ("Kim You-geun", True, "KOR")


def test_nonsense_is_near_to_nobody(run: Run) -> None:
    result = run(["who", "Qwxz Vbnm", "--format", "table"])
    assert (result.exit_code, result.stdout) == (1, "")
    assert "nor anybody of a name like it" in result.stderr


def test_your_own_actors_are_asked_too(run: Run, mine: Path) -> None:
    result = run(["who", "German foreign minister", "--on", "2027-03-01", "--actors", mine])
    first = json.loads(result.stdout.splitlines()[0])
    assert first["entity"]["name"] == "Anna Beispiel"
    assert first["rows"][0] == {"file": str(mine), "line": 1}


def test_without_packs_their_names_are_unknown(run: Run) -> None:
    assert run(["who", "KCNA"]).exit_code == 0
    assert run(["who", "KCNA", "--pack", "none"]).exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["who", " "], "the name is empty"),
        (["who", "x", "--format", "csv"], "allowed: table, jsonl"),
        (["who", "x", "--on", "soon"], "is not a day such as 2020-06-16"),
        (["who", "x", "--actors", "none.yaml"], "none.yaml: cannot be read"),
        (["who", "x", "--pack", "mars"], "neither one of ours (korea) nor a folder"),
        (["who", "x", "--pack", "none", "--pack", "korea"], "goes with no other"),
    ],
)
def test_wrong_usage_is_said(run: Run, arguments: list[str], message: str) -> None:
    result = run(arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.replace("│", " ").split())


def test_lint_checks_a_file_of_your_own(run: Run, mine: Path) -> None:
    result = run(["lint", "--actors", mine])
    assert (result.exit_code, result.stdout) == (0, "")
    mine.write_text(MINE + "- {name: Guard, sectors: [ARMY]}\n- {person: Ann, country: GER}\n")
    result = run(["lint", "--actors", mine])
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert [line.partition(" ")[0] for line in lines] == [f"{mine}:2", f"{mine}:3"]
    assert "2 faults" in result.stderr


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        ([], {}),
        (["--pack", "none"], {"packs": []}),
        (["--pack", "korea", "--actors", "a.yaml"], {"packs": ["korea"], "actors": "a.yaml"}),
    ],
)
@pytest.mark.parametrize("command", ["code", "explain"])
def test_the_coder_gets_packs_and_actors(
    run: Run, tmp_path: Path, command: str, given: list[str], seen: dict[str, Any]
) -> None:
    options: dict[str, Any] = {}

    class Seeing(StubCoder):
        def __init__(self, **got: Any) -> None:
            options.update(got)
            raise KeyboardInterrupt

    path = tmp_path / "a.txt"
    path.write_text("Ruritania fell.")
    run([command, path, *given], coder=Seeing)
    assert options == seen
