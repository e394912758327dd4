"""JSON: an article a line, a list of articles, or what a news service answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from tocsin.config import MAX_LINE_BYTES
from tocsin.errors import InputError
from tocsin.ingest.decoding import decode
from tocsin.ingest.items import Item
from tocsin.ingest.readers.contract import Reader, Reading, problem
from tocsin.ingest.rows import Rows
from tocsin.ingest.sources import ByteStream, Joined, Source
from tocsin.knowledge.columns import FIELDS

Event: TypeAlias = tuple[str, Any]  # as ijson gives them

_BLANK = b" \t\r\n\xef\xbb\xbf"
_HEAD = 65536
# No field of an article lies deeper. ijson's own objects cost the square of their depth.
_DEEPEST = 50
_BEGINS: dict[str, type[dict[str, Any]] | type[list[Any]]] = {
    "start_map": dict,
    "start_array": list,
}
_ENDS = ("end_map", "end_array")
# Under which key the answers of news services hold their articles.
_LISTS = ("articles", "stories", "results", "data", "items", "posts", "documents", "docs")
_LIST = re.compile(rb'"(' + "|".join(_LISTS).encode() + rb')"\s*:\s*\[\s*(?:\{|\])')


def read_lines(source: Source, reading: Reading, head: bytes = b"") -> Iterator[Item]:
    """One article a line; ``head`` are whole lines already read from the stream."""
    rows = Rows(source.path, reading.columns)
    count = 0
    for number, line in enumerate(_lines(source.stream, head), 1):
        if line.strip(_BLANK):
            count += 1
            try:
                yield rows.item(_object(line, source.path, number), number)
            except InputError as error:
                yield Item(source.path, number, error)
    if not count:
        yield problem(source.path, "is empty")


def _lines(stream: ByteStream, head: bytes) -> Iterator[bytes]:
    """The lines of ``stream``; of a line that is too long, only so much that it shows."""
    yield from head.splitlines(keepends=True)
    while line := stream.readline(MAX_LINE_BYTES + 1):
        yield line
        while len(line) > MAX_LINE_BYTES and not line.endswith(b"\n"):
            line = stream.readline(MAX_LINE_BYTES + 1)


def _object(data: bytes, path: str, number: int) -> dict[str, Any]:
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
    return _checked(entry, path, number)


def _checked(entry: Any, path: str, number: int) -> dict[str, Any]:
    if isinstance(entry, dict):
        return entry
    kind = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    raise InputError(
        f"is no JSON object but {kind.get(type(entry), 'a number')}; each line holds one article, "
        f"an object with the keys {', '.join(FIELDS)}",
        path=path, line=number,
    )  # fmt: skip


def _read_json(source: Source, reading: Reading) -> Iterator[Item]:
    """A list of articles, an object with such a list, one article, or JSON lines after all."""
    head = _head(source.stream)
    start = head.lstrip(_BLANK)
    if not start:
        yield problem(source.path, "is empty")
    elif start.startswith(b"["):
        yield from _listed(source, reading, head)
    elif start.startswith(b"{") and _is_line(start):
        yield from read_lines(_with(source, head), reading)
    elif start.startswith(b"{") and (found := _LIST.search(start)) is not None:
        yield from _listed(source, reading, head, found[1].decode())
    elif start.startswith(b"{"):
        yield from _listed(source, reading, head)
    else:
        yield problem(source.path, "is no JSON: begins with neither { nor [")


def _head(stream: ByteStream) -> bytes:
    return stream.read(_HEAD)


def _is_line(start: bytes) -> bool:
    """Whether the first line is an object that is whole and another line follows."""
    line, _, rest = start.partition(b"\n")
    if not rest.lstrip(_BLANK).startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _with(source: Source, head: bytes) -> Source:
    return Source(source.path, source.name, Joined(head, source.stream))


def _listed(
    source: Source, reading: Reading, head: bytes, key: str | None = None
) -> Iterator[Item]:
    """The objects of a list, or of that under ``key``, read one after the other; or one object."""
    import ijson

    rows = Rows(source.path, reading.columns)
    number = 0
    stream = Joined(head.removeprefix(b"\xef\xbb\xbf"), source.stream)
    try:
        for entry in _entries(ijson.basic_parse(stream, use_float=True), key):
            number += 1
            try:
                yield rows.item(_checked(entry, source.path, number), number)
            except InputError as error:
                yield Item(source.path, number, error)
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError) as error:
        before = f"; {number} articles before it were read" if number else ""
        what = str(error).split("\n")[0]
        yield problem(source.path, f"is no JSON from here on: {what}{before}", number + 1)
        return
    if not number:
        yield problem(source.path, "holds no article")


def _entries(events: Iterator[Event], key: str | None) -> Iterator[Any]:
    """The elements of the first list, or of the first under ``key``; an object that is no list."""
    before: Event | None = None
    for event in events:
        if event[0] == "start_array" and (key is None or before == ("map_key", key)):
            break
        if key is None:
            yield _built(event, events)
        before = event
    for event in events:
        if event[0] == "end_array":
            break
        yield _built(event, events)
    for _ in events:  # what comes behind must be whole too
        pass


def _built(event: Event, events: Iterator[Event]) -> Any:
    """The value that begins with ``event``; what lies too deep in it for an article is left out."""
    kind, value = event
    if kind not in _BEGINS:
        return value
    whole = value = _BEGINS[kind]()
    above: list[tuple[Any, str]] = []
    key, deeper = "", 0
    for kind, value_ in events:
        if deeper or (kind in _BEGINS and len(above) >= _DEEPEST):
            deeper += (kind in _BEGINS) - (kind in _ENDS)
        elif kind == "map_key":
            key = value_
        elif kind in _ENDS:
            if not above:
                break
            value, key = above.pop()
        else:
            new = _BEGINS[kind]() if kind in _BEGINS else value_
            if isinstance(value, dict):
                value[key] = new
            else:
                value.append(new)
            if kind in _BEGINS:
                above.append((value, key))
                value = new
    return whole


JSON_LINES = Reader("JSON lines", (".jsonl", ".ndjson"), read_lines)
JSON = Reader("JSON", (".json",), _read_json)
