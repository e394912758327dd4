"""Feeds, RSS and Atom: entries with their whole text as articles, the others as links.

Only bytes are read, never an address: who may be asked for what is not decided here.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from tocsin.config import MAX_LIST_BYTES, MAX_LIST_ENTRIES
from tocsin.errors import InputError
from tocsin.ingest.decoding import check_text
from tocsin.ingest.items import Item
from tocsin.ingest.lists import (
    Listed,
    absolute,
    changed_at,
    described,
    language_code,
    moment_of,
    words_of,
)
from tocsin.model.document import Document

# From so many letters on, the content of an entry is an article and not its beginning: leads and
# summaries have some 100 to 600.
_WHOLE = 1_000
# How feeds end what they cut off.
_CUT = re.compile(
    r"(?:\[\s*(?:…|\.\.\.)\s*\]"
    r"|(?:continue reading|read (?:more|on|the (?:full|rest|whole))).{0,80})[\s.…→»>]*$",
    re.IGNORECASE,
)
_PARAGRAPHS = frozenset({
    "address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3",
    "h4", "h5", "h6", "hr", "html", "li", "main", "ol", "p", "pre", "section", "ul",
})  # fmt: skip
_LEFT_OUT = frozenset({
    "aside", "audio", "button", "figure", "form", "iframe", "nav", "noscript", "object",
    "picture", "script", "style", "svg", "table", "template", "video",
})  # fmt: skip


def feed_entries(data: bytes, *, path: str, url: str | None = None) -> Iterator[Item]:
    """Yield the entries of a feed, RSS 0.9x, 1, 2 or Atom; ``url`` is where the feed was found.

    An entry with its whole text is a Document, one with a summary a link (:class:`Listed`), one
    that cannot be used an InputError; ``line`` is its number from 1. Links are resolved against
    ``url``. Nothing is raised for what the bytes hold: data that are no feed are one InputError.
    """
    try:
        parsed = _parsed(data, path, url)
    except InputError as error:
        yield Item(path, None, error)
        return
    for number, entry in enumerate(parsed.entries, 1):
        if number > MAX_LIST_ENTRIES:
            problem = InputError(
                f"more than {MAX_LIST_ENTRIES:,} entries; the rest is passed over", path=path
            )
            yield Item(path, number, problem)
            return
        found: Document | Listed | InputError
        try:
            found = _found(entry, parsed, path, number, url)
        except InputError as error:
            found = error
        except Exception as error:  # any feed may break a parser of feeds: its entry is set aside
            what = f"the entry cannot be read ({type(error).__name__})"
            found = InputError(what, path=path, line=number)
        yield Item(path, number, found)


def _parsed(data: bytes, path: str, url: str | None) -> Any:
    if len(data) > MAX_LIST_BYTES:
        raise InputError(
            f"more than {MAX_LIST_BYTES / 1e6:g} MB is too large for one feed", path=path
        )
    import feedparser

    headers = {"content-location": url} if url else {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it warns of, it says in the result too
            parsed = feedparser.parse(io.BytesIO(data), response_headers=headers)
    except Exception as error:  # any feed may break a parser of feeds
        raise InputError(f"cannot be read as a feed ({type(error).__name__})", path=path) from error
    if not parsed.get("version") and not parsed.entries:
        raise InputError(f"is no feed (RSS or Atom) but {described(data)}", path=path)
    return parsed


def _found(entry: Any, parsed: Any, path: str, number: int, url: str | None) -> Document | Listed:
    feed = parsed.feed
    link = entry.get("feedburner_origlink") or entry.get("link")
    if not link:
        raise InputError("the entry has no address", path=path, line=number)
    address = absolute(str(link), url, path=path, line=number)
    title = words_of(entry.get("title"))
    outlet = words_of((entry.get("source") or {}).get("title")) or words_of(feed.get("title"))
    day, moment = _published(entry, parsed.get("version", ""))
    text = _whole_text(entry)
    if text is None:
        return Listed(
            url=address,
            title=title,
            outlet=outlet,
            published=day,
            moment=moment,
            language=language_code(feed.get("language")),
            changed=changed_at(entry["updated"]) if "updated" in entry else None,
        )
    return Document.of(
        check_text(text, path=path, line=number),
        title=title,
        outlet=outlet,
        url=address,
        published=day,
        moment=moment,
        author=_author(entry),
    )


def _published(entry: Any, version: str) -> tuple[date | None, datetime | None]:
    """The day and moment of publication.

    Atom's ``updated`` is none: it may lie weeks after it. RSS 1.0 knows one date only.
    """
    names = ("published", "created") + (("updated",) if version in ("rss10", "rss090") else ())
    for name in names:
        if name in entry:
            day, moment = moment_of(entry[name])
            if day is not None:
                return day, moment
    return None, None


def _author(entry: Any) -> str | None:
    named = words_of((entry.get("author_detail") or {}).get("name"))
    author = named or words_of(entry.get("author"))
    return None if author is None or "@" in author else author


def _whole_text(entry: Any) -> str | None:
    """The text of an entry that holds the whole article; None where it holds a part or nothing."""
    for content in entry.get("content") or ():
        value = str(content.get("value") or "")
        if len(value) < _WHOLE:
            continue
        text = value if content.get("type") == "text/plain" else text_of(value)
        if sum(map(str.isalpha, text)) >= _WHOLE and not _CUT.search(text[-200:]):
            return text
    return None


def text_of(markup: str) -> str:
    """The paragraphs of a piece of HTML, a blank line between two."""
    from lxml import etree, html

    try:
        # characters that XML does not know would end the parse
        root = html.fromstring(f"<div>{words_kept(markup)}</div>")
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    pieces: list[str] = []
    hidden = 0
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        if event in ("comment", "pi"):
            pieces.append("" if hidden else node.tail or "")
            continue
        hidden += (tag in _LEFT_OUT) * (1 if event == "start" else -1)
        if tag in _PARAGRAPHS:
            pieces.append("\0")
        said = node.text if event == "start" else node.tail
        if said and not hidden and not (event == "end" and node is root):
            pieces.append(said)
    paragraphs = (" ".join(piece.split()) for piece in "".join(pieces).split("\0"))
    return "\n\n".join(filter(None, paragraphs))


_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def words_kept(markup: str) -> str:
    """``markup`` without the characters that no XML may hold."""
    return _NO_XML.sub(" ", markup)
