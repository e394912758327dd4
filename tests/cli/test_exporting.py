"""``tocsin export``."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.store.conftest import CODING, NOW, coded, document

from tocsin.model.codec import from_json_line
from tocsin.store import open_store


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "a.duckdb"
    with open_store(path) as store:
        for n, outlet in enumerate(("Courier", "Post", "Post"), 1):
            one = document(
                id=f"d{n}", text=f"=Ruritania fell on {n}.", outlet=outlet,
                published=date(2020, 6, n), url=f"https://example.org/{n}",
            )  # fmt: skip
            store.add(coded(one), CODING, at=NOW)
    return path


def test_records_come_out_as_they_are_in_the_store(run: Run, db: Path, tmp_path: Path) -> None:
    out = tmp_path / "out" / "events.jsonl"
    done = run(["export", "--db", db, "-o", out])
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"3 events in {out}; codebook: {out.parent / 'events.codebook.md'}" in done.stderr
    with open_store(db, read_only=True) as store:
        events = list(store.records())
    assert [from_json_line(line) for line in out.read_text().splitlines()] == events


def test_events_are_narrowed_and_safe_in_a_spreadsheet(run: Run, db: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.csv"
    done = run(
        ["export", "--db", db, "-o", out, "--outlet", "Post", "--until", "2020-06-02",
         "--min-confidence", "0.5", "--words", "fell", "--status", "actual"]
    )  # fmt: skip
    assert done.exit_code == 0
    with out.open(newline="", encoding="utf-8") as lines:
        (row,) = csv.DictReader(lines)
    assert (row["document"], row["sentence"]) == ("d2", "'=Ruritania fell on 2.")


def test_the_columns_of_others_are_read_back_by_import(run: Run, db: Path, tmp_path: Path) -> None:
    for series, layout in (("gdelt2", "gdelt"), ("icews", "icews")):
        out = tmp_path / f"{layout}.tsv"
        done = run(["export", "--db", db, "-o", out, "--layout", layout])
        assert done.exit_code == 0
        assert "3 events" in done.stderr
        done = run(["import", series, out, "--db", tmp_path / "b.duckdb"])
        assert done.exit_code == 0, done.stderr
    with open_store(tmp_path / "b.duckdb", read_only=True) as store:
        rows = store.ask("imported")
    assert {row["day"] for row in rows} == {date(2020, 6, n) for n in (1, 2, 3)}
    assert {(row["lat"], row["lon"]) for row in rows} == {(1.5, -2.0)}


def test_points_are_counted(run: Run, db: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.geojson"
    assert run(["export", "--db", db, "-o", out]).exit_code == 0
    assert len(json.loads(out.read_text())["features"]) == 3


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        (["-o", "events.xlsx"], "must end in one of .jsonl, .csv, .tsv, .parquet, .geojson"),
        (["-o", "events.jsonl", "--layout", "gdelt"], "in one of .csv, .tsv, .parquet for the"),
        (["-o", "a.csv", "--layout", "acled"], "'acled' is unknown; allowed: tocsin, gdelt, icews"),
        (["-o", "a.csv", "--type", "FIGHT"], "--type 'FIGHT' is unknown"),
    ],
)
def test_what_cannot_be_written_is_refused(
    run: Run, db: Path, options: list[str], wrong: str
) -> None:
    done = run(["export", "--db", db, *options])
    assert done.exit_code == 2
    assert wrong in done.stderr


def test_a_folder_in_the_place_of_the_file_is_said(run: Run, db: Path, tmp_path: Path) -> None:
    (tmp_path / "events.csv").mkdir()
    done = run(["export", "--db", db, "-o", tmp_path / "events.csv"])
    assert done.exit_code == 2
    assert "events.csv cannot be written: it is a folder" in done.stderr
    assert not (tmp_path / "events.codebook.md").exists()
