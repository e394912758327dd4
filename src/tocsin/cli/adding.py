"""``tocsin add``: articles into a store, coded, and linked with what is there."""

from __future__ import annotations

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
    keep_apart,
    make_coder,
    say,
)
from tocsin.cli.narrowing import Database

if TYPE_CHECKING:
    from tocsin.store import Coding
    from tocsin.store.tables import TableStore

_LEARNT = 3000  # of the last articles, whose outlets' repeated lines are known


def add(
    context: typer.Context,
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Articles, in any form that tocsin code reads."),
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
        from tocsin.cli.keeping import Keeper
        from tocsin.cli.run import Run
        from tocsin.cli.work import Outputs, work_through
        from tocsin.knowledge.freshness import load_manifest
        from tocsin.store import open_store

        options: dict[str, Any] = {
            "coder": coder,
            "min_confidence": min_confidence,
            "language_model": language_model,
            "packs": packs,
            "actors": actors,
        }
        run = Run(manifest=load_manifest(packs=packs or ("korea",)))
        with open_store(db) as store:
            keeper = Keeper(store, make_coder(context, **options), _coding(options))
            work_through(
                run, paths, published, keeper, Outputs([keeper], keeper), columns=named,
                intake=_intake(keeper, store.last_documents(_LEARNT)), named=keeper.named,
            )  # fmt: skip
            _link(store)
    if run.problems:
        raise typer.Exit(SET_ASIDE)


def _link(store: TableStore) -> None:
    from tocsin.cli.progress import counted
    from tocsin.linking.linker import link

    if linked := link(store.links):
        incidents = counted(store.links.count(), "incident")
        say(f"{counted(linked, 'article')} linked, {incidents} in the store")


def _intake(keeper: Any, last: Any) -> Any:
    from tocsin.linking.intake import Intake

    intake = Intake(keeper.index(), recall=keeper.recall)
    intake.learn(last)
    return intake


def _coding(options: dict[str, Any]) -> Coding:
    """The coding by these options: of files their words count and not their names."""
    from importlib.metadata import version

    from tocsin.store import Coding

    said = {name: value for name, value in options.items() if value is not None}
    if "actors" in said:
        said["actors"] = _digest(Path(said["actors"]))
    if "packs" in said:
        own = [(name, Path(name)) for name in said["packs"]]
        said["packs"] = [_digest(path) if path.is_dir() else name for name, path in own]
    return Coding(version("tocsin"), said)


def _digest(path: Path) -> str:
    """A hash of a file's words, or of those of all files in a folder with their names."""
    from tocsin.model.ids import content_id

    files = sorted(path.rglob("*")) if path.is_dir() else [path]
    return content_id(
        [
            [str(file.relative_to(path)), file.read_text(encoding="utf-8", errors="replace")]
            for file in files
            if file.is_file()
        ]
    )
