"""``tocsin series``."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.cli.conftest import Run
from tests.linking.telling import day, deed, told
from tests.series.conftest import CODING, NOW, entry, row

from tocsin.linking.linker import link
from tocsin.store import open_store

BURNT = "=cmd burnt the Zenda mill of Graustark."


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Ruritania razes, threatens and, on days of which nothing was read, razes."""
    path = tmp_path / "a.duckdb"
    threatened = "Ruritania threatened to shell the Tarlenheim pass of Graustark."
    stories = [
        told("a", deed(date=day(2)), published=day(2)),
        told("b", deed(threatened, "threatened", type="THREATEN", mode="violence", date=day(4),
                       confidence=0.6), published=day(4), outlet="Gazette"),
        told("c", deed(BURNT, "burnt", date=day(8)), published=day(9)),
        told("d", deed("Ruritania will send envoys home.", "send", type="SANCTION", mode="expel",
                       status="predicted", date=day(12)), published=day(9)),
        told("e", deed("Ruritania once marched its lancers past Graustark.", "marched",
                       type="PROTEST", mode=None, status="background"), published=day(9)),
    ]  # fmt: skip
    with open_store(str(path)) as store:
        for one in stories:
            store.add(entry(one), CODING, at=NOW)
        link(store.links)
        store.add_imported([row(1), row(2, type=None, mode=None)])
    return path


def rows(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_days_without_articles_are_null_and_days_without_incidents_zero(run: Run, db: Path) -> None:
    done = run(["series", "--db", db, "--dyad", "rur:gra"])
    assert done.exit_code == 0
    found = {one["start"]: one for one in rows(done.stdout)}
    assert list(found) == [day(n).isoformat() for n in range(2, 10)]
    assert found["2020-06-02"]["incidents"] == 1
    assert found["2020-06-02"]["tension"] > found["2020-06-02"]["tension_low"] >= 0
    assert found["2020-06-03"] == {
        "dyad": "RUR:GRA", "source": "incidents", "start": "2020-06-03", "end": "2020-06-03",
        "articles": 0, "outlets": 0,
    } | dict.fromkeys(
        ("incidents", "weighted", "words", "deeds", "plover_mean", "plover_sum", "goldstein_mean",
         "goldstein_sum", "highest_rung", "tension", "tension_low", "tension_high", "cooperation")
    )  # fmt: skip
    assert found["2020-06-09"]["incidents"] == 0
    assert "1 incident left out: no day on which it may have happened" in done.stderr
    assert "1 incident left out: only predicted" in done.stderr
    assert "1 incident happened in days of which nothing was read" in done.stderr


def test_the_same_comes_out_twice(run: Run, db: Path) -> None:
    one, two = (run(["series", "--db", db, "--dyad", "RUR:*", "--by", "week"]) for _ in range(2))
    assert one.stdout == two.stdout
    assert len(rows(one.stdout)) == 2


def test_a_week_of_which_something_was_read_counts_its_other_days_too(run: Run, db: Path) -> None:
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "--by", "week"])
    assert [one["incidents"] for one in rows(done.stdout)] == [2, 1]
    assert "nothing was read" not in done.stderr


def test_a_table_is_for_people(run: Run, db: Path) -> None:
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "--by", "month", "--format", "table"])
    assert "highest rung" in done.stdout
    assert "2020-06-02 to 2020-06-09" in done.stdout
    assert "limited-force" in done.stdout


def test_a_csv_has_empty_cells_for_what_is_missing(run: Run, db: Path) -> None:
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "--format", "csv"])
    cells = list(csv.DictReader(io.StringIO(done.stdout)))
    assert (cells[0]["incidents"], cells[1]["incidents"], cells[1]["tension"]) == ("1.0", "", "")


@pytest.mark.parametrize(
    ("option", "days"),
    [
        (["--type", "threaten"], {"2020-06-04"}),
        (["--rung", "limited-force"], {"2020-06-02"}),
        (["--status", "predicted"], set()),
        (["--since", "2020-06-03"], {"2020-06-04"}),
        (["--until", "2020-06-03"], {"2020-06-02"}),
    ],
)
def test_it_is_narrowed(run: Run, db: Path, option: list[str], days: set[str]) -> None:
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", *option])
    assert {one["start"] for one in rows(done.stdout) if one["incidents"]} == days


def test_kinds_are_told_apart_in_long_form(run: Run, db: Path) -> None:
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "--by", "month", "--per", "type"])
    assert [(one["kind"], one["incidents"]) for one in rows(done.stdout)] == [
        ("THREATEN", 1), ("ASSAULT", 2),
    ]  # fmt: skip
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "--by", "month", "--per", "rung",
                "--format", "table"])  # fmt: skip
    assert "limited-force" in done.stdout


