"""Scores of whole events: their types, parties and agreement with people."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tocsin.cli.common import (
    Actors,
    CoderName,
    LanguageModel,
    MinConfidence,
    Packs,
    clean_end,
    make_coder,
    one_of,
)
from tocsin.cli.evaluate.app import evaluate
from tocsin.cli.evaluate.options import (
    FORMATS,
    Articles,
    Cases,
    File,
    FoldFolder,
    Format,
    Part,
    by_fold,
    printable_lines,
    same,
    show,
)
from tocsin.errors import OptionError


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
    min_confidence: MinConfidence = None,
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
            context,
            coder=coder,
            min_confidence=min_confidence,
            language_model=language_model,
            packs=packs,
            actors=actors,
        )
        scores = evaluate_relations(file, by_fold(made, folds, same))
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
        show(numbers, scores.cases, output, format_, table=table)
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
        relater_of = by_fold(Relater(rules, shipped), folds, lambda _, model: Relater(rules, model))
        scores = evaluate_pairs(file, relater_of)
        show(scores.as_dict(), scores.cases, output, format_, table=scores.table())


@evaluate.command()
def news(
    context: typer.Context,
    file: File,
    articles: Articles,
    part: Part = None,
    output: Cases = None,
    format_: Format = "table",
    coder: CoderName = None,
    min_confidence: MinConfidence = None,
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
            context,
            coder=coder,
            min_confidence=min_confidence,
            language_model=language_model,
            packs=packs,
            actors=actors,
        )
        coder_of = by_fold(made, folds, same)
        scores = evaluate_news(labels, texts, lambda document: coder_of(document.id).code(document))
        show(scores.as_dict(), scores.cases(), output, format_, table=scores.table())


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
        show(scores.as_dict(), scores.cases, output, format_, table=scores.table())


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
        show(numbers, (), None, format_, table="\n\n".join(map(printable_lines, tables)))
