"""One row: its fields, its links, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from tocsin.errors import InputError
from tocsin.ingest.columns import Columns
from tocsin.ingest.items import Link
from tocsin.ingest.rows import Rows
from tocsin.model.document import Document

NEWS_API = {"publishedAt": "2020-06-16T10:15:00Z", "url": "https://example.org/a"}


def found(row: Mapping[str, Any], columns: Columns | None = None) -> Document | Link | InputError:
    item = Rows("t.csv", columns or Columns()).item(row, 7)
    assert (item.path, item.line) == ("t.csv", 7)
    return item.found


def document(row: Mapping[str, Any], columns: Columns | None = None) -> Document:
    one = found(row, columns)
    assert isinstance(one, Document)
    return one


def reason(row: Mapping[str, Any], columns: Columns | None = None) -> str:
    one = found(row, columns)
    assert isinstance(one, InputError)
    assert (one.path, one.line) == ("t.csv", 7)
    return one.message


def test_the_fields_of_an_article_are_taken() -> None:
    row = {
        "ID": "a", "Text": "Envoys met.", "TITLE": "T", "date": "2020-06-16T23:15:00-05:00",
        "url": "https://example.org/a", "outlet": "Courier", "author": "A. Roe", "colour": "red",
    }  # fmt: skip
    assert document(row) == Document(
        id="a", text="Envoys met.", title="T", outlet="Courier", url="https://example.org/a",
        published=date(2020, 6, 16), moment=datetime(2020, 6, 17, 4, 15, tzinfo=UTC),
        author="A. Roe",
    )  # fmt: skip


@pytest.mark.parametrize("nothing", [None, "", float("nan")])
def test_what_is_empty_is_not_given(nothing: object) -> None:
    row = dict.fromkeys(("id", "title", "date", "url", "outlet", "author", "language"), nothing)
    assert document(row | {"text": "Envoys met."}) == Document.of("Envoys met.")


@pytest.mark.parametrize(
    ("value", "told"),
    [(7, "7"), (7.0, "7"), (7.5, "7.5"), (Decimal("7"), "7"), ("7", "7"), (10**20, "1" + "0" * 20)],
)
def test_a_number_may_be_an_id(value: object, told: str) -> None:
    assert document({"text": "A", "id": value}).id == told


@pytest.mark.parametrize(
    "value", [1592302500, 1592302500.0, datetime(2020, 6, 16, 10, tzinfo=UTC), date(2020, 6, 16)]
)
def test_a_typed_day_is_a_day(value: object) -> None:
    assert document({"text": "A", "date": value}).published == date(2020, 6, 16)


def test_a_typed_day_needs_no_format() -> None:
    columns = Columns(date_format="%d/%m/%Y")
    assert document({"text": "A", "date": date(2020, 6, 16)}, columns).published is not None
    assert document({"text": "A", "date": "06/07/2020"}, columns).published == date(2020, 7, 6)
    assert "say how days are written" in reason({"text": "A", "date": "2020-06-16"}, columns)


@pytest.mark.parametrize(
    ("value", "told"),
    [(["A. Roe", "B. Doe"], "A. Roe, B. Doe"), ([], None), ([None, 3, {"name": "x"}], None)],
)
def test_authors_may_be_a_list(value: object, told: str | None) -> None:
    assert document({"text": "A", "author": value}).author == told


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"body": "x"}, "has no column 'text' and is of no kind that is known"),
        ({}, "its columns: none"),
        ({"text": ""}, "the text is empty"),
        ({"text": " \u200b"}, "the text is empty"),
        ({"text": None, "url": "https://example.org"}, "the text is empty"),
        ({"text": 5}, "'text' is a number, not a string"),
        ({"text": True}, "'text' is true or false, not a string"),
        ({"text": {"a": 1}}, "'text' is an object, not a string"),
        ({"text": ["a"]}, "'text' is a list, not a string"),
        ({"text": "A", "id": True}, "'id' is true or false, not a string"),
        ({"text": "A", "title": ["x"]}, "'title' is a list, not a string"),
        ({"text": "A", "title": "\ud83d"}, "'title' holds half a character at character 0"),
        ({"text": "\ud83d"}, "half a character (U+D83D)"),
        ({"text": "A", "date": "06/07/2020"}, "say how days are written with --date-format"),
        ({"text": "A", "date": "9" * 12}, "'date' is '999999999999', not a day"),
    ],
)
def test_what_is_wrong_is_said(row: dict[str, Any], message: str) -> None:
    assert message in reason(row)


def test_a_text_that_is_only_begun_is_an_address() -> None:
    cut = NEWS_API | {"content": "Envoys met… [+2100 chars]", "title": "T",
                      "source": {"id": None, "name": "Courier"}}  # fmt: skip
    assert found(cut) == Link(
        url="https://example.org/a", title="T", outlet="Courier", published=date(2020, 6, 16),
        moment=datetime(2020, 6, 16, 10, 15, tzinfo=UTC),
    )  # fmt: skip
    whole = document(NEWS_API | {"content": "Envoys met.", "source": {"id": None, "name": None}})
    assert (whole.text, whole.outlet) == ("Envoys met.", None)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("English", "en"), ("en-GB", "en"), ("en_US", "en"), ("eng", "en"), ("EN", "en"),
        ("Korean", "korean"), ("fr", "fr"), (" ", None), (None, None),
    ],
)  # fmt: skip
def test_an_address_has_its_language(language: str | None, told: str | None) -> None:
    row = {"url": "https://example.org/a", "seendate": "20200616T101500Z", "language": language}
    link = found(row)
    assert isinstance(link, Link)
    assert link.language == told


def test_columns_may_be_joined_and_one_stand_for_another() -> None:
    row = {"HD": "T", "LP": "Envoys met.", "TD": "They left.", "PD": "16 June 2020", "SN": "C"}
    assert document(row).text == "Envoys met.\n\nThey left."
    assert document(row | {"LP": ""}).text == "They left."
    assert document({**row, "TD": None}).text == "Envoys met."


def test_a_named_text_that_is_not_there_is_said() -> None:
    columns = Columns({"text": "Artikel"})
    assert document({"Artikel": "Envoys met.", "text": "x"}, columns).text == "Envoys met."
    assert reason({"text": "Envoys met."}, columns).startswith("has not what is named by --column")
    # a field that an object leaves out is not given
    columns = Columns({"text": "Artikel", "date": "Datum"})
    assert document({"Artikel": "Envoys met."}, columns).published is None


def test_a_table_is_refused_whole_where_a_named_column_is_missing() -> None:
    rows = Rows("t.csv", Columns({"text": "Artikel", "date": "Datum"}))
    rows.expect(["artikel", "datum", "x"])
    with pytest.raises(InputError, match="--column date=Datum"):
        rows.expect(["artikel"])
    with pytest.raises(InputError, match="is of no kind that is known"):
        Rows("t.csv", Columns()).expect(["artikel"])


def test_rows_with_ever_new_keys_are_each_understood() -> None:
    rows = Rows("t.jsonl", Columns())
    for number in range(2500):
        item = rows.item({"text": "Envoys met.", f"key {number}": 1}, number)
        assert isinstance(item.found, Document)


def test_keys_that_are_no_strings_are_taken_as_such() -> None:
    row: dict[Any, Any] = {"text": "Envoys met.", 5: "x", None: "y"}
    assert document(row).text == "Envoys met."
