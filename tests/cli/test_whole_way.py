"""The commands on the real coder, in a process of their own, as a user runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SENTENCE = "Japan summoned the Russian ambassador on Monday."


def tocsin(*arguments: object, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from tocsin.cli.main import run; run()", *map(str, arguments)],
        input=text, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder of one good article and bad ones, and what coding it printed."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "good.txt").write_text(f"Share This\n\n{SENTENCE}\n", encoding="utf-8")
    (folder / "binary.txt").write_bytes(b"\x7fELF\x00")
    (folder / "lines.jsonl").write_text('{"text": "x", "date": "Monday"}\n{}\n')
    done = tocsin("code", folder, "--published", "2022-03-02")
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "tocsin: 1 article coded" in done.stderr
    assert "tocsin: 3 set aside:" in done.stderr
    for part in ("binary.txt: is no text", "lines.jsonl:1: 'date'", "lines.jsonl:2: has no column"):
        assert part in done.stderr
    return folder, done.stdout


def test_the_good_article_among_bad_ones_is_coded(coded: tuple[Path, str]) -> None:
    folder, out = coded
    text = (folder / "good.txt").read_text(encoding="utf-8")
    (event,) = map(json.loads, out.splitlines())
    assert (event["type"], event["date"]["start"]) == ("ACCUSE", "2022-02-28")
    assert [actor["country"] for actor in event["actors"]] == ["JPN"]
    for span in (event["sentence"], event["trigger"], *event["actors"], *event["recipients"]):
        assert text[span["start"] : span["end"]] == span["text"]


def test_an_event_is_explained_where_it_stands(coded: tuple[Path, str]) -> None:
    folder, out = coded
    event = json.loads(out)
    done = tocsin("explain", event["id"], "--in", folder / "good.txt", "--published", "2022-03-02")
    assert done.returncode == 0
    assert event["evidence"][0]["rule"] in done.stdout
    assert event["id"] in done.stdout


def test_a_model_that_is_not_installed_is_said_in_one_line() -> None:
    done = tocsin("code", "-", "--language-model", "no_such_model", text=SENTENCE)
    assert done.returncode == 2
    assert done.stderr.startswith("tocsin: the language model 'no_such_model' cannot be loaded")
    assert len(done.stderr.splitlines()) == 1
