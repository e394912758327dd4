"""Inputs that are broken in all the ways in which files are, made from good ones of every reader.

Each is a name, bytes, and what was done to them. The same seed and number give the same input.
"""

from __future__ import annotations

import bz2
import csv
import gzip
import io
import json
import lzma
import random
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from tocsin.ingest.readers import READERS

_ARTICLES = [
    {
        "id": f"z{number}",
        "title": f"Envoys of Ruritania meet “{place}”",
        "text": f"{place.upper()} (Wire) — Envoys of Ruritania met the mayor of {place} on "
        f"Tuesday, officials said.\n\nThe {number + 3} envoys \"left\" the next day; 1,500 guards "
        f"stood at the bridge of Café Elphberg.\n\nA dozen people of {place} were hurt.",
        "date": f"2020-06-{16 + number}T10:15:00Z",
        "url": f"https://example.org/2020/06/{16 + number}/envoys-{number}",
        "outlet": "Zenda Courier",
        "author": "Fritz Tarlenheim",
    }
    for number, place in enumerate(("Zenda", "Strelsau", "Hofbau", "Tarlenheim"))
]  # fmt: skip
_MOST_REAL = 300_000  # bytes of a real file
_MOST_SIGNS = 150_000  # of one kind, each of which may be an item
_MOST_DOUBLED = 20_000  # bytes of what is put in fifty times


@dataclass(frozen=True, slots=True)
class Malformed:
    """One input: the name of its file, its bytes, and what it is."""

    name: str
    data: bytes
    kind: str


def good_inputs() -> dict[str, bytes]:
    """A good input for every ending of every reader, by its name."""
    made = {
        ".txt": _ARTICLES[0]["text"].encode(),
        ".md": _markdown(),
        ".html": _page(_ARTICLES[0]),
        ".jsonl": b"".join(json.dumps(one).encode() + b"\n" for one in _ARTICLES),
        ".json": json.dumps({"status": "ok", "articles": _ARTICLES}, ensure_ascii=False).encode(),
        ".csv": _table(","),
        ".tsv": _table("\t"),
        ".parquet": _parquet(),
        ".warc": b"".join(map(_record, _ARTICLES)),
        ".rss": _feed(),
        ".xml": _sitemap(),
    }
    list_of_them = {"list.json": json.dumps(_ARTICLES, indent=1).encode()}
    plain = {f"a{ending}": data for ending, data in made.items()} | list_of_them
    for reader in READERS:
        if not set(reader.endings) & set(made):
            raise LookupError(f"no good input for the reader of {reader.name}")
    return plain | {
        "a.txt.gz": gzip.compress(made[".txt"], mtime=0),
        "a.jsonl.bz2": bz2.compress(made[".jsonl"]),
        "a.csv.xz": lzma.compress(made[".csv"]),
        "a.warc.gz": b"".join(gzip.compress(_record(one), mtime=0) for one in _ARTICLES),
        "a.zip": zipped(plain.items()),
        "a.tar": _tarred(plain, "w"),
        "a.tar.gz": _tarred(plain, "w:gz"),
    }


