"""Saved web pages as articles: title, day, outlet, author and body, without what stands around.

The body and most of what is said about it are trafilatura's; the title is freed of the outlet's
name, and the moment of publication is read with its zone where the page gives one.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tocsin.config import MAX_PAGE_BYTES
from tocsin.errors import InputError
from tocsin.ingest.days import aware_moment
from tocsin.ingest.decoding import check_text, page_text
from tocsin.model.document import Document

# What stands between a title and the name of its outlet.
_JOINS = re.compile(r"\s+(?:[|·»•–—-]|::)\s+")
# No sign of a pattern may run over the start of its next match: a page may hold a million of them.
_LINKED_DATA = re.compile(r"<script\b[^<>]*application/ld\+json[^<>]*>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# 60 footers in one another with 4,000 links take 4 s, which is 960 million; the pages that we know
# come to 7 million.
_TANGLED = 500_000_000
_TIMES = ("article:published_time", "datepublished", "og:published_time", "parsely-pub-date")
_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting",
             "opinionnewsarticle", "liveblogposting", "webpage")  # fmt: skip


def page_document(
    data: bytes, path: str, *, url: str | None = None, content_type: str = ""
) -> Document:
    """Return the article of one page; InputError where it is too large or holds none.

    ``url`` is where the page was found, for pages that do not name their own address;
    ``content_type`` is what the server said of it, with its encoding.
    """
    if len(data) > MAX_PAGE_BYTES:
        raise InputError(
            f"more than {MAX_PAGE_BYTES / 1e6:g} MB is too large for one page", path=path
        )
    html = page_text(data, content_type)
    found = _extracted(html, path)
    body = (found.text or "").strip() if found is not None else ""
    if not body:
        raise InputError("no article is found in this page", path=path)
    described = list(_linked_data(html))
    moment = _moment(described, html)
    return Document.of(
        check_text(body, path=path),
        title=_title(found, described),
        outlet=found.sitename or found.hostname or None,
        url=found.url or url,
        published=_day(found.date, moment),
        moment=moment,
        author=found.author or None,
    )


def _extracted(html: str, path: str) -> Any:
    from trafilatura import bare_extraction, load_html

    for name in ("trafilatura", "htmldate"):  # what they log of a bad page, we say as an error
        log = logging.getLogger(name)
        if not log.handlers:
            log.addHandler(logging.NullHandler())
    try:
        tree = load_html(html)
        if tree is not None and _tangled(tree):
            message = "its links are too many or lie too deep for a page with one article"
            raise InputError(message, path=path)
        return bare_extraction(
            tree, with_metadata=True, include_comments=False, include_tables=False
        )
    except InputError:
        raise
    except Exception as error:  # any page may break a parser of pages: it is set aside
        raise InputError(f"cannot be read as a page ({type(error).__name__})", path=path) from error


def _tangled(tree: Any) -> bool:
    """Whether a page would hold us up: to ask for all links in all footers takes time with the
    square of the links and with the depth at which they lie."""
    links = depths = 0
    stack = [(tree, 1)]
    while stack:
        element, depth = stack.pop()
        if element.tag == "a":
            links += 1
            depths += depth
        stack.extend((child, depth + 1) for child in element)
    return links * depths > _TANGLED


def _day(found: str | None, moment: datetime | None) -> date | None:
    if moment is not None:
        return moment.date()
    try:
        return date.fromisoformat((found or "")[:10])
    except ValueError:
        return None


def _title(found: Any, described: list[dict[str, Any]]) -> str | None:
    """The title without the outlet's name behind it: "Port shelled | Daily News"."""
    title = str(found.title or "").replace("\xa0", " ").strip()
    for headline in _headlines(described):
        # the page's own word for its title, where the two are the same but for what is added
        if headline and title.startswith(headline) and len(headline) >= len(title) / 3:
            return headline
    parts = _JOINS.split(title)
    if len(parts) > 1 and _is_outlet(parts[-1], found):
        return title[: title.rindex(parts[-1])].rstrip(" |·»•–—-:")
    return title or None


def _is_outlet(words: str, found: Any) -> bool:
    plain = re.sub(r"\W", "", words.lower())
    names = (found.sitename or "", (found.hostname or "").split(".")[0])
    return any(plain and plain in re.sub(r"\W", "", str(name).lower()) for name in names)


def _headlines(described: list[dict[str, Any]]) -> Iterator[str]:
    for one in described:
        value = one.get("headline")
        if isinstance(value, str):
            yield " ".join(value.replace("\xa0", " ").split())


def _linked_data(html: str) -> Iterator[dict[str, Any]]:
    """The articles that a page describes as linked data."""
    at = 0
    while begin := _LINKED_DATA.search(html, at):
        end = _SCRIPT_END.search(html, begin.end())
        if end is None:
            return
        at = end.end()
        try:
            stack: list[Any] = [json.loads(html[begin.end() : end.start()].strip())]
        except (ValueError, RecursionError):
            continue
        for one in stack:
            if isinstance(one, list):
                stack.extend(one)
            elif isinstance(one, dict):
                stack.extend(value for value in (one.get("@graph"),) if value)
                kinds = one.get("@type")
                kinds = kinds if isinstance(kinds, list) else [kinds]
                if any(str(kind).lower() in _ARTICLES for kind in kinds):
                    yield one


def _moment(described: list[dict[str, Any]], html: str) -> datetime | None:
    """When the page was published, with its zone; None where it does not say."""
    for one in described:
        moment = aware_moment(one.get("datePublished"))
        if moment is not None:
            return moment
    for match in _META.finditer(html):
        said = {name.lower(): a or b for name, a, b in _ATTRIBUTE.findall(match[0])}
        name = said.get("property") or said.get("name") or said.get("itemprop") or ""
        if name.lower() in _TIMES and (moment := aware_moment(said.get("content"))) is not None:
            return moment
    return None
