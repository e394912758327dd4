"""What can be named as a source: addresses, saved lists, files of addresses."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from tests.ingest.fetch.site import linked, page, rss, sitemap

from tocsin.errors import InputError
from tocsin.ingest.fetch import sources_of
from tocsin.ingest.items import Item, Link

A = "https://daily.example/a"


def test_addresses_are_passed_on_as_they_are() -> None:
    names = [A, "ftp://daily.example/", "data:text/html,x", "HTTP://daily.example/"]
    assert list(sources_of(names)) == names


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("saved.xml", rss([linked(A)])),
        ("saved.rss.gz", gzip.compress(rss([linked(A)]), mtime=0)),
        ("map.xml", sitemap([(A, "2020-06-16")])),
    ],
)
def test_a_saved_list_gives_its_entries(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    (found,) = sources_of([str(tmp_path / name)])
    assert isinstance(found, Item)
    assert isinstance(found.found, Link)
    assert found.found.url == A


def test_a_saved_index_gives_the_addresses_of_its_sitemaps(tmp_path: Path) -> None:
    (tmp_path / "index.xml").write_bytes(sitemap([(A, "")], "sitemapindex"))
    assert list(sources_of([str(tmp_path / "index.xml")])) == [A]


def test_a_text_holds_one_address_a_line(tmp_path: Path) -> None:
    path = tmp_path / "sources.txt"
    path.write_text(f"# feeds of Zenda\n\n{A}\n  ftp://x.example/  \nnonsense\n")
    first, second, third = sources_of([str(path)])
    assert (first, second) == (A, "ftp://x.example/")
    assert isinstance(third, Item)
    assert third.line == 5


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (None, "No such file"),
        (b"", "holds no address"),
        (b"# nothing\n", "holds no address"),
        (b"Zenda fell.\nThe rebels won.\n", "is no address"),
        (page(), "tocsin code"),
        (b"\x89PNG\r\n\x1a\n\x00", "an image"),
        (gzip.compress(b"x" * 100, mtime=0)[:20], "cut off"),
    ],
)
def test_what_is_no_source_is_said(tmp_path: Path, data: bytes | None, says: str) -> None:
    path = tmp_path / "file.txt"
    if data is not None:
        path.write_bytes(data)
    (found,) = sources_of([str(path)])
    assert isinstance(found, Item)
    assert isinstance(found.found, InputError)
    assert says in str(found.found)
