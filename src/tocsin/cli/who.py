"""``tocsin who``: what a name may mean on a day, with the rows behind it."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tocsin.cli.common import (
    SET_ASIDE,
    Actors,
    Packs,
    chosen_packs,
    clean_end,
    one_of,
    parse_day,
    printable,
    say,
)
from tocsin.errors import OptionError

if TYPE_CHECKING:
    from tocsin.actors.who import Meaning

FORMATS = ("table", "jsonl")
_WIDTH_IN_A_FILE = 160


def who(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A name, noun or office as a text has it.")
    ],
    on: Annotated[
        date | None,
        typer.Option(
            parser=parse_day, metavar="DATE",
            help="What it means on this day (such as 2020-06-16). Default: at all times.",
        ),
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="FORMAT",
            help="table or jsonl. Default: a table on a terminal, JSON lines in a pipe.",
        ),
    ] = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:  # fmt: skip
    """Say what a name may mean: whose it is, since when and until when, and which rows say so.

    A name that is not known is answered with those near to it, and exit code 1.
    """
    with clean_end():
        if format_ is not None:
            one_of(format_, FORMATS, "--format")
        if not name.strip():
            raise OptionError("the name is empty")
        from tocsin.actors.lexicon import load_lexicon
        from tocsin.actors.near import near_names
        from tocsin.actors.who import who as ask
        from tocsin.knowledge.actors import load_actors
        from tocsin.knowledge.packs import shipped_packs

        chosen = chosen_packs(packs)
        table = load_actors(packs=shipped_packs() if chosen is None else chosen, own=actors)
        lexicon = load_lexicon()
        found = ask(table, lexicon, name, on=on)
        known = bool(found)
        if not known:
            near = near_names(table, name)
            found = tuple(m for other in near for m in ask(table, lexicon, other, on=on))
            told = f"; near to it: {', '.join(near)}" if near else ", nor anybody of a name like it"
            say(f"no table knows {name!r}{told}")
        if format_ is None:
            format_ = "table" if sys.stdout.isatty() else "jsonl"
        if format_ == "table":
            _print_table(name, on, found)
        else:
            for meaning in found:
                row = json.dumps(_record(meaning, near=not known), ensure_ascii=False)
                sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    if not known:
        raise typer.Exit(SET_ASIDE)


def _record(meaning: Meaning, *, near: bool) -> dict[str, Any]:
    """The meaning as a program reads it; every key is always there."""
    entity = meaning.entity
    return {
        "name": meaning.name,
        "near": near,
        "kind": meaning.kind,
        "entity": {"id": entity.id, "name": entity.name} if entity else None,
        "country": meaning.country,
        "sectors": list(meaning.sectors),
        "office": meaning.office,
        "since": meaning.since.isoformat() if meaning.since else None,
        "until": meaning.until.isoformat() if meaning.until else None,
        "holds": meaning.holds,
        "via": meaning.via,
        "state_media": meaning.state_media,
        "needs": meaning.needs,
        "doubt": meaning.doubt or None,
        "note": meaning.note or None,
        "rows": [{"file": row.file, "line": row.line} for row in meaning.rows],
    }


def _print_table(name: str, on: date | None, found: Sequence[Meaning]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    if not found:
        return
    table = Table(
        title=Text(printable(f"{name} on {on}" if on else name)), title_justify="left",
        title_style="bold", expand=True, pad_edge=False,
    )  # fmt: skip
    for column, ratio in (
        ("name", 6), ("who", 6), ("country", 3), ("sectors", 3), ("office", 5),
        ("since", None), ("until", None), ("via", 3), ("row", 10), ("note", 8),
    ):  # fmt: skip
        table.add_column(column, ratio=ratio, overflow="fold", min_width=None if ratio else 10)
    for meaning in found:
        cells = (
            meaning.name,
            meaning.entity.name if meaning.entity else meaning.kind,
            meaning.country or "–",
            "/".join(meaning.sectors) or "–",
            meaning.office or "–",
            str(meaning.since or "–"),
            str(meaning.until or "–"),
            meaning.via,
            ", ".join(map(str, meaning.rows)),
            _note(meaning),
        )
        style = "dim" if meaning.holds is False else ""
        table.add_row(*(Text(printable(cell)) for cell in cells), style=style)
    width = None if sys.stdout.isatty() else _WIDTH_IN_A_FILE
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def _note(meaning: Meaning) -> str:
    parts = [meaning.note]
    if meaning.needs:
        parts.append(f"in texts about the pack {meaning.needs}")
    if meaning.doubt:
        parts.append(f"or {meaning.doubt}")
    if meaning.state_media:
        parts.append("speaks for its state")
    return "; ".join(filter(None, parts))
