"""``tocsin sample``: a sheet of random events and sentences, to judge by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import (
    SET_ASIDE,
    Actors,
    LanguageModel,
    Packs,
    Published,
    clean_end,
    keep_apart,
    make_coder,
    say,
)
from tocsin.errors import InputError, OptionError

if TYPE_CHECKING:
    from tocsin.evaluation.sampling import SpreadSampler
    from tocsin.evaluation.sheet import Found
    from tocsin.model.document import Document
    from tocsin.model.reading import Reading

# A page with more rows than this is slow, and nobody judges it.
_MOST = 5000


def sample(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Articles, as for tocsin code."),
    ],
    output: Annotated[
        str,
        typer.Option(
            "--output", "-o", metavar="FILE",
            help="Write FILE.csv, to fill in a spreadsheet, and FILE.html, to fill in a browser.",
        ),
    ],
    n: Annotated[
        int,
        typer.Option(
            "--n", metavar="N", min=1, max=_MOST,
            help="How many events; half as many sentences without any.",
        ),
    ] = 200,
    seed: Annotated[
        int, typer.Option(metavar="N", help="Another seed draws another sample.")
    ] = 0,
    per_article: Annotated[
        int,
        typer.Option(
            metavar="N", min=0,
            help="Draw no more than N of one article while others have any; 0: never mind "
            "from which article.",
        ),
    ] = 5,
    published: Published = None,
    coder: Annotated[
        str | None, typer.Option(metavar="NAME", help="How types are decided, as for tocsin code.")
    ] = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:  # fmt: skip
    """Draw random events, and random sentences in which nothing was coded, to judge by hand.

    The same articles and seed give the same sheet. Judge all or some rows, then run tocsin
    evaluate sheet.
    """
    with clean_end():
        from tocsin.cli.work import Outputs, work_through
        from tocsin.evaluation.sampling import SpreadSampler
        from tocsin.evaluation.sheet import EVENT, SENTENCE, sheet_rows
        from tocsin.work.engine import InProcess
        from tocsin.work.run import Run

        sheet, page = _files(output)
        for file in (sheet, page):
            keep_apart(str(file), paths)
        limit = per_article or None
        drawing = Drawing(
            make_coder(
                context, coder=coder, language_model=language_model, packs=packs, actors=actors
            ),
            SpreadSampler(n, seed=seed, name=EVENT, per_article=limit),
            SpreadSampler((n + 1) // 2, seed=seed, name=SENTENCE, per_article=limit),
        )
        run = Run()
        work_through(run, paths, published, InProcess(drawing), Outputs())
        events, sentences = drawing.events.sample(), drawing.sentences.sample()
        rows = sheet_rows(events, sentences)
        if rows:
            from tocsin.evaluation.sheet import write_sheet
            from tocsin.report.sheet import write_sheet_page

            write_sheet(sheet, rows)
            write_sheet_page(page, rows)
            say(
                f"{len(events.drawn):,} of {events.population:,} events and "
                f"{len(sentences.drawn):,} of {sentences.population:,} sentences without one are "
                f"in {sheet} and {page}"
            )
        else:
            say("nothing to draw from: no article has a sentence; no sheet is written")
    if run.problems or not rows:
        raise typer.Exit(SET_ASIDE)


class Drawing:
    """A coder that also hands what it finds to the samplers."""

    def __init__(
        self, coder: Any, events: SpreadSampler[Found], sentences: SpreadSampler[Found]
    ) -> None:
        self._coder = coder
        self.events = events
        self.sentences = sentences

    def read(self, document: Document) -> Reading:
        """What one document holds."""
        from tocsin.evaluation.sheet import found_in
        from tocsin.model.reading import Reading

        work = self._coder.work(document)
        events, sentences = found_in(work)
        self.events.add([(found.id, found) for found in events])
        self.sentences.add([(found.id, found) for found in sentences])
        return Reading(work.events, work.states)


def _files(output: str) -> tuple[Path, Path]:
    """The sheet and the page; refuses, before the work, what could not or must not be written."""
    path = Path(output)
    base = path.with_suffix("") if path.suffix.lower() in (".csv", ".html") else path
    if not base.name or base.name in (".", ".."):
        raise OptionError(f"--output {output!r} names no file")
    sheet, page = (base.with_name(base.name + ending) for ending in (".csv", ".html"))
    for file in (sheet, page):
        if file.is_dir():
            raise OptionError(f"{file} cannot be written: it is a folder")
    if sheet.exists() and _has_judgements(sheet):
        raise OptionError(f"{sheet} holds judgements already; name another file, or move it")
    base.parent.mkdir(parents=True, exist_ok=True)
    return sheet, page


def _has_judgements(path: Path) -> bool:
    from tocsin.evaluation.judged import read_sheet

    try:
        rows = read_sheet(path).rows
    except InputError:
        return False
    return any(row.verdicts or row.missed is not None for row in rows)
