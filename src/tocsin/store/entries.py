"""An entry as one line of JSON and back, for stores that write a journal."""

from __future__ import annotations

import base64
import json
from datetime import date, datetime
from typing import Any

from tocsin.model.channel import StateReport
from tocsin.model.codec import (
    event_from_dict,
    event_to_dict,
    record_from_dict,
    record_to_dict,
)
from tocsin.model.document import Document
from tocsin.store.base import Coding, Entry

_DOCUMENT = ("id", "text", "title", "outlet", "url", "author")
_PLAIN = (
    "path", "outcome", "line", "digest", "copy_of", "copy_kind", "contained", "version_of",
    "reason",
)  # fmt: skip


def entry_line(entry: Entry, coding: Coding, at: datetime) -> str:
    """The line of an entry, without its break."""
    document = entry.document
    row: dict[str, Any] = {name: getattr(entry, name) for name in _PLAIN}
    row["at"] = at.isoformat()
    row["coding"] = {"tocsin": coding.tocsin, "options": dict(coding.options)}
    row["shingles"] = base64.b64encode(entry.shingles).decode("ascii")
    row["events"] = [event_to_dict(event) for event in entry.events]
    row["states"] = [record_to_dict(state) for state in entry.states]
    if document is not None:
        row["document"] = {name: getattr(document, name) for name in _DOCUMENT} | {
            "published": document.published.isoformat() if document.published else None,
            "moment": document.moment.isoformat() if document.moment else None,
            "left_out": [list(span) for span in document.left_out],
        }
    return json.dumps(row, ensure_ascii=False)


def entry_of_line(line: str) -> tuple[Entry, Coding, datetime]:
    """The entry of a line, its coding and when it was added; ValueError where it is not whole."""
    row = json.loads(line)
    said = row.get("document")
    document = None
    if said is not None:
        document = Document(
            **{name: said[name] for name in _DOCUMENT},
            published=date.fromisoformat(said["published"]) if said["published"] else None,
            moment=datetime.fromisoformat(said["moment"]) if said["moment"] else None,
            left_out=tuple((start, end) for start, end in said["left_out"]),
        )
    entry = Entry(
        **{name: row[name] for name in _PLAIN},
        document=document,
        shingles=base64.b64decode(row["shingles"]),
        events=tuple(event_from_dict(event) for event in row["events"]),
        states=tuple(record_from_dict(StateReport, one) for one in row.get("states", ())),
    )
    coding = Coding(row["coding"]["tocsin"], row["coding"]["options"])
    return entry, coding, datetime.fromisoformat(row["at"])
