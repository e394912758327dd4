"""What some bytes are, feed, sitemap or page, by their content."""

from __future__ import annotations

import codecs
import re
from typing import Literal

Kind = Literal["feed", "sitemap", "page", "other"]

_HEAD = 4_000  # bytes in which a file says what it is
_BEFORE_ROOT = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!doctype[^>\[]*(?:\[.*?\])?[^>]*>)", re.S | re.I
)
_ROOT = re.compile(r"\s*<([\w.-]+:)?([\w.-]+)")


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
