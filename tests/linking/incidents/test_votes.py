"""Votes: one for each article and value, as heavy as the surest report that gives it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.telling import at, deed, report, told

from tocsin.linking.incidents.reports import Report
from tocsin.linking.incidents.votes import votes


def place(one: Report) -> list[str]:
    return [one.event.place.name] if one.event.place is not None else []


def test_an_article_that_says_it_often_has_one_vote() -> None:
    often = told("d1", *(deed(f"Hofbau fell {n}.", "fell", place=at("Hofbau")) for n in range(5)))
    reports = [*often.reports, *(report(f"e{n}", place=at("Zenda")) for n in range(2))]
    zenda, hofbau = votes(reports, place)
    assert (zenda.value, zenda.weight, len(zenda.reports)) == ("Zenda", 1.8, 2)
    assert (hofbau.value, hofbau.weight, len(hofbau.reports)) == ("Hofbau", 0.9, 5)


def test_a_vote_is_as_heavy_as_its_surest_report() -> None:
    one = told(
        "d1", deed("Zenda fell.", "fell", place=at("Zenda"), confidence=0.3),
        deed("Zenda fell twice.", "fell", place=at("Zenda"), confidence=0.8),
    )  # fmt: skip
    (zenda,) = votes(one.reports, place)
    assert zenda.weight == 0.8
    assert zenda.ids == tuple(event.id for event in one.events)


def test_ties_go_by_the_values_themselves_and_nothing_gives_nothing() -> None:
    reports = [report(f"d{n}", place=at(name)) for n, name in enumerate(("Zenda", "Hofbau"))]
    assert [one.value for one in votes(reports, place)] == ["Hofbau", "Zenda"]
    assert votes(reports, lambda _: ()) == []
    assert votes([], place) == []


def test_sets_of_words_are_values_too() -> None:
    reports = [report(f"d{n}") for n in range(2)]
    (one,) = votes(reports, lambda one: [one.trigger])
    assert one.value == {"raze"}


@given(
    st.lists(
        st.tuples(st.sampled_from(["Zenda", "Hofbau", "Strelsau"]), st.floats(0.05, 1)), max_size=9
    ),
    st.randoms(),
)
def test_the_order_of_reports_changes_no_weight(rows: Any, random: Any) -> None:
    reports = [
        report(f"d{n}", place=at(name), confidence=sure) for n, (name, sure) in enumerate(rows)
    ]
    shuffled = list(reports)
    random.shuffle(shuffled)
    found = [[(one.value, one.weight) for one in votes(given, place)]
             for given in (reports, shuffled)]  # fmt: skip
    assert found[0] == found[1]
    assert sum(weight for _, weight in found[0]) == pytest.approx(sum(sure for _, sure in rows))
