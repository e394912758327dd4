"""One reader for each form in which articles come, and the list of all of them.

A reader takes a source, a stream of bytes with a name, and gives its items one after the other. It
never raises for what is in the bytes: what it cannot use is an item too, with the reason.
"""

from __future__ import annotations

from tocsin.ingest.readers.contract import Reader
from tocsin.ingest.readers.feed_files import FEEDS
from tocsin.ingest.readers.json_files import JSON, JSON_LINES
from tocsin.ingest.readers.markdown import MARKDOWN
from tocsin.ingest.readers.page_files import PAGES
from tocsin.ingest.readers.parquet import PARQUET
from tocsin.ingest.readers.tables import TABLES
from tocsin.ingest.readers.text import TEXT
from tocsin.ingest.readers.warc import WARC

#: In the order in which they are named to the user.
READERS: tuple[Reader, ...] = (
    TEXT,
    MARKDOWN,
    PAGES,
    JSON_LINES,
    JSON,
    TABLES,
    PARQUET,
    FEEDS,
    WARC,
)

__all__ = ["JSON", "JSON_LINES", "PARQUET", "READERS", "TABLES", "Reader"]
