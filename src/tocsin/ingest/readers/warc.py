"""Web archives (WARC), such as those of Common Crawl News: a response is a page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from tocsin.config import MAX_PAGE_BYTES
from tocsin.errors import InputError
from tocsin.ingest.items import Item
from tocsin.ingest.pages import page_document
from tocsin.ingest.readers.contract import Reader, Reading, problem
from tocsin.ingest.sources import Source

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_OK = 200


def _read(source: Source, reading: Reading) -> Iterator[Item]:
    """The pages that were answered with 200; other records are counted as passed over."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    number = 0
    try:
        for record in ArchiveIterator(
            cast(BinaryIO, source.stream),
            record_types=WarcRecordType.response,
            parse_http=True,
        ):
            number += 1
            kind = _kind(record)
            if kind is not None:
                reading.passed[kind] += 1
                continue
            yield _page(record, source.path, number)
    except (ValueError, OSError, UnicodeDecodeError) as error:
        before = f"; {number} records before it were read" if number else ""
        yield problem(source.path, f"the web archive is damaged here ({error}){before}", number + 1)
        return
    if not number:
        yield problem(source.path, "holds no response of a web server, or is no web archive")


def _kind(record: WarcRecord) -> str | None:
    """What a record is that is no page; None for a page."""
    content = (record.http_content_type or "").lower()
    if content and content not in _PAGE_TYPES:
        return f"{content} in a web archive"
    headers: Any = record.http_headers
    status = headers.status_code if headers is not None else None
    return None if status in (_OK, None) else f"answer {status} in a web archive"


def _page(record: WarcRecord, path: str, number: int) -> Item:
    url = record.headers.get("WARC-Target-URI")
    try:
        data = record.reader.read(MAX_PAGE_BYTES + 1)
        if len(data) <= MAX_PAGE_BYTES:
            data = _decoded(record, data)
        said = f"charset={record.http_charset}" if record.http_charset else ""
        return Item(path, number, page_document(data, path, url=url, content_type=said))
    except InputError as error:
        at = f" ({url})" if url else ""
        return problem(path, f"{error.message}{at}", number)
    except (ValueError, OSError) as error:
        return problem(path, f"cannot be decoded: {error}", number)


def _decoded(record: WarcRecord, data: bytes) -> bytes:
    """The bytes of a page that was sent compressed or in chunks; as they are where it was not.

    They are decoded apart: in the archive itself, one page that is not what it says would end all.
    """
    from fastwarc.warc import ArchiveIterator

    headers: Any = record.http_headers
    sent = [
        f"{name}: {value}\r\n"
        for name in ("Content-Encoding", "Transfer-Encoding")
        if headers is not None and (value := headers.get(name))
    ]
    if not sent:
        return data
    answer = f"HTTP/1.1 200 OK\r\n{''.join(sent)}\r\n".encode("latin-1", "replace") + data
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    alone = io.BytesIO(head.encode() + answer + b"\r\n\r\n")
    try:
        for one in ArchiveIterator(alone, parse_http=True, auto_decode="all"):
            return one.reader.read(MAX_PAGE_BYTES + 1)
    except (ValueError, OSError):
        pass
    return data


WARC = Reader("web archive", (".warc",), _read)
