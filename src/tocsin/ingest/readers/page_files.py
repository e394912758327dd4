"""Saved web pages: a file is a page."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.config import MAX_PAGE_BYTES
from tocsin.ingest.items import Item
from tocsin.ingest.pages import page_document
from tocsin.ingest.readers.contract import Reader, Reading, read_at_most
from tocsin.ingest.sources import Source


def _read(source: Source, reading: Reading) -> Iterator[Item]:
    data = read_at_most(source.stream, MAX_PAGE_BYTES)
    yield Item(source.path, None, page_document(data, source.path))


PAGES = Reader("saved page", (".html", ".htm", ".xhtml"), _read)
