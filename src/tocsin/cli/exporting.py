"""``tocsin export``: the events of a store as a file, with its codebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import clean_end, one_of, say
from tocsin.cli.narrowing import (
    Database,
    Dyad,
    Least,
    Mode,
    Outlet,
    Since,
    Status,
    Type,
    Until,
    Where,
    Words,
    filters_of,
)
from tocsin.errors import OptionError


def export(
    db: Database,
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="The file, by its ending: .jsonl, .csv, .tsv, .parquet or .geojson.",
        ),
    ],
    dyad: Dyad = None,
    since: Since = None,
    until: Until = None,
    type_: Type = None,
    mode: Mode = None,
    status: Status = None,
    where: Where = None,
    outlet: Outlet = None,
    words: Words = None,
    least: Least = None,
    layout: Annotated[
        str,
        typer.Option(metavar="NAME", help="The columns: tocsin (the default), gdelt or icews."),
    ] = "tocsin",
) -> None:  # fmt: skip
    """Write the events of a store to a file, and beside it a codebook of its columns."""
    with clean_end():
        from tocsin.report.exports import LAYOUTS, write_export
        from tocsin.report.exports.writing import codebook_path
        from tocsin.store import open_store

        one_of(layout, tuple(LAYOUTS), "--layout")
        path = Path(output)
        _check_ending(path, layout)
        filters = filters_of(
            dyad=dyad, since=since, until=until, type_=type_, mode=mode, status=status,
            where=where, outlet=outlet, words=words, least=least,
        )  # fmt: skip
        with open_store(db, read_only=True) as store:
            try:
                written = write_export(
                    path, LAYOUTS[layout](), store.reports(filters),
                    every_status=status is not None,
                )  # fmt: skip
            except OSError as error:
                raise OptionError(f"{path} cannot be written: {error.strerror or error}") from error
        from tocsin.cli.progress import counted

        rows = f" in {counted(written.rows, 'row')}" if written.rows != written.events else ""
        say(f"{counted(written.events, 'event')}{rows} in {path}; codebook: {codebook_path(path)}")
        if written.placeless:
            say(f"{counted(written.placeless, 'event')} without coordinates left out")
        if written.other_status:
            say(
                f"{counted(written.other_status, 'event')} left out that are denied, predicted or "
                f"hypothetical: {layout} has no column to say so; --status NAME asks for them"
            )


def _check_ending(path: Path, layout: str) -> None:
    from tocsin.report.exports.writing import ENDINGS, TABLES

    allowed = ENDINGS if layout == "tocsin" else TABLES
    if path.suffix.lower() not in allowed:
        raise OptionError(
            f"the output file {str(path)!r} must end in one of {', '.join(allowed)}"
            + (f" for the layout {layout}" if layout != "tocsin" else "")
        )
