"""Which date, place, counts and speakers an event gets: its own, and nobody else's."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin import Coder, Document
from tocsin.model.event import Event

PUBLISHED = date(2020, 6, 16)  # a Tuesday


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder(coder="rules")


def _event(coder: Coder, text: str, trigger: str) -> Event:
    events = coder.code(Document.of(text, published=PUBLISHED))
    (event, *_) = [one for one in events if trigger in one.trigger.text]
    return event


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Russia shelled the Ukrainian port on Monday.", "shelled", "2020-06-15"),
        ("Monday's Russian attack killed two Ukrainian soldiers.", "killed", "2020-06-15"),
        # of another noun, or of the others since when
        ("The United States withdrew from the landmark 2015 nuclear deal with Iran.", "with", None),
        ("Iran proposed talks with Japan, the first since 2015.", "talks", None),
        # of who tells of it
        ("On Monday Iran's president condemned the Israeli attack on Syria.", "attack", None),
        ("On Monday Iran said that it had shelled a Syrian port.", "shelled", None),
        # what is done by saying it
        (
            "Iran rejects the Israeli demand, the Iranian president said on Monday.",
            "rejects",
            "2020-06-15",
        ),
    ],
)
def test_an_event_has_its_own_date(coder: Coder, text: str, trigger: str, day: str | None) -> None:
    event = _event(coder, text, trigger)
    start = event.date.start if event.date else None
    assert (start.isoformat() if start else None) == day


def test_on_a_sunday_last_week_is_the_one_that_ends(coder: Coder) -> None:
    text = "Russia shelled the Ukrainian port last week."
    (event, *_) = coder.code(Document.of(text, published=date(2020, 6, 14)))
    assert event.date is not None
    assert (event.date.start, event.date.end) == (date(2020, 6, 8), date(2020, 6, 14))


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Russia shelled the Ukrainian city of Kharkiv.", "shelled", "Kharkiv"),
        ("Russia's foreign minister visited Syria from Geneva.", "visited", "Syria"),
        ("Iran complained to the Geneva-based United Nations panel.", "complained", None),
        (
            "China's foreign minister attended a forum with Iran held in Geneva.",
            "attended",
            "Geneva",
        ),
    ],
)
def test_an_event_has_its_own_place(
    coder: Coder, text: str, trigger: str, place: str | None
) -> None:
    event = _event(coder, text, trigger)
    assert (event.place.name if event.place else None) == place


def test_the_dead_belong_to_the_attack_that_explains_them(coder: Coder) -> None:
    text = "At least 60 villagers died and 120 were hurt when Russia attacked Ukraine."
    event = _event(coder, text, "attacked")
    counts = [(one.value, one.qualifier, one.casualty) for one in event.quantities]
    assert counts == [(60, "at-least", "killed"), (120, None, "wounded")]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        # inside quotation marks others are only spoken of
        ('"They believe in peace. Iran attacked Iraq," Ann Miller said.', ["Ann Miller"]),
        ("''Iran is weak,'' said Ann Miller. ''Iran attacked Iraq.''", ["Ann Miller"]),
        # who is told does not tell
        ('"Iran attacked Iraq," Ann Miller, an economist, told Reuters.', ["Ann Miller"]),
        # for all that stands before it
        ("Iran attacked Iraq and shelled Syria, according to Ann Miller.", ["Ann Miller"]),
        ("Ann Miller confirmed the Iranian attack on Iraq.", ["Ann Miller"]),
        ("“They are weak. Iran attacked Iraq.”\n\nAnn Miller, Daily News\n\nIt rained.",
         ["Ann Miller"]),
        ("Ann Miller issued the following statement:\nWe mourn.\nIran attacked Iraq.",
         ["Ann Miller"]),
        ("Russia's foreign ministry issued a statement saying that Iran attacked Iraq.",
         ["Russia's foreign ministry"]),
    ],
)  # fmt: skip
def test_an_event_is_told_on_the_word_of(coder: Coder, text: str, speakers: list[str]) -> None:
    event = _event(coder, text, "attack")
    named = [link.speaker.text for link in event.attribution if link.speaker]
    assert named == speakers


def test_the_record_says_how_the_day_of_publication_is_known(coder: Coder) -> None:
    text = "Russia shelled the Ukrainian port on Monday."
    document = Document.of(text, url="https://example.org/2020/06/16/port")
    (event, *_) = coder.code(document)
    assert event.published == PUBLISHED
    assert event.dated is not None
    assert (event.dated.by, event.dated.day) == ("url", PUBLISHED)
    assert event.date is not None
    assert event.date.start == date(2020, 6, 15)


def test_an_unsure_day_is_a_hint_and_no_day_of_publication(coder: Coder) -> None:
    text = "Russia shelled the Ukrainian port on Monday. It was built on May 4, 2012."
    (event, *_) = coder.code(Document.of(text))
    assert event.published is None
    assert event.dated is not None
    assert event.dated.confidence < 0.5
    assert event.date is not None
    assert event.date.start is None


@pytest.mark.parametrize(
    ("text", "time", "day"),
    [
        ("Russia shelled Kharkiv at 3 p.m. on Monday.", "15:00+03:00", date(2020, 6, 15)),
        ("Russia shelled Kharkiv at 2200 GMT on Monday.", "01:00+03:00", date(2020, 6, 16)),
        (
            "Russia shelled Ukrainian troops at 2200 GMT on Monday.",
            "22:00+00:00",
            date(2020, 6, 15),
        ),
        ("Russia shelled Kharkiv on Monday.", None, date(2020, 6, 15)),
    ],
)
def test_the_time_of_day_is_that_of_the_place(
    coder: Coder, text: str, time: str | None, day: date
) -> None:
    when = _event(coder, text, "shelled").date
    assert when is not None
    assert (when.time, when.start) == (time, day)


@pytest.mark.parametrize(
    ("text", "trigger", "thing"),
    [
        ("Iran fired three ballistic missiles on Monday.", "fired", "three ballistic missiles"),
        ("Japan condemned the Iranian missile test.", "test", "missile"),
        ("Israel bombed the Syrian army on Monday.", "bombed", None),
        ("Iran carried out an attack on Syria.", "attack", None),
    ],
)
def test_what_was_acted_upon_stands_beside_who_was(
    coder: Coder, text: str, trigger: str, thing: str | None
) -> None:
    event = _event(coder, text, trigger)
    assert (event.object.text if event.object else None) == thing
    if event.object is not None:
        assert text[event.object.start : event.object.end] == thing


def test_a_day_ahead_is_that_of_what_was_agreed(coder: Coder) -> None:
    event = _event(coder, "Iran agreed with Japan to hold talks on July 20.", "agreed")
    assert event.type == "AGREE"
    assert event.date is None
    assert event.deadline is not None
    assert event.deadline.start == date(2020, 7, 20)


def test_how_often_is_told_by_the_words(coder: Coder) -> None:
    once = _event(coder, "Israel bombed Syria on Monday.", "bombed")
    often = _event(coder, "Israel has repeatedly bombed Syria.", "bombed")
    assert (once.cardinality, often.cardinality) == ("one", "several")
    assert [one for one in often.evidence if one.rule == "cardinality#times"]
