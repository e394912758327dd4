"""Scores of the parts of an event: who, when, where, on whose word, and how certain."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

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
from tocsin.cli.evaluate.options import FORMATS, Articles, Cases, File, Format, Part, show
from tocsin.cli.narrowing import Database


@evaluate.command()
def actors(
    context: typer.Context,
    file: File,
    articles: Articles,
    part: Part = None,
    output: Cases = None,
    format_: Format = "table",
    language_model: LanguageModel = None,
    packs: Packs = None,
    own: Actors = None,
) -> None:
    """Are the parties of judged sentences of whole articles resolved, and to the right ones?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.actors import evaluate_actors, read_actor_labels
        from tocsin.evaluation.news import read_articles

        labels = read_actor_labels(Path(file), part)
        texts = read_articles(Path(articles), {label["article"] for label in labels})
        made = make_coder(
            context, coder="rules", language_model=language_model, packs=packs, actors=own
        )
        scores = evaluate_actors(labels, texts, made.work)
        show(scores.as_dict(), scores.cases(), output, format_, table=scores.table())


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
        show(numbers, map(asdict, cases), output, format_)


@evaluate.command()
def places(file: File, output: Cases = None, format_: Format = "table") -> None:
    """Are place names found, told literal from not, and put where they are?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.places import evaluate_places

        scores = evaluate_places(file)
        numbers = {name: round(share, 4) for name, share in scores.shares().items()}
        show(numbers, ({"miss": miss} for miss in scores.misses), output, format_)


@evaluate.command()
def attribution(
    context: typer.Context,
    file: File,
    output: Cases = None,
    format_: Format = "table",
    coder: CoderName = None,
    min_confidence: MinConfidence = None,
    language_model: LanguageModel = None,
    packs: Packs = None,
    actors: Actors = None,
) -> None:
    """Is it found who says what, and on whose word each coded event is told?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.attribution import evaluate_attribution
        from tocsin.knowledge.modality import load_modality

        made = make_coder(
            context,
            coder=coder,
            min_confidence=min_confidence,
            language_model=language_model,
            packs=packs,
            actors=actors,
        )
        scores = evaluate_attribution(file, made.work, load_modality())
        show(scores.as_dict(), scores.cases, output, format_, table=scores.table())


@evaluate.command()
def factuality(file: File, output: Cases = None, format_: Format = "table") -> None:
    """Is the status of given events right: did it happen, did it not, is it uncertain?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.factuality import evaluate_factuality

        scores = evaluate_factuality(file)
        show(scores.as_dict(), map(asdict, scores.cases), output, format_, table=scores.table())


@evaluate.command()
def published(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Articles with their day.")],
    output: Cases = None,
    format_: Format = "table",
) -> None:
    """Is the day of publication found where it is hidden, and how often is it right?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.published import evaluate_published
        from tocsin.ingest import read_documents

        def skip(problem: Exception) -> None:
            typer.echo(f"tocsin: {problem}", err=True)

        documents = read_documents(paths, published=None, on_problem=skip)
        scores = evaluate_published(documents)
        show(scores.as_dict(), scores.cases, output, format_, table=scores.table())


@evaluate.command()
def pages(file: File, output: Cases = None, format_: Format = "table") -> None:
    """Is the article of saved pages found, with its title, day and body?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.pages import by_default, evaluate_pages

        scores, default = evaluate_pages(file), evaluate_pages(file, by_default)
        numbers = scores.as_dict()
        numbers |= {f"trafilatura_{name}": v for name, v in default.as_dict().items()}
        numbers.pop("trafilatura_pages")
        show(numbers, scores.cases, output, format_)


@evaluate.command()
def clusters(
    context: typer.Context,
    file: File,
    stories: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Which story each article tells (id, cluster), if FILE "
                     "does not say."),
    ] = None,
    output: Cases = None,
    format_: Format = "table",
) -> None:  # fmt: skip
    """Do copies, and articles that share an incident or their main news, tell the same story?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.clusters import evaluate_clusters, read_stories
        from tocsin.ingest import read_documents

        def refuse(problem: Exception) -> None:
            raise problem

        documents = list(read_documents([file], published=None, on_problem=refuse))
        known = read_stories(stories or file)
        scores = evaluate_clusters(documents, known)
        figures, cases = scores.as_dict(), list(scores.cases)
        if known:
            from tocsin.evaluation.joined import evaluate_joined

            joined = evaluate_joined(documents, known, make_coder(context).code)
            figures |= joined.as_dict()
            cases += joined.cases()
        show(figures, cases, output, format_)


@evaluate.command()
def incidents(
    context: typer.Context,
    file: File,
    part: Part = None,
    output: Cases = None,
    format_: Format = "table",
    coder: CoderName = None,
    min_confidence: MinConfidence = None,
) -> None:
    """Are the reports of one happening put together, and no others?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.incidents import evaluate_incidents, read_incident_set
        from tocsin.linking.incidents.reports import Report, reports_of
        from tocsin.linking.linker import put_together
        from tocsin.linking.stories import Article

        made = make_coder(context, coder=coder, min_confidence=min_confidence)

        def link(documents: Any) -> Any:
            articles = [Article.of(document) for document in documents]
            nodes = [one for of in articles for one in reports_of(made.code(of.document), of)]
            groups = put_together(nodes)
            return [[one.event for one in group if isinstance(one, Report)] for group in groups]

        scores = evaluate_incidents(read_incident_set(file, part), link)
        show(scores.as_dict(), scores.cases(), output, format_, table=scores.table())


@evaluate.command()
def links(file: File, db: Database, output: Cases = None, format_: Format = "table") -> None:
    """Are judged pairs of events put together in a store, and threats with their deeds?"""
    with clean_end():
        one_of(format_, FORMATS, "--format")
        from tocsin.evaluation.links import evaluate_links, read_judged_pairs
        from tocsin.store import open_store

        pairs = read_judged_pairs(file)
        with open_store(db, read_only=True) as store:
            documents = sorted({end[0] for pair in pairs for end in (pair.one, pair.other)})
            scores = evaluate_links(
                pairs, store.links.events(documents), store.links.incidents(), store.links.threats()
            )
        show(scores.as_dict(), scores.cases(), output, format_, table=scores.table())
