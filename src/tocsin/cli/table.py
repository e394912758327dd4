"""The table of events on a terminal: one for each article, as soon as it is coded."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tocsin.cli.common import printable
from tocsin.ingest import clean
from tocsin.model.document import Document
from tocsin.model.event import Actor, Event, When
from tocsin.model.reading import Reading

_WIDTH_IN_A_FILE = 160
_QUAD_STYLES = {1: "cyan", 2: "green", 3: "yellow", 4: "red"}
_MINUS = "–"


class TableWriter:
    """Prints a table for each document that has events."""

    def __init__(self, console: Console | None = None) -> None:
        terminal = sys.stdout.isatty()
        self._console = console or Console(
            file=sys.stdout, width=None if terminal else _WIDTH_IN_A_FILE, highlight=False
        )

    def write(self, document: Document, reading: Reading) -> None:
        """Print the table of ``document``."""
        if not reading.events:
            return
        table = Table(
            title=Text(_title(document)), title_justify="left", title_style="bold",
            expand=True, pad_edge=False,
        )  # fmt: skip
        for name, ratio in (
            ("date", 5), ("actor", 8), ("event", 8), ("recipient", 8), ("status", 5),
            ("says who", 8), ("what", 14),
        ):  # fmt: skip
            table.add_column(name, ratio=ratio, overflow="fold")
        for event in reading.events:
            table.add_row(
                _plain(_date(event.date)),
                _plain(_actors(event.actors)),
                Text(_kind(event), style=_QUAD_STYLES.get(event.quad, "")),
                _plain(_actors(event.recipients)),
                _plain(event.status),
                _plain(_speakers(event)),
                _plain(_what(event)),
            )
        self._console.print(table, Text())
        self._console.file.flush()


def _plain(text: str) -> Text:
    return Text(printable(text))


def _title(document: Document) -> str:
    first = clean(document).text.partition("\n")[0]
    title = document.title or (first if len(first) <= 80 else first[:77] + "...")
    source = ", ".join(
        filter(None, [document.outlet, str(document.published) if document.published else ""])
    )
    return printable(f"{title} ({source})" if source else title)


def _kind(event: Event) -> str:
    kind = event.type + (f"/{event.mode}" if event.mode else "")
    if event.content:
        content = event.content
        kind += f" of {content.type}" + (f"/{content.mode}" if content.mode else "")
    return printable(kind)


def _actors(actors: Sequence[Actor]) -> str:
    return ", ".join(map(_actor, actors)) or _MINUS


def _actor(actor: Actor) -> str:
    code = " ".join(filter(None, [actor.country, *actor.sectors[:1]]))
    text = actor.text or "(implied)"
    return f"{text} [{code}]" if code else text


def _date(when: When | None) -> str:
    if when is None:
        return _MINUS
    if when.start is None and when.end is None:
        return f"“{when.text}”"
    if when.start == when.end:
        return str(when.start)
    return f"{when.start or '…'} to {when.end or '…'}"


def _speakers(event: Event) -> str:
    parts = []
    for link in event.attribution:
        name = (link.speaker.text or "(implied)") if link.speaker else f"“{link.cue.text}”"
        parts.append(name if link.stance == "asserts" else f"{name} ({link.stance})")
    return ", ".join(parts) or _MINUS


def _what(event: Event) -> str:
    parts = [f"“{event.trigger.text}”"]
    if event.place:
        parts.append(f"at {event.place.name}")
    parts += [quantity.words for quantity in event.quantities]
    if event.deadline:
        parts.append(f"by “{event.deadline.text}”")
    if event.condition:
        parts.append(f"if “{event.condition.text}”")
    return "; ".join(parts)
