"""``tocsin import`` and ``tocsin imported``."""

from __future__ import annotations

import csv
import io
import json
import time
from pathlib import Path

import pytest
from tests.cli.conftest import Run
from tests.ingest.series.samples import gdelt, icews, icews_kg, table

from tocsin.store import open_store


def test_rows_go_in_once_and_are_counted(run: Run, tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    path = table(tmp_path / "a.tab", [icews(n) for n in range(3)], header=True)
    done = run(["import", "icews", path, "--db", db])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "3 rows: 3 new, 0 known, 0 set aside" in done.stderr
    done = run(["import", "icews", path, path, "--db", db])
    assert done.exit_code == 0
    assert "6 rows: 0 new, 6 known, 0 set aside" in done.stderr


def test_a_series_goes_by_the_names_of_its_files_too(run: Run, tmp_path: Path) -> None:
    db = tmp_path / "a.duckdb"
    path = table(tmp_path / "a.tsv", [icews_kg()], header=True)
    assert "1 row: 1 new" in run(["import", "icews14", path, "--db", db]).stderr
    assert "0 new, 1 known" in run(["import", "icews-kg", path, "--db", db]).stderr
    done = run(["imported", "--db", db, "--series", "icews05-15", "--dyad", "PER:CHL"])
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["series"], row["cameo"]) == ("icews-kg", "042")


def test_what_is_set_aside_is_shown_with_file_and_line(run: Run, tmp_path: Path) -> None:
    rows = [icews(1), icews(2, Latitude="north"), *(icews(n, Longitude="x") for n in range(3, 70))]
    path = table(tmp_path / "a.tab", rows, header=True)
    done = run(["import", "icews", path, "missing.tab", "--db", tmp_path / "a.duckdb"])
    assert done.exit_code == 1
    assert "70 rows: 1 new, 0 known, 69 set aside" in done.stderr
    assert f"  {path}:3: Latitude 'north' is no number" in done.stderr
    assert "  and 19 more" in done.stderr


def test_a_file_that_is_none_of_the_series_says_what_is_missing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,text\n2021-03-04,x\n")
    done = run(["import", "polecat", path, "--db", tmp_path / "a.duckdb"])
    assert done.exit_code == 1
    assert "it has no column Event ID, Event Date, Event Type" in done.stderr
    assert "its columns: date, text" in done.stderr


def test_an_unknown_series_is_refused(run: Run, tmp_path: Path) -> None:
    done = run(["import", "phoenix", "a.csv", "--db", tmp_path / "a.duckdb"])
    assert done.exit_code == 2
    assert "'phoenix' is unknown; allowed: icews, icews-kg, gdelt1, gdelt2, polecat" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_rows_are_asked_for(run: Run, tmp_path: Path) -> None:
    db = tmp_path / "store"
    run(["import", "icews", table(tmp_path / "a.tab", [icews(1)], header=True), "--db", db])
    run(["import", "gdelt2", table(tmp_path / "a.csv", [gdelt(2)], header=False), "--db", db])
    done = run(["imported", "--db", db, "--series", "gdelt2", "--where", "CHL"])
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["id"], row["day"], row["raw"]["QuadClass"]) == ("2", "2021-03-04", "4")
    done = run(["imported", "--db", db, "--dyad", "PER:CHL", "--format", "csv"])
    (cells,) = csv.DictReader(io.StringIO(done.stdout))
    assert (cells["id"], json.loads(cells["raw"])["City"]) == ("1", "Lima")
    done = run(["imported", "--db", db, "--since", "2021-03-04", "--format", "table"])
    assert "Foreign Affairs" in done.stdout
    assert "LIMA" in done.stdout
    done = run(["imported", "--db", db, "--type", "AID", "--format", "table"])
    assert "nothing is found" in done.stderr
    done = run(["imported", "--db", db, "--series", "phoenix"])
    assert done.exit_code == 2
    assert "--series 'phoenix' is unknown; allowed: icews" in done.stderr


def test_an_import_is_fast_enough_for_a_year(run: Run, tmp_path: Path) -> None:
    """A floor far under what is measured (see the module that imports), against a lost index or a
    statement for each row."""
    count = 10_000
    path = table(tmp_path / "a.csv", [gdelt(n) for n in range(count)], header=False)
    start = time.perf_counter()
    done = run(["import", "gdelt2", path, "--db", tmp_path / "a.duckdb"])
    assert done.exit_code == 0
    assert count / (time.perf_counter() - start) > 2_000


@pytest.mark.shared
def test_the_sample_of_icews_is_imported_whole(run: Run, tmp_path: Path, shared: Path) -> None:
    db = tmp_path / "a.duckdb"
    path = shared / "series" / "icews_2018_sample.tab"
    assert "3,705 rows: 3,705 new" in run(["import", "icews", path, "--db", db]).stderr
    with open_store(db, read_only=True) as store:
        rows = store.ask("imported")
        assert list(store.check()) == []
    assert all(row["place_country"] for row in rows if row["lat"] is not None)
