"""Rows of lists: incidents, articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tocsin.knowledge.kind_names import kind_name
from tocsin.report.crisis.references import is_state_media
from tocsin.report.crisis.wording import web_address

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Where in a list one is: ``total`` rows in all, ``page`` of ``pages``."""

    page: int
    pages: int
    per: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentLine:
    """One incident in a list; ``kind`` is what was done in words, ``content`` what it is about.
    ``start`` and ``end`` are the days that most reports give."""

    id: str
    type: str
    mode: str | None
    kind: str
    content: str | None
    quad: int
    score: float
    status: str
    status_reason: str
    cardinality: str
    actors: tuple[str, ...]
    actor_countries: tuple[str, ...]
    recipients: tuple[str, ...]
    recipient_countries: tuple[str, ...]
    start: date | None
    end: date | None
    place: str | None
    place_country: str | None
    object: str | None
    counts: tuple[str, ...]
    denied_by: tuple[str, ...]
    reports: int
    documents: int
    sources: int
    first_report: date | None
    last_report: date | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleLine:
    """One article in a list; ``events`` is None where it was not coded (a copy)."""

    id: str
    title: str | None
    outlet: str | None
    state_media: bool
    published: date | None
    url: str | None
    copy_of: str | None
    events: int | None


def page_of(page: int, per: int, total: int) -> Page:
    """The place in a list."""
    return Page(page=page, pages=max(1, -(-total // per)), per=per, total=total)


def incident_line(row: Row) -> IncidentLine:
    """A line of a row of the question ``incidents``."""
    content = row["content_type"]
    kind = kind_name(row["type"], row["mode"])
    about = kind_name(content, row["content_mode"]) if content else None
    return IncidentLine(
        id=row["id"],
        type=row["type"],
        mode=row["mode"],
        kind=kind,
        content=about if about != kind else None,
        quad=row["quad"],
        score=row["score"],
        status=row["status"],
        status_reason=row["status_reason"],
        cardinality=row["cardinality"] or "one",
        actors=parts(row["actor"]),
        actor_countries=parts(row["actor_country"]),
        recipients=parts(row["recipient"]),
        recipient_countries=parts(row["recipient_country"]),
        start=row["date_start"],
        end=row["date_end"],
        place=row["place"],
        place_country=row["place_country"],
        object=row["object"],
        counts=parts(row["counts"]),
        denied_by=parts(row["denied_by"]),
        reports=row["reports"],
        documents=row["documents"],
        sources=row["sources"],
        first_report=row["first_report"],
        last_report=row["last_report"],
        sentence=row["sentence"],
    )


def article_line(row: Row) -> ArticleLine:
    """A line of a row of the question ``documents``."""
    return ArticleLine(
        id=row["id"],
        title=row["title"],
        outlet=row["outlet"],
        state_media=is_state_media(row["outlet"]),
        published=row["published"],
        url=web_address(row["url"]),
        copy_of=row["copy_of"],
        events=row["events"],
    )


def parts(cell: str | None) -> tuple[str, ...]:
    """The values of a cell of a flat row."""
    return tuple(filter(None, (cell or "").split(";")))
