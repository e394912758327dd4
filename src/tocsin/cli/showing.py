"""``tocsin show``: one thing of a store, down to the sentence."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import SET_ASIDE, clean_end, one_of, printable, say
from tocsin.cli.narrowing import Database

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tocsin.model.channel import Thing
    from tocsin.model.document import Document
    from tocsin.model.event import Event
    from tocsin.model.incident import Incident
    from tocsin.model.story import Story
    from tocsin.store.tables import TableStore

FORMATS = ("text", "json")
_AROUND = 300  # characters of the article on either side of a sentence


def show(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="The id of an incident, an event, a story, a document, a channel or agreement, or "
            "the key of a row of another's series.",
        ),
    ],
    db: Database,
    format_: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text or json.")
    ] = "text",
) -> None:
    """Show one thing of a store, such as an incident or a document, down to the sentences."""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if (shown := _linked(store, id_, format_)) is not None:
                typer.echo(shown)
                return
            event = store.event(id_)
            document = store.document(event.document if event is not None else id_)
            if document is None and (shown := _followed(store, id_, format_)) is not None:
                typer.echo(shown)
                return
            if document is None:
                say(f"{db} has nothing with the id {id_}")
                raise typer.Exit(SET_ASIDE)
            if format_ == "json":
                typer.echo(_as_json(event, document))
            else:
                lines = _of_event(event, document) if event else _of_document(store, document)
                typer.echo("\n".join(printable(line) for line in lines))


def _linked(store: TableStore, id_: str, format_: str) -> str | None:
    """The incident or story with this id; None where it is the id of something else."""
    from tocsin.model import incident, story
    from tocsin.model.codec import record_to_dict

    if id_.startswith(incident.PREFIX) and (found := store.incident(id_)) is not None:
        if format_ == "json":
            return json.dumps(record_to_dict(found), ensure_ascii=False, indent=2)
        return "\n".join(printable(line) for line in _of_incident(store, found))
    if id_.startswith(story.PREFIX) and (told := store.links.story(id_)) is not None:
        if format_ == "json":
            return json.dumps(record_to_dict(told), ensure_ascii=False, indent=2)
        return "\n".join(printable(line) for line in _of_story(store, told))
    return None


def _followed(store: TableStore, id_: str, format_: str) -> str | None:
    """The channel or agreement with this id, or the row of another's series with this key."""
    from tocsin.cli.rows import plain
    from tocsin.model.channel import Thing
    from tocsin.model.codec import record_from_dict
    from tocsin.store import Filters

    for row in store.ask("channel_records", Filters(id=id_)):
        record = json.loads(row["record"])
        if format_ == "json":
            return json.dumps(record, ensure_ascii=False, indent=2)
        lines = _of_thing(record_from_dict(Thing, record))
        return "\n".join(printable(line) for line in lines)
    for row in store.ask("imported", Filters(id=id_)):
        values = {name: plain(value) for name, value in row.items() if value is not None}
        if format_ == "json":
            return json.dumps(values, ensure_ascii=False, indent=2)
        return "\n".join(printable(f"{name}: {value}") for name, value in values.items())
    return None


def _of_thing(thing: Thing) -> Iterator[str]:
    from tocsin.model.flat_channel import step_words

    state = f"{thing.state or 'unknown'}" + (f" since {thing.since}" if thing.since else "")
    yield f"{thing.name} ({thing.kind}, {'-'.join(thing.parties)}): {state}"
    for step in thing.steps:
        yield f"  {step_words(step)}"
        yield f"     {' '.join(step.sentence.split())}"
        yield f"     {', '.join(step.events or step.documents)}"


def _of_incident(store: TableStore, incident: Incident) -> Iterator[str]:
    from tocsin.cli.progress import counted

    kind = incident.type + (f"/{incident.mode}" if incident.mode else "")
    yield f"{kind}, {incident.status}: {incident.status_reason}"
    yield (
        f"{counted(len(incident.reports), 'report')} in "
        f"{counted(len(incident.documents), 'article')}, "
        f"{counted(incident.sources, 'independent source')}, "
        f"published {incident.first_report or '?'} to {incident.last_report or '?'}"
    )
    number = {id_: place for place, id_ in enumerate(incident.reports, 1)}

    def who(reports: Sequence[str]) -> str:
        return "reports " + ", ".join(str(number[id_]) for id_ in reports)

    yield ""
    for name, parties in (("actor", incident.actors), ("recipient", incident.recipients)):
        for party in parties:
            code = " ".join(filter(None, (party.country, "+".join(party.sectors))))
            yield f"  {name}: {party.name} [{code}] ({who(party.reports)})"
    for days in incident.days:
        yield f"  on {days.start or '?'} to {days.end or '?'} ({who(days.reports)})"
    for site in incident.sites:
        yield f"  at {site.name} [{site.country or '?'}] ({who(site.reports)})"
    if incident.object is not None:
        yield f"  what: {incident.object}"
    if incident.cardinality != "one":
        told = {"several": "several happenings told together", "habitual": "a habit"}
        yield f"  how often: {told[incident.cardinality]}"
    for count in incident.counts:
        yield f"  count: {count.words} ({who(count.reports)})"
    if incident.content_type is not None:
        mode = f"/{incident.content_mode}" if incident.content_mode else ""
        yield f"  content: {incident.content_type}{mode} ({incident.content_text!r})"
    if incident.condition is not None:
        yield f"  condition: {incident.condition!r}"
    for claim in incident.claims:
        speaker = claim.speaker.name if claim.speaker else "somebody unnamed"
        marks = [name for name, said in (("state media", claim.state_media),
                                         ("unnamed source", claim.anonymous)) if said]  # fmt: skip
        mark = f" [{', '.join(marks)}]" if marks else ""
        day = f"first {claim.first or '?'}"
        yield f"  {speaker}{mark} {claim.stance} it, {day} ({who(claim.reports)})"
    yield ""
    for event in sorted(store.links.events_by_id(incident.reports), key=lambda e: number[e.id]):
        document = store.document(event.document)
        outlet = document.outlet if document is not None else None
        source = ", ".join(filter(None, [outlet, str(event.published or "no date")]))
        yield f"  {number[event.id]}. {event.id} ({source}; {event.status})"
        yield f"     {' '.join(event.sentence.text.split())}"


def _of_story(store: TableStore, story: Story) -> Iterator[str]:
    from tocsin.cli.progress import counted
    from tocsin.store import Filters

    yield story.title
    yield (
        f"{counted(len(story.documents), 'article')}, "
        f"{counted(story.sources, 'independent source')}, published "
        f"{story.first or '?'} to {story.last or '?'}"
    )
    yield ""
    for id_ in story.documents:
        document = store.document(id_)
        if document is not None:
            day = str(document.published) if document.published else "no date"
            yield f"  {id_}: {', '.join(filter(None, [document.outlet, day, document.title]))}"
            for row in store.ask("incidents", Filters(document=id_)):
                kind = row["type"] + (f"/{row['mode']}" if row["mode"] else "")
                yield f"      {row['id']} {row['actor'] or '-'} {kind} {row['recipient'] or '-'}"


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
