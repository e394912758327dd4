"""The record in words."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence

import pytest

from tocsin.model.document import Document
from tocsin.model.event import Event, Quantity, When
from tocsin.report.view import record, title_of


@pytest.mark.parametrize(
    ("days", "words", "short"),
    [
        ("2020-06-16", "16 Jun 2020", "2020-06-16"),
        ("2020-06-15/2020-06-21", "15 Jun 2020 to 21 Jun 2020", "2020-06-15 to 2020-06-21"),
        ("2020-02-01/2020-02-29", "Feb 2020", "2020-02"),
        ("2020-02-01/2020-02-28", "1 Feb 2020 to 28 Feb 2020", "2020-02-01 to 2020-02-28"),
        ("2018-01-01/2018-12-31", "2018", "2018"),
        (None, "“then”", "“then”"),
    ],
)
def test_days_and_periods(
    days: str | None, words: str, short: str, make_event: Callable[..., Event]
) -> None:
    document = Document.of("They struck it then.")
    shown = record(1, make_event(document, document.text, "struck", when=("then", days)))
    assert (shown.when, shown.when_short) == (words, short)


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (dt.date(2020, 6, 1), None, "from 1 Jun 2020"),
        (None, dt.date(2020, 6, 1), "until 1 Jun 2020"),
    ],
)
def test_open_periods(
    start: dt.date | None, end: dt.date | None, words: str, events: Sequence[Event]
) -> None:
    assert events[0].date
    when = dataclasses.replace(events[0].date, start=start, end=end)
    assert record(1, dataclasses.replace(events[0], date=when)).when == words


def test_a_date_says_what_it_hangs_on(events: Sequence[Event]) -> None:
    dated, _, relative, undated = (record(1, event) for event in events)
    assert dated.when_note == "“Tuesday”, counted from the day of publication, 16 Jun 2020"
    assert relative.when_note == "nothing to count from: kept as it stands"
    assert (undated.when, undated.when_note) == (
        "no date in the text",
        "the article is published 16 Jun 2020",
    )


def test_who_says_so_with_stance_and_state_media(events: Sequence[Event]) -> None:
    (says,) = record(1, events[0]).says
    assert says.party
    assert (says.party.text, says.cue, says.stance) == ("state media", "said", "says so")
    assert says.flags == ("state media",)


def test_an_implied_recipient_is_named_by_its_code(events: Sequence[Event]) -> None:
    shown = record(1, events[1])
    assert shown.whom[0].note == "not in the sentence"
    assert shown.dyads == ("PRK → KOR",)


def test_a_side_without_a_code_is_named_by_its_words(
    document: Document, make_event: Callable[..., Event]
) -> None:
    sentence = document.text.splitlines()[2]
    event = make_event(document, sentence, "blew up", who=(("North Korea", "PRK"),))
    office = dataclasses.replace(event.actors[0], country=None, sectors=())
    shown = record(1, dataclasses.replace(event, recipients=(office,)))
    assert (shown.short_whom, shown.dyads) == ("North Korea", ("PRK → ?",))


def test_a_count_with_occasions_and_period(events: Sequence[Event]) -> None:
    span = events[3].quantities[0].span
    period = When(
        start=dt.date(2024, 5, 28), end=dt.date(2024, 9, 23), text="", span=span, anchor="text"
    )
    count = Quantity(
        value=5500.0, upper=None, unit="balloon", qualifier="at-least", occasions=22,
        period=period, span=span,
    )  # fmt: skip
    assert record(1, dataclasses.replace(events[3], quantities=(count,))).counts == (
        "at least 5,500 balloon on 22 occasions (28 May 2024 to 23 Sep 2024)"
        " — “More than 500,000 leaflets”",
    )


def test_a_document_without_title_is_called_by_its_first_words() -> None:
    assert title_of(Document.of("\n  A line \nmore", title=" ")) == "A line"
    assert title_of(Document.of("word " * 40)).endswith(" …")
    assert title_of(Document.of("", id="x")) == "x"
