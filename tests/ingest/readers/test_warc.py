"""Web archives: each page that was answered with 200 is an article."""

from __future__ import annotations

import gzip
import random
import zlib
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.ingest.readers.samples import ARTICLES, Found, found_in, page, record

PAGES = [record(one["url"], page(one)) for one in ARTICLES]


def test_a_page_has_the_address_of_its_record(tmp_path: Path) -> None:
    found = found_in(tmp_path, "a.warc", b"".join(PAGES))
    assert [one.url for one in found.documents] == [one["url"] for one in ARTICLES]
    assert [one.title for one in found.documents] == [one["title"] for one in ARTICLES]
    assert [item.line for item in found.items] == [1, 2, 3]


def test_records_may_be_compressed_one_by_one_or_together(tmp_path: Path) -> None:
    plain = found_in(tmp_path, "a.warc", b"".join(PAGES)).documents
    one_by_one = b"".join(map(gzip.compress, PAGES))
    assert found_in(tmp_path, "b.warc.gz", one_by_one).documents == plain
    assert found_in(tmp_path, "c.warc.gz", gzip.compress(b"".join(PAGES))).documents == plain


def test_what_is_no_page_is_passed_over_and_counted(tmp_path: Path) -> None:
    others = [
        record("https://example.org/a.png", b"\x89PNG", kind="image/png"),
        record("https://example.org/gone", b"<p>gone</p>", status="404 Not Found"),
        record("https://example.org/moved", b"", status="301 Moved"),
    ]
    path = tmp_path / "a.warc"
    path.write_bytes(others[0] + PAGES[0] + others[1] + others[2] + PAGES[1])
    passed: Counter[str] = Counter()
    found = Found(path, passed=passed)
    assert len(found.documents) == 2
    assert found.reasons == []
    assert passed == {
        "image/png in a web archive": 1,
        "answer 404 in a web archive": 1,
        "answer 301 in a web archive": 1,
    }


def test_a_page_without_an_article_costs_no_other(tmp_path: Path) -> None:
    empty = record("https://example.org/empty", b"<html></html>")
    found = found_in(tmp_path, "a.warc", PAGES[0] + empty + PAGES[1])
    assert len(found.documents) == 2
    assert found.reasons == ["no article is found in this page (https://example.org/empty)"]
    assert found.problems[0].line == 2


def test_an_answer_that_says_it_is_packed_and_is_not_costs_no_other(tmp_path: Path) -> None:
    liar = PAGES[1].replace(b"Content-Type: text/html", b"Content-Encoding: gzip ")
    found = found_in(tmp_path, "a.warc", PAGES[0] + liar + PAGES[2])
    assert [one.url for one in found.documents] == [one["url"] for one in ARTICLES]
    assert found.reasons == []


@pytest.mark.parametrize(
    ("header", "pack"),
    [
        ("Content-Encoding: gzip", gzip.compress),
        ("Content-Encoding: deflate", zlib.compress),
        ("Transfer-Encoding: chunked", lambda body: b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)),
    ],
)
def test_a_page_is_read_as_it_was_sent(
    header: str, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    sent = record("https://example.org/a", pack(page(ARTICLES[1])), kind=f"text/html\r\n{header}")
    found = found_in(tmp_path, "a.warc", PAGES[0] + sent + PAGES[2])
    assert [one.title for one in found.documents] == [one["title"] for one in ARTICLES]


def test_the_charset_of_the_answer_is_that_of_the_page(tmp_path: Path) -> None:
    body = page(ARTICLES[0]).replace(b'<meta charset="utf-8">', b"")
    body = body.replace(b"on Tuesday", "über Žďár on Tuesday".encode("iso-8859-2"))
    data = record("https://example.org/a", body, kind="text/html; charset=iso-8859-2")
    assert "über Žďár on Tuesday" in found_in(tmp_path, "a.warc", data).texts[0]


def test_damage_ends_an_archive_and_keeps_what_came_before(tmp_path: Path) -> None:
    # what was read ahead is lost with what is damaged: some 64 KB
    rng = random.Random(1)
    fillers = [f"<!-- {rng.randbytes(200_000).hex()} --></body>".encode() for _ in ARTICLES]
    long = [
        page(one).replace(b"</body>", filler) for one, filler in zip(ARTICLES, fillers, strict=True)
    ]
    packed = [gzip.compress(record(ARTICLES[0]["url"], one)) for one in long]
    whole = b"".join(packed)
    at = len(packed[0]) + len(packed[1]) // 2
    broken = whole[:at] + b"\xff" * 200 + whole[at + 200 :]
    found = found_in(tmp_path, "a.warc.gz", broken)
    assert found.documents[0].url == ARTICLES[0]["url"]
    assert len(found.documents) == 1
    assert "records before it were read" in found.reasons[-1]


def test_what_is_no_web_archive_is_said(tmp_path: Path) -> None:
    found = found_in(tmp_path, "a.warc", b"Envoys met in Zenda.\n")
    assert "the web archive is damaged here (Invalid WARC header)" in found.reasons[0]
    found = found_in(tmp_path, "b.warc", b"")
    assert found.reasons == ["holds no response of a web server, or is no web archive"]
