"""Whom a run is about: the option for it, and what it makes."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import chosen_packs

if TYPE_CHECKING:
    from tocsin.ingest.items import Sift

About = Annotated[
    list[str] | None,
    typer.Option(
        "--about", metavar="NAME",
        help="Code only articles that name this country (PRK, North Korea), pack (korea) or actor "
        "(Hezbollah), and pass the others over unparsed; repeatable: any of them.",
    ),
]  # fmt: skip


def sift_of(about: list[str] | None, packs: list[str] | None, actors: str | None) -> Sift:
    """What passes over the articles that name none of ``about``; nothing without it."""
    return sift_maker(about, packs, actors)()


def sift_maker(
    about: list[str] | None, packs: list[str] | None, actors: str | None
) -> Callable[[], Sift]:
    """What gives that, also in another process, which loads the names once."""
    chosen = chosen_packs(packs)
    return partial(_sift, tuple(about or ()), None if chosen is None else tuple(chosen), actors)


@lru_cache(maxsize=1)
def _sift(about: tuple[str, ...], packs: tuple[str, ...] | None, actors: str | None) -> Sift:
    if not about:
        return iter
    from tocsin.pipeline.scope import Scope

    return Scope(about, packs=packs, actors=actors).sift
