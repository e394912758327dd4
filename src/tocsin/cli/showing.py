"""``tocsin show``: one event or document of a store, down to the sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import SET_ASIDE, clean_end, one_of, printable, say
from tocsin.cli.narrowing import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tocsin.model.document import Document
    from tocsin.model.event import Event
    from tocsin.store.tables import TableStore

FORMATS = ("text", "json")
_AROUND = 300  # characters of the article on either side of a sentence


def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of an event or of a document.")],
    db: Database,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text or json.")
    ] = "text",
) -> None:
    """Show an event or a document of a store: every value with the words that it came from."""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            event = store.event(id_)
            document = store.document(event.document if event is not None else id_)
            if document is None:
                say(f"{db} has no event and no document with the id {id_}")
                raise typer.Exit(SET_ASIDE)
            if format_ == "json":
                typer.echo(_as_json(event, document))
            else:
                lines = _of_event(event, document) if event else _of_document(store, document)
                typer.echo("\n".join(printable(line) for line in lines))


def _as_json(event: Event | None, document: Document) -> str:
    from tocsin.model.codec import event_to_dict

    said = {
        "id": document.id,
        "title": document.title,
        "outlet": document.outlet,
        "author": document.author,
        "url": document.url,
        "published": document.published.isoformat() if document.published else None,
        "text": document.text,
    }
    shown = {"document": said} | ({"event": event_to_dict(event)} if event is not None else {})
    return json.dumps(shown, ensure_ascii=False, indent=2)


def _of_event(event: Event, document: Document) -> Iterator[str]:
    from tocsin.store.rows import mentions_of

    kind = event.type + (f"/{event.mode}" if event.mode else "")
    yield f"{kind}, {event.status}, score {event.score:g}, confidence {event.confidence:.2f}"
    yield from _source(document)
    yield ""
    start, end = event.sentence.start, event.sentence.end
    before = document.text[max(0, start - _AROUND) : start].replace("\n", " ")
    behind = document.text[end : end + _AROUND].replace("\n", " ")
    sentence = event.sentence.text.replace("\n", " ")
    yield f"  …{before}>>> {sentence} <<<{behind}…"
    yield ""
    if event.date is not None:
        days = f"{event.date.start or '?'} to {event.date.end or '?'}"
        yield f"  on {days} ({event.date.anchor})"
    for quantity in event.quantities:
        yield f"  count: {quantity.words}"
    for role, n, at, stop, text, country, entity in mentions_of(event):
        if role == "sentence":
            continue
        means = " ".join(filter(None, [country, entity]))
        where = f"{at}:{stop}" if at is not None else "implied"
        words = (text or "").replace("\n", " ")
        yield f"  {role} {n}: {words!r} at {where}{f' -> {means}' if means else ''}"
    for evidence in event.evidence:
        yield f"  because: {evidence.rule or evidence.model}"


def _of_document(store: TableStore, document: Document) -> Iterator[str]:
    from tocsin.store import Filters

    yield document.title or document.id
    yield from _source(document)
    rows = store.ask("events", Filters(document=document.id))
    yield ""
    for row in rows:
        kind = row["type"] + (f"/{row['mode']}" if row["mode"] else "")
        day = row["date_start"] or "no date"
        yield f"  {row['id']}  {day}  {row['actor'] or '-'} {kind} {row['recipient'] or '-'}"
    if not rows:
        yield "  no events"


def _source(document: Document) -> Iterator[str]:
    day = str(document.published) if document.published else "no date"
    yield f"{document.id}: {', '.join(filter(None, [document.outlet, day]))}"
    if document.url:
        yield document.url
