"""Events made by hand: every span is looked up in the document by its words.

``make_event`` makes any event; ``document`` and ``events`` hold the cases that a page must carry.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tocsin.model.document import Document, Span
from tocsin.model.event import Actor, Attribution, Content, Event, Evidence, Quantity, Speaker, When
from tocsin.model.ids import content_id

TEXT = """North Korea threatens office

North Korea blew up & burned an office it shared with South Korea on Tuesday, state media said.
Pyongyang had threatened to destroy it last week unless the leaflets <b>stopped</b>.

More than 500,000 leaflets were "flown" over the border."""
QUAD_OF = {"AGREE": 1, "CONSULT": 1, "AID": 2, "RETREAT": 2, "ACCUSE": 3, "THREATEN": 3}


def span(document: Document, words: str, within: Span | None = None) -> Span:
    """The first place of ``words`` in the document, or in the span ``within``."""
    start = document.text.index(words, within.start if within else 0)
    return Span(start, start + len(words), words)


def actor(document: Document, words: str | None, country: str | None, within: Span) -> Actor:
    """An actor by its words in a sentence; without words an implied one."""
    found = span(document, words, within) if words else None
    return Actor(
        start=found.start if found else None,
        end=found.end if found else None,
        text=words,
        country=country,
        sectors=("GOV",),
        entity=None,
        via="name" if words else "implied",
    )


def speaker(document: Document, words: str, country: str, within: Span, **flags: bool) -> Speaker:
    found = span(document, words, within)
    return Speaker(
        start=found.start,
        end=found.end,
        text=words,
        country=country,
        sectors=("GOV",),
        entity=None,
        via="name",
        **flags,
    )


def day(document: Document, words: str, value: str | None, within: Span) -> When:
    """A date by its words: one ISO day, or two parted by a slash, or None for unresolved."""
    first, _, last = (value or "").partition("/")
    return When(
        start=dt.date.fromisoformat(first) if first else None,
        end=dt.date.fromisoformat(last or first) if first else None,
        text=words,
        span=span(document, words, within),
        anchor="published" if value else "none",
    )


def event_of(
    document: Document,
    sentence: str,
    trigger: str,
    type: str = "ASSAULT",  # noqa: A002 - the record's own name
    mode: str | None = None,
    *,
    who: tuple[tuple[str | None, str | None], ...] = (),
    whom: tuple[tuple[str | None, str | None], ...] = (),
    when: tuple[str, str | None] | None = None,
    says: tuple[str, str, str, str] | None = None,
    condition: str | None = None,
    content: tuple[str, str, str] | None = None,
    quantity: tuple[str, float, str] | None = None,
    **fields: Any,
) -> Event:
    """One event; whatever is not given is empty."""
    whole = span(document, sentence)
    values: dict[str, Any] = {
        "id": content_id([document.id, sentence, trigger, type]),
        "document": document.id,
        "sentence": whole,
        "type": type,
        "mode": mode,
        "contexts": ("military",),
        "quad": QUAD_OF.get(type, 4),
        "score": -8.5,
        "cameo": None,
        "trigger": span(document, trigger, whole),
        "actors": tuple(actor(document, words, country, whole) for words, country in who),
        "recipients": tuple(actor(document, words, country, whole) for words, country in whom),
        "status": "actual",
        "content": None,
        "condition": span(document, condition, whole) if condition else None,
        "deadline": None,
        "attribution": (),
        "date": day(document, *when, whole) if when else None,
        "published": document.published,
        "place": None,
        "quantities": (),
        "confidence": 0.9,
        "evidence": (
            Evidence(rule=f"{type.lower()}#by-hand", spans=(span(document, trigger, whole),)),
        ),
    }
    if says:
        words, country, cue, stance = says
        values["attribution"] = (
            Attribution(
                speaker=speaker(document, words, country, whole, state_media=True),
                cue=span(document, cue, whole),
                stance=stance,  # type: ignore[arg-type]
            ),
        )
    if content:
        about, how, words = content
        values["content"] = Content(
            type=about, mode=how, trigger=span(document, words, whole), actors=(), recipients=()
        )
    if quantity:
        words, value, unit = quantity
        values["quantities"] = (
            Quantity(
                value=value,
                upper=None,
                unit=unit,
                qualifier="more-than",
                occasions=None,
                period=None,
                span=span(document, words, whole),
            ),
        )
    return Event(**(values | fields))


@pytest.fixture
def make_event() -> Callable[..., Event]:
    return event_of


@pytest.fixture
def document() -> Document:
    return Document.of(TEXT, title="The <office>", published=dt.date(2020, 6, 16), outlet="A & B")


@pytest.fixture
def events(document: Document) -> Sequence[Event]:
    first, second, third = (
        line for line in TEXT.splitlines() if line and "threatens office" not in line
    )
    north, south = ("North Korea", "PRK"), ("South Korea", "KOR")
    return (
        event_of(
            document, first, "blew up", mode="destroy", who=(north,), whom=(south,),
            when=("Tuesday", "2020-06-16"), says=("state media", "PRK", "said", "asserts"),
        ),
        event_of(
            document, first, "blew up & burned", "COERCE", who=(north,), whom=((None, "KOR"),)
        ),
        event_of(
            document, second, "threatened", "THREATEN", "violence", who=(("Pyongyang", "PRK"),),
            when=("last week", None), condition="unless the leaflets <b>stopped</b>",
            content=("ASSAULT", "destroy", "destroy"), status="background",
        ),
        event_of(
            document, third, "flown", "COERCE", status="alleged",
            quantity=("More than 500,000 leaflets", 500000, "leaflet"),
        ),
    )  # fmt: skip
