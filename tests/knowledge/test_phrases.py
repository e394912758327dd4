"""Phrase tables: the longest phrases are found, from left to right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.knowledge.phrases import Match, PhraseTable, phrase_tokens


@pytest.mark.parametrize(
    ("phrase", "tokens"),
    [
        ("North Korea", ("North", "Korea")),
        ("U.S.", ("U.S.",)),
        ("U.S. forces", ("U.S.", "forces")),
        ("Guinea-Bissau", ("Guinea", "-", "Bissau")),
        ("People’s Army", ("People", "'s", "Army")),
        ("Côte d'Ivoire", ("Côte", "d", "'", "Ivoire")),
        ("", ()),
    ],
)
def test_phrases_are_split_like_running_text(phrase: str, tokens: tuple[str, ...]) -> None:
    assert phrase_tokens(phrase) == tokens


@pytest.fixture
def table() -> PhraseTable[str]:
    table: PhraseTable[str] = PhraseTable()
    table.extend(
        [("Korea", "korea"), ("North Korea", "prk"), ("North", "prk?"), ("Georgia", "geo"),
         ("Georgia", "us-ga"), ("People's Army", "army")]
    )  # fmt: skip
    return table


def test_the_longest_phrase_wins(table: PhraseTable[str]) -> None:
    found = list(table.longest(["the", "North", "Korea", "of", "Korea"]))
    assert found == [Match(1, 3, ("prk",)), Match(4, 5, ("korea",))]


def test_a_long_phrase_that_breaks_off_gives_its_beginning(table: PhraseTable[str]) -> None:
    assert list(table.longest(["North", "Sea"])) == [Match(0, 1, ("prk?",))]


def test_all_readings_come_in_the_order_given(table: PhraseTable[str]) -> None:
    assert table.get("Georgia") == ("geo", "us-ga")
    assert table.get("North Sea") == ()
    assert len(table) == 6


def test_case_counts_unless_the_key_says_otherwise(table: PhraseTable[str]) -> None:
    assert list(table.longest(["korea"])) == []
    lower: PhraseTable[int] = PhraseTable(str.lower)
    lower.add("Foreign Ministry", 1)
    assert [match.values for match in lower.longest(["foreign", "MINISTRY"])] == [(1,)]


def test_quotes_are_straight_on_both_sides(table: PhraseTable[str]) -> None:
    assert [match.values for match in table.longest(["People", "’s", "Army"])] == [("army",)]


def test_an_empty_phrase_is_refused(table: PhraseTable[str]) -> None:
    with pytest.raises(ValueError, match="empty phrase"):
        table.add(" ", "x")


TOKENS = st.lists(st.sampled_from(["a", "b", "c"]), max_size=12)


@given(st.lists(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4)), TOKENS)
def test_matches_are_phrases_and_do_not_overlap(phrases: list[list[str]], text: list[str]) -> None:
    table: PhraseTable[tuple[str, ...]] = PhraseTable()
    for phrase in phrases:
        table.add(phrase, tuple(phrase))
    at = 0
    for match in table.longest(text):
        assert match.first >= at
        assert set(match.values) == {tuple(text[match.first : match.stop])}
        at = match.stop


def test_every_phrase_is_told_with_its_values() -> None:
    table: PhraseTable[int] = PhraseTable()
    table.extend([("North Korea", 1), ("North", 2), ("North Korea", 3)])
    assert sorted(table.phrases()) == [(("North",), (2,)), (("North", "Korea"), (1, 3))]


def test_the_readings_of_one_phrase_can_be_changed() -> None:
    table: PhraseTable[int] = PhraseTable()
    table.extend([("North Korea", 1), ("North", 2), ("North Korea", 3)])
    table.change(("North", "Korea"), lambda value: [value * 10, 7] if value == 1 else [])
    table.change(("South",), lambda value: [])
    assert (table.get("North Korea"), table.get("North"), len(table)) == ((10, 7), (2,), 3)
