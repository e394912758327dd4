"""The day of a text without one, told by the terms of those whom it names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.actors import ActorFinder
from tocsin.actors.day import likely_day
from tocsin.knowledge.actors import load_actors
from tocsin.knowledge.entries import ActorEntry
from tocsin.language import Parser
from tocsin.model.mention import EntityId


def holder(name: str, since: date | None, until: date | None, **more: object) -> ActorEntry:
    return ActorEntry(
        kind="person", country="NOR", sectors=("GOV",), entity=EntityId(name, name), via="name",
        since=since, until=until, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def test_it_is_a_day_on_which_all_held_their_offices() -> None:
    found = likely_day([
        holder("a", date(2010, 1, 1), date(2014, 1, 1)),
        holder("b", date(2012, 1, 1), date(2020, 1, 1)),
    ])  # fmt: skip
    assert found == date(2012, 12, 31)


def test_the_last_stretch_is_taken_and_an_open_one_where_it_begins() -> None:
    rows = [holder("a", date(2010, 1, 1), None), holder("b", date(2012, 5, 1), None)]
    assert likely_day(rows) == date(2012, 5, 1)


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [holder("a", date(2010, 1, 1), None)],
        [holder("a", None, None), holder("b", None, None)],
        [holder("a", date(2010, 1, 1), date(2011, 1, 1)), holder("b", date(2012, 1, 1), None)],
        [holder("a", date(2010, 1, 1), None), holder("b", date(2010, 1, 1), None, doubt="a word")],
    ],
)
def test_fewer_than_two_together_tell_nothing(rows: list[ActorEntry]) -> None:
    assert likely_day(rows) is None


DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


@given(st.lists(st.tuples(st.sampled_from("abcd"), DAYS, st.none() | DAYS), max_size=8))
def test_no_day_has_more_holders(spans: list[tuple[str, date, date | None]]) -> None:
    spans = [(name, a, b if b is None or b >= a else a) for name, a, b in spans]

    def together(day: date) -> int:
        return len({n for n, a, b in spans if a <= day <= (b or date.max)})

    found = likely_day([holder(name, a, b) for name, a, b in spans])
    most = max((together(a) for _, a, _ in spans), default=0)
    assert (found is not None) == (most >= 2)
    assert found is None or together(found) == most


def test_who_was_in_office_together_is_so_in_a_text_without_a_day(parser: Parser) -> None:
    finder = ActorFinder(load_actors())
    text = "Barack Obama met David Cameron. He thanked Obama."
    found = finder.find(parser.parse(text))
    assert {m.sectors for m in found if m.text in ("Barack Obama", "David Cameron")} == {("GOV",)}
    alone = finder.find(parser.parse("Barack Obama wrote a book."))
    assert [m.sectors for m in alone] == [("ELI",)]
