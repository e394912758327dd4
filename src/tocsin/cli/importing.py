"""``tocsin import``: others' event series into a store, beside our own events."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, cast

import typer

from tocsin.cli.common import SET_ASIDE, clean_end, one_of, printable, say
from tocsin.cli.narrowing import Database
from tocsin.errors import InputError

if TYPE_CHECKING:
    from tocsin.model.imported import Imported
    from tocsin.store.tables import TableStore

# Rows that go into the store together. A larger number makes an import hardly faster.
_BATCH = 25_000
_SHOWN = 50  # of what was set aside; all of it is counted


def import_(
    series: Annotated[
        str,
        typer.Argument(
            metavar="SERIES", help="What it is: icews, icews-kg, gdelt1, gdelt2 or polecat."
        ),
    ],
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Files as they are given out, also .zip and .gz."),
    ],
    db: Database,
) -> None:
    """Put another's event series into a store, each row once.

    A row that cannot be read is set aside; the exit code is then 1.
    """
    with clean_end():
        from tocsin.ingest.series import read_series
        from tocsin.knowledge.collecting import nothing_collected
        from tocsin.model.imported import ALSO, SERIES, Series
        from tocsin.store import open_store

        name = cast("Series", one_of(ALSO.get(series, series), SERIES, "the series"))
        tally = _Tally()
        with open_store(db) as store, nothing_collected():
            _import(read_series(files, name, tally.passed), store, tally)
        tally.summarise()
    if tally.wrong:
        raise typer.Exit(SET_ASIDE)


def _import(found: Iterator[Imported | InputError], store: TableStore, tally: _Tally) -> None:
    from tocsin.cli.progress import Progress

    progress = Progress(shown=True)
    rows: list[Imported] = []
    try:
        for one in found:
            if isinstance(one, InputError):
                tally.problem(one)
                continue
            rows.append(one)
            if len(rows) >= _BATCH:
                tally.add(len(rows), store.add_imported(rows))
                rows.clear()
                progress.show(f"{tally.rows:,} rows")
        if rows:
            tally.add(len(rows), store.add_imported(rows))
    finally:
        progress.done()


@dataclass(slots=True)
class _Tally:
    """What became of the rows."""

    rows: int = 0
    new: int = 0
    wrong: int = 0
    problems: list[InputError] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)

    def add(self, rows: int, new: int) -> None:
        self.rows += rows
        self.new += new

    def problem(self, problem: InputError) -> None:
        self.wrong += 1
        if len(self.problems) < _SHOWN:
            self.problems.append(problem)

    def summarise(self) -> None:
        """Say on standard error what became of every row; the counts add up."""
        from tocsin.cli.progress import counted

        say(
            f"{counted(self.rows + self.wrong, 'row')}: {self.new:,} new, "
            f"{self.rows - self.new:,} known, {self.wrong:,} set aside"
        )
        if self.passed:
            kinds = ", ".join(f"{kind} {number:,}" for kind, number in self.passed.most_common(8))
            say(f"passed over, for they hold no tables: {kinds}")
        for problem in self.problems:
            print(f"  {printable(str(problem))}", file=sys.stderr)
        if self.wrong > _SHOWN:
            print(f"  and {self.wrong - _SHOWN:,} more", file=sys.stderr)