def test_a_value_is_explained_by_the_acts_that_make_it(run: Run, db: Path) -> None:
    arguments = ["series", "--db", db, "--dyad", "RUR:GRA"]
    value = rows(run(arguments).stdout)[-1]["tension"]
    done = run([*arguments, "--explain", "2020-06-09"])
    shares = rows(done.stdout)
    assert sum(one["share"] for one in shares) == pytest.approx(value, abs=1e-5)
    assert sum(one["part"] for one in shares) == pytest.approx(1)
    assert shares[0]["sentence"] == BURNT
    assert (shares[0]["actor"], shares[0]["rung"]) == ("Ruritania", "limited-force")
    assert f"tension of RUR:GRA on 2020-06-09: {value:.2f}" in done.stderr
    done = run([*arguments, "--explain", "2020-06-09", "--format", "csv"])
    assert "'=cmd burnt" in done.stdout
    done = run([*arguments, "--explain", "2020-06-09", "--format", "table", "--limit", "1"])
    assert "2 more make" in done.stderr
    done = run([*arguments, "--explain", "2019-06-09"])
    assert done.exit_code == 2
    assert "days with one lie from 2020-06-02 to 2020-06-09" in done.stderr


def test_other_choices_are_shown_beside_the_usual(run: Run, db: Path) -> None:
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "--sensitivity"])
    found = {one["choice"]: one for one in rows(done.stdout)}
    assert found["as it is"]["rank_correlation"] == 1
    assert {"half-life 7 days", "severity by rung", "without Gazette"} <= set(found)


def test_half_life_and_scale_can_be_chosen(run: Run, db: Path) -> None:
    def last(*options: str) -> float:
        done = run(["series", "--db", db, "--dyad", "RUR:GRA", *options])
        return float(rows(done.stdout)[-1]["tension"])

    assert last("--half-life", "2") < last() < last("--half-life", "60")
    assert last("--scale", "constant") > last()


def test_it_is_drawn_with_letters(run: Run, db: Path) -> None:
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "--plot"])
    lines = done.stdout.splitlines()
    assert lines[0].startswith("tension")
    assert "█" in done.stdout
    assert "·" in lines[8]
    assert "2020-06-02" in lines[-1]


@pytest.mark.parametrize("ending", [".jsonl", ".csv", ".parquet"])
def test_a_table_goes_into_a_file(run: Run, db: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"series{ending}"
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "-o", path])
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"8 periods in {path}" in done.stderr
    read = duckdb.sql(f"SELECT start, incidents, articles FROM '{path}' ORDER BY start").fetchall()
    assert (read[0][0], read[0][1:], read[1][1:]) == (day(2), (1, 1), (None, 0))
    kinds = tmp_path / f"kinds{ending}"
    assert (
        run(["series", "--db", db, "--dyad", "RUR:GRA", "--per", "rung", "-o", kinds]).exit_code
        == 0
    )
    assert {one.name for one in tmp_path.iterdir()} == {"a.duckdb", path.name, kinds.name}


@pytest.mark.parametrize(
    ("ending", "begins"), [(".png", b"\x89PNG"), (".svg", b"<svg"), (".html", b"<!DOCTYPE html>")]
)
def test_a_chart_goes_into_a_file(
    run: Run, db: Path, tmp_path: Path, ending: str, begins: bytes
) -> None:
    path = tmp_path / f"chart{ending}"
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", "--by", "week", "--output", path])
    assert done.exit_code == 0, done.stderr
    content = path.read_bytes()
    assert content.startswith(begins)
    assert b"<script src=" not in content


def test_rows_of_others_series_are_measured_too(run: Run, db: Path) -> None:
    done = run(["series", "--db", db, "--dyad", "GRA:RUR", "--source", "icews"])
    (found,) = rows(done.stdout)
    assert (found["incidents"], found["articles"], found["highest_rung"]) == (1, 2, "accusations")
    assert "1 row left out: no event in PLOVER" in done.stderr
    done = run(["series", "--db", db, "--dyad", "GRA:RUR", "--source", "icews",
                "--explain", "2021-01-01"])  # fmt: skip
    (share,) = rows(done.stdout)
    assert (share["actor"], share["part"], share["confidence"]) == ("Graustark", 1, None)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--dyad", "RUR"], "--dyad RUR is no pair of codes"),
        (["--source", "phoenix"], "--source 'phoenix' is unknown; allowed: incidents, icews"),
        (["--by", "year"], "--by 'year' is unknown; allowed: day, week, month"),
        (["--per", "colour"], "--per 'colour' is unknown"),
        (["--rung", "war"], "--rung 'war' is unknown; allowed: deeds-of-cooperation"),
        (["--scale", "richter"], "--scale 'richter' is unknown"),
        (["--half-life", "0"], "--half-life 0 is no number of days"),
        (["--half-life", "nan"], "--half-life nan is no number of days"),
        (["-o", "a.xlsx"], "must end in one of .csv, .jsonl, .parquet, .png"),
        (["--per", "type", "-o", "a.png"], "must end in one of .csv, .jsonl, .parquet"),
        (["--plot", "--sensitivity"], "--sensitivity and --plot do not go together"),
        (["--plot", "--per", "type"], "--per goes with the series itself only"),
        (["--source", "polecat"], "no article with a day of publication was read"),
        (["--since", "2030-01-01"], "there are no days from 2030-01-01 to 2020-06-09"),
    ],
)
def test_what_cannot_be_is_said(run: Run, db: Path, options: list[str], message: str) -> None:
    done = run(["series", "--db", db, "--dyad", "RUR:GRA", *options])
    assert done.exit_code == 2
    assert message in done.stderr