def real_inputs(paths: Iterable[Path]) -> dict[str, bytes]:
    """The beginnings of real files, uncompressed, by their names."""
    found: dict[str, bytes] = {}
    for path in sorted(paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
                    found[file.name.removesuffix(".gz")] = stream.read(_MOST_REAL)
    return found


def malformed(seed: int, number: int, good: dict[str, bytes]) -> Malformed:
    """The input of this number."""
    rng = random.Random(f"{seed}:{number}")
    name = rng.choice(list(good))
    way = rng.random()
    if way < 0.08:
        return Malformed(name, rng.randbytes(rng.randrange(4000)), "random bytes")
    if way < 0.14:
        deep = rng.choice(list(_DEEP))
        ending = name if rng.random() < 0.3 else f"a{rng.choice(_DEEP[deep])}"
        return Malformed(ending, _deep(deep, rng), f"deep {deep[:12]!r}")
    data, kinds = good[name], []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        kind = rng.choice(list(_WAYS))
        data = _WAYS[kind](data, rng)
        kinds.append(kind)
    if way > 0.94:  # the packing is whole and what is in it is not
        data, name = gzip.compress(data, mtime=0), f"{name}.gz"
    return Malformed(name, data, " + ".join(kinds))


def zipped(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A ZIP archive of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _tarred(members: dict[str, bytes], mode: str) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode, format=tarfile.PAX_FORMAT) as archive:  # type: ignore[call-overload]
        for name, data in members.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            member.pax_headers = {"comment": "of Zenda"}
            archive.addfile(member, io.BytesIO(data))
    return out.getvalue()


def _markdown() -> bytes:
    one = _ARTICLES[1]
    return (
        f"---\ntitle: {one['title']}\ndate: 2020-06-16\nauthor: [A. Rassendyll, B. Hentzau]\n---\n"
        f"# {one['title']}\n\n> {one['text']}\n\n![The bridge](bridge.png) [more](m.html) *and* "
        "`code`\n\n- one\n- two\n\n```\nx = 1\n```\n<!-- end -->\n"
    ).encode()


def _page(one: dict[str, str]) -> bytes:
    body = "".join(f"<p>{part}</p>" for part in one["text"].split("\n\n"))
    said = json.dumps({"@type": "NewsArticle", "headline": one["title"],
                       "datePublished": one["date"]})  # fmt: skip
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{one["title"]}</title>'
        f'<meta property="article:published_time" content="{one["date"]}">'
        f'<script type="application/ld+json">{said}</script></head><body><nav><a href="/">Home</a>'
        f"</nav><article><h1>{one['title']}</h1>{body}</article></body></html>"
    ).encode()


def _feed() -> bytes:
    entries = "".join(
        f"<item><title>{one['title']}</title><link>{one['url']}</link><guid>{one['id']}</guid>"
        f"<pubDate>Tue, 16 Jun 2020 10:15:00 GMT</pubDate><author>{one['author']}</author>"
        f"<description><![CDATA[<p>{one['text']}</p>]]></description></item>"
        for one in _ARTICLES
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Zenda Courier</title><link>https://example.org/</link>{entries}</channel></rss>"
    ).encode()


def _sitemap() -> bytes:
    pages = "".join(
        f"<url><loc>{one['url']}</loc><lastmod>{one['date']}</lastmod></url>" for one in _ARTICLES
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{pages}</urlset>'
    ).encode()


def _record(one: dict[str, str]) -> bytes:
    page = _page(one)
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: "
        + str(len(page)).encode() + b"\r\n\r\n" + page
    )  # fmt: skip
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {one['url']}\r\n"
        "WARC-Date: 2020-06-16T10:15:00Z\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"Content-Type: application/http;msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _table(delimiter: str) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(_ARTICLES[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(_ARTICLES)
    return out.getvalue().encode()


def _parquet() -> bytes:
    import duckdb

    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as db:
        lines, whole = Path(folder, "a.jsonl"), Path(folder, "a.parquet")
        lines.write_text("".join(json.dumps(one) + "\n" for one in _ARTICLES))
        db.execute(f"COPY (SELECT * FROM read_json('{lines}')) TO '{whole}' (FORMAT parquet)")
        return whole.read_bytes()


def _at(data: bytes, rng: random.Random) -> tuple[int, int]:
    """A piece of the data, mostly small."""
    start = rng.randrange(len(data) + 1)
    most = rng.choice((1, 4, 40, 400, len(data)))
    return start, min(len(data), start + rng.randrange(most + 1))


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flipped(data: bytes, rng: random.Random) -> bytes:
    out = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, 200)) if out else 0):
        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
    return bytes(out)


def _doubled(data: bytes, rng: random.Random) -> bytes:
    start, end = _at(data, rng)
    times = rng.choice((1, 2, 50))
    return data[:end] + data[start:end] * (times if end - start < _MOST_DOUBLED else 1) + data[end:]


def _swapped(data: bytes, rng: random.Random) -> bytes:
    one, two, three, four = sorted(rng.randrange(len(data) + 1) for _ in range(4))
    return data[:one] + data[three:four] + data[two:three] + data[one:two] + data[four:]


