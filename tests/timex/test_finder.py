"""Time expressions: resolution by publication day, by tense, by the text; and without any."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.language.parser import Parser
from tocsin.model.mention import DateMention
from tocsin.model.parse import Parse
from tocsin.timex import find_dates

PUBLISHED = date(2020, 6, 16)  # a Tuesday
DAYS = st.dates(date(1950, 1, 1), date(2090, 12, 31))
quick = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def dates(parser: Parser, text: str, published: date | None = PUBLISHED) -> tuple[DateMention, ...]:
    return find_dates(parser.parse(text), published=published)


def only(parser: Parser, text: str, published: date | None = PUBLISHED) -> DateMention:
    (mention,) = dates(parser, text, published)
    return mention


def test_an_empty_text_has_no_dates() -> None:
    assert find_dates(Parse("", ()), published=PUBLISHED) == ()


def test_a_relative_day_hangs_on_the_publication_day(parser: Parser) -> None:
    mention = only(parser, "The army today blew up a bridge.")
    assert (mention.since, mention.until, mention.anchor) == (PUBLISHED, PUBLISHED, "published")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The army today blew up a bridge.", "XXXX-XX-XX"),
        ("Earlier Tuesday, the army warned the South.", "XXXX-WXX-2"),
        ("Police arrested activists last week.", "XXXX-WXX"),
        ("Earlier this month, the state cut hotlines.", "XXXX-XX"),
        ("The office closed in January.", "XXXX-01"),
        ("Balloons flew from May 28 to Sept. 23 this year.", "XXXX-05-28/XXXX-09-23"),
        ("The truce ended two years ago.", "XXXX"),
        ("Tanks rolled in at 3 p.m. on the border.", "XXXX-XX-XXT15:00"),
    ],
)
def test_without_a_publication_day_nothing_is_guessed(
    parser: Parser, text: str, value: str
) -> None:
    mention = only(parser, text, None)
    assert (mention.value, mention.since, mention.until) == (value, None, None)
    assert mention.anchor == "none"


@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_a_date_with_its_year_hangs_on_the_text(parser: Parser, published: date | None) -> None:
    mention = only(parser, "The bridge fell on 16 June 2019.", published)
    assert (mention.since, mention.anchor) == (date(2019, 6, 16), "text")


def test_an_interval_is_one_mention_with_both_ends(parser: Parser) -> None:
    mention = only(parser, "Balloons flew from May 28 to Sept. 23 this year.", date(2024, 10, 25))
    assert (mention.since, mention.until) == (date(2024, 5, 28), date(2024, 9, 23))
    assert mention.text == "May 28 to Sept. 23 this year"


def test_an_interval_over_new_year_begins_in_the_year_before(parser: Parser) -> None:
    mention = only(parser, "The port was shut from November to March 2015.")
    assert (mention.since, mention.until) == (date(2014, 11, 1), date(2015, 3, 31))


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("The envoys met on Friday.", date(2020, 6, 12)),
        ("The envoys will meet on Friday.", date(2020, 6, 19)),
        ("The envoys plan to meet on Friday.", date(2020, 6, 19)),
        ("The envoys are meeting on Friday.", date(2020, 6, 19)),
        ("The talks begin on Friday.", date(2020, 6, 19)),
        ("The talks were scheduled for Friday.", date(2020, 6, 19)),
        ("The office opened in August.", date(2019, 8, 1)),
        ("The office will open in August.", date(2020, 8, 1)),
    ],
)
def test_the_tense_says_which_way_a_date_looks(parser: Parser, text: str, since: date) -> None:
    assert only(parser, text).since == since


def test_part_of_a_period_ends_at_publication(parser: Parser) -> None:
    mention = only(parser, "Earlier this month, the state cut hotlines.")
    assert (mention.since, mention.until) == (date(2020, 6, 1), PUBLISHED)


def test_a_stretch_back_from_now_has_its_days(parser: Parser) -> None:
    mention = only(parser, "They have failed for the past two years.")
    assert (mention.kind, mention.since, mention.until) == (
        "DURATION",
        date(2018, 6, 16),
        PUBLISHED,
    )


def test_a_later_day_is_counted_from_the_day_told_before(parser: Parser) -> None:
    found = dates(parser, "The war began on May 1, 2019. It ended three days later.")
    assert [m.since for m in found] == [date(2019, 5, 1), date(2019, 5, 4)]
    assert found[1].anchor == "text"


def test_a_clock_time_takes_the_day_of_its_sentence(parser: Parser) -> None:
    found = dates(parser, "On Monday, shells fell at 3 p.m. local time.")
    assert found[1].value == "2020-06-15T15:00"


def test_mentions_do_not_overlap_and_stand_in_order(parser: Parser) -> None:
    text = "From May 3 to 5 and again on Monday night, for two years, troops moved in late 2018."
    found = dates(parser, text)
    assert all(a.end <= b.start for a, b in pairwise(found))


FORMATS = (
    "{d:%Y-%m-%d}",
    "{d:%B} {d.day}, {d.year}",
    "{d.day} {d:%B} {d.year}",
    "{d:%A}, {d:%B} {d.day}, {d.year}",
    "{d:%d}.{d:%m}.{d.year}",
    "{d:%m}/{d:%d}/{d.year}",
    "{d.year}/{d:%m}/{d:%d}",
    "the {d.day}th of {d:%B} {d.year}",
)


@quick
@given(day=DAYS, form=st.sampled_from(FORMATS))
def test_a_whole_date_comes_back_from_every_form(parser: Parser, day: date, form: str) -> None:
    mention = only(parser, f"The bridge fell on {form.format(d=day)} after a blast.", None)
    assert (mention.value, mention.since, mention.until) == (day.isoformat(), day, day)


@quick
@given(published=DAYS, weekday=st.integers(0, 6), future=st.booleans())
def test_a_weekday_is_within_a_week_and_on_its_side(
    parser: Parser, published: date, weekday: int, future: bool
) -> None:
    name = (date(2020, 6, 15) + timedelta(days=weekday)).strftime("%A")
    verb = "will meet" if future else "met"
    mention = only(parser, f"The envoys {verb} on {name}.", published)
    assert mention.since is not None
    away = (mention.since - published).days
    assert mention.since.weekday() == weekday
    assert 0 <= away <= 6 if future else -6 <= away <= 0


HEAP = """
the in on of from to May March 3 5 28 2018 1990s Tuesday last next this week year years two days
ago later 3:30 p.m. GMT early late first quarter of half a few earlier today - , . between and
until Sept. 23 second every decade spring ' 82 noon end
"""
WORDS = st.sampled_from(HEAP.split())


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(words=st.lists(WORDS, max_size=14), published=st.none() | st.dates())
def test_any_heap_of_words_gives_sound_mentions(
    parser: Parser, words: list[str], published: date | None
) -> None:
    parse = parser.parse(" ".join(words))
    for m in find_dates(parse, published=published):
        sentence = parse.sentences[m.sentence]
        assert parse.text[m.start : m.end] == m.text
        assert sentence.offsets(m.first, m.stop) == (m.start, m.end)
        assert m.first <= m.head < m.stop
        assert (m.since is None) == (m.until is None)
        assert m.since is None or m.until is None or m.since <= m.until
        assert (m.anchor == "none") == (m.since is None)
