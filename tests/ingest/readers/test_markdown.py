"""Markdown: the text as given, its markup marked, its front matter read."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.ingest.readers.samples import found_in

from tocsin.ingest import clean
from tocsin.ingest.columns import Columns
from tocsin.model.document import Document


def read(folder: Path, text: str, columns: Columns | None = None) -> Document:
    (document,) = found_in(folder, "a.md", text, columns=columns).documents
    return document


def test_front_matter_says_what_an_article_is(tmp_path: Path) -> None:
    text = (
        "---\nTitle: Envoys meet\ndate: 2020-06-16T10:15:00Z\nauthor: [A. Roe, B. Doe]\n"
        "url: https://example.org/a\noutlet: Courier\nid: 7\ntags: [x]\nlayout: post\n---\n"
        "Envoys met in Zenda.\n"
    )
    document = read(tmp_path, text)
    assert document.text == text
    assert clean(document).text == "Envoys met in Zenda."
    assert (document.id, document.title, document.outlet) == ("7", "Envoys meet", "Courier")
    assert (document.url, document.author) == ("https://example.org/a", "A. Roe, B. Doe")
    assert document.published == date(2020, 6, 16)
    assert document.moment == datetime(2020, 6, 16, 10, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: [\n---\n", "---\n- a\n- b\n---\n", "---\ntitle: !!timestamp x\n---\n",
        "---\ntitle: !!int ''\n---\n", "---\n? {a: b}\n: c\n---\n", "---\ndate: 2020-99-99\n---\n",
        "---\n" + "[" * 5000 + "\n---\n", "---\n\x1a: x\n---\n",
    ],
)  # fmt: skip
def test_front_matter_that_is_no_yaml_says_nothing(front: str, tmp_path: Path) -> None:
    document = read(tmp_path, f"{front}Envoys met in Zenda.\n")
    assert clean(document).text == "Envoys met in Zenda."
    assert document.title is None


def test_what_refers_to_itself_without_end_is_no_author(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{name}: &{name} [*{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}, *{of}]\n"
        for of, name in zip("abcdefghij", "bcdefghijk", strict=True)
    )
    start = time.perf_counter()
    document = read(tmp_path, f"---\n{bomb}author: [*k, A. Roe]\n---\nEnvoys met in Zenda.\n")
    assert document.author == "A. Roe"
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("# Envoys meet\n\nText.", "Envoys meet"),
        ("\n# Envoys meet ##\nText.", "Envoys meet"),
        ("# Envoys\r\nText.", "Envoys"),
        ("## Below\nText.", None),
        ("Text.\n# Later\n", None),
    ],
)
def test_the_first_heading_is_the_title_where_none_is_given(
    written: str, title: str | None, tmp_path: Path
) -> None:
    assert read(tmp_path, written).title == title
    front = read(tmp_path, f"---\ntitle: Given\n---\n{written}")
    assert front.title == "Given"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("## Envoys *met* in **Zenda**", "Envoys met in Zenda"),
        ("Envoys [met](https://example.org/a_(b)) there.", "Envoys met there."),
        ("Envoys [met][1] there.\n\n[1]: https://example.org", "Envoys met there."),
        ("![A bridge](bridge.png)\n\nEnvoys met.", "Envoys met."),
        ("> Envoys met.\n\n---\n\n- They left.", "Envoys met.\nThey left."),
        ("1. Envoys met.", "Envoys met."),
        ("Envoys met.\n\n```\nx = 1\n```\n", "Envoys met."),
        ("Envoys <!-- not here --> met <b>today</b>.", "Envoys met today."),
        ("<!-- not\nhere -->\nEnvoys met.", "Envoys met."),
        ("Envoys <!-- open met.", "Envoys <!-- open met."),
        ("2 * 3 * 4 and snake_case_name and `code`", "2 * 3 * 4 and snake_case_name and code"),
    ],
)
def test_markup_is_passed_over(written: str, plain: str, tmp_path: Path) -> None:
    assert clean(read(tmp_path, written)).text == plain


def test_names_of_columns_are_for_tables_and_not_for_front_matter(tmp_path: Path) -> None:
    columns = Columns({"text": "Artikel", "date": "Datum"}, "%d.%m.%Y")
    text = "---\ndate: 2020-06-16\n---\nEnvoys met in Zenda.\n"
    assert read(tmp_path, text, columns).published == date(2020, 6, 16)
    text = "---\ndate: 16.06.2020\n---\nEnvoys met in Zenda.\n"
    assert read(tmp_path, text, columns).published == date(2020, 6, 16)


def test_a_problem_has_no_line(tmp_path: Path) -> None:
    found = found_in(tmp_path, "a.md", "---\ndate: soon\n---\nEnvoys met.\n")
    assert (found.items[0].line, found.problems[0].line) == (None, None)
    assert "'date' is 'soon'" in found.reasons[0]


@pytest.mark.parametrize(
    "sign",
    ["<!--", "![", "![](", "[a](", "<a", "# ", "*a ", "> - ", "- ", "`", "(", "[a][", "- \n"],
)  # fmt: skip
def test_no_sign_takes_time_with_the_square_of_its_number(sign: str, tmp_path: Path) -> None:
    text = ("Envoys met.\n" + sign * (90_000 // len(sign)) + "\n") * 2
    # Of the processor, so that other work on the machine does not count.
    start = time.process_time()
    for item in found_in(tmp_path, "a.md", text).documents:
        clean(item)
    assert time.process_time() - start < 5
