"""A small archive of made-up articles: files of several forms, copies, lines that an outlet
repeats, and what cannot be coded."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from tests.ingest.readers.samples import ARTICLES, page, record
from tests.linking.stories import text

BOX = "Our house by the old bridge of Zenda stands open every morning."
UNFIT, STORY = text(80, 1), text(80, 2)

LINES: list[Any] = [
    {"id": "a", "text": "Ruritania razed the bridge.", "title": "Žďár – “한국” 🏰"},
    {"id": "b", "text": "NOTHING"},
    {"id": "c", "text": f"UNFIT {UNFIT}", "outlet": "Courier"},
    {"id": "d", "text": f"FAULT {UNFIT}"},
    {"body": "no article"},
    {"id": "f", "text": "Graustark fell today.", "date": "2020-06-16"},
    {"id": "g", "text": STORY, "date": "2020-06-16", "url": "https://example.org/g"},
]
MORE: list[Any] = [
    {"id": "h", "text": STORY.upper(), "title": "again"},
    {"id": "i", "text": UNFIT, "date": "2020-06-17"},
    {"id": "j", "text": f"{UNFIT} Later."},
    # the id of another article
    {"id": "a", "text": "Strelsau burnt the mill.", "date": "2020-06-17"},
    {"id": "k", "text": text(90, 9), "url": "https://example.org/g", "date": "2020-06-18"},
    *(
        {
            "id": f"box{n}", "outlet": "Courier", "date": f"2020-06-{16 + n % 3}",
            "text": f"{BOX}\n\n{text(60, 20 + n)}",
        }
        for n in range(5)
    ),
]  # fmt: skip


def archive(folder: Path) -> list[str]:
    """Write the archive, and return the paths of it."""
    import duckdb

    inner = folder / "in"
    inner.mkdir(parents=True)
    (inner / "a.jsonl").write_text("".join(json.dumps(one) + "\n" for one in LINES))
    (inner / "b.jsonl.gz").write_bytes(
        gzip.compress("".join(json.dumps(one) + "\n" for one in MORE).encode())
    )
    (inner / "bad.txt").write_bytes(b"\x00")
    (inner / "photo.jpg").write_bytes(b"")
    with duckdb.connect() as db:
        db.execute(
            "COPY (SELECT 'p' || n AS id, 'Hofbau fell ' || repeat('again ', n) AS text, "
            "DATE '2020-06-20' AS date FROM range(3) t(n)) TO '"
            f"{inner / 'c.parquet'}' (FORMAT parquet)"
        )
    (folder / "pages.warc").write_bytes(b"".join(record(one["url"], page(one)) for one in ARTICLES))
    (folder / "d.txt").write_text("Tarlenheim fell.")
    return [str(inner), str(folder / "pages.warc"), f"file://{folder / 'd.txt'}", "no-such.jsonl"]
