"""What is named on the command line, as sources: addresses, saved lists, files of addresses."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterable, Iterator

from tocsin.config import MAX_LIST_BYTES, MAX_LIST_ENTRIES
from tocsin.errors import InputError
from tocsin.ingest.decoding import decode
from tocsin.ingest.feeds import feed_entries
from tocsin.ingest.fetch.bodies import gunzipped
from tocsin.ingest.items import Item
from tocsin.ingest.kinds import kind_of
from tocsin.ingest.readers import JSON, JSON_LINES, PARQUET, TABLES
from tocsin.ingest.reading import read_items, reader_of
from tocsin.ingest.sitemaps import Sitemap, sitemap_entries
from tocsin.ingest.sources import plain_name
from tocsin.model.document import Document

_TABLES = (JSON_LINES, JSON, TABLES, PARQUET)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")  # two letters at least: C: is a disk


def sources_of(names: Iterable[str]) -> Iterator[str | Item]:
    """Yield the sources that are named: addresses as they are; of a saved feed or sitemap its
    entries; of a table, JSON or JSON lines the addresses of articles whose text is not there; of a
    text file the addresses in it, one a line, ``#`` before what is none.

    A file that cannot be used is an Item with what is wrong.
    """
    for name in names:
        if _ADDRESS.match(name) and not os.path.exists(name):
            yield name
            continue
        if _is_table(name):
            yield from _listed(name)
            continue
        try:
            yield from _of_file(name)
        except InputError as error:
            yield Item(name, error.line, error)
        except OSError as error:
            problem = InputError(f"cannot be read: {error.strerror or error}", path=name)
            yield Item(name, None, problem)


def _is_table(path: str) -> bool:
    reader = reader_of(plain_name(path))
    return os.path.isfile(path) and reader is not None and reader in _TABLES


def _listed(path: str) -> Iterator[Item]:
    """The addresses of a list of articles, such as GDELT's or Media Cloud's."""
    for item in read_items([path]):
        if isinstance(item.found, Document):
            message = "has its text already; read it with: tocsin code"
            yield Item(item.path, item.line, InputError(message, path=item.path, line=item.line))
        else:
            yield item


def _of_file(path: str) -> Iterator[str | Item]:
    with open(path, "rb") as file:
        data = gunzipped(file.read(MAX_LIST_BYTES + 1), MAX_LIST_BYTES)
    if len(data) > MAX_LIST_BYTES:
        raise InputError(f"more than {MAX_LIST_BYTES / 1e6:g} MB is too large", path=path)
    kind = kind_of(data)
    if kind == "page":
        raise InputError("is a saved page; read it with: tocsin code", path=path)
    if kind == "feed":
        yield from feed_entries(data, path=path)
    elif kind == "sitemap" and data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        for entry in sitemap_entries(data, path=path):
            yield entry.url if isinstance(entry, Sitemap) else entry
    else:
        yield from _addresses(decode(data, path=path), path)


def _addresses(text: str, path: str) -> Iterator[str | Item]:
    found = 0
    for number, line in enumerate(io.StringIO(text), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        if not _ADDRESS.match(words):
            message = f"{words[:80]!r} is no address; each line holds one, such as https://..."
            yield Item(path, number, InputError(message, path=path, line=number))
            if not found:  # the file is something else altogether
                return
            continue
        found += 1
        if found > MAX_LIST_ENTRIES:
            message = f"more than {MAX_LIST_ENTRIES:,} addresses; the rest is passed over"
            raise InputError(message, path=path, line=number)
        yield words
    if not found:
        raise InputError("holds no address", path=path)
