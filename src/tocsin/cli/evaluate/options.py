"""What the commands of ``tocsin evaluate`` share: their options, folds, and showing the figures."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.common import printable

FORMATS = ("table", "json")

File = Annotated[str, typer.Argument(metavar="FILE", help="The labelled set, JSON lines.")]
Cases = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write the result of each case to FILE (.jsonl)."
    ),
]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="table or json.")]
Articles = Annotated[str, typer.Option(metavar="FOLDER", help="The articles, gzipped JSON lines.")]
Part = Annotated[str | None, typer.Option(metavar="NAME", help="Only this part.")]
FoldFolder = Annotated[
    str | None,
    typer.Option(
        "--folds",
        metavar="FOLDER",
        help="Ask models that have not seen the sentence: the output of "
        "tools/train_relations.py --cv.",
    ),
]


def same(coder: Any, model: Any) -> Any:
    """The coder with another model."""
    return coder.with_model(model)


def by_fold(
    usual: Any, folder: str | None, make: Callable[[Any, Any], Any]
) -> Callable[[str], Any]:
    """Whom to ask, by id: ``usual``, or where there are folds, one made for each fold's model."""
    if folder is None:
        return lambda _: usual
    from tocsin.evaluation.folds import Folds

    folds = Folds.read(Path(folder))
    made: dict[int, Any] = {}

    def of(name: str) -> Any:
        number = folds.of(name)
        if number not in made:
            made[number] = make(usual, folds.model(number))
        return made[number]

    return of


def printable_lines(text: str) -> str:
    """``text`` without anything that could steer a terminal: outlets come from articles."""
    return "\n".join(map(printable, text.split("\n")))


def show(
    numbers: Mapping[str, Any],
    cases: Iterable[Mapping[str, Any]],
    output: str | None,
    format_: str,
    *,
    table: str | None = None,
) -> None:
    """Print the numbers (by ``table`` where there is one) and write the cases."""
    if table is None:
        table = "\n".join(
            f"{name:<22} {'-' if value is None else value:>8}" for name, value in numbers.items()
        )
    typer.echo(json.dumps(numbers, indent=2) if format_ == "json" else table)
    if output is not None:
        lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases]
        Path(output).write_text("".join(lines), encoding="utf-8")
