"""Saved pages: the article in them, and what is refused."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.config import MAX_PAGE_BYTES
from tocsin.errors import InputError
from tocsin.ingest import read_documents
from tocsin.ingest.pages import page_document

BODY = [
    "Rebels shelled the port of Zenda on Tuesday, killing two sailors, the mayor said.",
    "The navy of Ruritania answered with fire from three ships, which left the harbour at noon.",
    "The mayor called on both sides to end the fighting and to let the wounded leave the town.",
]


def _page(head: str = "", title: str = "Port shelled | Daily Zenda") -> bytes:
    paragraphs = "".join(f"<p>{one}</p>" for one in BODY)
    return (
        f"<html><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a> "
        f"<a href='/sport'>Sport</a></nav><article><h1>{title.split(' | ')[0]}</h1>{paragraphs}"
        "</article><footer>Share this story. Subscribe to our newsletter.</footer></body></html>"
    ).encode()


LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", '
    '"headline": "Port shelled", "datePublished": "2020-06-16T20:30:00+09:00"}]}</script>'
)


def test_the_article_is_taken_out_of_its_page() -> None:
    found = page_document(
        _page(LINKED + '<meta property="og:site_name" content="Daily Zenda">'), "x"
    )
    assert found.text.split("\n")[-len(BODY) :] == BODY
    assert "newsletter" not in found.text
    assert found.title == "Port shelled"
    assert found.outlet == "Daily Zenda"
    assert found.published == date(2020, 6, 16)
    assert found.moment == datetime.fromisoformat("2020-06-16T20:30:00+09:00")


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2020-06-16T20:30:00Z">',
        "<meta name='parsely-pub-date' content='2020-06-16T20:30:00Z'>",
    ],
)
def test_the_moment_stands_in_the_head(head: str) -> None:
    moment = page_document(_page(head), "x").moment
    assert moment == datetime.fromisoformat("2020-06-16T20:30:00+00:00")


@pytest.mark.parametrize("title", ["Port shelled", "Port shelled - by whom"])
def test_a_title_keeps_what_is_not_the_outlet(title: str) -> None:
    assert page_document(_page(title=title), "x").title == title


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no article"),
        (b"<html><body></body></html>", "no article"),
        (b"x" * (MAX_PAGE_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_page_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says):
        page_document(data, "a.html")


def test_a_folder_of_pages_is_read_and_the_bad_ones_are_set_aside(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(_page())
    (tmp_path / "b.html.gz").write_bytes(gzip.compress(_page(LINKED)))
    (tmp_path / "c.htm").write_bytes(b"<html></html>")
    (tmp_path / "d.html.gz").write_bytes(gzip.compress(_page())[:40])
    problems: list[InputError] = []
    found = list(read_documents([tmp_path], on_problem=problems.append))
    assert [document.title for document in found] == ["Port shelled", "Port shelled"]
    assert [Path(str(problem.path)).name for problem in problems] == ["c.htm", "d.html.gz"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 900), st.binary(max_size=40))
def test_a_damaged_page_is_read_or_refused(at: int, noise: bytes) -> None:
    page = _page(LINKED)
    try:
        found = page_document(page[:at] + noise + page[at + len(noise) :], "a.html")
    except InputError:
        return
    assert found.text
