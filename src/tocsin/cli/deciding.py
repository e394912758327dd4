"""``tocsin decide``: what a person says of incidents, kept with name and time."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from tocsin.cli.common import clean_end, say
from tocsin.cli.narrowing import Database
from tocsin.cli.rows import Format, format_of, print_rows
from tocsin.errors import OptionError

decide = typer.Typer(
    name="decide",
    help="Merge, split, relabel, reject or accept incidents; every decision can be undone.",
    no_args_is_help=True, rich_markup_mode=None,
)  # fmt: skip

Who = Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides.")]
Note = Annotated[str | None, typer.Option(metavar="TEXT", help="Why.")]
Ids = Annotated[
    list[str], typer.Argument(metavar="ID...", help="Ids of incidents, or of events of them.")
]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of an incident.")]


@decide.command()
def merge(ids: Ids, db: Database, who: Who, note: Note = None) -> None:
    """These incidents are one."""
    _decide(db, action="merge", who=who, note=note, ids=ids)


@decide.command()
def split(ids: Ids, db: Database, who: Who, note: Note = None) -> None:
    """These reports (ids of events) are of another happening than the rest of their incident."""
    _decide(db, action="split", who=who, note=note, ids=ids)


@decide.command()
def relabel(
    id_: Id,
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
    _decide(
        db, action="relabel", who=who, note=note, ids=[id_], type=type_, mode=mode, status=status
    )


@decide.command()
def reject(ids: Ids, db: Database, who: Who, note: Note = None) -> None:
    """These incidents, or single reports of them, are nothing that happened or was said."""
    _decide(db, action="reject", who=who, note=note, ids=ids)


@decide.command()
def accept(id_: Id, db: Database, who: Who, note: Note = None) -> None:
    """The incident is right as it is: its type, who did it to whom, and its status."""
    _decide(db, action="accept", who=who, note=note, ids=[id_])


@decide.command()
def undo(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The number of a decision.")],
    db: Database,
    who: Who,
    note: Note = None,
) -> None:
    """A decision holds no more; the undoing can be undone too."""
    _decide(db, action="undo", who=who, note=note, undoes=number)


@decide.command("list")
def list_(db: Database, format_: Format = None) -> None:
    """Print all decisions, in the order in which they were made."""
    with clean_end():
        format_ = format_of(format_)
        from tocsin.model.codec import record_to_dict
        from tocsin.store import open_store
        from tocsin.work.deciding import listed

        with open_store(db, read_only=True) as store:
            rows = [record_to_dict(one) | {"holds": holds} for one, holds in listed(store)]
        print_rows(rows, format_, _COLUMNS)


@decide.command()
def export(
    db: Database,
    pairs: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write judged pairs (.jsonl) for tocsin evaluate links."),
    ] = None,
    sheet: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write a judged sheet (.csv) for tocsin evaluate sheet."),
    ] = None,
) -> None:
    """Write what was decided as judgements: pairs of events, a sheet of events, or both.

    What people decided about is no random sample: a review queue begins with what is least sure. So
    figures from these files hold for what was decided about, and are not the accuracy of the whole.
    The pairs must be held against another store of the same articles: in this one the decisions
    hold, and every pair is right.
    """
    with clean_end():
        if pairs is None and sheet is None:
            raise OptionError("give --pairs FILE, --sheet FILE or both")
        from tocsin.cli.progress import counted
        from tocsin.evaluation.decided import judged_events, judged_pairs, write_pairs
        from tocsin.evaluation.sheet import write_sheet
        from tocsin.store import open_store

        with open_store(db, read_only=True) as store:
            lines = judged_pairs(store) if pairs is not None else []
            rows = judged_events(store) if sheet is not None else ()
        if pairs is not None:
            write_pairs(pairs, lines)
            say(f"{counted(len(lines), 'pair')} in {pairs}; evaluate them on another store")
        if sheet is not None:
            write_sheet(sheet, rows)
            say(f"{counted(len(rows), 'event')} in {sheet}; these are no random sample")


def _decide(db: str, **said: Any) -> None:
    """Keep a decision and say what it came to."""
    with clean_end():
        from tocsin.store import open_store
        from tocsin.work.deciding import check
        from tocsin.work.deciding import decide as keep

        check(**said)  # a store is made by opening it
        with open_store(db) as store:
            made = keep(store, **said)
            say(
                f"decision {made.number}: {made.action} by {made.who}; "
                f"{store.links.count():,} incidents"
            )


_COLUMNS = {
    "number": lambda row: row["number"], "day": lambda row: row["made"][:10],
    "who": lambda row: row["who"], "action": lambda row: row["action"],
    "reports": lambda row: sum(map(len, row["groups"])) or row["undoes"],
    "holds": lambda row: "yes" if row["holds"] else "no", "reason": lambda row: row["note"] or "",
}  # fmt: skip
