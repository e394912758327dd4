"""A coder that needs no language model, and a runner that hands it to the commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from tocsin.cli.main import app
from tocsin.errors import InputError, ResourceError
from tocsin.model.document import Document, Span
from tocsin.model.event import Actor, Attribution, Event, Evidence, Place, Quantity, Speaker, When
from tocsin.model.ids import content_id
from tocsin.model.reading import Reading


class StubCoder:
    """One event for each document: its first word did it. Some words make it fail."""

    def __init__(self, **options: Any) -> None:
        self.options = options

    def code(self, document: Document) -> tuple[Event, ...]:
        first = document.text.split()[0]
        if first == "UNFIT":
            raise InputError("is not fit", path=document.id)
        if first == "FAULT":
            raise ValueError("a bug")
        if first == "NOMODEL":
            raise ResourceError("the language model is gone; pip install it")
        if first == "STOP":
            raise KeyboardInterrupt
        if first == "NOTHING":
            return ()
        return (event_of(document, first),)

    def read(self, document: Document) -> Reading:
        return Reading(self.code(document), ())


def event_of(document: Document, first: str) -> Event:
    """An event with all its parts; its date is "today", unresolved without a publication date."""
    start = document.text.index(first)
    span = Span(start, start + len(first), first)
    actor = Actor(
        start=span.start, end=span.end, text=first, country="RUR", sectors=("GOV", "MIL"),
        entity=None, via="name",
    )  # fmt: skip
    other = Actor(
        start=None, end=None, text=None, country="GRA", sectors=(), entity=None, via="implied"
    )
    speaker = Speaker(
        start=span.start, end=span.end, text=first, country=None, sectors=(), entity=None,
        via="name",
    )  # fmt: skip
    day = document.published
    when = When(start=day, end=day, text="today", span=span, anchor="published" if day else "none")
    return Event(
        id=content_id([document.id, first]), document=document.id,
        sentence=Span(0, len(document.text), document.text), type="ASSAULT", mode="destroy",
        contexts=("military", "diplomatic"), quad=4, score=-8.5, cameo=None, trigger=span,
        actors=(actor, actor), recipients=(other,), status="actual", content=None,
        condition=None, deadline=None,
        attribution=(Attribution(speaker=speaker, cue=span, stance="asserts"),),
        date=when, published=day,
        place=Place(
            name="Zenda", country="RUR", lat=1.5, lon=-2.0, geonameid=None, radius_km=None,
            span=span,
        ),
        quantities=(
            Quantity(
                value=5500.0, upper=None, unit="balloon", qualifier="about", occasions=22,
                period=None, span=span,
            ),
        ),
        confidence=0.9, evidence=(Evidence(rule="assault/destroy#raze", spans=(span,)),),
    )  # fmt: skip


Run = Callable[..., Result]


@pytest.fixture
def run() -> Run:
    """Run ``tocsin`` with these arguments, on the stub coder."""

    def invoke(
        arguments: Sequence[object],
        *,
        input: bytes | None = None,  # noqa: A002
        coder: Any = StubCoder,
    ) -> Result:
        return CliRunner().invoke(app, list(map(str, arguments)), input=input, obj=coder)

    return invoke
