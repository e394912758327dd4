"""The sheet: what is written is read back, whatever stands in an article; mistakes are named."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.evaluation.sheets import event_row, filled, sentence_row, write

from tocsin.errors import InputError
from tocsin.evaluation.judged import read_sheet
from tocsin.evaluation.sheet import (
    COLUMNS,
    JUDGEMENTS,
    Row,
    one_line,
    plain_cell,
    safe_cell,
    sheet_text,
)

texts = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("=+-@'\",;\t\r\n ＝x"))
)


@given(texts)
def test_a_safe_cell_gives_its_value_back_and_starts_no_formula(value: str) -> None:
    cell = safe_cell(value)
    assert plain_cell(cell) == value
    assert cell.lstrip()[:1] not in tuple("=+-@＝＋－＠")
    assert cell[:1] not in ("\t", "\r")


@given(texts, texts, texts)
def test_every_row_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, sentence: str, actor: str, note: str
) -> None:
    row = event_row(1, sentence=one_line(sentence), actors=one_line(actor), outlet=one_line(note))
    (read,) = csv.DictReader(io.StringIO(sheet_text([row]), newline=""))
    assert list(read) == list(COLUMNS)
    for name in COLUMNS:
        if name in JUDGEMENTS:
            assert read[name] == ""
        else:
            assert plain_cell(read[name]) == str(getattr(row, name))
    path = tmp_path_factory.mktemp("sheet") / "s.csv"
    write(path, [row], {1: {"is_event": "y"}})
    (judged,) = read_sheet(path).rows
    assert (judged.outlet, judged.weight) == (one_line(note).strip(), row.weight)


@given(st.text())
def test_a_text_on_one_line_keeps_its_offsets(text: str) -> None:
    line = one_line(text)
    assert len(line) == len(text)
    assert len(line.splitlines()) <= 1
    assert "\x00" not in line
    line.encode("utf-8")


@pytest.mark.parametrize(
    ("written", "read"),
    [("y", "y"), ("N", "n"), (" u ", "u"), ("1", "y"), ("0", "n"), ("?", "u"), ("", None)],
)
def test_judgements_have_two_spellings(tmp_path: Path, written: str, read: str | None) -> None:
    path = write(tmp_path / "s.csv", [event_row(1)], {1: {"status_right": written}})
    assert read_sheet(path).rows[0].verdicts.get("status_right") == read


@pytest.mark.parametrize(
    ("row", "column", "value", "message"),
    [
        (1, "type_right", "maybe", "row 1, column type_right: 'maybe' is no judgement; write y, n"),
        (1, "missed", "-1", "row 1, column missed: '-1' is no number of events"),
        (1, "weight", "", "row 1, column weight: '' is no number"),
        (1, "kind", "x", "row 1, column kind: 'x' is neither event nor sentence"),
        (2, "is_event", "y", "row 2, column is_event: 'y' is about an event"),
        (2, "id", "e1", "row 2, column id: 'e1' stands in line 2 already"),
        (2, "sample", "other", "holds rows of 2 samples"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(
    tmp_path: Path, row: int, column: str, value: str, message: str
) -> None:
    path = write(tmp_path / "s.csv", [event_row(1), sentence_row(2)], {row: {column: value}})
    with pytest.raises(InputError) as caught:
        read_sheet(path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "lacks the columns row, kind"),
        (b"a,b\n1,2\n", "is no sheet of tocsin sample"),
        ((",".join(COLUMNS) + "\n").encode(), "has no row to judge"),
        (b"\xff\xfe1", "save it from the spreadsheet as CSV in UTF-8"),
        ((",".join(COLUMNS) + '\n"a').encode(), "is no CSV file"),
    ],
)
def test_what_is_no_sheet_is_said(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "s.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        read_sheet(path)


@pytest.mark.parametrize(("delimiter", "end"), [(";", "\r\n"), ("\t", "\n")])
def test_a_sheet_that_a_spreadsheet_saved_is_read(tmp_path: Path, delimiter: str, end: str) -> None:
    rows: list[Row] = [event_row(1, sentence="A; b, c."), sentence_row(2)]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end)
    for cells in csv.reader(io.StringIO(filled(rows, {1: {"is_event": "1"}, 2: {"missed": "2"}}))):
        writer.writerow([*cells[1:], cells[0]])  # and a column was moved
    path = tmp_path / "s.csv"
    path.write_bytes(out.getvalue().replace("2.5", "2,5").encode("utf-8-sig"))
    one, two = read_sheet(path).rows
    assert (one.verdicts, one.weight, one.outlet) == ({"is_event": "y"}, 2.5, "Zenda Post")
    assert two.missed == 2
