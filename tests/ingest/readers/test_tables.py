"""Tables: rows as they were written, and a bad row set aside without its neighbours."""

from __future__ import annotations

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.ingest.readers.samples import Found, found_in

from tocsin.config import MAX_LINE_BYTES
from tocsin.ingest.columns import Columns


def lines(found: Found) -> list[int | None]:
    return [item.line for item in found.items]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", [".csv", ".tsv", ".tab"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_the_header_shows_what_parts_the_values(
    delimiter: str, ending: str, line_end: str, tmp_path: Path
) -> None:
    rows = [["id", "text", "date"], ["a", "Envoys met.", "2020-06-16"], ["b", "They left.", ""]]
    data = line_end.join(delimiter.join(row) for row in rows) + line_end
    one, two = found_in(tmp_path, f"a{ending}", data).documents
    assert (one.id, one.text, one.published) == ("a", "Envoys met.", date(2020, 6, 16))
    assert (two.id, two.text, two.published) == ("b", "They left.", None)


def test_a_byte_order_mark_and_blank_lines_are_no_part_of_the_table(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf\r\n\r\ntext,title\r\n\r\nEnvoys met.,T\r\n\r\n"
    found = found_in(tmp_path, "a.csv", data)
    assert found.texts == ["Envoys met."]
    assert found.documents[0].title == "T"
    assert lines(found) == [5]
    found = found_in(tmp_path, "b.csv", b"\xef\xbb\xbftext,title\nEnvoys met.,T\n")
    assert found.texts == ["Envoys met."]


def test_line_breaks_in_quotation_marks_belong_to_the_text(tmp_path: Path) -> None:
    data = 'text,title\r\n"Envoys met.\r\n\r\nThey said ""no""; left.",One\r\nThey came.,Two\r\n'
    found = found_in(tmp_path, "a.csv", data)
    assert found.texts == ['Envoys met.\r\n\r\nThey said "no"; left.', "They came."]
    assert lines(found) == [2, 5]


@pytest.mark.parametrize("sign", ["\x0b", "\x0c", "\x1c", "\x85", "\u2028", "\u2029"])
def test_what_else_breaks_lines_to_unicode_breaks_no_row(sign: str, tmp_path: Path) -> None:
    data = f"title,text\nT,Envoys met.{sign}They left.\nU,Envoys came.\n"
    found = found_in(tmp_path, "a.csv", data)
    assert found.texts == [f"Envoys met.{sign}They left.", "Envoys came."]


@pytest.mark.parametrize(
    ("row", "texts"),
    [
        # stray ones are letters
        ('1,5" guns were seen', ['5" guns were seen']),
        ('1,"no" they said', ["no they said"]),
        ('1,the "Zenda" bridge', ['the "Zenda" bridge']),
        # the closing one is missing: the row ends with its line
        ('1,"Envoys met', ["Envoys met"]),
        ('"1,Envoys met', []),
        ("1,Envoys,met", []),
        ("1", []),
        ("1,Envoys\rmet", ["Envoys\rmet"]),
    ],
)
@pytest.mark.parametrize(
    "behind", [["2,They left", '3,"They came"'], ['2,"They left"', '3,They "came"']]
)
def test_a_row_with_odd_quotation_marks_takes_no_other_with_it(
    row: str, texts: list[str], behind: list[str], tmp_path: Path
) -> None:
    data = "\n".join(["id,text", "0,Before", row, *behind]) + "\n"
    found = found_in(tmp_path, "a.csv", data)
    last = 'They "came"' if behind[1].startswith("3,T") else "They came"
    assert found.texts == ["Before", *texts, "They left", last]
    assert len(found.items) == 4


def test_two_rows_without_a_closing_mark_are_not_taken_for_one(tmp_path: Path) -> None:
    data = 'id,text\n1,"Envoys met\n2,They left\n3,"They came\n4,They slept\n'
    assert found_in(tmp_path, "a.csv", data).texts == [
        "Envoys met", "They left", "They came", "They slept",
    ]  # fmt: skip


def test_a_row_that_cannot_be_decoded_costs_only_itself(tmp_path: Path) -> None:
    data = b'id,text\n1,"Envoys met\n2,They left\n3,bad "\x00\n4,They came\n'
    found = found_in(tmp_path, "a.csv", data)
    assert found.texts == ["Envoys met", "They left", "They came"]
    assert lines(found)[2] == 4
    assert "binary data" in found.reasons[0]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("1,2,3", "has 3 values where the header has 2 columns"),
        ("1", "has 1 values where the header has 2 columns"),
        ('"1', "has a quotation mark that is not closed where it should be"),
    ],
)
def test_a_row_that_does_not_fit_the_header_is_set_aside_alone(
    row: str, reason: str, tmp_path: Path
) -> None:
    found = found_in(tmp_path, "a.csv", f"id,text\n0,Before\n{row}\n2,After\n")
    assert found.texts == ["Before", "After"]
    assert found.reasons == [reason]
    assert found.problems[0].line == 3


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_huge_value_is_one_item(quote: str, tmp_path: Path) -> None:
    huge = f"1,{quote}" + "x" * (2 * MAX_LINE_BYTES + 5) + f"{quote}\n"
    found = found_in(tmp_path, "a.csv", f"id,text\n0,Before\n{huge}2,After\n3,Last\n")
    assert found.texts == ["Before", "After", "Last"]
    assert found.reasons == ["a line of more than 20 MB is no article"]
    assert lines(found) == [2, 3, 4, 5]


