"""``tocsin report``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Run

TEXTS = (
    {"id": "a", "text": "Ruritania razed the bridge.", "date": "2021-01-02", "outlet": "Courier"},
    {"id": "b", "text": "Ruritania burnt the mill.", "date": "2021-01-05", "outlet": "Herald"},
)


@pytest.fixture
def store(tmp_path: Path, run: Run) -> Path:
    articles = tmp_path / "articles.jsonl"
    articles.write_text("".join(json.dumps(one) + "\n" for one in TEXTS), encoding="utf-8")
    db = tmp_path / "store.duckdb"
    assert run(["add", articles, "--db", db]).exit_code == 0
    return db


def test_a_page_is_written_by_the_ending(store: Path, run: Run, tmp_path: Path) -> None:
    done = run(["report", "--db", store, "--dyad", "rur:gra", "-o", tmp_path / "new" / "r.html"])
    assert done.exit_code == 0, done.output
    assert "RUR:GRA, 2021-01-02 to 2021-01-05" in done.stderr
    page = (tmp_path / "new" / "r.html").read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert "razed the bridge" in page


def test_without_a_file_it_goes_to_standard_output(store: Path, run: Run) -> None:
    done = run(["report", "--db", store, "--dyad", "RUR:GRA", "--format", "md"])
    assert done.exit_code == 0, done.output
    assert "## 1 Summary" in done.stdout
    assert run(["report", "--db", store, "--dyad", "RUR:GRA"]).stdout.startswith("<!doctype")


def test_the_period_and_the_number_of_incidents_are_chosen(store: Path, run: Run) -> None:
    given = ["report", "--db", store, "--dyad", "RUR:GRA", "--format", "md"]
    late = run([*given, "--since", "2021-01-04"]).stdout
    assert "4 Jan 2021 to 5 Jan 2021" in late
    assert "Shown are the 1 of 2" in run([*given, "--incidents", "1"]).stdout


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["-o", "r.docx"], "says no format; allowed: .html, .htm, .md, .pdf"),
        (["--format", "doc"], "--format 'doc' is unknown; allowed: html, md, pdf"),
        (["--format", "pdf"], "a PDF goes into a file"),
        (["-o", "r.pdf", "--browser", "nowhere"], "--browser nowhere: there is no such program"),
        (["--dyad", "*:*"], "one country at least"),
        (["--dyad", "Ruritania"], "no pair of codes"),
        (["--since", "2022-01-01", "--until", "2021-01-01"], "is later than"),
        (["--since", "2022-01-01"], "there are no days from 2022-01-01"),
    ],
)
def test_what_cannot_be_is_said(store: Path, run: Run, given: list[str], said: str) -> None:
    dyad = [] if "--dyad" in given else ["--dyad", "RUR:GRA"]
    done = run(["report", "--db", store, *dyad, *given])
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_pdf_comes_from_the_browser(store: Path, run: Run, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(
        '#!/bin/sh\nfor one in "$@"; do case $one in --print-to-pdf=*) '
        'printf %s "%PDF-1.4" > "${one#--print-to-pdf=}";; esac; done\n',
        encoding="utf-8",
    )
    browser.chmod(0o755)
    done = run(["report", "--db", store, "--dyad", "RUR:GRA", "-o", tmp_path / "r.pdf",
                "--browser", browser])  # fmt: skip
    assert done.exit_code == 0, done.output
    assert (tmp_path / "r.pdf").read_bytes() == b"%PDF-1.4"
