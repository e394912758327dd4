"""``tocsin code``: articles in, events out."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import (
    SET_ASIDE,
    Actors,
    CoderName,
    Codes,
    LanguageModel,
    MinConfidence,
    Packs,
    Published,
    clean_end,
    make_coder,
    one_of,
    printable,
    say,
)
from tocsin.errors import InputError, OptionError, TocsinError

if TYPE_CHECKING:
    from tocsin.cli.output import Writer
    from tocsin.cli.progress import Progress
    from tocsin.knowledge.freshness import Manifest
    from tocsin.model.document import Document
    from tocsin.model.event import Event

FORMATS = ("jsonl", "csv", "table")


def code(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Articles: .txt, .html, .jsonl or .jsonl.gz files, folders of them, - for "
            "standard input (JSON lines or one article).",
        ),
    ],
    published: Published = None,
    output: Annotated[
        str | None,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Write the events to FILE: .jsonl, .csv or .parquet by its ending.",
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
    coder: CoderName = None,
    min_confidence: MinConfidence = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:  # fmt: skip
    """Code articles: who did what to whom, when, where and on whose word.

    Exit code 0 when all was coded, 1 when anything was set aside, 2 when nothing could start.
    """
    with clean_end():
        if format_ is not None:
            one_of(format_, FORMATS, "--format")
        if report is not None:
            _check_report(report)
        for written in filter(None, (output, report)):
            _keep_apart(written, paths)
        from tocsin.knowledge.freshness import load_manifest

        run = Run(keep=report is not None, manifest=load_manifest(packs=packs or ("korea",)))
        with contextlib.ExitStack() as stack:
            writers = _writers(stack, output, format_)
            engine = make_coder(
                context,
                coder=coder,
                min_confidence=min_confidence,
                language_model=language_model,
                packs=packs,
                actors=actors,
            )
            _code_all(run, paths, published, engine, writers)
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


def _keep_apart(written: str, paths: Sequence[str]) -> None:
    """Refuse to write over an article that is read."""
    target = Path(written).absolute()
    for path in paths:
        if path != "-" and Path(path).absolute() == target:
            raise OptionError(f"{written} is to be read and to be written; name another file")


@dataclass(slots=True)
class Run:
    """What happened: problems in order, and the coded documents where they are kept.

    ``newer`` counts the articles that are younger than a table of the ``manifest``.
    """

    keep: bool = False
    manifest: Manifest | None = None
    problems: list[InputError] = field(default_factory=list)
    pairs: list[tuple[Document, Sequence[Event]]] = field(default_factory=list)
    undated: int = 0
    newer: int = 0
    outdated: set[str] = field(default_factory=set)

    def note(self, published: date | None) -> None:
        """Count an article that is younger than what the actor tables know."""
        if published is not None and self.manifest is not None:
            tables = self.manifest.older_than(published)
            self.newer += bool(tables)
            self.outdated.update(tables)


def _writers(stack: contextlib.ExitStack, output: str | None, format_: str | None) -> list[Writer]:
    from tocsin.cli.output import Csv, JsonLines, OutputFile

    writers: list[Writer] = []
    if output is not None:
        writers.append(stack.enter_context(OutputFile(output)))
    elif format_ is None:
        format_ = "table" if sys.stdout.isatty() else "jsonl"
    if format_ == "table":
        from tocsin.cli.table import TableWriter

        writers.append(TableWriter())
    elif format_ is not None:
        writers.append(Csv(sys.stdout.buffer) if format_ == "csv" else JsonLines(sys.stdout.buffer))
    return writers


def _code_all(
    run: Run, paths: Sequence[str], published: object, engine: Codes, writers: Sequence[Writer]
) -> None:
    from tocsin.cli.progress import Progress
    from tocsin.ingest import read_documents

    # On a terminal the table itself shows how far we are.
    progress = Progress(shown=not sys.stdout.isatty() or not _prints(writers))
    day = published if isinstance(published, date) else None
    documents = read_documents(paths, published=day, on_problem=run.problems.append)
    reader_gone = False
    try:
        code_documents(documents, engine, writers, run, progress)
    except BrokenPipeError:
        reader_gone = True
        raise
    finally:
        progress.done()
        if not reader_gone:
            _summarise(run, progress)


def _summarise(run: Run, progress: Progress) -> None:
    """Say on standard error what was coded, left undated and set aside."""
    from tocsin.cli.progress import counted

    say(f"{counted(progress.articles, 'article')} coded, {counted(progress.events, 'event')}")
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
    if run.problems:
        say(f"{len(run.problems):,} set aside:")
        for problem in run.problems:
            print(f"  {printable(str(problem))}", file=sys.stderr)


def _prints(writers: Sequence[Writer]) -> bool:
    from tocsin.cli.output import OutputFile

    return any(not isinstance(writer, OutputFile) for writer in writers)


def code_documents(
    documents: Iterable[Document],
    engine: Codes,
    writers: Sequence[Writer],
    run: Run,
    progress: Progress,
) -> None:
    """Code one document after the other and write its events at once.

    A document that cannot be coded is set aside like one that cannot be read. Errors that would
    hit every document (a missing model, a broken rule file) end the run.
    """
    for document in documents:
        try:
            events = engine.code(document)
        except InputError as error:
            run.problems.append(error)
            continue
        except (TocsinError, MemoryError):
            raise
        except Exception as error:
            what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
            run.problems.append(
                InputError(f"a fault in Tocsin, please report it: {what}", path=document.id)
            )
            continue
        for writer in writers:
            writer.write(document, events)
        progress.add(len(events))
        run.note(events[0].published if events else document.published)
        run.undated += any(map(_unresolved, events))
        if run.keep:
            run.pairs.append((document, events))


def _unresolved(event: Event) -> bool:
    """Whether a relative date of the event hangs on nothing."""
    dates = [event.date, event.deadline, *(quantity.period for quantity in event.quantities)]
    return event.published is None and any(
        when is not None and when.anchor == "none" for when in dates
    )
