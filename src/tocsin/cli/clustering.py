"""``tocsin code --engine ray``: a whole archive, on a cluster."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from tocsin.cli.common import chosen_columns, say
from tocsin.errors import OptionError, ResourceError

if TYPE_CHECKING:
    from tocsin.ingest.items import Sift
    from tocsin.work.run import Run

_FILES = (".jsonl", ".csv", ".parquet")


def code_on_ray(
    paths: Sequence[str],
    output: str | None,
    *,
    maker: Callable[..., Callable[[], Any]],
    options: Mapping[str, Any],
    published: date | None,
    columns: list[str] | None,
    date_format: str | None,
    restart: bool,
    sift: Callable[[], Sift],
    about: Sequence[str] | None,
) -> Run:
    """Code everything into the folder ``output``, and say at the end what became of it."""
    _check(paths, output)
    assert output is not None
    from tocsin.cli.progress import Progress
    from tocsin.cli.work import summarise
    from tocsin.cluster.engine import code_archive
    from tocsin.cluster.folder import Folder
    from tocsin.cluster.job import Job
    from tocsin.cluster.quiet import quiet
    from tocsin.knowledge.freshness import load_manifest
    from tocsin.work.adding import coding_of
    from tocsin.work.run import Run

    sift()  # says before any work who is unknown
    job = Job(
        paths=tuple(paths), folder=Folder(output), make=maker(**options),
        coding=coding_of(options), sift=sift, published=published,
        columns=chosen_columns(columns, date_format),
        asked={
            **options, "paths": paths, "published": published, "columns": columns,
            "dates": date_format, "about": about,
        },
    )  # fmt: skip
    run = Run(manifest=load_manifest(packs=options["packs"] or ("korea",)))
    with quiet() as stream:
        progress = Progress(shown=True, stream=stream)

        def told(step: str, items: int, events: int) -> None:
            if step == "going on":
                print("tocsin: going on behind what a run that was cut off has done", file=stream)
            elif step == "reading":
                progress.read(items)
            elif step == "coding":
                progress.add(events, items)

        try:
            anew = code_archive(job, run, told=told, restart=restart)
        finally:
            progress.done()
    if not anew:
        say(f"{output} is whole already; start anew with --restart")
        return run
    summarise(run, None)
    say(f"all of it is in {output}; tocsin add {output} --db FILE takes it into a store")
    return run


def _check(paths: Sequence[str], output: str | None) -> None:
    """Refuse what cannot be done before anything is."""
    if output is None or output.lower().endswith(_FILES):
        raise OptionError("--engine ray writes a folder of Parquet files; name one with --output")
    if "-" in paths:
        raise OptionError("--engine ray reads files, not standard input")
    try:
        import pyarrow  # noqa: F401
        import ray  # noqa: F401
    except ImportError as error:
        raise ResourceError(
            f"--engine ray needs a package that is not installed ({error}): "
            "pip install 'tocsin[cluster]'"
        ) from error
