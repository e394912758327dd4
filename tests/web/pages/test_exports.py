"""Exports: all rows of a list, the same as on the command line, and safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.linking.telling import at, day, deed, on, told, who
from tests.report.crisis.conftest import entry
from tests.web.conftest import filled, visitor
from typer.testing import CliRunner

from tocsin.cli.main import app

#: Each list, the field of its JSON, and the column of the CSV that says the same as which field.
LISTS = (
    ("/incidents", "incidents", "id", "id"),
    ("/articles", "articles", "id", "id"),
    ("/threats", "threats", "id", "id"),
    ("/channels", "channels", "id", "id"),
    ("/claims", "claims", "incident", "incident"),
    ("/actors", "actors", "name", "name"),
    ("/map", "places", "place", "name"),
    ("/sources", "outlets", "outlet", "name"),
)
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", '=HYPERLINK("x","y")')


def rows(answer: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer, newline="")))


@pytest.mark.parametrize(("path", "name", "column", "field"), LISTS)
def test_an_export_has_every_row_of_the_list(
    reader: TestClient, path: str, name: str, column: str, field: str
) -> None:
    answer = reader.get(f"{path}.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == f'attachment; filename="{path[1:]}.csv"'
    listed = reader.get(f"{path}.json").json()[name]
    assert [row[column] for row in rows(answer.text)] == [one[field] or "" for one in listed]
    assert listed


def test_an_export_is_not_cut_into_pages_and_keeps_filters_and_order(reader: TestClient) -> None:
    query = {"type": "ASSAULT", "sort": "day"}
    listed = reader.get("/incidents.json", params=query).json()["incidents"]
    paged = reader.get("/incidents.csv", params=query | {"per": "1", "page": "2"})
    assert [row["id"] for row in rows(paged.text)] == [one["id"] for one in listed]
    assert len(listed) > 2
    assert reader.get("/incidents.csv", params={"type": "WAR"}).status_code == 400
    assert reader.get("/incidents.csv", params={"odd": "1"}).status_code == 400


@pytest.mark.parametrize("name", ["incidents", "claims", "documents", "threats", "channels"])
def test_it_is_what_the_command_line_writes(reader: TestClient, quarrel: Path, name: str) -> None:
    path = {"documents": "articles"}.get(name, name)
    printed = CliRunner().invoke(app, [name, "--db", str(quarrel), "--format", "csv"]).stdout
    exported = reader.get(f"/{path}.csv").text
    assert printed.splitlines()[0] == exported.splitlines()[0]
    assert sorted(map(str, rows(printed))) == sorted(map(str, rows(exported)))


@pytest.fixture(scope="module")
def computed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A reader of articles that want to be computed."""
    store = filled(
        tmp_path_factory.mktemp("formulas") / "f.duckdb",
        [
            entry(
                told(
                    f"{words}{n}",
                    deed(
                        f"{words} razed bridge number {n} of Graustark.", "razed",
                        actors=[who(words, "RUR", "GOV")], date=on(day(n + 1)),
                        place=at(words, "RUR", 40.0 + n, 10.0),
                    ),
                    published=day(n + 1), title=words, outlet=words,
                )
            )
            for n, words in enumerate(FORMULAS)
        ],
    )  # fmt: skip
    with ExitStack() as stack:
        yield visitor(stack, store)


@pytest.mark.parametrize(("path", "name", "column", "field"), LISTS)
def test_no_cell_is_computed_by_a_spreadsheet(
    computed: TestClient, path: str, name: str, column: str, field: str
) -> None:
    answer = computed.get(f"{path}.csv")
    assert answer.status_code == 200
    for row in csv.reader(io.StringIO(answer.text, newline="")):
        for cell in row:
            number = cell.removeprefix("-").replace(".", "", 1).isdigit()
            assert number or cell.lstrip()[:1] not in tuple("=+-@＝＋－＠"), row
            assert cell[:1] not in ("\t", "\r", "\n")


def test_an_empty_list_is_an_empty_export(nobody: TestClient) -> None:
    for path, *_ in LISTS:
        answer = nobody.get(f"{path}.csv")
        assert (answer.status_code, answer.text) == (200, ""), path


def test_the_report_of_a_relation_is_one_file(reader: TestClient) -> None:
    answer = reader.get("/dyads/RUR:GRA/report.html", params={"since": "2020-06-13"})
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="RUR-GRA.html"'
    assert "<script" not in answer.text
    assert "Ruritania razed the Zenda bridge" in answer.text


@pytest.mark.parametrize("path", ["/dyads/*:*", "/dyads/x", "/dyads/RUR:GRA?since=2030-01-01&x=1"])
def test_what_no_report_can_be_made_of_is_told(reader: TestClient, path: str) -> None:
    pair, _, query = path.partition("?")
    assert reader.get(f"{pair}/report.html?{query}").status_code == 400
