"""``tocsin lint``: the checks across the knowledge files."""

from __future__ import annotations

import typer

from tocsin.cli.common import SET_ASIDE, clean_end, printable, say
from tocsin.cli.progress import counted


def lint() -> None:
    """Check the knowledge files against each other.

    Unknown codes, names that clash, periods that overlap, rules without examples. Prints one line
    for each fault; exit code 1 if there is any.
    """
    with clean_end():
        from tocsin.knowledge.lint import lint as check

        faults = check()
        for fault in faults:
            typer.echo(printable(fault))
        say(f"{counted(len(faults), 'fault')} in the knowledge files")
    if faults:
        raise typer.Exit(SET_ASIDE)
