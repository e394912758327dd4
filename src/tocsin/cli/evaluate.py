"""``tocsin evaluate``: scores against labelled sets."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.common import LanguageModel, Packs, clean_end, make_coder, one_of

FORMATS = ("table", "json")

evaluate = typer.Typer(
    help="Score the coder against a labelled set (JSON lines).",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

File = Annotated[str, typer.Argument(metavar="FILE", help="The labelled set, JSON lines.")]
Cases = Annotated[
    str | None,
    typer.Option(
        "--output", "-o", metavar="FILE", help="Write the result of each case to FILE (.jsonl)."
    ),
]
Format = Annotated[str, typer.Option("--format", metavar="FORMAT", help="table or json.")]


@evaluate.command()
def relations(
    context: typer.Context,
    file: File,
    output: Cases = None,
    format_: Format = "table",
    language_model: LanguageModel = None,
    packs: Packs = None,
) -> None:
    """Is the event between the given actor and recipient of a sentence found and typed?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.relations import evaluate_relations

        coder = make_coder(context, language_model=language_model, packs=packs)
        scores = evaluate_relations(file, coder)
        _show(scores.as_dict(), scores.cases, output, format_, table=scores.table())


@evaluate.command()
def timex(file: File, output: Cases = None, format_: Format = "table") -> None:
    """Are time expressions found, with their span, kind and value?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.timex import evaluate_timex

        scores, cases = evaluate_timex(file)
        names = ("precision", "recall", "relaxed_f1", "strict_f1", "type_f1", "value_f1")
        numbers = {"documents": scores.documents, "given": scores.given, "found": scores.found}
        numbers |= {name: round(getattr(scores, name), 4) for name in names}
        _show(numbers, map(asdict, cases), output, format_)


@evaluate.command()
def places(file: File, output: Cases = None, format_: Format = "table") -> None:
    """Are place names found, told literal from not, and put where they are?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.places import evaluate_places

        scores = evaluate_places(file)
        numbers = {name.replace(" ", "_"): round(v, 4) for name, v in scores.shares().items()}
        _show(numbers, ({"miss": miss} for miss in scores.misses), output, format_)


def _show(
    numbers: Mapping[str, Any],
    cases: Iterable[Mapping[str, Any]],
    output: str | None,
    format_: str,
    *,
    table: str | None = None,
) -> None:
    """Print the numbers (by ``table`` where there is one) and write the cases."""
    if table is None:
        table = "\n".join(f"{name:<22} {value:>8}" for name, value in numbers.items())
    typer.echo(json.dumps(numbers, indent=2) if format_ == "json" else table)
    if output is not None:
        lines = [json.dumps(case, ensure_ascii=False) + "\n" for case in cases]
        Path(output).write_text("".join(lines), encoding="utf-8")
