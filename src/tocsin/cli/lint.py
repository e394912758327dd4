"""``tocsin lint``: the checks across the knowledge files."""

from __future__ import annotations

import typer

from tocsin.cli.common import SET_ASIDE, Actors, Packs, chosen_packs, clean_end, printable, say
from tocsin.cli.progress import counted


def lint(actors: Actors = None, packs: Packs = None) -> None:
    """Check the knowledge files against each other.

    Unknown codes, names that clash, periods that overlap, rules without examples. Prints one line
    for each fault; exit code 1 if there is any. With --actors it is this file that is checked,
    against ours.
    """
    with clean_end():
        from tocsin.knowledge.lint import lint as check

        faults = check(actors=actors, packs=chosen_packs(packs))
        for fault in faults:
            typer.echo(printable(fault))
        say(f"{counted(len(faults), 'fault')} in {actors or 'the knowledge files'}")
    if faults:
        raise typer.Exit(SET_ASIDE)
