"""``tocsin decide``: what a person says of incidents, kept with name and time."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import clean_end, say
from tocsin.cli.narrowing import Database
from tocsin.cli.rows import Format, format_of, print_rows
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.model.decision import Anchor
    from tocsin.store.tables import TableStore

decide = typer.Typer(
    name="decide", help="Merge, split, relabel or reject incidents; every decision can be undone.",
    no_args_is_help=True, rich_markup_mode=None,
)  # fmt: skip

Who = Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
Ids = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Ids of incidents, or of events of them.")
]


@decide.command()
def merge(ids: Ids, db: Database, who: Who, note: Note = None) -> None:
    """These incidents are one."""
    with clean_end():
        if len(ids) < 2:
            raise OptionError("to merge takes two ids and more")
        _decide(db, "merge", who, note, groups=ids)


@decide.command()
def split(ids: Ids, db: Database, who: Who, note: Note = None) -> None:
    """These reports (ids of events) are of another happening than the rest of their incident."""
    with clean_end():
        _decide(db, "split", who, note, groups=ids)


@decide.command()
def relabel(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of an incident.")],
    db: Database,
    who: Who,
    type_: Annotated[
        str | None, typer.Option("--type", metavar="TYPE", help="The right type.")
    ] = None,
    mode: Annotated[str | None, typer.Option(metavar="MODE", help="The right mode.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="The right status.")] = None,
    note: Note = None,
) -> None:
    """The incident has this type, mode or status."""
    with clean_end():
        if type_ is None and mode is None and status is None:
            raise OptionError("to relabel takes --type, --mode or --status")
        _check_labels(type_, mode, status)
        labels: dict[str, Any] = {
            "type": type_.upper() if type_ else None, "mode": mode, "status": status
        }  # fmt: skip
        _decide(db, "relabel", who, note, groups=[id_], **labels)


@decide.command()
def reject(ids: Ids, db: Database, who: Who, note: Note = None) -> None:
    """These incidents, or single reports of them, are nothing that happened or was said."""
    with clean_end():
        _decide(db, "reject", who, note, groups=ids)


@decide.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number of a decision.")],
    db: Database,
    who: Who,
    note: Note = None,
) -> None:
    """A decision holds no more; the undoing can be undone too."""
    with clean_end():
        _decide(db, "undo", who, note, undoes=number)


@decide.command("list")
def list_(db: Database, format_: Format = None) -> None:
    """Print all decisions, in the order in which they were made."""
    with clean_end():
        format_ = format_of(format_)
        from tocsin.model.codec import record_to_dict
        from tocsin.model.decision import in_force
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            made = store.links.decisions()
        holding = {decision.number for decision in in_force(tuple(made))}
        rows = [
            record_to_dict(one) | {"holds": one.number in holding or one.action == "undo"}
            for one in made
        ]
        print_rows(rows, format_, _COLUMNS)


def _check_labels(type_: str | None, mode: str | None, status: str | None) -> None:
    from tocsin.knowledge.ontology import load_ontology
    from tocsin.model.event import STATUSES

    types = load_ontology().types
    if type_ is not None and type_.upper() not in types:
        raise OptionError(f"--type {type_!r} is unknown; allowed: {', '.join(types)}")
    if status is not None and status not in STATUSES:
        raise OptionError(f"--status {status!r} is unknown; allowed: {', '.join(STATUSES)}")
    if mode is not None and type_ is None:
        raise OptionError("--mode takes --type too")
    if mode is not None and type_ is not None:
        modes = types[type_.upper()].mode_scores
        if mode not in modes:
            allowed = ", ".join(modes) or "none"
            raise OptionError(f"{type_.upper()} has no mode {mode!r}; allowed: {allowed}")


def _decide(
    db: str,
    action: Any,
    who: str,
    note: str | None,
    *,
    groups: list[str] | None = None,
    undoes: int | None = None,
    **labels: Any,
) -> None:
    """Keep a decision and link what it changes."""
    from tocsin.linking.linker import link
    from tocsin.model.decision import Decision
    from tocsin.store import open_store

    with open_store(db) as store:
        link(store.links)
        made = store.links.decisions()
        decision = Decision(
            number=len(made) + 1,
            made=datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="seconds"),
            who=who,
            action=action,
            groups=_groups(store, action, groups or []),
            undoes=undoes,
            note=note,
            **labels,
        )
        documents = set(decision.documents)
        if undoes is not None:
            undone = next((one for one in made if one.number == undoes), None)
            if undone is None:
                raise OptionError(f"{db} has no decision {undoes}")
            documents |= _documents(made, undone.number)
        store.links.decide(decision, documents)
        link(store.links)
        say(f"decision {decision.number}: {action} by {who}; {store.links.count():,} incidents")


def _documents(made: Any, number: int) -> set[str]:
    """The documents of a decision, and of those that it undoes."""
    found: set[str] = set()
    wanted: int | None = number
    while wanted is not None:
        decision = next(one for one in made if one.number == wanted)
        found |= decision.documents
        wanted = decision.undoes
    return found


def _groups(store: TableStore, action: str, ids: list[str]) -> tuple[tuple[Anchor, ...], ...]:
    """The reports that the ids stand for: of an incident all, of an event itself."""
    from tocsin.model.decision import anchor_of

    groups: list[list[str]] = []
    for id_ in ids:
        incident = store.incident(id_)
        if incident is None:
            raise OptionError(f"{store.path} has no incident and no event with the id {id_}")
        whole = id_ == incident.id or action == "merge"
        groups.append(list(incident.reports) if whole else [id_])
    if action == "split":
        apart = [id_ for group in groups for id_ in group]
        first = store.incident(apart[0])
        rest = [id_ for id_ in (first.reports if first else ()) if id_ not in apart]
        if not rest or len(rest) + len(apart) != len(first.reports if first else ()):
            raise OptionError("to split takes some of the events of one incident, and not all")
        groups = [apart, rest]
    events = {event.id: event for group in groups for event in store.links.events_by_id(group)}
    return tuple(
        tuple(anchor_of(events[id_]) for id_ in group if id_ in events) for group in groups
    )


_COLUMNS = {
    "number": lambda row: row["number"], "day": lambda row: row["made"][:10],
    "who": lambda row: row["who"], "action": lambda row: row["action"],
    "reports": lambda row: sum(map(len, row["groups"])) or row["undoes"],
    "holds": lambda row: "yes" if row["holds"] else "no", "reason": lambda row: row["note"] or "",
}  # fmt: skip
