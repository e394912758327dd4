"""Keys: reports that should meet share one, far ones none, and there are never many."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.telling import GRA, RUR, day, deed, on, report, told, who

from tocsin.linking.incidents.blocking import report_keys

STR = who("Strelsau", "STR", "GOV")
HALF = 4  # days


def shared(one: dict[str, Any], other: dict[str, Any]) -> set[str]:
    return report_keys(report("d1", **one)) & report_keys(report("d2", **other))


#: Nothing of words in common with the usual sentence.
APART = {"sentence": "Snow fell on quiet hills.", "trigger": "fell"}


@given(st.integers(1, 300), st.integers(0, HALF))
def test_the_same_dyad_and_mode_meet_on_days_that_are_near(first: int, apart: int) -> None:
    assert shared({"date": day(first)}, APART | {"date": day(first + apart)})


@given(st.integers(1, 300), st.integers(0, HALF))
def test_so_do_the_same_sides_the_other_way_round(first: int, apart: int) -> None:
    swapped = APART | {"actors": [GRA], "recipients": [RUR], "date": day(first + apart)}
    assert shared({"date": day(first)}, swapped)


@given(st.integers(1, 300), st.integers(0, HALF))
def test_the_same_rare_words_meet_whoever_did_it(first: int, apart: int) -> None:
    other = {"actors": [STR], "recipients": [], "mode": None, "date": day(first + apart)}
    assert shared({"date": day(first)}, other)


def test_the_same_story_makes_them_meet() -> None:
    tale = {"more": "Rassendyll and Hentzau duelled at Tarlenheim castle; Sapt hid the crown."}
    other = APART | {"actors": [STR], "recipients": [], "mode": None}
    assert not shared({}, other)
    assert shared(tale, other | tale)


@given(st.integers(1, 300), st.integers(9, 30))
def test_what_is_far_in_time_shares_nothing(first: int, apart: int) -> None:
    if day(first).month != day(first + apart).month:
        assert not shared({"date": day(first)}, {"date": day(first + apart)})


def test_what_is_of_another_kind_shares_nothing() -> None:
    assert not shared({"type": "ASSAULT"}, {"type": "THREATEN"})
    assert shared({"type": "ASSAULT"}, {"type": "COERCE"})


def test_what_has_neither_words_nor_parties_in_common_shares_nothing() -> None:
    assert not shared({}, APART | {"actors": [STR], "mode": "aerial"})


def test_a_month_meets_its_days_and_a_year_other_years() -> None:
    month = {"date": on(day(1), day(30))}
    assert shared(month, {"date": day(20)})
    assert not shared(month, {"date": day(40)})
    year = {"date": on(day(1), day(200))}
    assert shared(year, {"date": on(day(30), day(210))})
    assert not shared(year, {"date": day(20)})


def test_without_any_day_open_reports_meet() -> None:
    open_ = {"published": None}
    assert shared(open_, open_)
    assert not shared(open_, {})


def test_an_undated_report_meets_by_the_day_of_its_article() -> None:
    assert shared({}, {"date": day(15)})
    assert not shared({}, {"date": day(28)})


def test_reports_of_one_article_and_kind_always_meet() -> None:
    one, other = told(
        "d1", deed(date=day(1)), deed("Snow fell.", "fell", date=day(90), actors=[STR])
    ).reports
    assert report_keys(one) & report_keys(other)


WORDS = ["bridge", "castle", "Zenda", "1,500", "river", "troops", "duel", "crown", "the", "of"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=60).map(" ".join)
COUNTRIES = [who(f"Land {code}", code) for code in ("RUR", "GRA", "STR", "HOF", "TAR")]


@given(sentences, st.lists(st.sampled_from(COUNTRIES)), st.lists(st.sampled_from(COUNTRIES)))
def test_there_are_never_many_keys(sentence: str, actors: Any, recipients: Any) -> None:
    one = report(
        sentence=sentence, trigger=sentence.split()[0], actors=actors, recipients=recipients,
        date=day(3),
    )  # fmt: skip
    assert 1 <= len(report_keys(one)) <= 1 + 3 * (7 + 4 + 2 * 2 * 2)


@pytest.mark.parametrize("words", ["1500 2000", "the of and"])
def test_years_and_common_words_are_no_keys(words: str) -> None:
    keys = report_keys(report(sentence=f"Zenda {words}", trigger="Zenda"))
    said = {key.rpartition("|")[2] for key in keys}
    assert "zenda" in said
    assert not said & set(words.split())
