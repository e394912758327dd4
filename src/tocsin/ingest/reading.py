"""Reading articles: text files, JSON lines, folders, standard input.

One bad article, line or file never stops a run: it is handed to ``on_problem`` and set aside.
"""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from tocsin.config import MAX_LINE_BYTES, MAX_PAGE_BYTES, MAX_TEXT_BYTES
from tocsin.errors import InputError
from tocsin.ingest.decoding import check_text, decode, too_large
from tocsin.ingest.pages import page_document
from tocsin.ingest.tongue import language_of
from tocsin.model.document import Document

PAGES = (".html", ".htm", ".html.gz", ".htm.gz")
ENDINGS = (".txt", ".jsonl", ".jsonl.gz", *PAGES)
STDIN = "-"
FIELDS = ("id", "text", "title", "date", "url", "outlet", "author")


class ByteStream(Protocol):
    """What is read from: a binary file, a decompressing one, standard input."""

    def readline(self, size: int, /) -> bytes:
        """The next line with its break, or ``size`` bytes of it; empty at the end."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer only at the end."""


OnProblem = Callable[[InputError], None]
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}(?::?\d{2})?(?::?\d{2})?\S*)?")


def read_documents(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    on_problem: OnProblem,
    stdin: ByteStream | None = None,
) -> Iterator[Document]:
    """Yield the documents of files, folders and ``-`` (standard input), in order.

    A .txt file is one article, an .html file a saved page with one. A .jsonl or .jsonl.gz file
    holds one article a line, an object with ``text`` and, where known, ``id``, ``title``, ``date``
    (ISO 8601), ``url``, ``outlet``, ``author``;
    other keys are passed over. A folder is searched through, in sorted order. Standard input
    (``stdin``, by default the process's own) is JSON lines where it begins with ``{``, else one
    article. ``published`` is the publication date of articles that carry none.

    Whatever cannot be used, and articles in other languages than English, goes to ``on_problem``
    as an InputError with its path and line.
    """
    for path in paths:
        for document in _read_path(str(path), on_problem, stdin):
            language = language_of(document.text)
            if language not in ("en", None):
                message = (
                    f"the article {document.id} is in the language {language!r}, not in English"
                )
                on_problem(InputError(message, path=str(path)))
                continue
            if published is not None and document.published is None:
                document = replace(document, published=published)
            yield document


def _read_path(path: str, on_problem: OnProblem, stdin: ByteStream | None) -> Iterator[Document]:
    if path == STDIN:
        yield from _read_stdin(stdin or sys.stdin.buffer, on_problem)
    elif os.path.isdir(path):
        found = 0
        for file in _files_under(path, on_problem):
            found += 1
            yield from _read_file(file, on_problem)
        if not found:
            on_problem(InputError(f"no {_any_of(ENDINGS)} file in this folder", path=path))
    elif not path.lower().endswith(ENDINGS):
        missing = "" if os.path.exists(path) else "there is no such file, and "
        on_problem(
            InputError(f"{missing}only {_any_of(ENDINGS)} files and folders are read", path=path)
        )
    else:
        yield from _read_file(path, on_problem)


