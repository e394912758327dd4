"""Files of events: whole, the same for the same events, and safe to open."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report.exports.test_layouts import report

from tocsin.model.codec import from_json_line
from tocsin.model.flat import COLUMNS, flat_row, safe_cell
from tocsin.report.exports import LAYOUTS, write_export
from tocsin.report.exports.writing import csv_line, tab_line
from tocsin.store import Report

CELLS = st.lists(
    st.none() | st.text(st.characters(codec="utf-8", exclude_characters="\x00")) | st.integers(),
    min_size=1,
)
FORMULAS = tuple("=+-@＝＋－＠")


@given(CELLS)
def test_a_row_of_csv_is_read_back_and_holds_no_formula(values: list[str | int | None]) -> None:
    (row,) = csv.reader(io.StringIO(csv_line(values), newline=""))
    assert row == ["" if value is None else str(safe_cell(value)) for value in values]
    for value, cell in zip(values, row, strict=True):
        if isinstance(value, str):
            assert not cell.lstrip().startswith(FORMULAS)
            assert cell.removeprefix("'") == value.removeprefix("'") or cell == value


@given(CELLS)
def test_a_row_of_tabs_is_one_line_with_its_cells_and_no_formula(
    values: list[str | int | None],
) -> None:
    line = tab_line(values)
    cells = line.removesuffix("\n").split("\t")
    assert len(cells) == len(values)
    assert len(line.splitlines()) == 1
    for value, cell in zip(values, cells, strict=True):
        if isinstance(value, str):
            assert not cell.startswith(FORMULAS)
            assert cell.split() in (value.split(), f"'{value}".split())


def some(count: int = 3) -> list[Report]:
    return [
        replace(one, event=replace(one.event, id=f"e{n}"))
        for n in range(count)
        for one in [report()]
    ]


def test_json_lines_are_read_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    written = write_export(path, LAYOUTS["tocsin"](), some())
    assert (written.events, written.rows) == (3, 3)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [from_json_line(line) for line in lines] == [one.event for one in some()]


def test_parquet_has_types_and_the_whole_record(tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    write_export(path, LAYOUTS["tocsin"](), some())
    with duckdb.connect() as db:
        kinds = {row[0]: row[1] for row in db.execute(f"DESCRIBE FROM '{path}'").fetchall()}
        records = db.execute(f"SELECT record FROM '{path}'").fetchall()
    assert kinds == COLUMNS | {"record": "VARCHAR"}
    assert [from_json_line(row[0]) for row in records] == [one.event for one in some()]
    assert "| `record` |" in (tmp_path / "events.codebook.md").read_text()


def test_geojson_holds_points_and_counts_what_has_none(tmp_path: Path) -> None:
    path = tmp_path / "events.geojson"
    placeless = replace(report(), event=replace(report().event, place=None))
    written = write_export(path, LAYOUTS["tocsin"](), [placeless, report(), placeless, report()])
    assert (written.events, written.placeless) == (2, 2)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["type"] == "FeatureCollection"
    assert [one["geometry"] for one in found["features"]] == [
        {"type": "Point", "coordinates": [-2.0, 1.5]}
    ] * 2
    assert found["features"][0]["properties"] == flat_row(report().event)


def test_geojson_of_nothing_is_whole(tmp_path: Path) -> None:
    write_export(tmp_path / "events.geojson", LAYOUTS["tocsin"](), [])
    assert json.loads((tmp_path / "events.geojson").read_text())["features"] == []


@pytest.mark.parametrize("name", ["gdelt", "icews"])
def test_what_did_not_happen_is_left_out_where_there_is_no_column_for_it(
    tmp_path: Path, name: str
) -> None:
    denied = replace(report(), event=replace(report().event, status="denied"))
    path = tmp_path / "events.tsv"
    written = write_export(path, LAYOUTS[name](), [denied, report()])
    assert (written.events, written.other_status) == (1, 1)
    written = write_export(path, LAYOUTS[name](), [denied, report()], every_status=True)
    assert (written.events, written.other_status) == (2, 0)


@pytest.mark.parametrize("name", LAYOUTS)
@pytest.mark.parametrize("ending", ["jsonl", "csv", "tsv", "parquet", "geojson"])
def test_the_same_events_give_the_same_bytes(tmp_path: Path, name: str, ending: str) -> None:
    first, second = tmp_path / "a" / f"x.{ending}", tmp_path / "b" / f"x.{ending}"
    for path in (first, second):
        write_export(path, LAYOUTS[name](), some(50))
    assert first.read_bytes() == second.read_bytes()
    assert sorted(path.name for path in first.parent.iterdir()) == ["x.codebook.md", f"x.{ending}"]


def test_a_file_that_cannot_be_finished_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    write_export(path, LAYOUTS["tocsin"](), some())
    before = path.read_bytes()

    def broken() -> Iterator[Report]:
        yield report()
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_export(path, LAYOUTS["gdelt"](), broken())
    assert path.read_bytes() == before
    assert sorted(one.name for one in tmp_path.iterdir()) == ["events.codebook.md", "events.csv"]
