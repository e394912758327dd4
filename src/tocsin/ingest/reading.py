"""Reading what people have: files of every form, folders and archives of them, standard input.

One bad article, line or file never stops a run: it comes out as an item with the reason.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from tocsin.config import MAX_LINE_BYTES
from tocsin.errors import InputError
from tocsin.ingest.columns import Columns
from tocsin.ingest.items import Item, Link
from tocsin.ingest.readers import READERS, Reader
from tocsin.ingest.readers.contract import Reading
from tocsin.ingest.readers.json_files import JSON_LINES, read_lines
from tocsin.ingest.readers.text import TEXT
from tocsin.ingest.sources import (
    COMPRESSIONS,
    CONTAINERS,
    ByteStream,
    Joined,
    Source,
    files_of,
    sources,
)
from tocsin.ingest.tongue import language_of
from tocsin.model.document import Document

STDIN = "-"
ENDINGS = tuple(ending for reader in READERS for ending in reader.endings)
OnProblem = Callable[[InputError], None]
_STDIN_NAME = "standard input"
_BLANK = b" \t\r\n\xef\xbb\xbf"


def read_documents(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    on_problem: OnProblem,
    stdin: ByteStream | None = None,
    columns: Columns | None = None,
) -> Iterator[Document]:
    """Yield the documents of files, folders and ``-`` (standard input), in order.

    As :func:`read_items`; what is no article in English goes to ``on_problem`` as an InputError
    with its path and line.
    """
    for item in read_items(paths, published=published, stdin=stdin, columns=columns):
        if isinstance(item.found, Document):
            yield item.found
        else:
            on_problem(why_not(item))


def why_not(item: Item) -> InputError:
    """The reason why an item without an article cannot be coded."""
    if isinstance(item.found, InputError):
        return item.found
    return InputError(
        "gives the address of an article and not its text; get the articles with tocsin fetch",
        path=item.path, line=item.line,
    )  # fmt: skip


def read_items(
    paths: Iterable[str | Path],
    *,
    published: date | None = None,
    stdin: ByteStream | None = None,
    columns: Columns | None = None,
    passed: Counter[str] | None = None,
    of_folder: bool = False,
) -> Iterator[Item]:
    """Yield every item of files, folders, archives and ``-`` (standard input), in order.

    The forms are those of :data:`tocsin.ingest.readers.READERS`, chosen by the names' endings;
    .gz, .bz2 and .xz of them, and .zip and .tar archives are read as they stand. A folder is
    searched through in sorted order. Standard input (``stdin``, by default the process's own) is
    JSON lines where it begins with ``{``, else one article. ``columns`` says which column of a
    table holds what, where it is of no known kind. ``published`` is the publication date of
    articles that carry none.

    Articles in other languages than English, and whatever cannot be used, are items with an
    InputError. Files in folders and archives that no reader takes are counted in ``passed``.
    ``of_folder``: the paths are files that were found in a folder, where an archive may hold none.
    """
    reading = Reading(columns or Columns(), passed if passed is not None else Counter())
    for path in map(str, paths):
        for item in _items(path, reading, stdin, of_folder=of_folder):
            yield _with_day(in_english(item), published)


def files_of_paths(
    paths: Iterable[str | Path], *, passed: Counter[str]
) -> Iterator[tuple[str, bool]]:
    """Yield the files that :func:`read_items` opens for these paths, in its order, each with
    whether it was found in a folder; what cannot be opened is named like a file."""
    for path in map(str, paths):
        found = False
        for file in files_of(path, _is_readable, passed):
            found = True
            name = file.path if isinstance(file, Item) else file
            yield name, name != path
        if not found:
            yield path, False


def _with_day(item: Item, published: date | None) -> Item:
    found = item.found
    if published is None or not isinstance(found, Document) or found.published is not None:
        return item
    return replace(item, found=replace(found, published=published))


def in_english(item: Item) -> Item:
    """The item, or that its article is in another language."""
    found = item.found
    if isinstance(found, Document):
        language = language_of(found.text)
    elif isinstance(found, Link):
        language = found.language
    else:
        return item
    if language in ("en", None):
        return item
    message = f"the article is in the language {language!r}, not in English"
    return replace(item, found=InputError(message, path=item.path, line=item.line))


def _items(
    path: str, reading: Reading, stdin: ByteStream | None, *, of_folder: bool
) -> Iterator[Item]:
    if path == STDIN:
        yield from _of_stdin(stdin or sys.stdin.buffer, reading)
        return
    count = 0
    for source in sources(path, _is_readable, reading.passed):
        count += 1
        if isinstance(source, Item):
            yield source
            continue
        reader = reader_of(source.name)
        if reader is None:
            message = (
                f"only {_any_of(ENDINGS)} files are read, compressed ({_any_of(COMPRESSIONS)}) or "
                f"not, folders of them, and {_any_of(CONTAINERS)} archives"
            )
            yield Item(source.path, None, InputError(message, path=source.path))
        else:
            yield from reader.items(source, reading)
    if not count and not of_folder:
        message = f"no {_any_of(ENDINGS)} file in here"
        yield Item(path, None, InputError(message, path=path))


def reader_of(name: str) -> Reader | None:
    """The reader of a file with this name (in small letters, compression ending left out)."""
    return next((reader for reader in READERS if name.endswith(reader.endings)), None)


def _is_readable(name: str) -> bool:
    return reader_of(name) is not None


def _any_of(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _of_stdin(stdin: ByteStream, reading: Reading) -> Iterator[Item]:
    head: list[bytes] = []
    while line := stdin.readline(MAX_LINE_BYTES + 1):
        head.append(line)
        if line.strip(_BLANK):
            break
    start = b"".join(head)
    if start.strip(_BLANK).startswith(b"{"):
        lines = replace(JSON_LINES, read=partial(read_lines, head=start))
        yield from lines.items(Source(_STDIN_NAME, "", stdin), reading)
    else:
        yield from TEXT.items(Source(_STDIN_NAME, "", Joined(start, stdin)), reading)
