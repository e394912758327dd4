"""Counts: totals with occasions and period, and numbers that come back from their words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.knowledge.quantities import load_number_words
from tocsin.language.parser import Parser
from tocsin.model.mention import QuantityMention
from tocsin.model.parse import Parse
from tocsin.quantities import find_quantities
from tocsin.timex import find_dates

PUBLISHED = date(2024, 10, 25)
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen "
    "fourteen fifteen sixteen seventeen eighteen nineteen"
)
SMALL = _SMALL.split()
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int, *, joint: str = "and") -> str:
    """English words of a number below a thousand million."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return TENS[tens - 2] + (f" - {SMALL[unit]}" if unit else "")
    for scale, name in ((10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= scale:
            count, rest = divmod(number, scale)
            link = f" {joint}" if joint and scale == 100 else ""
            return f"{spell(count, joint=joint)} {name}" + (
                f"{link} {spell(rest, joint=joint)}" if rest else ""
            )
    raise AssertionError


def counts(
    parser: Parser, text: str, published: date | None = PUBLISHED
) -> tuple[QuantityMention, ...]:
    parse = parser.parse(text)
    return find_quantities(parse, find_dates(parse, published=published))


def test_an_empty_text_counts_nothing() -> None:
    assert find_quantities(Parse("", ()), ()) == ()


def test_a_total_is_one_count_with_occasions_and_period(parser: Parser) -> None:
    (count,) = counts(
        parser,
        "The rebels fired a total of 900 rockets at the port on 14 occasions "
        "from March 2 to April 9 this year.",
    )
    assert (count.value, count.unit, count.occasions) == (900, "rocket", 14)
    assert count.period is not None
    assert (count.period.since, count.period.until) == (date(2024, 3, 2), date(2024, 4, 9))


def test_occasions_go_to_the_count_of_their_own_clause(parser: Parser) -> None:
    found = counts(parser, "The jets dropped 40 bombs on three occasions.")
    assert [(c.value, c.unit, c.occasions) for c in found] == [(40, "bomb", 3)]


def test_numbers_of_a_date_are_no_counts(parser: Parser) -> None:
    assert counts(parser, "On May 3, 2018, for two years, it was calm.") == ()


def test_two_counts_in_a_row_stay_two(parser: Parser) -> None:
    found = counts(parser, "The blast killed three soldiers and wounded five civilians.")
    assert [(c.value, c.unit) for c in found] == [(3, "soldier"), (5, "civilian")]


def test_the_head_is_the_noun_that_is_counted(parser: Parser) -> None:
    parse = parser.parse("The North sent 1,500 troops to the front.")
    (count,) = find_quantities(parse, ())
    assert parse.sentences[0].tokens[count.head].text == "troops"


@given(number=st.integers(0, 10**9 - 1), joint=st.sampled_from(["and", ""]))
def test_number_words_come_back(number: int, joint: str) -> None:
    words = spell(number, joint=joint).split()
    assert load_number_words().read(words) == (number, len(words))


@given(number=st.integers(0, 10**12))
def test_digits_come_back(number: int) -> None:
    assert load_number_words().read([f"{number:,}"]) == (number, 1)
    assert load_number_words().read([str(number)]) == (number, 1)


@pytest.mark.parametrize(
    ("words", "value", "stop"),
    [
        ("1.5 million people", 1.5e6, 2),
        ("two dozen men", 24, 2),
        ("five thousand two hundred men", 5200, 4),
        ("three and four men", 3, 1),
        ("two hundred and men", 200, 2),
    ],
)
def test_a_number_stops_where_it_ends(words: str, value: float, stop: int) -> None:
    assert load_number_words().read(words.split()) == (value, stop)


HEAP = """
a total of at least more than 5,500 12 two hundred and thousand million dozens people troops
dead killed $ % percent km - to between 30 40 on 22 occasions times several one twice in May the
. , half dozen tens No . 2 m € or so some others wounded
"""
WORDS = st.sampled_from(HEAP.split())


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(WORDS, max_size=14))
def test_any_heap_of_words_gives_sound_counts(parser: Parser, words: list[str]) -> None:
    parse = parser.parse(" ".join(words))
    found = find_quantities(parse, find_dates(parse, published=PUBLISHED))
    for m in found:
        assert parse.text[m.start : m.end] == m.text
        assert parse.sentences[m.sentence].offsets(m.first, m.stop) == (m.start, m.end)
        assert m.first <= m.head < m.stop
        assert m.upper is None or (m.value is not None and m.value < m.upper)
        assert m.value is not None or m.qualifier is not None
    assert all(a.start < b.start for a, b in pairwise(found))
