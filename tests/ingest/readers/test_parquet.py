"""Parquet: rows of typed columns, beside us or inside an archive."""

from __future__ import annotations

import gzip
import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.ingest.readers.samples import ARTICLES, Found, found_in, parquet, zipped

from tocsin.ingest.columns import Columns


def test_typed_columns_are_understood(tmp_path: Path) -> None:
    select = (
        "5::DOUBLE AS id, text, TIMESTAMPTZ '2020-06-16 10:15:00+00' AS date, NULL AS url, "
        "'NaN'::DOUBLE AS outlet, ['A. Roe', 'B. Doe'] AS author"
    )
    data = parquet(tmp_path, ARTICLES[0], select=select)
    (document,) = found_in(tmp_path, "a.parquet", data).documents
    assert (document.id, document.author) == ("5", "A. Roe, B. Doe")
    assert (document.url, document.outlet) == (None, None)
    assert document.published == date(2020, 6, 16)
    assert document.moment is not None
    assert document.moment.astimezone(UTC) == datetime(2020, 6, 16, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("id_", "told"),
    [
        ("'00000000-0000-0000-0000-000000000007'::UUID", "00000000-0000-0000-0000-000000000007"),
        ("7::DECIMAL(5,0)", "7"),
        ("7::BIGINT", "7"),
    ],
)
def test_ids_of_every_type_are_taken(id_: str, told: str, tmp_path: Path) -> None:
    data = parquet(tmp_path, ARTICLES[0], select=f"text, {id_} AS id")
    assert [one.id for one in found_in(tmp_path, "a.parquet", data).documents] == [told]


def test_a_typed_day_needs_no_format(tmp_path: Path) -> None:
    columns = Columns(date_format="%d.%m.%Y")
    data = parquet(tmp_path, ARTICLES[0], select="text, DATE '2020-06-16' AS date")
    (document,) = found_in(tmp_path, "a.parquet", data, columns=columns).documents
    assert document.published == date(2020, 6, 16)
    data = parquet(tmp_path, ARTICLES[0], select="text, '16.06.2020' AS date")
    (document,) = found_in(tmp_path, "b.parquet", data, columns=columns).documents
    assert document.published == date(2020, 6, 16)


@pytest.mark.parametrize("name", ["a[1].parquet", "it's.parquet", "a b*?.parquet", "ä.parquet"])
def test_no_sign_in_a_name_means_anything(name: str, tmp_path: Path) -> None:
    (tmp_path / "a1.parquet").write_bytes(parquet(tmp_path, ARTICLES[1]))
    found = found_in(tmp_path, name, parquet(tmp_path, ARTICLES[0]))
    assert [one.title for one in found.documents] == [ARTICLES[0]["title"]]


def test_a_name_that_is_no_utf8_is_a_name_too(tmp_path: Path) -> None:
    data = parquet(tmp_path, ARTICLES[0])
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xe9.parquet")).write_bytes(data)
    assert [one.title for one in Found(tmp_path).documents] == [ARTICLES[0]["title"]]


def test_many_rows_come_in_their_order(tmp_path: Path) -> None:
    data = parquet(tmp_path, ARTICLES[0], select="unnest(range(2500)) AS id, text")
    for name, packed in (("a.parquet", data), ("a.parquet.gz", gzip.compress(data))):
        found = found_in(tmp_path, name, packed)
        assert [one.id for one in found.documents] == [str(n) for n in range(2500)]
        assert [item.line for item in found.items] == list(range(1, 2501))


def test_a_bad_row_is_set_aside_alone(tmp_path: Path) -> None:
    rows = [{"text": "A", "date": "2020-06-16"}, {"text": "B", "date": "06/07/2020"},
            {"text": None, "date": None}, {"text": "D", "date": None}]  # fmt: skip
    found = found_in(tmp_path, "a.parquet", parquet(tmp_path, *rows))
    assert found.texts == ["A", "D"]
    assert [problem.line for problem in found.problems] == [2, 3]


@pytest.mark.parametrize(
    ("select", "reason"),
    [
        ("text AS body", "its columns: body"),
        ("text LIMIT 0", "is empty"),
        ("text::BLOB AS text", "'text' is an object, not a string"),
    ],
)
def test_what_holds_no_article_is_said(select: str, reason: str, tmp_path: Path) -> None:
    select, _, limit = select.partition(" LIMIT ")
    rows = () if limit else (ARTICLES[0],)
    data = parquet(tmp_path, *rows or (ARTICLES[0],), select=select)
    if limit:
        data = parquet(tmp_path, ARTICLES[0], select="unnest([]::VARCHAR[]) AS text")
    found = found_in(tmp_path, "a.parquet", data)
    assert found.documents == []
    assert reason in found.reasons[0]


def test_a_column_that_is_named_and_not_there_is_said(tmp_path: Path) -> None:
    data = parquet(tmp_path, ARTICLES[0], select="text")
    found = found_in(tmp_path, "a.parquet", data, columns=Columns({"text": "body"}))
    assert found.reasons == ["has not what is named by --column text=body; its columns: text"]


def test_two_of_them_in_one_archive_are_both_read(tmp_path: Path) -> None:
    members = {f"{n}.parquet": parquet(tmp_path, one) for n, one in enumerate(ARTICLES)}
    members["1.parquet"] = members["1.parquet"][:-20]
    found = found_in(tmp_path, "a.zip", zipped(members))
    assert [one.title for one in found.documents] == [ARTICLES[0]["title"], ARTICLES[2]["title"]]
    assert "is no Parquet file that can be read" in found.reasons[0]
