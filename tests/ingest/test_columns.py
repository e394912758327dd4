"""Columns: what the user says goes before what is recognised, and what is missing is named."""

from __future__ import annotations

import pytest

from tocsin.errors import OptionError
from tocsin.ingest.columns import Columns, missing_columns, unknown_columns


def test_what_is_known_needs_no_word() -> None:
    layout = Columns().layout(["ID", "Text", "colour"])
    assert layout is not None
    assert layout.name == "Tocsin"
    assert Columns().layout(["body", "headline"]) is None
    assert Columns().layout([]) is None


def test_a_named_column_goes_before_a_recognised_one() -> None:
    layout = Columns({"title": "headline"}).layout(["text", "title", "headline"])
    assert layout is not None
    assert (layout.columns["title"], layout.columns["text"]) == ((("headline",),), (("text",),))
    assert layout.name == "your columns"


def test_a_table_of_no_known_kind_needs_its_text_named() -> None:
    assert Columns({"date": "Datum"}).layout(["Artikel", "Datum"]) is None
    layout = Columns({"text": "Artikel"}).layout(["ARTIKEL", "Datum"])
    assert layout is not None
    assert set(layout.columns) == {"text"}


def test_texts_that_are_named_are_not_cut_off_where_others_are() -> None:
    news_api = ["publishedAt", "url", "content", "full"]
    layout, own = Columns().layout(news_api), Columns({"text": "full"}).layout(news_api)
    assert layout is not None
    assert layout.cut is not None
    assert own is not None
    assert own.cut is None


def test_a_format_of_dates_is_for_all_kinds() -> None:
    layout = Columns(date_format="%d/%m/%Y").layout(["text"])
    assert layout is not None
    assert layout.date_format == "%d/%m/%Y"


def test_a_field_that_is_none_is_refused_with_those_that_are() -> None:
    with pytest.raises(OptionError, match="'body' is no field; the fields are id, text, title"):
        Columns({"body": "text"})


def test_named_columns_that_are_not_there_are_told() -> None:
    columns = Columns({"text": "Artikel", "date": "Datum"})
    assert columns.missing(["ARTIKEL", "datum"]) == []
    assert columns.missing(["artikel"]) == ["date"]
    assert Columns().missing(["x"]) == []
    error = missing_columns(["date"], columns, ["a", "b"], path="t.csv", line=3)
    assert str(error) == "t.csv:3: has not what is named by --column date=Datum; its columns: a, b"


def test_the_error_names_the_columns_and_of_many_the_first() -> None:
    error = unknown_columns(["a", "b"], path="t.csv")
    assert "its columns: a, b. Say which is which: --column text=NAME" in str(error)
    assert "NewsAPI" in str(error)
    many = unknown_columns([f"c{n}" for n in range(35)], path="t.csv")
    assert "c29 and 5 more" in str(many)
    assert "c30" not in str(many)
    assert "its columns: none." in str(unknown_columns([], path="t.csv"))
