"""``tocsin code``: articles in, events out."""

from __future__ import annotations

import contextlib
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import (
    SET_ASIDE,
    Actors,
    CoderName,
    ColumnNames,
    DateFormat,
    LanguageModel,
    MinConfidence,
    Packs,
    Published,
    chosen_columns,
    clean_end,
    coder_maker,
    keep_apart,
    one_of,
    say,
)
from tocsin.cli.engines import WorkerCount, engine_of
from tocsin.cli.scoping import About, sift_maker, sift_of
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.cli.ledger import Ledger
    from tocsin.cli.work import Outputs

FORMATS = ("jsonl", "csv", "table")
ENGINES = ("local", "ray")


def code(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Articles: .txt, .md, .html, .jsonl, .json, .csv, .parquet, feeds, .warc, each "
            "also compressed; folders and .zip or .tar archives of them; - for standard input "
            "(JSON lines or one article).",
        ),
    ],
    published: Published = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Write the events to FILE: .jsonl, .csv or .parquet by its ending; beside it, in "
            "FILE's name with .items.jsonl, what became of every article. A run that is cut off "
            "goes on when it is started again.",
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT",
            help="What to print: jsonl, csv or table. Default: a table on a terminal, JSON lines "
            "in a pipe, nothing with --output.",
        ),
    ] = None,
    report: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Write a report to FILE (.html), to read in a browser."),
    ] = None,
    seen: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            help="Articles of earlier runs: copies of them are not coded again; those of this run "
            "are added. FILE is made where there is none.",
        ),
    ] = None,
    engine: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Where it is done: local (here) or ray, on a cluster or all cores of this "
            "machine; then --output is a folder, of Parquet files.",
        ),
    ] = "local",
    restart: Annotated[
        bool, typer.Option("--restart", help="Throw away what a run that was cut off has left.")
    ] = False,
    columns: ColumnNames = None,
    date_format: DateFormat = None,
    coder: CoderName = None,
    min_confidence: MinConfidence = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
    about: About = None,
    workers: WorkerCount = None,
) -> None:  # fmt: skip
    """Code articles: who did what to whom, when, where and on whose word.

    Copies of articles that were read before are known as such and not coded again. Exit code 0 when
    nothing was set aside, 1 when anything was, 2 when nothing could start.
    """
    with clean_end():
        if format_ is not None:
            one_of(format_, FORMATS, "--format")
        if one_of(engine, ENGINES, "--engine") == "ray":
            if format_ or report or seen or workers:
                raise OptionError(
                    "--engine ray goes with no --format, --report, --seen or --workers"
                )
            from tocsin.cli.clustering import code_on_ray

            run = code_on_ray(
                paths, output, maker=partial(coder_maker, context), published=published,
                columns=columns, date_format=date_format, restart=restart,
                sift=sift_maker(about, packs, actors), about=about,
                options={
                    "coder": coder, "min_confidence": min_confidence,
                    "language_model": language_model, "packs": packs, "actors": actors,
                },
            )  # fmt: skip
            raise typer.Exit(SET_ASIDE if run.problems else 0)
        if report is not None:
            _check_report(report)
        from tocsin.cli.ledger import ledger_path

        beside = str(ledger_path(output)) if output is not None else None
        for written in filter(None, (output, beside, report, seen)):
            keep_apart(written, paths)
        named = chosen_columns(columns, date_format)
        from tocsin.cli.work import intake_for, work_through
        from tocsin.knowledge.freshness import load_manifest
        from tocsin.linking.copies import CopyIndex
        from tocsin.linking.seen import Seen
        from tocsin.work.run import Run

        run = Run(keep=report is not None, manifest=load_manifest(packs=packs or ("korea",)))
        coder_options: dict[str, Any] = {
            "coder": coder,
            "min_confidence": min_confidence,
            "language_model": language_model,
            "packs": packs,
            "actors": actors,
        }
        options = coder_options | {
            "paths": paths, "published": published, "columns": columns, "dates": date_format,
            "seen": seen, "about": about,
        }  # fmt: skip
        sift = sift_of(about, packs, actors)
        with contextlib.ExitStack() as stack:
            outputs, ledger = _outputs(stack, output, format_, options, restart, keep=run.keep)
            live = "-" in paths
            coding = stack.enter_context(engine_of(context, workers, live=live, **coder_options))
            known = Seen(seen) if seen is not None else None
            index = known.index() if known is not None else CopyIndex()
            before = len(index.entries)
            intake = intake_for(paths, index)
            work_through(
                run, paths, published, coding, outputs, columns=named, intake=intake, sift=sift
            )
        if ledger is not None:
            ledger.finish()
        if known is not None:
            # Only now, when the outputs are whole: a run that is cut off finds its own articles
            # new again.
            known.add(index.entries.since(before))
        if report is not None:
            from tocsin.report.html import write_report

            write_report(Path(report), run.pairs)
            say(f"the report is in {report}")
    if run.problems:
        raise typer.Exit(SET_ASIDE)


def _check_report(report: str) -> None:
    """Refuse, before the work, a report that could not be written after it."""
    if not report.lower().endswith((".html", ".htm")):
        raise OptionError(f"the report {report!r} must end in .html")
    if Path(report).is_dir():
        raise OptionError(f"the report {report!r} cannot be written: it is a folder")
    Path(report).parent.mkdir(parents=True, exist_ok=True)


def _outputs(
    stack: contextlib.ExitStack,
    output: str | None,
    format_: str | None,
    options: dict[str, Any],
    restart: bool,
    *,
    keep: bool,
) -> tuple[Outputs, Ledger | None]:
    from tocsin.cli.output import Csv, JsonLines, OutputFile, check_output, events_before
    from tocsin.cli.work import Outputs

    out = Outputs()
    ledger = None
    if output is not None:
        from tocsin.cli.ledger import Ledger

        check_output(output)
        # The events of a table cannot be read back for a report.
        fresh = restart or (keep and output.lower().endswith(".csv"))
        out.ledger = ledger = Ledger(output, options, fresh=fresh)
        stack.callback(ledger.close)
        if ledger.at is not None and keep:
            out.earlier = events_before(output, ledger.at)
        ledger.writes = stack.enter_context(OutputFile(output, at=ledger.at))
        out.writers.append(ledger.writes)
        if ledger.done:
            count = sum(map(len, ledger.done.values()))
            say(f"going on behind {count:,} items of the run that was cut off")
    elif format_ is None:
        format_ = "table" if sys.stdout.isatty() else "jsonl"
    if format_ == "table":
        from tocsin.cli.table import TableWriter

        out.writers.append(TableWriter())
    elif format_ is not None:
        stdout = sys.stdout.buffer
        out.writers.append(Csv(stdout) if format_ == "csv" else JsonLines(stdout))
    return out, ledger