def test_a_huge_line_inside_quotation_marks_is_one_item(tmp_path: Path) -> None:
    huge = "x" * (MAX_LINE_BYTES + 5)
    found = found_in(tmp_path, "a.csv", f'id,text\n0,"Before\n{huge}\n2,After\n3,Last\n')
    assert found.texts == ["Before", "After", "Last"]
    assert lines(found) == [2, 3, 4, 5]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf \n\n", "is empty"),
        (b"text,title\n", "holds a header and no rows"),
        ("text,title\nA,B\n".encode("utf-16"), "is a table in UTF-16; save it as UTF-8"),
        (b"text,title\rA,B\rC,D", "has carriage returns alone for line ends"),
        (b'text,"' + b"x" * 200_000 + b'"\nA,B\n', None),
        (b"\x89PNG\r\n", "is no text but an image (PNG)"),
        (b"name,body\nA,B\n", "its columns: name, body. Say which is which: --column text=NAME"),
    ],
)
def test_what_is_no_table_is_said_once(data: bytes, reason: str | None, tmp_path: Path) -> None:
    found = found_in(tmp_path, "a.csv", data)
    assert len(found.items) == 1
    assert (found.texts == ["A"]) if reason is None else (reason in found.reasons[0])


def test_a_column_that_is_named_and_not_there_is_said(tmp_path: Path) -> None:
    columns = Columns({"text": "Artikel", "date": "Datum"})
    found = found_in(tmp_path, "a.csv", "Artikel,Tag\nA,2020-06-16\n", columns=columns)
    assert found.reasons == [
        "has not what is named by --column date=Datum; its columns: Artikel, Tag"
    ]
    found = found_in(tmp_path, "b.csv", "text,Datum\nA,2020-06-16\n", columns=columns)
    assert "--column text=Artikel; its columns: text, Datum" in found.reasons[0]
    found = found_in(tmp_path, "c.csv", "ARTIKEL,datum\nA,2020-06-16\n", columns=columns)
    assert [document.published for document in found.documents] == [date(2020, 6, 16)]


def test_names_of_columns_are_taken_without_the_spaces_around_them(tmp_path: Path) -> None:
    found = found_in(tmp_path, "a.csv", ' "id", text ,title\n1,Envoys met.,T\n')
    assert found.documents[0].title == "T"
    assert found.texts == ["Envoys met."]


# csv.writer writes them all; what reading refuses (NUL, half characters) is not among them.
values = st.text(
    st.one_of(
        st.sampled_from(list("\",;\t|'\n\r \u2028\x0c\x85\\aé")),
        st.characters(exclude_categories=["Cs", "Cc"]),
    ),
    max_size=30,
)


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(st.tuples(values, values), min_size=1, max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_whatever_a_writer_of_tables_writes_comes_back(
    rows: list[tuple[str, str]], delimiter: str, line_end: str, quoting: int
) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator=line_end, quoting=quoting  # type: ignore[arg-type]
    )  # fmt: skip
    writer.writerow(["id", "text", "title"])
    writer.writerows([str(n), f"Envoys {text}.", title] for n, (text, title) in enumerate(rows))
    # a carriage return before the end of a line belongs to that
    assume(not any(title.endswith("\r") for _, title in rows))
    with tempfile.TemporaryDirectory() as folder:
        found = found_in(Path(folder), "a.csv", out.getvalue())
    assert found.reasons == []
    assert [(one.text, one.title or "") for one in found.documents] == [
        (f"Envoys {text}.", title) for text, title in rows
    ]


@settings(max_examples=200, deadline=None)
@given(
    bad=st.text('",;ab \r', max_size=12),
    place=st.integers(0, 3),
)
def test_no_row_of_one_line_costs_another(bad: str, place: int) -> None:
    rows = [f"{n},Envoys number {n} met.,T" for n in range(4)]
    rows.insert(place, bad)
    with tempfile.TemporaryDirectory() as folder:
        found = found_in(Path(folder), "a.csv", "\n".join(["id,text,title", *rows]) + "\n")
    assert [text for text in found.texts if text.startswith("Envoys number")] == [
        f"Envoys number {n} met." for n in range(4)
    ]
