"""The rows of a folder of coded articles: how documents, items and events stand in its tables.

``documents`` has a row for every item that was read, with the text where it is an article;
``items`` what became of each, ``events`` and ``states`` what was found. ``item`` is an item's
number in the order of the input, ``position`` the place of an event or state in its article.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from tocsin.errors import InputError
from tocsin.ingest.items import Item, PassedOver
from tocsin.ingest.reading import why_not
from tocsin.ingest.repetition import Lines, outlet_of
from tocsin.linking.fingerprints import Fingerprint
from tocsin.linking.intake import Look
from tocsin.model.codec import to_json_line
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.flat import COLUMNS, flat_row

#: The columns of the tables with their DuckDB types, in order.
DOCUMENT_COLUMNS = {
    "path": "VARCHAR", "line": "BIGINT", "reason": "VARCHAR", "id": "VARCHAR", "title": "VARCHAR",
    "outlet": "VARCHAR", "url": "VARCHAR", "author": "VARCHAR", "published": "DATE",
    "moment": "VARCHAR", "left_out": "VARCHAR", "size": "BIGINT", "address": "VARCHAR",
    "digest": "VARCHAR", "shingles": "BLOB", "lines": "BLOB", "text": "VARCHAR",
}  # fmt: skip
ITEM_COLUMNS = {
    "item": "BIGINT", "path": "VARCHAR", "line": "BIGINT", "outcome": "VARCHAR",
    "document": "VARCHAR", "title": "VARCHAR", "outlet": "VARCHAR", "url": "VARCHAR",
    "published": "DATE", "events": "BIGINT", "undated": "BOOLEAN", "copy_of": "VARCHAR",
    "kind": "VARCHAR", "contained": "DOUBLE", "version_of": "VARCHAR", "reason": "VARCHAR",
    "left_out": "VARCHAR",
}  # fmt: skip
EVENT_COLUMNS = {"item": "BIGINT", "position": "BIGINT", **COLUMNS, "record": "VARCHAR"}
STATE_COLUMNS = {
    "item": "BIGINT", "position": "BIGINT", "id": "VARCHAR", "document": "VARCHAR",
    "record": "VARCHAR",
}  # fmt: skip
#: What an intake must know of an item: all but its text.
LOOK_COLUMNS = tuple(name for name in DOCUMENT_COLUMNS if name != "text")

_NAMES = ("id", "title", "outlet", "url", "published")
_PLAIN = (*_NAMES, "author")
# A line: where it begins and ends, whether it has a key, and its key.
_LINE = struct.Struct("<II?8s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered(Document):
    """A document and the number of its item. Its text may have stayed where it is kept."""

    number: int


def document_row(item: Item, look: Look | None) -> dict[str, Any]:
    """The row of an item; ``look`` is there where it is an article."""
    row: dict[str, Any] = dict.fromkeys(DOCUMENT_COLUMNS) | {
        "path": plain(item.path), "line": item.line
    }  # fmt: skip
    found = item.found
    if isinstance(found, PassedOver):
        return row | {name: getattr(found, name) for name in (*_NAMES, "reason")}
    if look is None or not isinstance(found, Document):
        return row | {"reason": plain(why_not(item).message)}
    row |= {name: getattr(found, name) for name in _PLAIN}
    return row | {
        "moment": found.moment.isoformat() if found.moment is not None else None,
        "left_out": json.dumps(found.left_out),
        "size": look.size,
        "address": look.fingerprint.url,
        "digest": look.fingerprint.digest,
        "shingles": look.fingerprint.shingles.astype("<u4").tobytes(),
        "lines": b"".join(
            _LINE.pack(start, end, key is not None, key or b"")
            for start, end, key in look.lines.spans
        ),
        "text": found.text,
    }


def item_of_row(row: Mapping[str, Any], number: int) -> tuple[Item, Look | None]:
    """The item of a row of ``documents``; without its text, where the row has none."""
    path, line = row["path"], row["line"]
    if row["reason"] is not None and row["id"] is not None:
        names = {name: row[name] for name in _NAMES}
        return Item(path, line, PassedOver(reason=row["reason"], **names)), None
    if row["reason"] is not None:
        return Item(path, line, InputError(row["reason"], path=path, line=line)), None
    moment = row["moment"]
    document = Numbered(
        **{name: row[name] for name in _PLAIN},
        text=row.get("text") or "",
        moment=datetime.fromisoformat(moment) if moment else None,
        left_out=spans_of(row["left_out"]),
        number=number,
    )
    look = Look(
        Fingerprint(
            id=document.id, digest=row["digest"], url=row["address"], outlet=document.outlet,
            published=document.published,
            shingles=np.frombuffer(row["shingles"], dtype="<u4").astype(np.uint32, copy=False),
        ),
        Lines(
            outlet_of(document),
            tuple(
                (start, end, key if has else None)
                for start, end, has, key in _LINE.iter_unpack(row["lines"])
            ),
        ),
        row["size"],
    )  # fmt: skip
    return Item(path, line, document), look


def item_row(number: int, row: Mapping[str, Any], left_out: str | None) -> dict[str, Any]:
    """The row of ``items`` of what became of one."""
    published = row.get("published")
    whole = {name: row.get(name) for name in ITEM_COLUMNS} | {
        "item": number, "path": plain(row["path"]), "left_out": left_out,
        "published": date.fromisoformat(published) if published is not None else None,
    }  # fmt: skip
    if whole["reason"] is not None:
        whole["reason"] = plain(whole["reason"])
    return whole


def event_rows(number: int, events: tuple[Event, ...]) -> list[dict[str, Any]]:
    """The rows of the events of one article."""
    rows = []
    for place, event in enumerate(events):
        flat = flat_row(event) | {"record": to_json_line(event)}
        days = {
            name: date.fromisoformat(flat[name])
            for name, kind in COLUMNS.items()
            if kind == "DATE" and flat[name] is not None
        }
        rows.append({"item": number, "position": place, **flat, **days})
    return rows


def day_of(row: Mapping[str, Any]) -> str | None:
    """The day by which a row of ``events`` is kept: that of publication."""
    day = row["published"]
    return day.isoformat() if day is not None else None


def spans_of(words: str | None) -> tuple[tuple[int, int], ...]:
    """Spans as they stand in a table."""
    return tuple((start, end) for start, end in json.loads(words or "[]"))


def plain(words: str) -> str:
    """Words that a table takes: a name of a file that is no UTF-8 has its odd bytes escaped."""
    return words.encode("utf-8", "backslashreplace").decode()
