"""``tocsin explain``: why a sentence was coded as it was."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import (
    SET_ASIDE,
    Actors,
    CoderName,
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
    coder: CoderName = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
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
        made = make_coder(
            context, coder=coder, language_model=language_model, packs=packs, actors=actors
        )
        if inside:
            found = _explain_event(made, what, inside, published)
        else:
            from tocsin.pipeline.explain import explain as explain_text

            found = explain_text(made, what, published=published)
        if found is None:
            say(f"no event {what} in {', '.join(inside or [])}")
        else:
            typer.echo(found)
    if found is None:
        raise typer.Exit(SET_ASIDE)


def _explain_event(
    coder: Any, event_id: str, paths: list[str], published: date | None
) -> str | None:
    """The explanation of an event in one of the articles; None where none has it."""
    from tocsin.ingest import read_documents
    from tocsin.pipeline.explain import explain_event

    def problem(error: InputError) -> None:
        say(f"set aside: {error}")

    for document in read_documents(paths, published=published, on_problem=problem):
        if any(event.id == event_id for event in coder.code(document)):
            return explain_event(coder, document, event_id)
    return None
