"""Sitemaps: the addresses of a site's pages, or of its further sitemaps.

XML is read as a stream: nothing is resolved, fetched or expanded, and what is broken is read as far
as it goes.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from tocsin.config import MAX_ADDRESS_CHARACTERS, MAX_LIST_BYTES, MAX_LIST_ENTRIES
from tocsin.errors import InputError
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

_NEWS = "sitemap-news"  # in the name space of Google's extension, of every version


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitemap:
    """The address of a further sitemap, and when it last changed where the index says so."""

    url: str
    changed: datetime | None = None


def sitemap_entries(data: bytes, *, path: str, url: str | None = None) -> Iterator[Item | Sitemap]:
    """Yield the links of a sitemap (XML, or text with one address a line), or the sitemaps of an
    index; ``url`` is where it was found.

    A link's day of publication is what the news extension says; ``lastmod`` only tells of changes.
    What cannot be used is an InputError in its Item, ``line`` the entry's number from 1. Nothing
    is raised for what the bytes hold.
    """
    try:
        if len(data) > MAX_LIST_BYTES:
            raise InputError(
                f"more than {MAX_LIST_BYTES / 1e6:g} MB is too large for one sitemap", path=path
            )
        head = data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
        found = _of_xml if head.startswith(b"<") else _of_text
        yield from _bounded(found(data, path, url), path)
    except InputError as error:
        yield Item(path, None, error)


def _bounded(entries: Iterator[Item | Sitemap], path: str) -> Iterator[Item | Sitemap]:
    for number, entry in enumerate(entries, 1):
        if number > MAX_LIST_ENTRIES:
            raise InputError(
                f"more than {MAX_LIST_ENTRIES:,} addresses; the rest is passed over", path=path
            )
        yield entry


def _of_text(data: bytes, path: str, url: str | None) -> Iterator[Item | Sitemap]:
    found = 0
    for number, line in enumerate(io.BytesIO(data), 1):
        try:
            address = line.removeprefix(b"\xef\xbb\xbf").decode("utf-8").strip()
            if not address or address.startswith("#"):
                continue
            if not found and "://" not in address:
                raise InputError(f"is no sitemap but {described(data)}", path=path)
        except UnicodeDecodeError:
            if not found:
                raise InputError(f"is no sitemap but {described(data)}", path=path) from None
            yield Item(path, number, InputError("is not UTF-8", path=path, line=number))
            continue
        found += 1
        try:
            yield Item(path, number, Listed(url=absolute(address, None, path=path, line=number)))
        except InputError as error:
            yield Item(path, number, error)
    if not found:
        raise InputError("is an empty sitemap", path=path)


def _of_xml(data: bytes, path: str, url: str | None) -> Iterator[Item | Sitemap]:
    from lxml import etree

    number = 0
    root: str | None = None
    try:
        for event, node in etree.iterparse(
            io.BytesIO(data),
            events=("start", "end"),
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            recover=True,
            remove_comments=True,
            remove_pis=True,
        ):
            name = _name(node)
            if event == "start":
                if root is None:
                    root = name
                    if name not in ("urlset", "sitemapindex"):
                        raise InputError(f"is no sitemap but {described(data)}", path=path)
            elif name in ("url", "sitemap") and _is_entry(node):
                number += 1
                try:
                    yield _entry(node, name, path, number, url)
                except InputError as error:
                    yield Item(path, number, error)
                except Exception as error:  # broken XML that libxml2 lets pass: half characters
                    what = f"the entry cannot be read ({type(error).__name__})"
                    yield Item(path, number, InputError(what, path=path, line=number))
                _forget(node)
    except etree.LxmlError as error:
        what = str(error).partition(", line")[0][:120]
        raise InputError(
            f"the XML is broken ({what}); {number:,} entries before it were read", path=path
        ) from error
    if root is None:
        raise InputError(f"is no sitemap but {described(data)}", path=path)


def _name(node: Any) -> str:
    try:
        return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""
    except UnicodeDecodeError:  # half a character, which libxml2 lets pass in broken XML
        return ""


def _is_entry(node: Any) -> bool:
    parent = node.getparent()
    return parent is not None and parent.getparent() is None


def _forget(node: Any) -> None:
    """Let go of what was read: a sitemap of 50 MB need not stand in memory as a tree."""
    node.clear()
    while node.getprevious() is not None:
        del node.getparent()[0]


def _entry(node: Any, name: str, path: str, number: int, url: str | None) -> Item | Sitemap:
    said: dict[str, str] = {}
    news: dict[str, str] = {}
    for child in node:
        space = str(child.tag).rpartition("}")[0] if isinstance(child.tag, str) else ""
        if _NEWS in space or _name(child) == "news":
            for inner in child.iter("*"):
                news.setdefault(_name(inner), _text(inner))
        elif _name(child) in ("loc", "lastmod"):
            said.setdefault(_name(child), _text(child))
    if not said.get("loc"):
        raise InputError("the entry has no address (loc)", path=path, line=number)
    address = absolute(said["loc"], url, path=path, line=number)
    changed = changed_at(said.get("lastmod"))
    if name == "sitemap":
        return Sitemap(url=address, changed=changed)
    day: date | None
    day, moment = moment_of(news.get("publication_date"))
    link = Listed(
        url=address,
        title=words_of(news.get("title")),
        outlet=words_of(news.get("name")),
        published=day,
        moment=moment,
        language=language_code(news.get("language")),
        changed=changed,
    )
    return Item(path, number, link)


def _text(node: Any) -> str:
    """The text of an element, no longer than an address or a title may be."""
    return "".join(node.itertext(with_tail=False)).strip()[: 4 * MAX_ADDRESS_CHARACTERS]
