"""``tocsin add``: articles into a store, coded, and linked with what is there."""

from __future__ import annotations

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
    keep_apart,
    say,
)
from tocsin.cli.engines import WorkerCount, engine_of
from tocsin.cli.narrowing import Database
from tocsin.cli.scoping import About, sift_of
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore
    from tocsin.work.coded_folder import CodedFolder
    from tocsin.work.run import Row, Run


def add(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Articles, in any form that tocsin code reads; or a folder that tocsin code "
            "--engine ray has written, which is taken as it is coded.",
        ),
    ],
    db: Database,
    published: Published = None,
    columns: ColumnNames = None,
    date_format: DateFormat = None,
    coder: CoderName = None,
    min_confidence: MinConfidence = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
    about: About = None,
    workers: WorkerCount = None,
) -> None:
    """Code articles and keep them in a store, which is made where there is none.

    What the store has is not coded again, unless by a newer Tocsin or with other options: then the
    new events stand beside the old. Each article is safe as soon as it is done; a run that is cut
    off goes on when it is started again. Exit code 0 when nothing was set aside, 1 when anything
    was, 2 when nothing could start.
    """
    with clean_end():
        keep_apart(db, paths)
        named = chosen_columns(columns, date_format)
        from tocsin.cli.work import accounted
        from tocsin.ingest.reading import read_items
        from tocsin.knowledge.freshness import load_manifest
        from tocsin.store import open_store
        from tocsin.work.adding import Adder, Outcome, coding_of
        from tocsin.work.coded_folder import CodedFolder, is_coded_folder
        from tocsin.work.counted import Counted
        from tocsin.work.run import Run

        options: dict[str, Any] = {
            "coder": coder,
            "min_confidence": min_confidence,
            "language_model": language_model,
            "packs": packs,
            "actors": actors,
        }
        run = Run(manifest=load_manifest(packs=packs or ("korea",)))
        coded = [path for path in paths if is_coded_folder(path)]
        if coded:
            _check_coded(coded, paths, [published, columns, date_format, about, *options.values()])
            with open_store(db) as store:
                _take(store, [CodedFolder(path) for path in coded], run)
            raise typer.Exit(SET_ASIDE if run.problems else 0)
        sift = sift_of(about, packs, actors)
        # The processes first: those that are forked then have nothing of the store.
        with engine_of(context, workers, **options) as engine, open_store(db) as store:
            adder = Adder(store, engine, coding_of(options))
            items = Counted(
                sift(read_items(paths, published=published, columns=named, passed=run.passed))
            )
            with accounted(run, adder.keeper, shown=True) as progress:

                def each(outcome: Outcome) -> None:
                    if outcome.outcome != "known":
                        coded = outcome.events if outcome.outcome == "coded" else None
                        progress.add(coded, left=items.left(run.items))

                adder.code(items, run, each=each)
            engine.close()
            _link(store)
    if run.problems:
        raise typer.Exit(SET_ASIDE)


def _check_coded(coded: list[str], paths: list[str], options: list[object]) -> None:
    """Refuse what goes not together with coded articles."""
    if len(coded) < len(paths):
        raise OptionError(f"{coded[0]} is coded and the others are not; add them by themselves")
    if any(value is not None for value in options):
        raise OptionError(f"{coded[0]} is coded, and taken as it is; leave the other options out")


def _take(store: TableStore, folders: list[CodedFolder], run: Run) -> None:
    """Take folders of coded articles into a store, and link them."""
    from tocsin.cli.work import accounted
    from tocsin.work.taking import Taker

    takers = [Taker(store, folder) for folder in folders]
    with accounted(run, takers[-1].keeper, shown=True) as progress:

        def told(row: Row) -> None:
            if row["outcome"] == "coded":
                progress.add(row["events"])

        for taker in takers:
            taker.take(run, told=told)
    _link(store)


def _link(store: TableStore) -> None:
    from tocsin.cli.progress import counted
    from tocsin.linking.linker import link

    if linked := link(store.links):
        incidents = counted(store.links.count(), "incident")
        say(f"{counted(linked, 'article')} linked, {incidents} in the store")
