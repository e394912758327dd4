"""Rows of others' series, read from files of every form."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.series.samples import gdelt, icews, icews_kg, polecat, table

from tocsin.errors import InputError
from tocsin.ingest.series import read_series
from tocsin.ingest.series.lines import lines_of
from tocsin.model.imported import Imported, Series


def read(series: Series, *paths: str) -> tuple[list[Imported], list[InputError]]:
    found = list(read_series(paths, series))
    rows = [one for one in found if isinstance(one, Imported)]
    return rows, [one for one in found if isinstance(one, InputError)]


def test_a_row_of_icews(tmp_path: Path) -> None:
    path = table(tmp_path / "a.tab", [icews(7)], header=True)
    (row,), problems = read("icews", path)
    assert problems == []
    assert (row.series, row.id, row.day) == ("icews", "7", date(2021, 3, 4))
    assert (row.actor, row.actor_country, row.actor_sectors) == (
        "Foreign Affairs (Peru)", "PER", "Executive;Government",
    )  # fmt: skip
    assert (row.recipient, row.recipient_country, row.recipient_sectors) == ("Chile", "CHL", None)
    assert (row.cameo, row.type, row.mode, row.typed_by) == ("040", "CONSULT", None, "cameo")
    assert (row.quad, row.score, row.scale) == (1, 1.0, "intensity")
    assert (row.place, row.place_country, row.lat, row.lon) == ("Lima", "PER", -12.05, -77.04)
    assert (row.publisher, row.url, row.mentions) == ("The Courier", None, None)
    assert (row.path, row.line) == (path, 2)
    assert json.loads(row.raw) == icews(7)


def test_a_row_of_gdelt(tmp_path: Path) -> None:
    (row,), problems = read("gdelt2", table(tmp_path / "a.CSV", [gdelt(7)], header=False))
    assert problems == []
    assert (row.id, row.day, row.actor, row.actor_country) == ("7", date(2021, 3, 4), "LIMA", "PER")
    assert row.actor_sectors == "GOV;MIL"
    assert (row.recipient, row.recipient_country) == ("EUROPE", None)  # a region is no country
    assert (row.cameo, row.type, row.quad) == ("190", "ASSAULT", 4)
    assert (row.score, row.scale) == (-10.0, "goldstein")
    assert row.place_country == "CHL"
    assert (row.mentions, row.sources, row.articles) == (12, 2, 11)
    assert row.url == "https://example.org/a"
    assert json.loads(row.raw) == {name: value for name, value in gdelt(7).items() if value}


def test_the_older_gdelt_with_and_without_addresses(tmp_path: Path) -> None:
    whole = gdelt(1, second=False)
    short = dict(list(whole.items())[:-1])
    path = table(tmp_path / "a.CSV", [whole, short], header=False)
    (first, second), problems = read("gdelt1", path)
    assert problems == []
    assert (first.url, second.url) == ("https://example.org/a", None)
    assert (first.lat, second.lat) == (-18.48, -18.48)


def test_a_row_of_polecat_in_either_form(tmp_path: Path) -> None:
    tabs = table(tmp_path / "a.txt", [polecat()], header=True)
    commas = table(tmp_path / "a.csv", [polecat()], header=True, delimiter=",")
    (row, other), problems = read("polecat", tabs, commas)
    assert problems == []
    assert (row.type, row.mode, row.typed_by, row.quad) == ("ASSAULT", "aerial", "series", 4)
    assert (row.actor_country, row.recipient_country, row.actor_sectors) == ("PER", "CHL", "MIL")
    assert (row.place, row.place_country, row.publisher) == ("Arica", "CHL", "The Courier")
    assert (row.score, row.scale) == (-9.5, "intensity")
    assert other.key == row.key


def test_a_row_of_icews_as_a_knowledge_graph(tmp_path: Path) -> None:
    path = table(tmp_path / "a.tsv", [icews_kg()], header=True)
    (row,), problems = read("icews-kg", path)
    assert problems == []
    assert (row.series, row.id, row.day) == ("icews-kg", row.key, date(2014, 3, 4))
    assert (row.actor, row.actor_country, row.actor_sectors) == (
        "Foreign Affairs (Peru)", "PER", "GOV",
    )  # fmt: skip
    assert (row.recipient, row.recipient_country, row.recipient_sectors) == ("Chile", "CHL", "GOV")
    assert (row.cameo, row.type, row.mode, row.typed_by) == ("042", "CONSULT", "visit", "cameo")
    assert (row.quad, row.score, row.scale) == (1, 1.9, "goldstein")
    assert json.loads(row.raw) == icews_kg()


def test_a_statement_of_the_knowledge_graph_has_a_score_and_no_type(tmp_path: Path) -> None:
    path = table(tmp_path / "a.tsv", [icews_kg(event="Deny responsibility")], header=True)
    ((row,), _) = read("icews-kg", path)
    assert (row.cameo, row.type, row.typed_by, row.quad) == ("016", None, None, None)
    assert (row.score, row.scale) == (-5.0, "goldstein")


def test_a_knowledge_graph_without_a_header_is_subject_relation_object_day(tmp_path: Path) -> None:
    cells = ("Police_(Peru)", "Return,_release_person(s)", "Citizen (Chile)", "2014-03-04")
    path = tmp_path / "train.txt"
    path.write_text("\t".join(cells) + "\n" + "\t".join(cells[:3]) + "\n")
    (row,), (problem,) = read("icews-kg", str(path))
    assert (row.actor, row.actor_country, row.cameo, row.line) == (
        "Police (Peru)",
        "PER",
        "0841",
        1,
    )
    assert str(problem) == f"{path}:2: has 3 cells where there should be 4"


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("14", "3", "207", "24"), "it holds numbers for names: put the words of its lists"),
        (("14", "3", "207", "24", "-1"), "it holds numbers for names"),
        (("Peru", "Chile", "Consult", "2014-03-04"), "or begin with a row of subject, relation"),
        (("Peru", "Consult", "Chile", "54"), "its first line: Peru, Consult, Chile, 54"),
        (("Peru", "Consult", "Chile"), "it should either name the columns date, source, event"),
        (("date", "source", "target"), "it has no column event; its columns: date, source, target"),
    ],
)
def test_columns_that_cannot_be_told_are_refused(
    tmp_path: Path, cells: tuple[str, ...], why: str
) -> None:
    path = tmp_path / "train.txt"
    path.write_text("\t".join(cells) + "\n")
    rows, (problem,) = read("icews-kg", str(path))
    assert rows == []
    assert "is no file of ICEWS as a knowledge graph: it" in str(problem)
    assert why in str(problem)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"event": "Frown"}, "event 'Frown' is none of the texts of ICEWS"),
        ({"event": ""}, "has no event"),
        ({"source": "_"}, "has no source"),
        ({"target": ""}, "has no target"),
        ({"date": "54"}, "date '54' is not a day"),
    ],
)
def test_a_bad_row_of_the_knowledge_graph_is_set_aside(
    tmp_path: Path, more: dict[str, str], why: str
) -> None:
    path = table(tmp_path / "a.tsv", [icews_kg(), icews_kg(**more), icews_kg()], header=True)
    rows, (problem,) = read("icews-kg", path)
    assert len(rows) == 2
    assert str(problem) == f"{path}:3: {why}"


def test_columns_are_known_by_their_names_in_any_order(tmp_path: Path) -> None:
    row = dict(reversed(icews(Unknown="more").items()))
    (found,), _ = read("icews", table(tmp_path / "a.tab", [row], header=True))
    assert (found.id, found.actor_country, found.lat) == ("1", "PER", -12.05)


def test_a_header_may_be_in_capitals_or_quotation_marks(tmp_path: Path) -> None:
    path = tmp_path / "a.tab"
    row = icews(**{"Source Name": 'The "Lima" Group'})
    lines = ["\t".join(f'"{name.upper()}"' for name in row), "\t".join(row.values())]
    path.write_text("\ufeff" + "\r\n".join(lines) + "\r\n", encoding="utf-8")
    (found,), problems = read("icews", str(path))
    assert problems == []
    assert found.actor == 'The "Lima" Group'
    path.write_text(path.read_text().replace('The "Lima" Group', '"The ""Lima"" Group"'))
    assert [row.actor for row in read("icews", str(path))[0]] == ['The "Lima" Group']


def test_gdelt_with_a_header_is_known_by_it(tmp_path: Path) -> None:
    row = {name: gdelt(3)[name] for name in reversed(gdelt(3))}
    row = {"GLOBALEVENTID": row.pop("GLOBALEVENTID"), **row}
    (found,), problems = read("gdelt2", table(tmp_path / "a.tsv", [row], header=True))
    assert problems == []
    assert (found.id, found.score) == ("3", -10.0)


def test_a_file_without_the_columns_is_refused_with_those_that_are_missing(tmp_path: Path) -> None:
    row = icews()
    del row["CAMEO Code"], row["Target Name"]
    rows, (problem,) = read("icews", table(tmp_path / "a.tab", [row], header=True))
    assert rows == []
    assert "is no file of ICEWS: it has no column CAMEO Code, Target Name; its" in str(problem)


def test_a_file_of_the_other_gdelt_is_refused_with_its_name(tmp_path: Path) -> None:
    path = table(tmp_path / "a.CSV", [gdelt()] * 3, header=False)
    rows, (problem,) = read("gdelt1", path)
    assert rows == []
    assert (
        "has 61 columns, as GDELT 2.0 has, and not as GDELT 1.0; try tocsin import gdelt2"
        in str(problem)
    )


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"Event ID": ""}, "has no Event ID"),
        ({"Event ID": "NA"}, "has no Event ID"),
        ({"Event Date": "2021-02-30"}, "Event Date '2021-02-30' is not a day"),
        ({"Latitude": "91"}, "Latitude '91' is out of range"),
        ({"Latitude": "north"}, "Latitude 'north' is no number"),
        ({"Intensity": "nan"}, "Intensity 'nan' is out of range"),
        ({"Country": "Peru\tmore"}, "has 21 cells where there should be 20"),
    ],
)
def test_a_bad_row_is_set_aside_alone(tmp_path: Path, more: dict[str, str], why: str) -> None:
    path = table(tmp_path / "a.tab", [icews(1), icews(2, **more), icews(3)], header=True)
    rows, (problem,) = read("icews", path)
    assert [row.id for row in rows] == ["1", "3"]
    assert str(problem) == f"{path}:3: {why}"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"QuadClass": "5"}, "QuadClass '5' is none of 1 to 4"),
        ({"NumMentions": "-1"}, "NumMentions '-1' is no count"),
        ({"SQLDATE": "2021"}, "SQLDATE '2021' is not a day"),
    ],
)
def test_a_bad_row_of_gdelt_is_set_aside(tmp_path: Path, more: dict[str, str], why: str) -> None:
    rows, problems = read("gdelt2", table(tmp_path / "a.csv", [gdelt(1, **more)], header=False))
    assert rows == []
    assert [problem.message for problem in problems] == [why]


def test_a_type_that_plover_has_not_is_set_aside(tmp_path: Path) -> None:
    path = table(tmp_path / "a.csv", [polecat(**{"Event Type": "FIGHT"})], header=True)
    _, (problem,) = read("polecat", path)
    assert "Event Type 'FIGHT' is none of PLOVER's: AGREE, " in problem.message


def test_half_a_coordinate_is_none(tmp_path: Path) -> None:
    (row,), _ = read("icews", table(tmp_path / "a.tab", [icews(Latitude="NA")], header=True))
    assert (row.lat, row.lon) == (None, None)


def test_compressed_files_archives_and_folders_are_read_as_they_are(tmp_path: Path) -> None:
    text = "\t".join(gdelt(1).values()) + "\n"
    (tmp_path / "a.export.CSV.gz").write_bytes(gzip.compress(text.encode()))
    with zipfile.ZipFile(tmp_path / "b.export.CSV.zip", "w") as archive:
        archive.writestr("b.export.CSV", text.replace("1\t2021", "2\t2021", 1))
    (tmp_path / "readme.pdf").write_bytes(b"%PDF")
    passed: Counter[str] = Counter()
    found = list(read_series([str(tmp_path)], "gdelt2", passed))
    assert [(row.id, Path(row.path).name) for row in found if isinstance(row, Imported)] == [
        ("1", "a.export.CSV.gz"), ("2", "b.export.CSV"),
    ]  # fmt: skip
    assert passed == {".pdf": 1}


def test_damaged_missing_and_empty_files_are_problems_and_the_others_go_on(tmp_path: Path) -> None:
    damaged = tmp_path / "a.csv.gz"
    lines = "".join("\t".join(gdelt(n).values()) + "\n" for n in range(9_000))
    damaged.write_bytes(gzip.compress(lines.encode())[:-100])
    empty = tmp_path / "b.csv"
    empty.write_bytes(b"\n")
    good = table(tmp_path / "c.csv", [gdelt(9)], header=False)
    rows, problems = read("gdelt2", str(damaged), str(empty), "missing.csv", good)
    assert rows[-1].path == good
    said = [problem.message for problem in problems]
    assert "the compressed file is damaged or cut off" in said[0]
    assert said[1:] == ["is empty", "there is no such file"]


def test_bytes_that_are_no_text_are_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    one = "\t".join(gdelt(1).values()).encode()
    path.write_bytes(
        one + b"\n" + one.replace(b"LIMA", b"LI\x00MA") + b"\n" + one.replace(b"LIMA", b"PER\xda")
    )
    rows, problems = read("gdelt2", str(path))
    assert [row.actor for row in rows] == ["LIMA", "PERÚ"]
    assert [problem.line for problem in problems] == [2]


@given(st.binary(max_size=200), st.integers(1, 7))
@settings(max_examples=200)
def test_lines_are_those_of_the_bytes_however_they_come(data: bytes, size: int) -> None:
    class Slow(io.BytesIO):
        def read(self, _: int | None = -1, /) -> bytes:
            return super().read(size)

    lines = data.split(b"\n")
    wanted = [line.rstrip(b"\r") for line in (lines if lines[-1] else lines[:-1])]
    assert list(lines_of(Slow(data))) == wanted


@pytest.mark.shared
def test_the_sample_of_icews_is_read_whole(shared: Path) -> None:
    rows, problems = read("icews", str(shared / "series" / "icews_2018_sample.tab"))
    assert (len(rows), problems) == (3705, [])
    assert len({row.key for row in rows}) == 3705
    unknown = [
        row
        for row in rows
        for name, code in (("Source", row.actor_country), ("Target", row.recipient_country))
        if code is None and json.loads(row.raw)[f"{name} Country"] != "NA"
    ]
    assert unknown == []
    # The rest are statements (01), which PLOVER does not count.
    assert {row.cameo[:2] for row in rows if row.type is None and row.cameo} == {"01"}
    assert sum(row.type is not None for row in rows) == 3095


@pytest.mark.shared
def test_icews_of_2014_is_read_whole(shared: Path) -> None:
    rows, problems = read("icews-kg", str(shared / "series" / "icews14_train_valid.tsv.gz"))
    assert (len(rows), problems) == (83_359, [])
    assert {row.cameo[:2] for row in rows if row.type is None and row.cameo} == {"01"}
    both = sum(None not in (row.actor_country, row.recipient_country) for row in rows)
    assert both / len(rows) > 0.8
