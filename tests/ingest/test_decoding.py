"""Bytes to text: every encoding that articles come in, and what is no text refused."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.config import MAX_PARAGRAPH_CHARACTERS, MAX_TEXT_BYTES
from tocsin.errors import InputError
from tocsin.ingest.decoding import check_text, decode, page_text

QUOTED = "“Envoys met in Zenda”, the king’s café said – at last…"
KOREAN = "특사들이 화요일 젠다에서 만나 회담했다고 관리들이 말했다. 그들은 금요일에 떠난다. " * 5
JAPANESE = "特使たちは火曜日にゼンダで会談したと当局者は述べた。彼らは金曜日に出発する。" * 5
ENGLISH = "Envoys of Ruritania met in Zenda on Tuesday, officials said. " * 4


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (QUOTED, "utf-8"),
        (QUOTED, "utf-8-sig"),
        (QUOTED, "utf-16"),
        (ENGLISH + QUOTED, "cp1252"),
        (KOREAN, "euc-kr"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc-jp"),
        (KOREAN, "utf-16"),
    ],
)
def test_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), path="a.txt") == text


@pytest.mark.parametrize("odd", [b"\x81", b"\x8d", b"\xff"])
def test_single_odd_bytes_cost_nothing_around_them(odd: bytes) -> None:
    text = decode(ENGLISH.encode() + odd + "“Zenda”".encode() + b"\x92", path="a.txt")
    assert text == f"{ENGLISH}{odd.decode('latin-1')}“Zenda”’"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 x", "a PDF file"),
        (b"PK\x03\x04x", "a ZIP archive or an office document"),
        (b"\x1f\x8bx", "gzip-compressed"),
        (b"\x89PNG\r\n", "an image (PNG)"),
        (b"\xff\xd8\xff\xe0", "an image (JPEG)"),
        (b"BZh91AY", "bzip2-compressed"),
        (b"\xfd7zXZ\x00", "xz-compressed"),
        (b"PAR1x", "a Parquet file"),
        (b"SQLite format 3\x00", "a database (SQLite)"),
        (b"Envoys\x00met", "binary data (a NUL byte at byte 6)"),
    ],
)
def test_what_is_no_text_is_called_by_its_name(data: bytes, what: str) -> None:
    with pytest.raises(InputError) as error:
        decode(data, path="a.txt", line=3)
    assert str(error.value) == f"a.txt:3: is no text but {what}"


@pytest.mark.parametrize("data", [b"\xff\xfea", b"\xfe\xff\xd8\x00"])
def test_what_only_begins_as_utf16_is_said(data: bytes) -> None:
    with pytest.raises(InputError, match="starts like UTF-16 but is not"):
        decode(data, path="a.txt")


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    with contextlib.suppress(InputError):
        decode(data, path="a.txt").encode()


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=200))
def test_any_text_in_utf8_comes_back(text: str) -> None:
    if text.startswith(("BZh", "PAR1", "%PDF", "PK\x03\x04", "SQLite format 3", "\ufeff")):
        return
    assert decode(text.encode(), path="a.txt") == text


META = '<meta charset="{}"><p>'


@pytest.mark.parametrize(
    ("html", "encoding", "http"),
    [
        ("<p>" + QUOTED, "utf-8", None),
        ("<p>" + QUOTED, "utf-8", "iso-8859-1"),  # many servers say so of every page
        ("<p>" + QUOTED, "utf-8-sig", None),
        (META.format("windows-1252") + QUOTED, "cp1252", None),
        (META.format("iso-8859-1") + QUOTED, "cp1252", None),
        (META.format("us-ascii") + QUOTED, "cp1252", None),
        ("<p>" + QUOTED, "cp1252", "ISO-8859-1"),
        ('<META http-equiv=x content="text/html; charset=EUC-KR">' + KOREAN, "euc-kr", None),
        ("<p>" + KOREAN, "euc-kr", "euc-kr"),
        (META.format("utf-8") + KOREAN, "euc-kr", "euc-kr"),
        ("<p>" + JAPANESE, "shift_jis", "Shift_JIS"),
        (META.format("no-such") + QUOTED, "cp1252", "nor-this"),
        (META.format("iso-8859-2") + "Žďár", "iso-8859-2", None),
        (META.format("hex") + QUOTED, "cp1252", "base64"),
    ],
)
def test_a_page_is_read_as_it_or_its_server_says(
    html: str, encoding: str, http: str | None
) -> None:
    said = f"text/html; charset={http}" if http is not None else ""
    assert page_text(html.encode(encoding), said) == html


def test_bytes_in_no_encoding_are_still_a_page() -> None:
    assert "Zenda" in page_text(b"<p>Zenda \x81\xfe\xff</p>" + bytes(range(128, 256)) * 3)


@pytest.mark.parametrize("charset", ["punycode", "idna", "unicode_escape", "\x00", "ü", "\ud800"])
def test_no_charset_holds_us_up(charset: str) -> None:
    start = time.perf_counter()
    assert "Zenda" in page_text(b"\xff Zenda" + b"a-b." * 30_000, f"charset={charset}")
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the text is empty"),
        (" \n\u200b\ufeff\u00ad", "the text is empty"),
        ("Envoys\x00met", "is no text but binary data (1 control characters, the first, U+0000"),
        ("\x01\x02\x03Envoys", "is no text but binary data (3 control characters"),
        ("Envoys\ud83d", "half a character (U+D83D) at character 6"),
        ("x" * (MAX_PARAGRAPH_CHARACTERS + 1), "a paragraph of more than 100,000 characters at"),
        ("word\n" * (MAX_TEXT_BYTES // 5 + 1), "more than 5 MB is too large for one article"),
        ("ä\n" * (MAX_TEXT_BYTES // 3 + 1), "more than 5 MB is too large for one article"),
    ],
)
def test_text_that_no_article_has_is_refused(text: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        check_text(text, path="a.txt", line=3)
    assert message in error.value.message
    assert (error.value.path, error.value.line) == ("a.txt", 3)


@pytest.mark.parametrize(
    "text", ["A", "Envoys\x0c met\x1b", "a\x01b " * 2, "\x85", "x" * MAX_PARAGRAPH_CHARACTERS, "🏴"]
)
def test_text_with_stray_signs_is_text(text: str) -> None:
    if text.strip():
        assert check_text(text, path="a.txt") is text


def test_where_a_long_paragraph_begins_is_said() -> None:
    long = "x" * (MAX_PARAGRAPH_CHARACTERS + 5)
    with pytest.raises(InputError, match="at character 8"):
        check_text(f"Envoys.\n{long}\nx", path="a.txt")


def test_many_long_paragraphs_are_checked_at_once() -> None:
    start = time.perf_counter()
    check_text(("x" * (MAX_PARAGRAPH_CHARACTERS - 1) + "\n") * 40, path="a.txt")
    assert time.perf_counter() - start < 3
