"""``tocsin evaluate``: scores against labelled sets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from tocsin.cli.common import (
    Actors,
    CoderName,
    LanguageModel,
    Packs,
    clean_end,
    make_coder,
    one_of,
    printable,
)
from tocsin.errors import OptionError

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
FoldFolder = Annotated[
    str | None,
    typer.Option(
        "--folds",
        metavar="FOLDER",
        help="Ask models that have not seen the sentence: the output of "
        "tools/train_relations.py --cv.",
    ),
]


@evaluate.command()
def relations(
    context: typer.Context,
    file: File,
    output: Cases = None,
    format_: Format = "table",
    reliability: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Draw confidence against right answers to FILE (.svg)."),
    ] = None,
    coder: CoderName = None,
    folds: FoldFolder = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:
    """Is the event between the given actor and recipient of a sentence found and typed?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        if reliability is not None and not reliability.lower().endswith(".svg"):
            raise OptionError(f"the reliability plot {reliability!r} must end in .svg")
        from tocsin.cli.progress import counted
        from tocsin.evaluation.calibration import calibrate, reliability_svg
        from tocsin.evaluation.relations import evaluate_relations

        made = make_coder(
            context, coder=coder, language_model=language_model, packs=packs, actors=actors
        )
        scores = evaluate_relations(file, _by_fold(made, folds, _same))
        calibration = calibrate(
            (case["confidence"], case["gold"] == case["answer"])
            for case in scores.cases
            if case["confidence"] is not None
        )
        ece = round(calibration.ece, 4) if calibration.n else None
        numbers = scores.as_dict() | {"ece": ece, "ece_cases": calibration.n}
        table = (
            f"{scores.table()}\n\n{calibration.table()}\nexpected calibration error "
            f"{'-' if ece is None else f'{ece:.4f}'} over the {calibration.n} pairs found, in "
            f"{counted(len(calibration.bins), 'bin')} of equal mass"
        )
        _show(numbers, scores.cases, output, format_, table=table)
        if reliability is not None:
            Path(reliability).write_text(reliability_svg(calibration), encoding="utf-8")


@evaluate.command()
def pairs(
    context: typer.Context,
    file: File,
    output: Cases = None,
    format_: Format = "table",
    coder: CoderName = None,
    folds: FoldFolder = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:
    """The pair given: is its type right, and is a pair without a relation told from others?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.pairs import evaluate_pairs
        from tocsin.events.relation import RelationModel
        from tocsin.pipeline.coder import CODERS
        from tocsin.pipeline.relate import Relater

        one_of(coder or "full", CODERS, "--coder")
        rules = make_coder(
            context, coder="rules", language_model=language_model, packs=packs, actors=actors
        )
        shipped = RelationModel.load() if coder != "rules" and folds is None else None
        relater_of = _by_fold(
            Relater(rules, shipped), folds, lambda _, model: Relater(rules, model)
        )
        scores = evaluate_pairs(file, relater_of)
        _show(scores.as_dict(), scores.cases, output, format_, table=scores.table())


@evaluate.command()
def news(
    context: typer.Context,
    file: File,
    articles: Annotated[
        str, typer.Option(metavar="FOLDER", help="The articles, gzipped JSON lines.")
    ],
    part: Annotated[str | None, typer.Option(metavar="NAME", help="Only this part.")] = None,
    output: Cases = None,
    format_: Format = "table",
    coder: CoderName = None,
    folds: FoldFolder = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:
    """Are the events of judged sentences of whole articles found, and are those found right?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.news import evaluate_news, read_articles, read_labels

        labels = read_labels(Path(file), part)
        texts = read_articles(Path(articles), {label["article"] for label in labels})
        made = make_coder(
            context, coder=coder, language_model=language_model, packs=packs, actors=actors
        )
        coder_of = _by_fold(made, folds, _same)
        scores = evaluate_news(labels, texts, lambda document: coder_of(document.id).code(document))
        _show(scores.as_dict(), scores.cases(), output, format_, table=scores.table())


def _same(coder: Any, model: Any) -> Any:
    """The coder with another model."""
    return coder.with_model(model)


def _by_fold(
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
def rated(
    context: typer.Context,
    file: File,
    output: Cases = None,
    format_: Format = "table",
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:
    """Does the coder agree with people who coded the same sentences as they do with each other?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.rated import evaluate_rated

        coder = make_coder(context, language_model=language_model, packs=packs, actors=actors)
        scores = evaluate_rated(file, coder)
        _show(scores.as_dict(), scores.cases, output, format_, table=scores.table())


@evaluate.command()
def places(file: File, output: Cases = None, format_: Format = "table") -> None:
    """Are place names found, told literal from not, and put where they are?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.places import evaluate_places

        scores = evaluate_places(file)
        numbers = {name.replace(" ", "_"): round(v, 4) for name, v in scores.shares().items()}
        _show(numbers, ({"miss": miss} for miss in scores.misses), output, format_)


@evaluate.command()
def sheet(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A judged sheet, CSV.")],
    second: Annotated[
        str | None,
        typer.Argument(metavar="[FILE2]", help="The same sheet as someone else judged it."),
    ] = None,
    format_: Format = "table",
) -> None:
    """Precision per field and a recall estimate from a judged sheet of tocsin sample.

    Two judgements of the same sheet give the agreement too.
    """
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.judged import read_sheet
        from tocsin.evaluation.sheet_scores import agreement_of, score_sheet
        from tocsin.evaluation.sheet_table import agreement_table, sheet_table

        sheets = [read_sheet(path) for path in filter(None, (file, second))]
        agreement = agreement_of(*sheets) if second is not None else None
        scores = [score_sheet(sheet) for sheet in sheets]
        tables = [sheet_table(score) for score in scores]
        if agreement is not None:
            tables.append(agreement_table(agreement))
        numbers = {
            "sheets": [score.as_dict() for score in scores],
            "agreement": {name: both.as_dict() for name, both in agreement.items()}
            if agreement
            else None,
        }
        _show(numbers, (), None, format_, table="\n\n".join(map(_printable_lines, tables)))


def _printable_lines(text: str) -> str:
    """``text`` without anything that could steer a terminal: outlets come from articles."""
    return "\n".join(map(printable, text.split("\n")))


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
