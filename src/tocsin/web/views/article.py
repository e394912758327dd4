"""One article: its text with every event marked in place, and the record of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.report.crisis.references import is_state_media
from tocsin.report.crisis.wording import web_address
from tocsin.report.markup import Mark, Trigger, marked_text
from tocsin.report.view import Record, marks, record, title_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another article with the same text, or with another version of it."""

    id: str
    outlet: str | None
    published: date | None
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """An event as it was coded, and the incident of which it is a report."""

    event: Event
    incident: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """An article as given and the events of its newest coding, in the order of the text; offsets
    count in ``text``. ``coded_by`` is the id of that coding, None where it was not coded."""

    id: str
    title: str
    outlet: str | None
    state_media: bool
    author: str | None
    published: date | None
    url: str | None
    text: str
    coded_by: str | None
    copies: tuple[Copy, ...]
    events: tuple[Coded, ...]


def article_page(
    document: Document,
    events: Sequence[Event],
    incidents: Mapping[str, str],
    *,
    copies: Sequence[Copy] = (),
    coded_by: str | None = None,
) -> ArticlePage:
    """The page of an article, with the incident of each event."""
    ordered = sorted(events, key=lambda one: (one.trigger.start, one.trigger.end, one.id))
    return ArticlePage(
        id=document.id,
        title=title_of(document),
        outlet=document.outlet,
        state_media=is_state_media(document.outlet),
        author=document.author,
        published=document.published,
        url=web_address(document.url),
        text=document.text,
        coded_by=coded_by,
        copies=tuple(copies),
        events=tuple(Coded(event=one, incident=incidents.get(one.id)) for one in ordered),
    )


def records(page: ArticlePage) -> tuple[Record, ...]:
    """The events in words, numbered from 1."""
    return tuple(record(number, one.event) for number, one in enumerate(page.events, 1))


def marked(page: ArticlePage) -> Markup:
    """The text with the words of every event marked."""
    document = Document(id=page.id, text=page.text)
    spans: list[Mark] = []
    triggers: dict[int, Trigger] = {}
    for told in records(page):
        event = told.event
        spans.extend(marks(document, told.number, event))
        triggers[told.number] = Trigger(
            told.anchor, event.quad, event.status == "actual", told.label
        )
    return marked_text(page.text, spans, triggers)
