"""A good file of every form, made of the same invented articles, and how tests read one."""

from __future__ import annotations

import csv
import html
import io
import json
import tarfile
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import duckdb

from tocsin.errors import InputError
from tocsin.ingest.columns import Columns
from tocsin.ingest.items import Item, Link
from tocsin.ingest.reading import read_items
from tocsin.model.document import Document

ARTICLES: tuple[dict[str, str], ...] = tuple(
    {
        "title": f"Envoys of Ruritania meet in {place}",
        "text": f"Envoys of Ruritania met the mayor of {place} on Tuesday.\n\n"
        f'They said: "We leave {place} on Friday."',
        "date": f"2020-06-{day}T10:15:00+00:00",
        "url": f"https://example.org/{place.lower()}",
        "outlet": "Zenda Courier",
    }
    for place, day in (("Zenda", 16), ("Strelsau", 17), ("Hofbau", 18))
)
PLACES = ("Zenda", "Strelsau", "Hofbau")


def sample(reader: str, ending: str, folder: Path) -> tuple[bytes, int]:
    """A good file for a reader, by its name, and how many articles it holds."""
    first = ARTICLES[0]
    if reader == "plain text":
        return first["text"].encode(), 1
    if reader == "Markdown":
        front = f"---\ntitle: {first['title']}\ndate: 2020-06-16\n---\n"
        return f"{front}# {first['title']}\n\n{first['text']}\n".encode(), 1
    if reader == "saved page":
        return page(first), 1
    if reader == "JSON lines":
        return b"".join(json.dumps(one).encode() + b"\n" for one in ARTICLES), len(ARTICLES)
    if reader == "JSON":
        return json.dumps(list(ARTICLES)).encode(), len(ARTICLES)
    if reader == "table":
        return table("," if ending == ".csv" else "\t"), len(ARTICLES)
    if reader == "Parquet":
        return parquet(folder, *ARTICLES), len(ARTICLES)
    if reader == "web archive":
        return b"".join(record(one["url"], page(one)) for one in ARTICLES), len(ARTICLES)
    if reader == "feed or sitemap":
        return feed(ATOM if ending == ".atom" else RSS), len(ARTICLES)
    raise LookupError(f"give the reader of {reader} a good file here")


def page(article: Mapping[str, str]) -> bytes:
    body = "".join(f"<p>{part}</p>" for part in article["text"].split("\n\n"))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        f"<title>{article['title']}</title></head>"
        f"<body><article><h1>{article['title']}</h1>{body}</article></body></html>"
    ).encode()


RSS = (
    '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
    "<title>Zenda Courier</title>{}</channel></rss>",
    "<item><title>{title}</title><link>{url}</link><content:encoded>{text}</content:encoded></item>",
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>Zenda Courier</title>{}</feed>',
    '<entry><title>{title}</title><link href="{url}"/>'
    '<content type="html">{text}</content></entry>',
)
_MORE = "They spoke for hours of the bridge, the mill and the tower, and left no word of it."


def feed(form: tuple[str, str]) -> bytes:
    """A feed with the articles in it, each long enough to be whole."""
    whole, entry = form
    entries = [
        entry.format(**one | {"text": html.escape(f"<p>{one['text']}</p><p>{_MORE * 20}</p>")})
        for one in ARTICLES
    ]
    return whole.format("".join(entries)).encode()


def record(url: str, body: bytes, *, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """A response record of a web archive."""
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2020-06-16T10:15:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def table(delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(ARTICLES[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(ARTICLES)
    return out.getvalue().encode()


def parquet(folder: Path, *rows: Mapping[str, object], select: str = "*") -> bytes:
    """A Parquet file of these rows; ``select`` makes its columns of theirs."""
    lines, whole = folder / "rows.ndjson.tmp", folder / "whole.parquet.tmp"
    lines.write_text("".join(json.dumps(row) + "\n" for row in rows))
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in rows[0])
    with duckdb.connect() as db:
        db.execute(
            f"COPY (SELECT {select} FROM read_json('{lines}', format = 'newline_delimited', "
            f"columns = {{{columns}}})) TO '{whole}' (FORMAT parquet)"
        )
    data = whole.read_bytes()
    lines.unlink()
    whole.unlink()
    return data


def zipped(members: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


class Found:
    """What reading a path gives, by kind."""

    def __init__(
        self, path: Path, *, columns: Columns | None = None, passed: Counter[str] | None = None
    ) -> None:
        self.items: list[Item] = list(read_items([path], columns=columns, passed=passed))
        found = [item.found for item in self.items]
        self.documents = [one for one in found if isinstance(one, Document)]
        self.links = [one for one in found if isinstance(one, Link)]
        self.problems = [one for one in found if isinstance(one, InputError)]
        self.texts = [one.text for one in self.documents]
        self.reasons = [one.message for one in self.problems]


def found_in(
    folder: Path, name: str, data: bytes | str, *, columns: Columns | None = None
) -> Found:
    """What reading a file with these bytes gives."""
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return Found(path, columns=columns)
