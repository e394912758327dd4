"""Words as stems with weights."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.linking.words import cosine, likeness, stems, vector, weight

TELLING = ["bridge", "office", "troops", "fired", "burnt", "Zenda", "river"]
words = st.lists(st.sampled_from(TELLING))


def test_forms_of_a_word_are_one_stem() -> None:
    assert stems("demolished") == stems("Demolishes") == stems("demolishing")
    assert stems("the North's office") == stems("the North office")


def test_rare_words_tell_more_than_common_ones() -> None:
    assert weight("the") < 0.05 < weight("armistic") < weight("zenda") == 1.0


@given(words, words)
def test_likeness_is_the_same_both_ways_and_one_for_the_same(
    one: list[str], two: list[str]
) -> None:
    a, b = stems(" ".join(one)), stems(" ".join(two))
    assert likeness(a, b) == pytest.approx(likeness(b, a))
    assert 0 <= likeness(a, b) <= 1 + 1e-9
    if a:
        assert likeness(a, a) == pytest.approx(1)


@given(words, words)
def test_cosine_of_vectors(one: list[str], two: list[str]) -> None:
    a, b = vector((" ".join(one), 1.0)), vector((" ".join(two), 1.0))
    assert cosine(a, b) == pytest.approx(cosine(b, a))
    assert cosine(a, a) == pytest.approx(1 if one else 0)
    assert sum(value * value for value in a.values()) == pytest.approx(1 if one else 0)


def test_what_counts_twice_weighs_more() -> None:
    once = vector(("Zenda", 1.0), ("Strelsau", 1.0))
    twice = vector(("Zenda", 3.0), ("Strelsau", 1.0))
    assert twice["zenda"] > once["zenda"]
