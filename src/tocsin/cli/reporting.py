"""``tocsin report``: all that a store holds of two countries, as one report to hand on."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import clean_end, one_of, say
from tocsin.cli.narrowing import Database, Since, Until, filters_of
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.model.alarm import Alarm
    from tocsin.store.tables import TableStore

FORMATS = ("html", "md", "pdf")
_ENDINGS = {".html": "html", ".htm": "html", ".md": "md", ".pdf": "pdf"}


def report(
    db: Database,
    dyad: Annotated[
        str,
        typer.Option(
            metavar="A:B", help="The two countries, such as PRK:KOR; * for all others."
        ),
    ],
    since: Since = None,
    until: Until = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to FILE; without it to standard output."
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT",
            help="html, md or pdf. Default: by the ending of FILE, else html.",
        ),
    ] = None,
    incidents: Annotated[
        int,
        typer.Option(metavar="N", min=1, help="How many incidents the timeline shows."),
    ] = 200,
    browser: Annotated[
        str | None,
        typer.Option(
            metavar="PATH", help="The Chromium or Chrome that prints a PDF. Default: on the path."
        ),
    ] = None,
) -> None:  # fmt: skip
    """Write a report on two countries: a summary with its evidence, the index, incidents, threats,
    claims, channels, a map, sources and limits."""
    with clean_end():
        form = _format(format_, output)
        filters = filters_of(dyad=dyad, since=since, until=until)
        from tocsin.report.crisis.building import build
        from tocsin.report.crisis.gathering import gather
        from tocsin.report.crisis.printing import find_browser, print_pdf
        from tocsin.report.crisis.rendering import render_html, render_markdown
        from tocsin.store import open_store

        # What is missing is said before the work is done.
        program = find_browser(browser) if form == "pdf" else ""
        with open_store(db, read_only=True) as store:
            sides = filters.dyad or ("*", "*")
            rung = _alarms(store, sides, filters.since, filters.until)
            material = gather(store, sides, since=since, until=until, alarms=rung)
        made = build(material, most=incidents)
        if form == "md":
            content = render_markdown(made).encode()
        else:
            page = render_html(made, unfolded=form == "pdf")
            content = print_pdf(page, program) if form == "pdf" else page.encode()
        if output is None:
            sys.stdout.buffer.write(content)
        else:
            _write(Path(output), content)
            say(f"{dyad.upper()}, {material.since} to {material.until}, in {output}")


def _alarms(
    store: TableStore, sides: tuple[str, str], since: date | None, until: date | None
) -> list[Alarm] | None:
    """What rang between two countries, in both directions; None where one is all others."""
    from tocsin.series.alarms.watching import watch_dyad

    if "*" in sides:
        return None
    directions = dict.fromkeys((sides, sides[::-1]))
    watched = (watch_dyad(store, one, since=since, until=until) for one in directions)
    return [alarm for found in watched for alarm in found.alarms]


def _format(given: str | None, output: str | None) -> str:
    """What to write; OptionError where that cannot be told, or cannot be printed."""
    if given is not None:
        form = one_of(given, FORMATS, "--format")
    elif output is None:
        form = "html"
    else:
        ending = Path(output).suffix.lower()
        if ending not in _ENDINGS:
            raise OptionError(
                f"the ending of {output} says no format; allowed: {', '.join(_ENDINGS)}, or give "
                "--format"
            )
        form = _ENDINGS[ending]
    if form == "pdf" and output is None:
        raise OptionError("a PDF goes into a file; name it with -o")
    return form


def _write(path: Path, content: bytes) -> None:
    """Write the file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".tocsin-") as folder:
        whole = Path(folder, "report")
        whole.write_bytes(content)
        os.replace(whole, path)
