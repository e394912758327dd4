"""In which processes articles are coded: the option for it, and what it makes."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import coder_maker

if TYPE_CHECKING:
    from tocsin.work.engine import Engine

_MOST = 1024


def parse_count(value: str) -> int:
    """Return how many processes an option asks for."""
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= _MOST:
        raise typer.BadParameter(f"{value!r} is no number of processes, 1 to {_MOST:,}")
    return int(value)


WorkerCount = Annotated[
    int | None,
    typer.Option(
        "--workers", parser=parse_count, metavar="N",
        help="Code in N processes at once; what comes out is the same. Default: as many as there "
        "are cores to use.",
    ),
]  # fmt: skip


@contextlib.contextmanager
def engine_of(
    context: typer.Context, workers: int | None, *, live: bool = False, **options: Any
) -> Iterator[Engine]:
    """What codes by a coder with these ``options``, in so many processes; one is this one.

    ``live``: each article is wanted before the next one comes, so that by default there is one.
    """
    from tocsin.work.engine import InProcess
    from tocsin.work.workers import Workers, cores

    make = coder_maker(context, **options)
    number = workers or (1 if live else cores())
    with contextlib.closing(Workers(make, number) if number > 1 else InProcess(make())) as engine:
        yield engine
