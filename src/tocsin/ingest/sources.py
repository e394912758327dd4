"""Where bytes come from: files, folders, standard input, compressed files, archives.

A source is one stream of bytes with its name; archives are read member by member as they stand,
without unpacking anything to disk.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import IO, Protocol

from tocsin.errors import InputError
from tocsin.ingest.items import Item
from tocsin.ingest.remote import brought, files_at, is_address, opened


class ByteStream(Protocol):
    """What is read from: a binary file, a decompressing one, standard input."""

    def readline(self, size: int, /) -> bytes:
        """The next line with its break, or ``size`` bytes of it; empty at the end."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer only at the end."""


@dataclass(frozen=True, slots=True)
class Source:
    """A stream of bytes. ``path`` is its full name, inside an archive with the archive before it;
    ``name`` is the file's name in small letters without the ending of its compression, by which
    its reader is chosen; ``file`` is the path where the stream is a plain file on this machine."""

    path: str
    name: str
    stream: ByteStream
    file: str | None = None


class Joined:
    """Bytes already read, and after them the rest of their stream."""

    def __init__(self, head: bytes, rest: ByteStream) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        size = size if size >= 0 else 1 << 30
        return self._head.read(size) or self._rest.read(size)

    def readline(self, size: int | None = -1, /) -> bytes:
        limit = size if size is not None and size >= 0 else 1 << 30
        line = self._head.readline(limit)
        if line.endswith(b"\n") or len(line) >= limit:
            return line
        return line + self._rest.readline(limit - len(line))


#: Whether a reader takes a file of this name (in small letters, compression ending left out).
Readable = Callable[[str], bool]

DAMAGED = (
    EOFError, zlib.error, gzip.BadGzipFile, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError
)  # fmt: skip
# What zipfile raises of broken tables of contents; RuntimeError is its word for encrypted members.
_BAD_ZIP = (ValueError, OverflowError, struct.error, RuntimeError)
_TARS = (".tar", ".tgz", ".tbz2", ".txz")
_ZIP = ".zip"
_SCATTERED = (".parquet",)
CONTAINERS = (_ZIP, *_TARS)
COMPRESSIONS = (".gz", ".bz2", ".xz")
# Beside "Story.html" a browser saves what the page is made of in "Story_files".
_SAVED_PARTS = "_files"
_PAGES = (".html", ".htm", ".xhtml")


def sources(path: str, readable: Readable, passed: Counter[str]) -> Iterator[Source | Item]:
    """Yield the sources of a file or a folder and below, sorted; Items for what cannot be opened.

    Files that no reader takes are passed over and counted by their ending in ``passed``; hidden
    ones are not even counted. Each source is to be used up before the next is asked for.
    """
    for file in files_of(path, readable, passed):
        if isinstance(file, Item):
            yield file
        else:
            yield from _file(file, readable, passed)


def files_of(path: str, readable: Readable, passed: Counter[str]) -> Iterator[str | Item]:
    """Yield the files that :func:`sources` opens, in its order, and Items for what is none."""
    if is_address(path):
        yield from _addressed(path, readable, passed)
    elif os.path.isdir(path):
        yield from _folder(path, readable, passed)
    elif not os.path.exists(path) and not os.path.islink(path):
        yield _problem(path, "there is no such file")
    elif not os.path.isfile(path):
        yield _problem(path, "is no plain file")
    else:
        yield path


def _addressed(address: str, readable: Readable, passed: Counter[str]) -> Iterator[str | Item]:
    """The files at an address: of a folder, those in it and below, sorted."""
    files = files_at(address)
    if not files:
        yield _problem(address, "there is no such file")
    for name, inside in files:
        if not inside or _taken(name, readable):
            yield name
        else:
            passed[_ending(name)] += 1


def plain_name(path: str) -> str:
    """The file's name in small letters, without the ending of its compression."""
    name = os.path.basename(path).lower()
    stem, ending = os.path.splitext(name)
    return stem if ending in COMPRESSIONS else name


def _unpacked(name: str, packed: str | IO[bytes]) -> gzip.GzipFile | bz2.BZ2File | lzma.LZMAFile:
    """The unpacked stream of a compressed file or member, by the ending of its name."""
    ending = os.path.splitext(name.lower())[1]
    if ending == ".gz":
        return (
            gzip.GzipFile(packed, "rb")
            if isinstance(packed, str)
            else gzip.GzipFile(fileobj=packed)
        )
    return bz2.BZ2File(packed) if ending == ".bz2" else lzma.LZMAFile(packed)


def os_problem(error: OSError) -> str:
    """What to say of a file that the system does not give us."""
    return f"cannot be read: {error.strerror or error}"


def damaged(error: BaseException) -> str:
    """What to say of compressed data that end too early or are none."""
    return f"the compressed file is damaged or cut off ({error})"


