"""Saved feeds and sitemaps: an entry is an article, or the address of one."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.config import MAX_LIST_BYTES
from tocsin.ingest.feeds import feed_entries
from tocsin.ingest.items import Item, Link
from tocsin.ingest.kinds import kind_of
from tocsin.ingest.readers.contract import Reader, Reading, problem, read_at_most
from tocsin.ingest.sitemaps import Sitemap, sitemap_entries
from tocsin.ingest.sources import Source


def _read(source: Source, reading: Reading) -> Iterator[Item]:
    data = read_at_most(source.stream, MAX_LIST_BYTES)
    if len(data) > MAX_LIST_BYTES:
        yield problem(source.path, f"more than {MAX_LIST_BYTES / 1e6:g} MB is too large")
    elif kind_of(data) == "sitemap":
        for number, entry in enumerate(sitemap_entries(data, path=source.path), 1):
            if isinstance(entry, Sitemap):
                yield Item(source.path, number, Link(url=entry.url))
            else:
                yield entry
    else:
        yield from feed_entries(data, path=source.path)


FEEDS = Reader("feed or sitemap", (".rss", ".atom", ".rdf", ".xml"), _read)
