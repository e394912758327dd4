"""``tocsin check``: is everything in a store as it must be?"""

from __future__ import annotations

import sys

import typer

from tocsin.cli.common import SET_ASIDE, clean_end, printable, say
from tocsin.cli.narrowing import Database


def check(db: Database) -> None:
    """Verify a store: every span is the words of its text, nothing is orphaned, counts add up.

    Exit code 1 when there is a fault.
    """
    with clean_end():
        from tocsin.cli.progress import counted
        from tocsin.store import open_store

        found = 0
        with open_store(db, read_only=True) as store:
            for fault in store.check():
                found += 1
                print(printable(fault), file=sys.stdout)
            documents = len(store.ask("documents"))
            events = sum(row["events"] for row in store.ask("codings"))
        say(
            f"{counted(documents, 'document')}, {counted(int(events), 'event')}, "
            f"{counted(found, 'fault')}"
        )
    if found:
        raise typer.Exit(SET_ASIDE)