def _folder(folder: str, readable: Readable, passed: Counter[str]) -> Iterator[str | Item]:
    troubles: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=troubles.append):
        while troubles:
            yield _problem(troubles[0].filename or folder, os_problem(troubles.pop(0)))
        parts = _parts_of_pages(files)
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and name not in parts
        )
        for name in sorted(files):
            if name.startswith("."):
                continue
            path = os.path.join(at, name)
            if not _taken(name, readable):
                passed[_ending(name)] += 1
            elif os.path.exists(path) and not os.path.isfile(path):
                yield _problem(path, "is no plain file")  # a pipe would keep us waiting for ever
            else:
                yield path
    for error in troubles:
        yield _problem(error.filename or folder, os_problem(error))


def _parts_of_pages(names: Iterable[str]) -> set[str]:
    """The folders that hold what the saved pages among these files are made of."""
    stems = (os.path.splitext(name) for name in names)
    return {f"{stem}{_SAVED_PARTS}" for stem, ending in stems if ending.lower() in _PAGES}


def _taken(name: str, readable: Readable) -> bool:
    plain = plain_name(name)
    return readable(plain) or plain.endswith(CONTAINERS)


def _ending(name: str) -> str:
    return os.path.splitext(name.lower())[1] or "no ending"


def _file(path: str, readable: Readable, passed: Counter[str]) -> Iterator[Source | Item]:
    name = plain_name(path)
    if is_address(path):
        yield from _at_address(path, name, readable, passed)
        return
    try:
        if name.endswith(_ZIP) and name == os.path.basename(path).lower():
            yield from _zip(path, readable, passed)
        elif name.endswith(_TARS):
            with open(path, "rb") as file:
                yield from _tar(path, file, readable, passed)
        elif name != os.path.basename(path).lower():
            with _unpacked(path, path) as stream:
                yield Source(path, name, stream)
        else:
            with open(path, "rb") as file:
                yield Source(path, name, file, path)
    except OSError as error:
        yield _problem(path, os_problem(error))


def _at_address(
    address: str, name: str, readable: Readable, passed: Counter[str]
) -> Iterator[Source | Item]:
    """The sources of a file at an address. What is read from all over is brought here first."""
    packed = name != os.path.basename(address).lower()
    try:
        if name.endswith(_ZIP) and not packed:
            with brought(address) as file:
                yield from _zip(address, readable, passed, file)
        elif name.endswith(_SCATTERED) and not packed:
            with brought(address) as file, open(file, "rb") as stream:
                yield Source(address, name, stream, file)
        else:
            with opened(address) as stream:
                if name.endswith(_TARS):
                    yield from _tar(address, stream, readable, passed)
                elif packed:
                    with _unpacked(address, stream) as unpacked:
                        yield Source(address, name, unpacked)
                else:
                    yield Source(address, name, stream)
    except OSError as error:
        yield _problem(address, os_problem(error))


def _zip(
    path: str, readable: Readable, passed: Counter[str], file: str | None = None
) -> Iterator[Source | Item]:
    try:
        archive = zipfile.ZipFile(file or path)
    except (*_BAD_ZIP, *DAMAGED) as error:
        yield _problem(path, f"is no ZIP archive that can be read ({error})")
        return
    with archive:
        parts = _parts_of_pages(archive.namelist())
        for member in sorted(archive.infolist(), key=lambda one: one.filename):
            if member.is_dir() or _hidden(member.filename) or _inside(member.filename, parts):
                continue
            inside = f"{path}/{member.filename}"
            try:
                with archive.open(member) as stream:
                    yield from _member(inside, stream, readable, passed)
            except (*_BAD_ZIP, *DAMAGED, OSError) as error:
                yield _problem(inside, f"cannot be read from its archive ({error})")


def _tar(
    path: str, file: IO[bytes], readable: Readable, passed: Counter[str]
) -> Iterator[Source | Item]:
    try:
        with tarfile.open(fileobj=file, mode="r|*") as archive:
            parts: set[str] = set()  # of the pages so far: sorted, a page stands before its parts
            for member in archive:
                if not member.isfile() or _hidden(member.name) or _inside(member.name, parts):
                    continue
                parts |= _parts_of_pages([member.name])
                stream = archive.extractfile(member)
                if stream is not None:
                    with closing(stream):
                        yield from _member(f"{path}/{member.name}", stream, readable, passed)
    except (tarfile.TarError, *DAMAGED) as error:
        yield _problem(path, f"the archive is damaged or cut off ({error})")


def _member(
    path: str, stream: IO[bytes], readable: Readable, passed: Counter[str]
) -> Iterator[Source | Item]:
    name, plain = os.path.basename(path), plain_name(path)
    if not _taken(name, readable):
        passed[_ending(name)] += 1
    elif plain.endswith(CONTAINERS):
        yield _problem(path, "is an archive inside an archive; unpack the outer one first")
    elif plain != name.lower():
        with _unpacked(name, stream) as unpacked:
            yield Source(path, plain, unpacked)
    else:
        yield Source(path, plain, stream)


def _hidden(name: str) -> bool:
    parts = name.split("/")
    return any(
        (part.startswith(".") and part not in (".", "..")) or part == "__MACOSX" for part in parts
    )


def _inside(name: str, folders: Container[str]) -> bool:
    """Whether a member lies in one of these folders, or below."""
    return any(name[:at] in folders for at, sign in enumerate(name) if sign == "/")


def _problem(path: str, message: str) -> Item:
    return Item(path, None, InputError(message, path=path))
