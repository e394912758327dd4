"""``tocsin explain``: why a sentence was coded as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from tocsin.cli.common import (
    SET_ASIDE,
    LanguageModel,
    Packs,
    Published,
    clean_end,
    make_coder,
    say,
)
from tocsin.errors import InputError, OptionError

if TYPE_CHECKING:
    from datetime import date

    from tocsin.cli.common import Codes
    from tocsin.model.document import Document
    from tocsin.model.event import Event

_ID = re.compile(r"[0-9a-f]{20}")


def explain(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(metavar="SENTENCE|ID", help="A sentence, or the id of an event.")
    ],
    inside: Annotated[
        list[str] | None,
        typer.Option(
            "--in", metavar="PATH",
            help="Where the article of the event with this id is; repeatable.",
        ),
    ] = None,
    published: Published = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
) -> None:  # fmt: skip
    """Say why a sentence, or the sentence of an event, is coded as it is.

    Shows the parse, the mentions and how each was resolved, the rules that fired, and those that
    nearly did with what stopped them.
    """
    with clean_end():
        by_id = _ID.fullmatch(what) is not None
        if by_id and not inside:
            raise OptionError(f"{what} is an event's id; say with --in where its article is")
        if not by_id and inside:
            raise OptionError("--in is for an event's id (20 hexadecimal digits), not a sentence")
        if not what.strip():
            raise OptionError("the sentence is empty")
        coder = make_coder(context, language_model=language_model, packs=packs)
        found = True
        if inside:
            event, document = _find(coder, what, inside, published)
            found = event is not None
            if event is not None and document is not None:
                what, published = event.sentence.text, document.published
        if found:
            from tocsin.pipeline.explain import explain as explanation

            typer.echo(explanation(coder, what, published=published))
        else:
            say(f"no event {what} in {', '.join(inside or [])}")
    if not found:
        raise typer.Exit(SET_ASIDE)


def _find(
    coder: Codes, event_id: str, paths: list[str], published: date | None
) -> tuple[Event, Document] | tuple[None, None]:
    from tocsin.ingest import read_documents

    def problem(error: InputError) -> None:
        say(f"set aside: {error}")

    for document in read_documents(paths, published=published, on_problem=problem):
        for event in coder.code(document):
            if event.id == event_id:
                return event, document
    return None, None