def _any_of(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _files_under(folder: str, on_problem: OnProblem) -> Iterator[str]:
    """The files to read in a folder and below, sorted; hidden ones are passed over."""

    def unreadable(error: OSError) -> None:
        on_problem(_os_problem(error, error.filename or folder))

    for at, folders, files in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(ENDINGS) and not name.startswith("."):
                yield os.path.join(at, name)


def _read_file(path: str, on_problem: OnProblem) -> Iterator[Document]:
    name = path.lower()
    try:
        if not os.path.exists(path):
            raise InputError("there is no such file", path=path)
        if not os.path.isfile(path):
            raise InputError("is no plain file", path=path)
        if name.endswith(".txt"):
            if (size := os.path.getsize(path)) > MAX_TEXT_BYTES:
                raise too_large(size, path=path)
            yield _text_document(Path(path).read_bytes(), path)
        elif name.endswith(PAGES):
            yield page_document(_page(path), path)
        elif name.endswith(".gz"):
            with gzip.open(path, "rb") as lines:
                yield from _json_lines(lines, path, on_problem)
        else:
            with open(path, "rb") as lines:
                yield from _json_lines(lines, path, on_problem)
    except InputError as error:
        on_problem(error)
    except OSError as error:
        on_problem(_os_problem(error, path))


def _page(path: str) -> bytes:
    """The bytes of a page, no more than one over what is allowed, compressed or not."""
    try:
        with gzip.open(path, "rb") if path.lower().endswith(".gz") else open(path, "rb") as file:
            return file.read(MAX_PAGE_BYTES + 1)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(
            f"the compressed file is damaged or cut off ({error})", path=path
        ) from error


def _os_problem(error: OSError, path: str) -> InputError:
    return InputError(f"cannot be read: {error.strerror or error}", path=path)


def _text_document(data: bytes, path: str) -> Document:
    return Document.of(check_text(decode(data, path=path), path=path))


def _read_stdin(stdin: ByteStream, on_problem: OnProblem) -> Iterator[Document]:
    path = "standard input"
    try:
        head: list[bytes] = []
        while line := stdin.readline(MAX_LINE_BYTES + 1):
            head.append(line)
            if line.strip(b" \t\r\n\xef\xbb\xbf"):
                break
        if head and head[-1].strip(b" \t\r\n\xef\xbb\xbf").startswith(b"{"):
            yield from _json_lines(stdin, path, on_problem, head=head)
            return
        data = b"".join(head)
        data += stdin.read(max(0, MAX_TEXT_BYTES + 1 - len(data)))
        if len(data) > MAX_TEXT_BYTES:
            raise too_large(len(data), path=path)
        yield _text_document(data, path)
    except InputError as error:
        on_problem(error)
    except OSError as error:
        on_problem(_os_problem(error, path))


def _json_lines(
    stream: ByteStream, path: str, on_problem: OnProblem, *, head: Iterable[bytes] = ()
) -> Iterator[Document]:
    """One document a line; ``head`` are lines already read from ``stream``."""
    number = documents = problems = 0
    lines = _lines(stream, head)
    while True:
        number += 1
        try:
            line = next(lines, None)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            message = (
                f"the compressed file is damaged or cut off here ({error}); "
                f"{documents} articles before it were read"
            )
            on_problem(InputError(message, path=path, line=number))
            return
        if line is None:
            break
        if not line.strip():
            continue
        try:
            document = _line_document(line, path, number)
        except InputError as error:
            problems += 1
            on_problem(error)
        else:
            documents += 1
            yield document
    if not documents and not problems:
        on_problem(InputError("is empty", path=path))


def _lines(stream: ByteStream, head: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of ``stream``; of a line that is too long, only so much that it shows."""
    yield from head
    while line := stream.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES + 1)


def _line_document(data: bytes, path: str, number: int) -> Document:
    if len(data) > MAX_LINE_BYTES:
        raise InputError(
            f"a line of more than {MAX_LINE_BYTES / 1e6:g} MB is no article", path=path, line=number
        )
    try:
        entry = json.loads(decode(data.rstrip(b"\r\n"), path=path, line=number))
    except json.JSONDecodeError as error:
        message = f"is no JSON: {error.msg} (column {error.colno})"
        raise InputError(message, path=path, line=number) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no JSON: {error}", path=path, line=number) from error
    if not isinstance(entry, dict):
        raise InputError(
            f"is no JSON object but {_KINDS.get(type(entry), 'something else')}; each line holds "
            f"one article, an object with the keys {', '.join(FIELDS)}",
            path=path, line=number,
        )  # fmt: skip
    text = _field(entry, "text", path, number)
    if text is None:
        there = ", ".join(sorted(map(str, entry))[:12]) or "none"
        raise InputError(f"has no 'text' (its keys: {there})", path=path, line=number)
    return Document.of(
        check_text(text, path=path, line=number),
        id=_identifier(entry, path, number),
        title=_field(entry, "title", path, number),
        outlet=_field(entry, "outlet", path, number),
        author=_field(entry, "author", path, number),
        url=_field(entry, "url", path, number),
        published=_day(entry, path, number),
        moment=_moment(entry),
    )


_KINDS: dict[type, str] = {
    list: "a list",
    str: "a string",
    int: "a number",
    float: "a number",
    bool: "true or false",
    type(None): "null",
}


def _field(entry: dict[str, Any], key: str, path: str, number: int) -> str | None:
    """The string under ``key``; None where it is absent, null or (but for the text) empty."""
    value = entry.get(key)
    if value is None or (value == "" and key != "text"):
        return None
    if not isinstance(value, str):
        kind = _KINDS.get(type(value), "an object")
        raise InputError(f"{key!r} is {kind}, not a string", path=path, line=number)
    if key != "text":
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise InputError(
                f"{key!r} holds half a character at character {error.start}", path=path, line=number
            ) from error
    return value


def _identifier(entry: dict[str, Any], path: str, number: int) -> str | None:
    value = entry.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _field(entry, "id", path, number)


def _day(entry: dict[str, Any], path: str, number: int) -> date | None:
    """The publication day; of a moment in ISO 8601, its day as written."""
    value = _field(entry, "date", path, number)
    if value is None or not value.strip():
        return None
    match = _ISO_DAY.fullmatch(value.strip())
    try:
        if match is None:
            raise ValueError("not ISO 8601")
        return date.fromisoformat(match[1])
    except ValueError as error:
        raise InputError(
            f"'date' is {value[:40]!r}, not a day such as 2020-06-16 ({error})",
            path=path, line=number,
        ) from error  # fmt: skip


def _moment(entry: dict[str, Any]) -> datetime | None:
    """The moment of publication, where the date is one with its zone."""
    try:
        moment = datetime.fromisoformat(str(entry.get("date")).strip())
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else None
