"""What a server sends: unpacked within a bound, told apart by content, brought to UTF-8."""

from __future__ import annotations

import codecs
import re
import zlib
from typing import Literal

from tocsin.ingest.fetch.problems import NOT_A_PAGE, TOO_LARGE, RefusedError, UnreachableError

Kind = Literal["feed", "sitemap", "page", "other"]

_HEAD = 4_000  # bytes in which a file says what it is
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:+-]+)", re.IGNORECASE)
_BEFORE_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\])?[^>]*>)", re.S | re.I
)
_ROOT = re.compile(r"\s*<([\w.-]+:)?([\w.-]+)")
_GZIP = b"\x1f\x8b"
# Names of Python's that pages are written in. It knows others, such as punycode, which take very
# long for some texts, or do not make text of bytes at all.
_LETTERS = re.compile(
    r"ascii|utf-8|utf-16(-[bl]e)?|iso8859-\d+|cp\d+|koi8-[rtu]|mac-\w+|gb\w+|big5\w*|euc_\w+|"
    r"shift_jis\w*|iso2022_\w+|johab|hz|tis-620|ptcp154|kz1048"
)


class Unpacking:
    """Takes a body apart as it comes in, and never holds more than ``limit`` bytes unpacked."""

    def __init__(self, encoding: str, limit: int) -> None:
        names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
        names = [name for name in names if name != "identity"]
        if len(names) > 1 or (names and names[0] not in ("gzip", "x-gzip", "deflate")):
            raise RefusedError(
                f"comes in the encoding {encoding[:60]!r}, which was not asked for",
                reason=NOT_A_PAGE,
            )
        self._name = names[0] if names else None
        self._limit = limit
        self._taken = self._given = 0
        self._inflate = zlib.decompressobj(31) if self._name is not None else None
        self._held: bytes | None = b"" if self._name == "deflate" else None

    def add(self, data: bytes) -> bytes:
        """The next piece of the body, unpacked; RefusedError where all of it is over the limit."""
        self._taken += len(data)
        if self._taken > self._limit:
            raise too_large(self._limit)
        if self._inflate is None:
            self._given = self._taken
            return data
        if self._held is not None:
            self._held += data
            if len(self._held) < 2:
                return b""
            data, self._held = self._held, None
            # some servers send deflate without the two bytes that should stand before it
            wrapped = data[0] & 15 == 8 and int.from_bytes(data[:2]) % 31 == 0
            self._inflate = zlib.decompressobj(15 if wrapped else -15)
        out = b""
        while data:
            try:
                piece = self._inflate.decompress(data, self._limit - self._given + 1)
            except zlib.error as error:
                raise UnreachableError(f"the compressed answer is damaged ({error})") from error
            self._given += len(piece)
            if self._given > self._limit:
                raise too_large(self._limit)
            out += piece
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                data = self._inflate.unused_data
                if not data.startswith(_GZIP):  # anything behind the end but another part is litter
                    break
                self._inflate = zlib.decompressobj(31)
        return out

    def end(self) -> None:
        """Say that this was all; UnreachableError where the compressed data are cut off."""
        if self._inflate is not None and self._taken and not self._inflate.eof:
            raise UnreachableError("the compressed answer is cut off")


def too_large(limit: int) -> RefusedError:
    """The error for a body over ``limit`` bytes, packed or unpacked."""
    return RefusedError(f"more than {limit / 1e6:g} MB is too large", reason=TOO_LARGE)


def gunzipped(data: bytes, limit: int) -> bytes:
    """``data``, unpacked where it is a gzip file (such as ``sitemap.xml.gz``), within ``limit``."""
    if not data.startswith(_GZIP):
        return data
    unpacking = Unpacking("gzip", limit)
    out = unpacking.add(data)
    unpacking.end()
    return out


def kind_of(data: bytes, content_type: str = "") -> Kind:
    """What ``data`` is, by its content and, only where that does not say, by ``Content-Type``."""
    kind = content_type.partition(";")[0].strip().lower()
    head = _decoded(data[:_HEAD])
    at = 0
    while (before := _BEFORE_ROOT.match(head, at)) is not None:
        at = before.end()
    root = _ROOT.match(head, at)
    name = root[2].lower() if root else ""
    if name in ("rss", "feed", "rdf"):
        return "feed"
    if name in ("urlset", "sitemapindex"):
        return "sitemap"
    if name == "html" or (at and "<!doctype html" in head[:at].lower()):
        return "page"
    if kind in ("text/html", "application/xhtml+xml"):
        return "page"
    if "xml" in kind and re.search(r"<(?:rss|feed|rdf:RDF)[\s>]", head):
        return "feed"  # behind a stray line, such as a warning of the site's software
    first = next((line.strip() for line in head.splitlines() if line.strip()), "")
    if kind in ("", "text/plain") and first.lower().startswith(("http://", "https://")):
        return "sitemap"
    return "page" if not kind and name in ("head", "body", "div", "article", "meta") else "other"


def _decoded(head: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(name, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def as_utf8(data: bytes, content_type: str = "") -> bytes:
    """A page in UTF-8. What it is in is told by its byte order mark, else by the header, else it
    is UTF-8 where it can be that, else what its own head says; unknown names are passed over."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):  # fmt: skip
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace").encode()
    said = _CHARSET.search(content_type)
    if said is not None and (text := _text(data, said[1])) is not None:
        return text.encode("utf-8", "replace")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        meta = _META_CHARSET.search(data[:_HEAD])
        text = _text(data, meta[1].decode("ascii")) if meta else None
        if text is not None:
            return text.encode("utf-8", "replace")
    return data


def _text(data: bytes, name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    if not _LETTERS.fullmatch(found):
        return None
    # What calls itself Latin-1 or ASCII on the web is Windows-1252, as browsers read it.
    return data.decode("cp1252" if found in ("iso8859-1", "ascii") else found, "replace")
