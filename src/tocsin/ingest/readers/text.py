"""Plain text: a file is an article."""

from __future__ import annotations

from collections.abc import Iterator

from tocsin.config import MAX_TEXT_BYTES
from tocsin.ingest.decoding import check_text, decode, too_large
from tocsin.ingest.items import Item
from tocsin.ingest.readers.contract import Reader, Reading, read_at_most
from tocsin.ingest.sources import Source
from tocsin.model.document import Document


def article_text(source: Source) -> str:
    """The text of a source that is one article; InputError where it is none."""
    data = read_at_most(source.stream, MAX_TEXT_BYTES)
    if len(data) > MAX_TEXT_BYTES:
        raise too_large(path=source.path)
    return check_text(decode(data, path=source.path), path=source.path)


def _read(source: Source, reading: Reading) -> Iterator[Item]:
    yield Item(source.path, None, Document.of(article_text(source)))


TEXT = Reader("plain text", (".txt",), _read)
