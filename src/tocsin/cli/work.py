"""From the paths that a command is given to its outputs, and the summary at the end."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from tocsin.cli.common import printable, say

if TYPE_CHECKING:
    from tocsin.cli.output import Writer
    from tocsin.cli.progress import Progress
    from tocsin.ingest.columns import Columns
    from tocsin.ingest.items import Sift
    from tocsin.linking.copies import CopyIndex
    from tocsin.linking.intake import Intake
    from tocsin.model.event import Event
    from tocsin.work.engine import Engine
    from tocsin.work.run import Account, Row, Run

_SHOWN = 50  # of what was set aside, where a file has it all


@dataclass(slots=True)
class Outputs:
    """Where events go; where it is kept what became of the items, which a run that writes a file
    does in a ledger; and the events that an earlier run wrote before it was cut off."""

    writers: list[Writer] = field(default_factory=list)
    ledger: Account | None = None
    earlier: Iterator[Event] | None = None


def work_through(
    run: Run,
    paths: Sequence[str],
    published: date | None,
    engine: Engine,
    outputs: Outputs,
    *,
    intake: Intake | None = None,
    columns: Columns | None = None,
    sift: Sift = iter,
) -> None:
    """Read, code and write everything, and say at the end what became of it.

    ``intake`` may know the articles of earlier runs; ``sift`` passes articles over.
    """
    from tocsin.ingest.reading import read_items
    from tocsin.work.counted import Counted
    from tocsin.work.run import code_items

    if intake is None:
        intake = intake_for(paths)
    items = Counted(
        sift(read_items(paths, published=published, columns=columns, passed=run.passed))
    )
    # On a terminal the table itself shows how far we are.
    shown = not sys.stdout.isatty() or not _prints(outputs.writers)
    with accounted(run, outputs.ledger, shown=shown) as progress:

        def told(row: Row) -> None:
            progress.add(row.get("events"), left=items.left(run.items))

        code_items(
            intake.take(items), engine, outputs.writers, run,
            ledger=outputs.ledger, earlier=outputs.earlier, told=told,
        )  # fmt: skip


@contextmanager
def accounted(run: Run, ledger: Account | None, *, shown: bool) -> Iterator[Progress]:
    """Show how far the work inside is, and say at the end what became of it, however it ends."""
    from tocsin.cli.progress import Progress

    progress = Progress(shown=shown)
    reader_gone = False
    try:
        yield progress
    except BrokenPipeError:
        reader_gone = True
        raise
    finally:
        progress.done()
        if not reader_gone:
            summarise(run, ledger)


def intake_for(paths: Sequence[str], index: CopyIndex | None = None) -> Intake:
    """The way in for these paths. What comes in by a pipe is wanted at once: it may never end."""
    from tocsin.config import READ_AHEAD_CHARACTERS
    from tocsin.linking.intake import Intake

    return Intake(index, read_ahead=0 if "-" in paths else READ_AHEAD_CHARACTERS)


def summarise(run: Run, ledger: Account | None) -> None:
    """Say on standard error what became of every item; the counts add up."""
    from tocsin.cli.progress import counted

    parts = [f"{counted(run.coded, 'article')} coded, {counted(run.events, 'event')}"]
    if run.copies:
        parts.append(f"{counted(run.copies, 'copy', 'copies')} of articles read before")
    if run.known:
        parts.append(f"{run.known:,} known already")
    if run.elsewhere:
        parts.append(f"{run.elsewhere:,} about others passed over")
    if run.problems:
        parts.append(f"{len(run.problems):,} set aside")
    whole = f" ({run.items:,} in all)" if len(parts) > 1 else ""
    say("; ".join(parts) + whole)
    if run.undated:
        say(
            f"{counted(run.undated, 'article')} without a publication date: relative dates "
            "(such as 'today', 'on Monday') stayed unresolved; give it with --published DATE"
        )
    if run.newer and run.manifest is not None:
        tables = ", ".join(f"{name}: {run.manifest.tables[name]}" for name in sorted(run.outdated))
        say(
            f"{counted(run.newer, 'article')} newer than the tables of who held office "
            f"({tables}); who took office since is not in them"
        )
    if run.passed:
        kinds = ", ".join(f"{kind} {number:,}" for kind, number in run.passed.most_common(8))
        say(f"passed over, for they hold no articles: {kinds}")
    if run.problems:
        say(f"{len(run.problems):,} set aside:")
        shown = run.problems[:_SHOWN] if ledger is not None else run.problems
        for problem in shown:
            print(f"  {printable(str(problem))}", file=sys.stderr)
        if len(shown) < len(run.problems) and ledger is not None:
            more = len(run.problems) - len(shown)
            print(f"  and {more:,} more, all in {ledger.path}", file=sys.stderr)


def _prints(writers: Sequence[Writer]) -> bool:
    from tocsin.cli.output import OutputFile

    return any(not isinstance(writer, OutputFile) for writer in writers)
