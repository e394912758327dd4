"""What was read: copies add nothing, and days without articles are not there."""

from __future__ import annotations

import pytest
from tests.linking.telling import Told, day, deed, told
from tests.series.conftest import Fill, entry, row
from tests.series.made_up import FIRST

from tocsin.series.effort import UNKNOWN, Effort, load_effort
from tocsin.series.measure import measure


def article(number: int, on: int, outlet: str | None = "Courier") -> Told:
    sentence = f"Ruritania razed bridge {number} of Graustark."
    return told(f"d{number}", deed(sentence, date=day(on)), published=day(on), outlet=outlet)


def test_articles_are_counted_by_day_and_outlet(fill: Fill) -> None:
    effort = load_effort(fill(article(1, 3), article(2, 3), article(3, 5, None)))
    assert effort.by_day == {day(3): {"Courier": 2}, day(5): {UNKNOWN: 1}}
    assert effort.days == {day(3): 2, day(5): 1}
    assert (effort.first, effort.last) == (day(3), day(5))


def test_an_article_without_a_day_is_counted_apart(fill: Fill) -> None:
    effort = load_effort(fill(told("a", deed(), published=None)))
    assert (effort.undated, effort.first) == (1, None)


def test_copies_change_nothing(fill: Fill) -> None:
    store = fill(article(1, 3), article(2, 5))
    before = measure(store, ("RUR", "GRA")).counts("day")
    copies = [entry(article(n + 10, 5, "Gazette"), copy_of="d2") for n in range(4)]
    after = measure(fill(*copies), ("RUR", "GRA")).counts("day")
    assert after == before


def test_of_others_series_rows_of_all_dyads_are_the_effort(fill: Fill) -> None:
    store = fill(row(1), row(2, recipient_country="STR", publisher=None), row(3, type=None))
    assert load_effort(store, "icews").by_day == {FIRST: {"Courier": 2, UNKNOWN: 1}}
    assert load_effort(store, "gdelt1").days == {}


def test_without_an_outlet_its_days_are_gone() -> None:
    effort = Effort({day(1): {"Courier": 2}, day(2): {"Courier": 1, "Gazette": 5}})
    assert effort.outlets() == ["Gazette", "Courier"]
    assert effort.without("Courier").days == {day(2): 5}
    assert effort.without("Gazette").days == {day(1): 2, day(2): 1}


@pytest.mark.parametrize("number", [0, 3])
def test_a_day_with_nothing_is_no_day(number: int) -> None:
    assert len(Effort({day(1): {"Courier": number}}).days) == (number > 0)
