"""What servers send: unpacked within a bound, told apart, brought to UTF-8."""

from __future__ import annotations

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.fetch.site import page, rss, sitemap

from tocsin.ingest.decoding import page_text
from tocsin.ingest.fetch.bodies import Unpacking, gunzipped
from tocsin.ingest.fetch.problems import RefusedError, UnreachableError
from tocsin.ingest.kinds import kind_of

TEXT = b"Rebels shelled the port of Zenda. " * 100


def raw_deflate(data: bytes) -> bytes:
    packing = zlib.compressobj(wbits=-15)
    return packing.compress(data) + packing.flush()


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("", TEXT), ("identity", TEXT), ("gzip", gzip.compress(TEXT, mtime=0)),
        ("X-GZIP", gzip.compress(TEXT, mtime=0)), ("deflate", zlib.compress(TEXT)),
        ("deflate", raw_deflate(TEXT)),
        ("gzip", gzip.compress(TEXT[:50], mtime=0) + gzip.compress(TEXT[50:], mtime=0)),
        ("gzip", gzip.compress(TEXT, mtime=0) + b"litter"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_body_is_unpacked_piece_by_piece(encoding: str, data: bytes, size: int) -> None:
    unpacking = Unpacking(encoding, len(TEXT))
    out = b"".join(unpacking.add(data[at : at + size]) for at in range(0, len(data), size))
    unpacking.end()
    assert out == TEXT


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip, br"])
def test_an_encoding_that_was_not_asked_for_is_refused(encoding: str) -> None:
    with pytest.raises(RefusedError, match="not asked for"):
        Unpacking(encoding, 100)


def test_a_bomb_does_not_go_off() -> None:
    bomb = gzip.compress(bytes(100_000_000))
    tracemalloc.start()
    try:
        with pytest.raises(RefusedError, match="too large"):
            Unpacking("gzip", 1_000_000).add(bomb)
        with pytest.raises(RefusedError, match="too large"):
            gunzipped(bomb, 1_000_000)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_body_that_is_too_large_as_it_comes_is_refused() -> None:
    unpacking = Unpacking("", 10)
    unpacking.add(b"12345")
    with pytest.raises(RefusedError, match="too large"):
        unpacking.add(b"123456")


@pytest.mark.parametrize(
    "data", [gzip.compress(TEXT, mtime=0)[:-9], gzip.compress(TEXT, mtime=0)[:5], b"no gzip"]
)
def test_a_damaged_body_is_asked_for_again(data: bytes) -> None:
    def unpack() -> None:
        unpacking = Unpacking("gzip", 10_000)
        unpacking.add(data)
        unpacking.end()

    with pytest.raises(UnreachableError):
        unpack()


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["gzip", "deflate"]), st.binary(max_size=200), st.integers(0, 60))
def test_noise_is_unpacked_or_refused(encoding: str, noise: bytes, at: int) -> None:
    data = gzip.compress(TEXT, mtime=0) if encoding == "gzip" else zlib.compress(TEXT)
    try:
        unpacking = Unpacking(encoding, 5_000)
        out = unpacking.add(data[:at] + noise)
        unpacking.end()
    except (RefusedError, UnreachableError):
        return
    assert len(out) <= 5_000


@pytest.mark.parametrize(
    ("data", "content_type", "kind"),
    [
        (page(), "", "page"),
        (page(), "application/xml", "page"),
        (b"<p>Port shelled", "text/html", "page"),
        (b"", "text/html", "page"),
        (b"<div>Port</div>", "", "page"),
        (rss([]), "text/html", "feed"),
        (b"\xef\xbb\xbf\n<!-- x --><feed xmlns='http://www.w3.org/2005/Atom'/>", "", "feed"),
        (b"<rdf:RDF xmlns:rdf='x'></rdf:RDF>", "text/xml", "feed"),
        (b"<!DOCTYPE rss [<!ENTITY a 'b'>]><rss/>", "", "feed"),
        ("<?xml version='1.0' encoding='utf-16'?><rss/>".encode("utf-16"), "", "feed"),
        (b"Warning: no such town\n" + rss([]), "application/rss+xml", "feed"),
        (sitemap([]), "", "sitemap"),
        (sitemap([], "sitemapindex"), "text/html", "sitemap"),
        (b"https://example.org/a\nhttps://example.org/b", "text/plain", "sitemap"),
        (b"Zenda fell.", "text/plain", "other"),
        (b"%PDF-1.7", "application/pdf", "other"),
        (b'{"a": 1}', "application/json", "other"),
        (b"<svg/>", "image/svg+xml", "other"),
        (b"", "", "other"),
    ],
)
def test_content_tells_what_it_is(data: bytes, content_type: str, kind: str) -> None:
    assert kind_of(data, content_type) == kind


META = '<meta charset="windows-1251"><p>'


@pytest.mark.parametrize(
    ("data", "content_type", "text"),
    [
        ("Öffnung".encode(), "text/html", "Öffnung"),
        ("Öffnung".encode("latin-1"), "text/html; charset=ISO-8859-1", "Öffnung"),
        ("“Öffnung”".encode("cp1252"), "text/html; charset=latin1", "“Öffnung”"),
        ("Зенда".encode("koi8-r"), 'text/html; charset="koi8-r"', "Зенда"),
        ((META + "Зенда").encode("cp1251"), "text/html", META + "Зенда"),
        ((META + "Зенда").encode(), "text/html", META + "Зенда"),
        ("\ufeffЗенда".encode("utf-16-le"), "text/html; charset=utf-8", "Зенда"),
        ("\ufeffЗенда".encode(), "text/html; charset=koi8-r", "Зенда"),
        ("Зенда".encode(), "text/html; charset=no-such-thing", "Зенда"),
        (b"Zenda", "text/html; charset=base64", "Zenda"),
        (b"Zenda", "text/html; charset=punycode", "Zenda"),
    ],
)
def test_a_page_is_read_in_its_encoding(data: bytes, content_type: str, text: str) -> None:
    assert page_text(data, content_type) == text
