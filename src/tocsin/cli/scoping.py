"""Whom a run is about: the option for it, and what it makes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import chosen_packs

if TYPE_CHECKING:
    from tocsin.ingest.items import Item

#: Gives the items, some of the articles as ones that are passed over.
Sift = Callable[[Iterable["Item"]], Iterator["Item"]]

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
    if not about:
        return iter
    from tocsin.pipeline.scope import Scope

    return Scope(about, packs=chosen_packs(packs), actors=actors).sift
