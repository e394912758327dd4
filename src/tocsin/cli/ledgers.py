"""``tocsin threats`` and ``tocsin channels``: what is followed over time."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated, Any

import typer

from tocsin.cli.common import clean_end
from tocsin.cli.narrowing import (
    Database,
    Dyad,
    Kind,
    Limit,
    Outcome,
    Since,
    Speaker,
    State,
    Type,
    Until,
    Words,
    filters_of,
)
from tocsin.cli.rows import Format, Row, field, format_of, print_records, print_rows


def threats(
    db: Database,
    kind: Kind = None,
    outcome: Outcome = None,
    speaker: Speaker = None,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    type_: Type = None,
    words: Words = None,
    limit: Limit = None,
    rates: Annotated[
        bool,
        typer.Option("--rates", help="How often each speaker's were followed by the deed."),
    ] = False,
    format_: Format = None,
) -> None:
    """Print threats and demands, by the day on which they were made, and what became of each."""
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(
            kind=kind, outcome=outcome, speaker=speaker, dyad=dyad, since=since, until=until,
            type_=type_, words=words, limit=limit,
        )  # fmt: skip
        from tocsin.linking.follow_through import follow_through
        from tocsin.model.codec import record_from_dict
        from tocsin.model.threat import Threat
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if rates:
                records = store.ask("threat_records", filters)
                found = [record_from_dict(Threat, json.loads(row["record"])) for row in records]
                rows = [asdict(row) for row in follow_through(found)]
                print_rows(rows, format_, _RATE_COLUMNS)
            elif format_ == "jsonl":
                print_records(store.ask("threat_records", filters))
            else:
                print_rows(store.ask("threats", filters), format_, _THREAT_COLUMNS)


def channels(
    db: Database,
    kind: Kind = None,
    state: State = None,
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    words: Words = None,
    limit: Limit = None,
    format_: Format = None,
) -> None:
    """Print channels and agreements: the state of each, and how it came to it."""
    with clean_end():
        format_ = format_of(format_)
        filters = filters_of(
            kind=kind, state=state, dyad=dyad, since=since, until=until, words=words, limit=limit
        )
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            if format_ == "jsonl":
                print_records(store.ask("channel_records", filters))
            else:
                print_rows(store.ask("channels", filters), format_, _CHANNEL_COLUMNS)


def _threat(row: Row) -> str:
    """Who threatens whom with what."""
    what = row["content_type"] or "?"
    what += f"/{row['content_mode']}" if row["content_mode"] else ""
    words = f" ({row['content_text']})" if row["content_text"] else ""
    unless = f", condition: {row['condition']}" if row["condition"] else ""
    names = (row["speaker"] or "?").replace(";", ", "), (row["addressee"] or "?").replace(";", ", ")
    return f"{names[0]} to {names[1]}: {what}{words}{unless}"


def _lag(row: Row) -> Any:
    least, most = row["lag_least"], row["lag_most"]
    if least is None:
        return ""
    return least if least == most else f"{least} to {most if most is not None else '?'}"


def _rate(row: Row) -> str:
    if row["rate"] is None:
        return ""
    return f"{row['rate']:.2f} ({row['low']:.2f} to {row['high']:.2f})"


_THREAT_COLUMNS = {
    "day": field("made_start"), "kind": field("kind"), "what": _threat,
    "outcome": field("outcome"), "lag": _lag, "reason": field("reason"), "id": field("id"),
}  # fmt: skip
_RATE_COLUMNS = {
    "kind": field("kind"), "speaker": field("name"), "content": field("content_type"),
    "n": field("n"), "done": field("done"), "rate": _rate, "open": field("open"),
    "replaced": field("replaced"), "untested": field("untested"),
}  # fmt: skip
_CHANNEL_COLUMNS = {
    "name": field("name"), "kind": field("kind"), "between": field("parties"),
    "state": field("state"), "since": field("since"),
    "what": lambda row: (row["steps"] or "").replace(";", "; "), "id": field("id"),
}  # fmt: skip
