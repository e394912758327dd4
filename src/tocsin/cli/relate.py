"""``tocsin relate``: what does the one phrase of a sentence do to the other?"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.common import (
    SET_ASIDE,
    Actors,
    CoderName,
    LanguageModel,
    Packs,
    clean_end,
    make_coder,
    one_of,
    say,
)
from tocsin.errors import InputError


def relate(
    context: typer.Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="Pairs, JSON lines; - for standard input.")
    ],
    coder: CoderName = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:
    """Say of given pairs what the actor does to the recipient, one JSON line each."""
    with clean_end():
        from tocsin.pipeline.coder import CODERS

        one_of(coder or "full", CODERS, "--coder")
        problems: list[InputError] = []
        rows = list(_rows(file, problems))
        from tocsin.events.relation import RelationModel
        from tocsin.pipeline.relate import Relater

        rules = make_coder(
            context, coder="rules", language_model=language_model, packs=packs, actors=actors
        )
        relater = Relater(rules, RelationModel.load() if coder != "rules" else None)
        for row in rows:
            relation = relater.relate(row["text"], row["actor"], row["recipient"])
            line = {"id": row["id"], **asdict(relation)}
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        sys.stdout.flush()
        if problems:
            say(f"{len(problems)} set aside:")
            for problem in problems:
                print(f"  {problem}", file=sys.stderr)
            raise typer.Exit(SET_ASIDE)


def _rows(file: str, problems: list[InputError]) -> Iterator[dict[str, Any]]:
    """Yield the rows of the file that can be used; tell ``problems`` of the others."""
    text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield _row(line, number)
            except InputError as problem:
                problem.path, problem.line = file, number
                problems.append(problem)


def _row(line: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"is no JSON: {error.msg} (column {error.colno})") from None
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise InputError("is no object with a 'text'")
    length = len(row["text"])
    spans = {}
    for name in ("actor", "recipient"):
        try:
            spans[name] = [(int(span["start"]), int(span["end"])) for span in row[name]]
        except (KeyError, TypeError, ValueError):
            raise InputError(f"{name!r} is no list of objects with 'start' and 'end'") from None
        for start, end in spans[name]:
            if not 0 <= start < end <= length:
                raise InputError(f"{name!r} {start}:{end} lies outside of the text ({length})")
    return {"id": row.get("id", str(number)), "text": row["text"], **spans}
