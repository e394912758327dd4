"""The documentation cannot drift: every command and option is in docs/commands.md, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from tocsin import Coder
from tocsin.cli.main import app
from tocsin.knowledge.actors import own_problems
from tocsin.model.flat import COLUMNS
from tocsin.pipeline.explain import explain
from tocsin.store.questions import QUESTIONS

PAGE = (Path(__file__).parent.parent / "docs" / "commands.md").read_text(encoding="utf-8")
SECTIONS = dict(
    re.findall(r"^##+ `(tocsin[\w ]*)`\n(.*?)(?=^## |^### `|\Z)", PAGE, re.MULTILINE | re.DOTALL)
)


def commands(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    yield name, command
    for part, inner in getattr(command, "commands", {}).items():
        yield from commands(inner, f"{name} {part}")


COMMANDS = dict(commands(get_command(app), "tocsin"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_a_section_with_all_its_options(name: str) -> None:
    assert name in SECTIONS, f"docs/commands.md has no section `{name}`"
    for parameter in COMMANDS[name].params:
        options = [option for option in parameter.opts if option.startswith("-")]
        if parameter.name != "help":
            for option in options or [parameter.metavar or parameter.name]:
                assert f"`{option}" in SECTIONS[name] or f", {option}" in SECTIONS[name], option


def test_no_command_or_option_is_described_that_is_not_there() -> None:
    assert set(SECTIONS) <= set(COMMANDS)
    known = {option for command in COMMANDS.values() for p in command.params for option in p.opts}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", PAGE)) <= known | {"--help"}


def test_every_column_of_the_flat_formats_is_described() -> None:
    for name in COLUMNS:
        assert re.search(rf"`{name}`", PAGE), name


def test_what_the_readme_shows_is_what_is_printed() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    shown = re.search(r"    \$ tocsin explain \"(.+?)\" --published (\S+)\n(.*?)\n\n", readme, re.S)
    assert shown is not None
    printed = explain(Coder(), shown[1], published=date.fromisoformat(shown[2])).splitlines()
    lines = [line[4:] for line in shown[3].splitlines() if line.strip() != "…"]
    assert lines
    assert [line for line in lines if line not in printed] == []


ACTORS = (Path(__file__).parent.parent / "docs" / "actors.md").read_text(encoding="utf-8")


def test_the_actors_that_are_shown_have_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    blocks = re.findall(r"^```yaml\n(.*?)^```", ACTORS, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    path.write_text("".join(blocks), encoding="utf-8")
    assert own_problems(path) == []


def test_who_is_who_is_shown_as_it_is_printed() -> None:
    shown = re.search(
        r"\$ tocsin who \"(.+?)\" --on (\S+) .+? \| jq '(.+)'\n((?:    .+\n)+)", ACTORS
    )
    assert shown is not None
    printed = CliRunner().invoke(app, ["who", shown[1], "--on", shown[2], "--format", "jsonl"])
    for path, line in zip(shown[3].split(", "), shown[4].split("\n"), strict=False):
        value = json.loads(printed.stdout)
        for key in path.strip(".").split("."):
            value = value[key]
        assert json.loads(line) == value


def test_every_question_to_a_store_is_described_and_no_other() -> None:
    page = (Path(__file__).parent.parent / "docs" / "store.md").read_text(encoding="utf-8")
    listed = page.split("| question | rows |", 1)[1].split("\n\n", 1)[0]
    assert re.findall(r"^\| `(\w+)`", listed, re.MULTILINE) == list(QUESTIONS)