def _deleted(data: bytes, rng: random.Random) -> bytes:
    start, end = _at(data, rng)
    return data[:start] + data[end:]


def _put(what: Iterable[bytes]) -> Callable[[bytes, random.Random], bytes]:
    choice = list(what)

    def put(data: bytes, rng: random.Random) -> bytes:
        for _ in range(rng.choice((1, 2, 10))):
            at = rng.randrange(len(data) + 1)
            data = data[:at] + rng.choice(choice) + data[at:]
        return data

    return put


def _numbers(data: bytes, rng: random.Random) -> bytes:
    """Numbers in the place of others."""
    new = rng.choice((b"9" * 400, b"1e999", b"-1", b"NaN", b"0" * 30, b"9" * 5000, b"-1e-999"))
    places = [at for at, byte in enumerate(data) if 48 <= byte <= 57]
    for at in sorted(rng.sample(places, min(len(places), rng.choice((1, 5)))), reverse=True):
        data = data[:at] + new + data[at + 1 :]
    return data


def _encoded(data: bytes, rng: random.Random) -> bytes:
    encoding = rng.choice(("utf-16", "utf-16-le", "utf-32", "shift_jis", "latin-1", "utf-7"))
    return data.decode("utf-8", "replace").encode(encoding, "replace")


_WAYS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "cut": _cut,
    "flipped": _flipped,
    "doubled": _doubled,
    "swapped": _swapped,
    "deleted": _deleted,
    "nulls": _put([b"\x00", b"\x00" * 100]),
    "quotes": _put([b'"', b'""', b"'", b'\\"', b'","', "“".encode(), b"\\u0022"]),
    "breaks": _put([b"\r", b"\n", b"\r\n", b"\x0c", b"\x1c", "\u2028".encode(), b"\x85", b"\x1a"]),
    "signs": _put([b"{", b"}", b"[", b"]", b"<", b">", b"<!--", b"---\n", b"&#x110000;", b",",
                   b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\\ud83d", b"\xf4\x90\x80\x80",
                   b"!!timestamp x", b"http://[", b"\x1f\x8b", b"PK\x03\x04"]),
    "numbers": _numbers,
    "encoded": _encoded,
}  # fmt: skip

# What goes deep or on and on, and in which files.
_DEEP: dict[str, tuple[str, ...]] = {
    "[": (".json", ".jsonl"),
    '{"text":': (".json", ".jsonl"),
    '{"text":"a","author":[': (".json", ".jsonl"),
    "<div>": (".html",),
    "<p><b><i><a href='/'>": (".html",),
    "<script": (".html",),
    "<meta a": (".html",),
    "&amp": (".html",),
    "<!--": (".md", ".html"),
    "![": (".md",),
    "[a](": (".md",),
    "# ": (".md",),
    "> - ": (".md",),
    "*a ": (".md", ".txt"),
    "- ": (".md", ".txt"),
    '"': (".csv", ".tsv"),
    '"\n': (".csv", ".tsv"),
    "a,": (".csv", ".txt"),
    "\n": (".csv", ".txt", ".md", ".jsonl"),
    "\x0c": (".txt", ".csv"),
    " ": (".txt", ".md", ".csv"),
    "June ": (".txt",),
    "a ": (".txt",),
    "word ": (".txt",),
    "a-": (".txt",),
    "http://a.": (".txt",),
    "WARC/1.0\r\n": (".warc",),
}
_HEADS = {".csv": "text,title\n", ".tsv": "text\ttitle\n", ".md": "---\n", ".jsonl": '{"text": '}


def _deep(sign: str, rng: random.Random) -> bytes:
    ending = rng.choice(_DEEP[sign])
    head = rng.choice(("", _HEADS.get(ending, ""), "Envoys met in Zenda.\n"))
    tail = rng.choice(("", "]", "}", ">", "\nEnvoys met in Zenda.\n", "x", "\n---\n"))
    size = rng.choice((100, 1000, 10_000, 90_000, 600_000))
    return (head + sign * min(size // len(sign), _MOST_SIGNS) + tail).encode()
