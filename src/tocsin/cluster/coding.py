"""Coding: a piece of the input by a process that holds a coder.

What came of each article stands in the piece's receipt, which is written last. A process that dies
is started again, and so is its piece; an article of which two have died is set aside.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tocsin.cluster.folder import WORK
from tocsin.cluster.job import Job
from tocsin.cluster.reading import documents_of
from tocsin.cluster.trying import Trying
from tocsin.errors import InputError, ResourceError
from tocsin.ingest.items import Item
from tocsin.linking.intake import Taken
from tocsin.model.codec import record_to_dict
from tocsin.model.document import Document
from tocsin.work.coded_folder import STATES
from tocsin.work.coded_rows import EVENT_COLUMNS, STATE_COLUMNS, day_of, event_rows, spans_of
from tocsin.work.engine import InProcess, Reads
from tocsin.work.fates import Row, set_aside
from tocsin.work.run import Run, code_items

if TYPE_CHECKING:
    from tocsin.model.reading import Reading

_DEATHS = 2
_KILLED = "the process that coded it was killed twice, perhaps for lack of memory"
_LOADING = "loading"
_CAME = ("outcome", "events", "published", "undated", "reason")


@dataclass(frozen=True, slots=True)
class Piece:
    """Articles that are coded by one process: of a ``part`` of the input these ``rows``, each with
    the number of its item and what is left out of its text, as JSON."""

    name: str
    part: str
    rows: tuple[tuple[int, int, str], ...]

    def words(self) -> str:
        """The piece as it goes to a process."""
        return json.dumps([self.name, self.part, self.rows])

    @classmethod
    def of(cls, words: str) -> Piece:
        """The piece of these words."""
        name, part, rows = json.loads(words)
        return cls(name, part, tuple((row, number, out) for row, number, out in rows))


def receipt_name(piece: str) -> str:
    """Where it stands what came of a piece."""
    return f"{WORK}/coded/{piece}.json"


def events_name(piece: str) -> str:
    """Where the events of a piece are."""
    return f"{WORK}/events/{piece}.parquet"


def receipt_of(job: Job, piece: str) -> dict[int, Row]:
    """What came of the articles of a piece, by the numbers of their items; nothing where it was not
    coded."""
    found = job.folder.read_json(receipt_name(piece)) or {"rows": {}}
    return {int(number): row for number, row in found["rows"].items()}


class Coding:
    """Codes one piece after the other. The coder is made with the first."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._coder: Reads | None = None

    def code(self, piece: Piece) -> Mapping[str, int]:
        """Code a piece, unless that was done: how many articles and events it has."""
        done = self._job.folder.read_json(receipt_name(piece.name))
        if done is None:
            try:
                done = self._coded(piece)
            except MemoryError:
                os._exit(1)  # as if it had been killed for it; a fresh process may have enough
        events = sum(done["days"].values())
        return {"articles": len(done["rows"]), "events": events}

    def _coded(self, piece: Piece) -> dict[str, Any]:
        folder = self._job.folder
        trying = Trying(self._job, piece.name)
        if self._coder is None:
            if trying.deaths(_LOADING) >= _DEATHS:
                raise ResourceError(
                    "the processes that code die while they are started, perhaps for lack of "
                    "memory; give each of them more"
                )
            trying.begin(_LOADING)
            self._coder = self._job.make()
        trying.begin(None)
        found = documents_of(self._job, piece.part, {row: number for row, number, _ in piece.rows})
        kept = _Kept(self._coder)
        rows = {}
        for _, number, left_out in piece.rows:
            item = found[number]
            assert isinstance(item.found, Document)
            if trying.deaths(str(number)) >= _DEATHS:
                rows[number] = set_aside(InputError(_KILLED))
                continue
            if trying.died:  # the first time, no article is noted
                trying.begin(str(number))
            document = replace(item.found, left_out=spans_of(left_out))
            rows[number] = kept.code_one(number, item, document)
        if kept.events:
            folder.write_rows(events_name(piece.name), kept.events, EVENT_COLUMNS)
        if kept.states:
            folder.write_rows(f"{STATES}/{piece.name}.parquet", kept.states, STATE_COLUMNS)
        days: dict[str, int] = {}
        for event in kept.events:
            day = day_of(event) or ""
            days[day] = days.get(day, 0) + 1
        done = {"rows": rows, "days": days, "states": len(kept.states)}
        folder.write_json(receipt_name(piece.name), done)
        return done


class _Kept:
    """A coder, and all that it has found: as rows, one article after the other."""

    def __init__(self, coder: Reads) -> None:
        self._engine = InProcess(coder)
        self._number = 0
        self.events: list[Row] = []
        self.states: list[Row] = []

    def code_one(self, number: int, item: Item, document: Document) -> Row:
        """Code one article; what came of it."""
        self._number = number
        came: list[Row] = []
        code_items([Taken(item, document)], self._engine, [self], Run(), told=came.append)
        return {name: came[0][name] for name in _CAME if name in came[0]}

    def write(self, document: Document, reading: Reading) -> None:
        """Keep what was found in ``document``."""
        self.events += event_rows(self._number, reading.events)
        for place, state in enumerate(reading.states):
            record = json.dumps(record_to_dict(state), ensure_ascii=False)
            self.states.append(
                {
                    "item": self._number, "position": place, "id": state.id,
                    "document": state.document, "record": record,
                }
            )  # fmt: skip
