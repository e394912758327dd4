"""``tocsin lint``: the checks across the knowledge files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import SET_ASIDE, Actors, Packs, chosen_packs, clean_end, printable, say
from tocsin.cli.progress import counted

if TYPE_CHECKING:
    from tocsin.knowledge.terms import Coverage


def lint(
    coverage: Annotated[
        bool,
        typer.Option(
            "--coverage",
            help="Print how well offices are known, per group of states, and how many bodies, "
            "groups and media there are, instead of the faults.",
        ),
    ] = False,
    packs: Packs = None,
    actors: Actors = None,
) -> None:
    """Check the knowledge files against each other.

    Unknown codes, names that clash, terms that overlap, gaps without a mark, rules without
    examples. Prints one line for each fault; exit code 1 if there is any. With
    --actors it is this file that is checked, against ours.
    """
    with clean_end():
        if coverage:
            from tocsin.knowledge.actors import actor_coverage

            for line in _coverage_lines(*actor_coverage()):
                typer.echo(line)
            return
        from tocsin.knowledge.lint import lint as check

        faults = check(actors=actors, packs=chosen_packs(packs))
        for fault in faults:
            typer.echo(printable(fault))
        say(f"{counted(len(faults), 'fault')} in {actors or 'the knowledge files'}")
    if faults:
        raise typer.Exit(SET_ASIDE)


def _coverage_lines(shares: list[Coverage], counts: dict[str, int]) -> list[str]:
    """The table as text: the same in a pipe and on a terminal."""
    lines = [f"{'group':8}  {'office':26}  {'states':>9}  {'since 1990':>10}  {'since first':>11}"]
    for one in shares:
        of = f"{one.states}/{one.members}"
        lines.append(
            f"{one.group:8}  {one.office:26}  {of:>9}  {one.since_1990:>10.1%}"
            f"  {one.since_tracked:>11.1%}"
        )
    lines += ["", "rows of bodies, groups and media:"]
    lines += [f"{number:>6,}  {name}" for name, number in counts.items()]
    return lines
