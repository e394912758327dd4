"""Lines that an outlet puts into many articles: its notices, boxes and promotions.

What stands word for word in a good share of an outlet's articles, copies not counted, is no news of
any of them. Which lines do is learned from the articles themselves; short lines (bylines,
datelines, headings) are left alone, for no event is read out of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import TypeAlias
from urllib.parse import urlsplit

from tocsin.ingest.cleaning import plain_text
from tocsin.ingest.wrapping import paragraphs
from tocsin.model.document import Document

# Of 2,980 articles of 200 outlets, all lines of five words or more that stand in four articles of
# an outlet and in 2 % of them are notices, boxes and credits; below, an agency's formulas ("The
# national anthem was played.") and paragraphs of background begin.
_WORDS = 5
_ARTICLES = 4
_SHARE = 0.02
# In a large archive a box of one section is rarer than that. At the edge of an article formulas
# are rare.
_MANY = 20
_EDGE_SHARE = 0.9
_HEAD_LINES, _TAIL_LINES = 2, 3
# Above so many lines, those seen once are forgotten: some 200 MB.
_REMEMBERED = 2_000_000
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of an article as they are counted: ``outlet``, and of each (start, end, key), with
    no key for short ones."""

    outlet: str | None
    spans: tuple[tuple[int, int, bytes | None], ...] = ()


def lines_of(document: Document) -> Lines:
    """The lines of an article; none where nobody knows whose they are."""
    outlet = outlet_of(document)
    return Lines(outlet, tuple(_lines(document.text)) if outlet is not None else ())


#: In how many articles a line stands, and in how many of these at an edge.
_Count: TypeAlias = tuple[int, int]


@dataclass(slots=True)
class RepeatedLines:
    """Counts the lines of each outlet's articles, and says which of an article are its outlet's."""

    _articles: dict[str, int] = field(default_factory=dict)
    _lines: dict[str, dict[bytes, _Count]] = field(default_factory=dict)
    _remembered: int = 0
    # Of millions of lines the counts are few, and each is in memory once.
    _counts: dict[_Count, _Count] = field(default_factory=dict)

    def see(self, document: Document, lines: Lines | None = None) -> None:
        """Count the ``lines`` of an article; not to be called for copies."""
        found = lines if lines is not None else lines_of(document)
        outlet = found.outlet
        if outlet is None:
            return
        self._articles[outlet] = self._articles.get(outlet, 0) + 1
        counts = self._lines.setdefault(outlet, {})
        before = len(counts)
        seen: set[bytes] = set()
        tail = len(found.spans) - _TAIL_LINES
        for number, (_, _, key) in enumerate(found.spans):
            if key is None or key in seen:
                continue
            seen.add(key)
            articles, edges = counts.get(key, (0, 0))
            count = (articles + 1, edges + (number < _HEAD_LINES or number >= tail))
            counts[key] = self._counts.setdefault(count, count)
        self._remembered += len(counts) - before
        if self._remembered > _REMEMBERED:
            self._forget()

    def _forget(self) -> None:
        """Forget all lines that were seen once."""
        for outlet, counts in self._lines.items():
            self._lines[outlet] = {key: one for key, one in counts.items() if one[0] > 1}
        self._remembered = sum(map(len, self._lines.values()))

    def marked(self, document: Document, lines: Lines | None = None) -> Document:
        """The document with those of its ``lines`` left out that are its outlet's."""
        outlet = outlet_of(document)
        if outlet is None or self._articles.get(outlet, 0) < _ARTICLES:
            return document
        found = lines if lines is not None else lines_of(document)
        spans = [
            (start, end)
            for start, end, key in found.spans
            if key is not None and self._is_litter(outlet, key)
        ]
        if not spans:
            return document
        return replace(document, left_out=tuple(sorted({*document.left_out, *spans})))

    def _is_litter(self, outlet: str, key: bytes) -> bool:
        articles, edges = self._lines.get(outlet, {}).get(key, (0, 0))
        if articles < _ARTICLES:
            return False
        if articles >= _SHARE * self._articles[outlet]:
            return True
        return articles >= _MANY and edges >= _EDGE_SHARE * articles


def outlet_of(document: Document) -> str | None:
    """The outlet, or the host of the address where none is named."""
    if document.outlet or not document.url:
        return document.outlet
    try:
        return urlsplit(document.url).hostname
    except ValueError:  # no address at all, such as http://[
        return None


def _lines(text: str) -> Iterator[tuple[int, int, bytes | None]]:
    """The paragraphs of a text as (start, end, key); no key for short ones."""
    plain = plain_text(text)
    for start, end in paragraphs(plain):
        words = _WORD.findall(plain[start:end].lower())
        key = blake2b(" ".join(words).encode(), digest_size=8).digest()
        yield start, end, key if len(words) >= _WORDS else None
