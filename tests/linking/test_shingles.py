"""Shingles: runs of five words, whatever stands between the words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.linking.shingles import WORDS, shared, shingles, words_digest

word = st.text("abcde", min_size=1, max_size=3)


@pytest.mark.parametrize(("count", "runs"), [(0, 0), (1, 0), (4, 0), (5, 1), (6, 2), (100, 96)])
def test_a_text_has_a_run_for_each_place_where_five_words_fit(count: int, runs: int) -> None:
    found = shingles(" ".join(f"w{n}" for n in range(count)))
    assert found.shape == (runs,)
    assert found.dtype == np.uint32


def test_runs_are_sorted_and_each_is_there_once() -> None:
    found = shingles("the bridge of zenda fell and " * 20)
    assert len(found) == 6
    assert list(found) == sorted(set(found))


@pytest.mark.parametrize(
    "other",
    [
        "ENVOYS met, in Zenda: on Tuesday!",
        "Envoys\nmet\n\nin   Zenda on — Tuesday",
        "“Envoys met in_Zenda on Tuesday.”",
    ],
)
def test_case_and_signs_and_spaces_do_not_count(other: str) -> None:
    text = "Envoys met in Zenda on Tuesday"
    assert np.array_equal(shingles(text), shingles(other))
    assert words_digest(text) == words_digest(other)


def test_the_order_of_words_counts() -> None:
    one, other = "envoys met in zenda today", "zenda met in envoys today"
    assert shared(shingles(one), shingles(other)) == 0
    assert words_digest(one) != words_digest(other)
    assert words_digest("ab c") != words_digest("a bc")


def test_words_of_all_scripts_count() -> None:
    text = "특사들이 젠다에서 만나 회담했다고 말했다 그들은"
    assert len(shingles(text)) == 2
    assert len(shingles("ÄRGER über Žďár hält an")) == 1


@given(st.lists(word, max_size=40), st.lists(word, max_size=40))
def test_two_texts_share_just_the_runs_that_stand_in_both(one: list[str], other: list[str]) -> None:
    def runs(words: list[str]) -> set[tuple[str, ...]]:
        return {tuple(words[at : at + WORDS]) for at in range(len(words) - WORDS + 1)}

    left, right = shingles(" ".join(one)), shingles(" ".join(other))
    assert len(left) == len(runs(one))
    assert shared(left, right) == shared(right, left) == len(runs(one) & runs(other))
