"""Saved pages: the article in them, and what is refused."""

from __future__ import annotations

import contextlib
import gzip
import time
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


@pytest.mark.parametrize(
    "sign",
    [
        "<script",
        "<script application/ld+json",
        "<script type='application/ld+json'>",
        "<meta a",
        "<meta " + "a" * 2000,
        "<a href='/x'>",
        "<div class='footer'><a href='/x'>x</a>",
        "&amp",
    ],
)
def test_no_sign_in_a_page_takes_time_with_the_square_of_its_number(sign: str) -> None:
    story = "<p>Envoys of Ruritania met the mayor of Zenda on Tuesday, officials said.</p>" * 5
    html = f"<html><body><article>{story}</article>{sign * (400_000 // len(sign))}</body></html>"
    start = time.perf_counter()
    with contextlib.suppress(InputError):
        page_document(html.encode(), "a.html")
    assert time.perf_counter() - start < 8


def test_a_page_of_nothing_but_links_in_links_is_refused() -> None:
    tangle = "<div class='footer'>" * 60 + "<a href='/x'>x</a>" * 10_000
    html = f"<html><body><article><p>Envoys met in Zenda.</p></article>{tangle}</body></html>"
    with pytest.raises(InputError, match="its links are too many or lie too deep"):
        page_document(html.encode(), "a.html")


def test_linked_data_are_found_among_other_scripts() -> None:
    html = PAGE_WITH_SCRIPTS.encode()
    document = page_document(html, "a.html")
    assert document.moment is not None
    assert document.moment.isoformat() == "2020-06-16T10:15:00+00:00"


PAGE_WITH_SCRIPTS = """<html><head><script>if (1 < 2) { x = "<b>"; }</script>
<script async type="application/ld+json" id="x">{"@graph": [{"@type": "NewsArticle",
"datePublished": "2020-06-16T10:15:00Z"}]}</SCRIPT><script>y</script></head><body><article>
<p>Envoys of Ruritania met the mayor of Zenda on Tuesday, officials said.</p></article></body>"""
