"""The page to judge on: every row and question is there, and nothing is fetched."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from tests.evaluation.sheets import event_row, sentence_row

from tocsin.evaluation.sheet import COLUMNS, YES_NO, Mark, Row, sheet_text
from tocsin.report.sheet import render_sheet, write_sheet_page


class Page(HTMLParser):
    """The page's elements, its scripts and the sentences of its cards."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.sentences: list[str] = []
        self._in = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.elements.append((tag, values))
        if tag == "script":
            self.scripts.append("")
        if values.get("class") == "sentence":
            self.sentences.append("")
            self._in = "p"
        elif tag == "script":
            self._in = "script"

    def handle_endtag(self, tag: str) -> None:
        if tag == self._in:
            self._in = ""

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.scripts[-1] += data
        elif self._in == "p":
            self.sentences[-1] += data

    def values(self, name: str) -> list[str]:
        return [attrs[name] or "" for _, attrs in self.elements if name in attrs]

    @property
    def data(self) -> Any:
        return json.loads(next(text for text in self.scripts if text.startswith("{")))


@pytest.fixture
def rows() -> list[Row]:
    marks = (
        Mark(start=0, end=9, role="actor"),
        Mark(start=10, end=15, role="trigger"),
        Mark(start=16, end=26, role="recipient"),
    )
    return [
        event_row(1, marks=marks, quad=4, before="Before.", also_coded="AID “gave”"),
        event_row(2, content="ASSAULT", attribution="Zenda “said”"),
        sentence_row(3, after="After."),
    ]


def test_every_row_is_on_the_page_with_its_questions(rows: list[Row]) -> None:
    page = Page(render_sheet(rows))
    assert page.values("data-row") == ["1", "2", "3"]
    columns = page.values("data-column")
    for name in YES_NO:
        assert columns.count(name) == 2  # of events only
    assert columns.count("missed") == columns.count("note") == 3
    assert page.sentences == [
        "Before. Ruritania razed the bridge.",
        "Ruritania razed the bridge.",
        "It rained. After.",
    ]


def test_the_page_holds_the_sheet_itself_cell_by_cell(rows: list[Row]) -> None:
    rows[0] = event_row(1, outlet="=cmd()", sentence='A "b", c</script>')
    data = Page(render_sheet(rows)).data
    assert data["columns"] == list(COLUMNS)
    table = list(csv.reader(io.StringIO(sheet_text(rows))))
    assert [data["rows"][str(row.row)] for row in rows] == table[1:]
    assert data["rows"]["1"][COLUMNS.index("outlet")] == "'=cmd()"


def test_the_words_of_the_event_are_marked(rows: list[Row]) -> None:
    page = render_sheet(rows)
    assert '<span class="role-a">Ruritania</span> <span class="t q4">razed</span>' in page
    assert '<span class="role-r">the bridge</span>.' in page


def test_nothing_is_fetched(rows: list[Row]) -> None:
    page = render_sheet(rows)
    parsed = Page(page)
    fetched = [*parsed.values("src"), *parsed.values("href"), *parsed.values("srcset")]
    assert all(value.startswith("#") or value == "data:," for value in fetched)
    assert "http:" not in page
    assert "https:" not in page
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style
    for word in ("fetch(", "XMLHttpRequest", "import(", "WebSocket", "sendBeacon"):
        assert word not in page
    (policy,) = (
        attrs["content"] or ""
        for _, attrs in parsed.elements
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy


@pytest.mark.parametrize(
    "bad", ["<script>alert(1)</script>", "\"'><img src=x>", "</style>{{ 7*7 }}", "<!--"]
)
def test_what_an_article_brings_stays_text(bad: str) -> None:
    texts = dict.fromkeys(("outlet", "title", "actors", "type", "content", "also_coded"), bad)
    parsed = Page(render_sheet([event_row(1, sentence=bad, **texts)]))
    assert parsed.sentences == [bad]
    tags = [tag for tag, _ in parsed.elements]
    assert tags.count("script") == 2
    assert "img" not in tags
    assert parsed.data["rows"]["1"][COLUMNS.index("sentence")] == bad


def test_the_saved_sheet_is_named_after_the_page(tmp_path: Path, rows: list[Row]) -> None:
    path = tmp_path / "spring.html"
    write_sheet_page(path, rows)
    page = path.read_text(encoding="utf-8")
    assert Page(page).values("download") == ["spring.judged.csv"]
    assert page == render_sheet(rows, file_name="spring.judged.csv")


def test_the_columns_that_the_script_fills_are_those_of_the_sheet(rows: list[Row]) -> None:
    parsed = Page(render_sheet(rows))
    (script,) = (text for text in parsed.scripts if not text.startswith("{"))
    assert parsed.data["yesNo"] == list(YES_NO)
    for name in re.findall(r'"(is_event|missed|note)"', script):
        assert name in COLUMNS


def test_a_page_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to judge"):
        render_sheet([])
