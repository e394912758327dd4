"""What is looked for, taken apart, and where it is found."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.store.terms import terms_of
from tocsin.store.words import WORDS_OF


def words(sought: str) -> list[tuple[str, ...]]:
    return [term.words for term in terms_of(sought)]


def test_words_and_phrases_are_terms_each_once() -> None:
    assert words('drill "Kim Jong-un" DRILL  u.s. "one" “of them” two') == [
        ("drill",), ("kim", "jong", "un"), ("u.s.",), ("one",), ("of", "them"), ("two",),
    ]  # fmt: skip
    assert words("Jong-un") == [("jong", "un")]
    assert words('"not closed') == [("not", "closed")]
    assert words(' "" - "-" ') == []


@pytest.mark.parametrize(
    ("sought", "text", "holds"),
    [
        ("art", "The party met.", False),
        ("art", "State of the Art", True),
        ("drill", "DRILLS began", True),
        ("yongbyon", "at Nyongbyon", False),
        ("jong-un", "Kim Jong Un said", True),
        ("jong-un", "Kim Jong\nUn said", True),
        ('"jong un"', "Kim Jong-un said", True),
        ('"un jong"', "Kim Jong-un said", False),
        ("élysée", "the Élysée palace", True),
        ("(no.", "it (No. 7)", True),
        ("u.s.", "the U.S. said", True),
        ("u.s.", "the uxsx said", False),
        ("개성", "in 개성공단", True),
        ("$5", "for $500", True),
    ],
)  # fmt: skip
def test_a_term_is_found_where_a_word_begins_with_it(sought: str, text: str, holds: bool) -> None:
    (term,) = terms_of(sought)
    assert bool(term.python.search(text)) is holds
    assert in_store(term.pattern, text) is holds


def in_store(pattern: str, text: str) -> bool:
    sql = "SELECT regexp_matches(lower($text), $pattern)"
    ((found,),) = _DB.execute(sql, {"text": text, "pattern": pattern}).fetchall()
    return bool(found)


# One of their own: the one that all users of duckdb share may have a result that nobody fetched.
_DB = duckdb.connect()
_SIGNS = st.text(alphabet="ab .-\"'()[]\\*+?^$|{}/_1é漢", max_size=9)


@settings(max_examples=300)
@given(_SIGNS, _SIGNS)
def test_no_sign_means_more_than_itself_and_both_engines_agree(sought: str, text: str) -> None:
    for term in terms_of(sought):
        assert term.longest in term.words
        held = term.python.search(text) is not None
        assert in_store(term.pattern, text) is held
        if held:
            assert term.longest in text.lower()
        assert in_store(term.pattern, " ".join(term.words))


@settings(max_examples=300)
@given(_SIGNS, _SIGNS, st.booleans())
def test_with_every_run_of_a_term_begins_a_word_of_what_has_it(
    sought: str, text: str, twice: bool
) -> None:
    text = f"{text} {sought.upper()}" if twice else text
    for term in terms_of(sought):
        begin = [any(word.startswith(run) for word in words_of(text)) for run in term.runs]
        if in_store(term.pattern, text):
            assert all(begin)
        elif term.is_run:
            assert begin == [False]


def words_of(text: str) -> list[str]:
    documents = "SELECT NULL AS title, $text AS text, 1 AS number"
    sql = f"WITH documents AS ({documents}) {WORDS_OF}"
    return [word for word, _ in _DB.execute(sql, {"text": text}).fetchall()]
