"""What is drawn, where, and what is only counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.report.timeline import Timeline, timeline
from tocsin.report.view import record

TEXT = "They struck it then."


@pytest.fixture
def drawn(make_event: Callable[..., Event]) -> Callable[..., Timeline]:
    """The timeline of events on these days (a slash parts the ends of a period)."""
    document = Document.of(TEXT)

    def draw(*days: str | None, type: str = "ASSAULT") -> Timeline:  # noqa: A002
        events = [
            make_event(document, TEXT, "struck", type, when=("then", day), id=str(n))
            for n, day in enumerate(days)
        ]
        return timeline([record(n, item) for n, item in enumerate(events, start=1)])

    return draw


def test_only_single_days_are_drawn(drawn: Callable[..., Timeline]) -> None:
    found = drawn("2020-06-16", "2020-06-01/2020-06-30", None)
    assert (found.drawn, found.periods, found.undated, found.elsewhere) == (1, 1, 1, 0)


def test_long_quiet_parts_episodes(drawn: Callable[..., Timeline]) -> None:
    found = drawn("2020-06-16", "2020-06-10", "2022-08-05")
    assert [episode.title for episode in found.episodes] == [
        "10 Jun 2020 to 16 Jun 2020",
        "5 Aug 2022",
    ]
    assert found.episodes[0].words == "2 events on 2 days: 2 material conflict."


def test_the_axis_holds_the_empty_days_too(drawn: Callable[..., Timeline]) -> None:
    (episode,) = drawn("2020-06-01", "2020-06-20").episodes
    assert episode.spec["encoding"]["x"]["scale"]["domain"] == [
        f"2020-06-{day:02d}" for day in range(1, 21)
    ]
    assert episode.slots == 20


def test_a_long_episode_is_drawn_by_months(drawn: Callable[..., Timeline]) -> None:
    days = [(dt.date(2019, 11, 30) + dt.timedelta(days=20 * n)).isoformat() for n in range(14)]
    (episode,) = drawn(*days).episodes
    domain = episode.spec["encoding"]["x"]["scale"]["domain"]
    assert (domain[0], domain[1], domain[2]) == ("2019-11", "2019-12", "2020-01")
    assert len(episode.spec["data"]["values"]) == 14


def test_the_chart_has_words_for_those_who_do_not_see_it(drawn: Callable[..., Timeline]) -> None:
    (episode,) = drawn("2020-06-16", "2020-06-16", "2020-06-17").episodes
    assert episode.words == ("3 events on 2 days, most on 16 Jun 2020 (2): 3 material conflict.")
    assert episode.words in episode.spec["description"]


def test_cooperation_goes_down_and_conflict_up(drawn: Callable[..., Timeline]) -> None:
    for type_, up in (("ASSAULT", True), ("CONSULT", False)):
        (episode,) = drawn("2020-06-16", type=type_).episodes
        assert [row["to"] > 0 for row in episode.spec["data"]["values"]] == [up]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_do_not_break_it(day: str, drawn: Callable[..., Timeline]) -> None:
    assert drawn(day).drawn == 1


def test_no_address_of_a_schema_stands_in_the_specification(drawn: Callable[..., Timeline]) -> None:
    assert "http" not in str(drawn("2020-06-16").episodes[0].spec)


def test_days_beyond_the_twelve_fullest_episodes_are_counted(
    drawn: Callable[..., Timeline],
) -> None:
    found = drawn(*(f"{year}-01-01" for year in range(1990, 2005)))
    assert (len(found.episodes), found.drawn, found.elsewhere) == (12, 12, 3)
