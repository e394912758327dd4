"""What the commands share: the coder, options, messages on standard error, clean ends."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.errors import OptionError, TocsinError

if TYPE_CHECKING:
    from tocsin.ingest.columns import Columns

SET_ASIDE = 1  # exit code: something was set aside, or lint found something
USAGE = 2  # exit code: an option, a missing model, a broken knowledge file
_INTERRUPTED = 130
_BROKEN_PIPE = 141


MakeCoder = Callable[..., Any]


def make_coder(context: typer.Context, **options: Any) -> Any:
    """Return the coder with those of ``options`` that were given."""
    return coder_maker(context, **options)()


def coder_maker(context: typer.Context, **options: Any) -> Callable[[], Any]:
    """What makes the coder with those of ``options`` that were given, also in another process.

    A context that carries a factory of its own (``obj``) gets its coder from there.
    """
    factory: MakeCoder | None = context.obj
    if factory is None:
        from tocsin.pipeline.coder import Coder

        factory = Coder
    if "packs" in options:
        options["packs"] = chosen_packs(options["packs"])
    return partial(factory, **{name: one for name, one in options.items() if one is not None})


def chosen_packs(packs: list[str] | None) -> list[str] | None:
    """The packs that ``--pack`` names: None where it is not given, an empty list for ``none``."""
    if not packs:
        return None
    if "none" not in packs:
        return packs
    if len(packs) > 1:
        raise OptionError("--pack none goes with no other --pack")
    return []


def parse_day(value: str) -> date:
    """Return the day of an option; the message says how one is written."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise typer.BadParameter(f"{value!r} is not a day such as 2020-06-16") from None


Published = Annotated[
    date | None,
    typer.Option(
        parser=parse_day,
        metavar="DATE",
        help="Publication date (such as 2020-06-16) of articles that carry none; relative dates "
        "are resolved against it.",
    ),
]
LanguageModel = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Import name of another installed spaCy model."),
]
CoderName = Annotated[
    str | None,
    typer.Option(
        "--coder", metavar="NAME",
        help="How types are decided: full (rules and relation model, the default) or rules.",
    ),
]  # fmt: skip
MinConfidence = Annotated[
    float | None,
    typer.Option(
        metavar="P",
        help="Drop events less sure than P, 0 to 1: from 0.7 on most are right, many are lost. "
        "Default: only the improbable go.",
    ),
]
Packs = Annotated[
    list[str] | None,
    typer.Option(
        "--pack", metavar="NAME|PATH",
        help="Crisis pack that is on for every text: one of ours (korea) or a folder; repeatable. "
        "none: no pack. Default: ours, each for the texts that speak of it.",
    ),
]  # fmt: skip
Actors = Annotated[
    str | None,
    typer.Option(
        "--actors", metavar="FILE",
        help="Your own actors (YAML); they go before ours on the days that they hold.",
    ),
]  # fmt: skip


ColumnNames = Annotated[
    list[str] | None,
    typer.Option(
        "--column", metavar="FIELD=NAME",
        help="Which column holds what (id, text, title, date, url, outlet, author, language), for "
        "tables that are not recognised, such as --column text=body; repeatable.",
    ),
]  # fmt: skip
DateFormat = Annotated[
    str | None,
    typer.Option(metavar="FORMAT", help="How tables write days, such as %d/%m/%Y."),
]


def chosen_columns(named: list[str] | None, date_format: str | None) -> Columns:
    """The columns that the options name; OptionError where one is not FIELD=NAME."""
    from tocsin.ingest.columns import Columns

    pairs = [one.partition("=") for one in named or []]
    for field, sign, name in pairs:
        if not (field and sign and name):
            raise OptionError(f"--column {field}{sign}{name} is not FIELD=NAME, such as text=body")
    return Columns({field: name for field, _, name in pairs}, date_format)


def say(message: str) -> None:
    """Write one message to standard error."""
    print(f"tocsin: {printable(message)}", file=sys.stderr, flush=True)


def printable(text: str) -> str:
    """``text`` without anything that could steer a terminal, on one line."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}"
        for char in text
    )


def one_of(value: str, allowed: tuple[str, ...], option: str) -> str:
    """Return ``value``; OptionError lists the allowed ones."""
    if value not in allowed:
        raise OptionError(f"{option} {value!r} is unknown; allowed: {', '.join(allowed)}")
    return value


def keep_apart(written: str, paths: Sequence[str]) -> None:
    """Refuse to write over an article that is read."""
    target = Path(written).absolute()
    for path in paths:
        if path != "-" and Path(path).absolute() == target:
            raise OptionError(f"{written} is to be read and to be written; name another file")


@contextlib.contextmanager
def clean_end() -> Iterator[None]:
    """Turn our errors into one line and exit code 2, and take Ctrl-C and a closed pipe calmly."""
    try:
        yield
    except TocsinError as error:
        say(str(error))
        raise typer.Exit(USAGE) from None
    except KeyboardInterrupt:
        say("interrupted")
        raise typer.Exit(_INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever read our output has gone. Python would complain once more when it closes stdout.
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(_BROKEN_PIPE) from None
    except OSError as error:
        if error.filename is None:
            raise
        say(f"{error.filename}: {error.strerror}")
        raise typer.Exit(USAGE) from None
