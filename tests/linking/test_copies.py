"""Copies: what is one, what is none, and which article is the first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.stories import article, edited, sentences, text, words

from tocsin.linking.copies import Copy, CopyIndex, Found
from tocsin.linking.shingles import shared, shingles, words_digest
from tocsin.model.document import Document


def found_of(*documents: Document) -> list[Found]:
    index = CopyIndex()
    return [index.add(document) for document in documents]


def copy_of(first: str, second: str) -> Copy | None:
    """What the second text is to the first."""
    return found_of(article(first, "a"), article(second, "b"))[1].copy


@pytest.mark.parametrize("count", [1, 4, 12, 300])
def test_the_same_words_are_a_copy_however_they_are_written(count: int) -> None:
    first = text(count)
    for second in (first, first.upper(), first.replace(" ", "\n\n"), first.replace(".", "!")):
        assert copy_of(first, second) == Copy(0, "same", 1.0)


@pytest.mark.parametrize(
    ("second", "contained"),
    [
        (sentences(words(300, 1)[:180]), 1.0),  # cut
        (sentences(words(300, 1)[100:]), 1.0),  # without its top
        (sentences(words(60, 2) + words(300, 1)[60:]), 0.8),  # with another top
        (edited(300, 1, 40), 0.88),  # a word in forty is another
        (sentences(words(300, 1) + words(60, 2)), 0.82),  # with something behind
    ],
)
def test_what_stands_mostly_in_another_is_its_copy(second: str, contained: float) -> None:
    copy = copy_of(text(300), second)
    assert copy is not None
    assert (copy.of, copy.kind) == (0, "copy")
    assert copy.contained == pytest.approx(contained, abs=0.03)


@pytest.mark.parametrize(
    "second",
    [
        text(300, 2),  # another story
        sentences(words(120, 1) + words(180, 2)),  # two fifths are the same
        sentences(words(200, 1) + words(100, 2)),  # two thirds are
        edited(300, 1, 8),  # retold
    ],
)
def test_what_has_much_of_its_own_is_no_copy(second: str) -> None:
    assert copy_of(text(300), second) is None


@pytest.mark.parametrize(
    ("count", "own", "is_copy"),
    [
        # below twenty runs only the same words are a copy, below sixty nine tenths must be there
        (20, 1, False),
        (30, 1, True),
        (30, 6, False),
        (58, 4, True),
        (58, 12, False),
        (70, 12, True),
    ],
)
def test_of_short_texts_nearly_all_must_be_there(count: int, own: int, is_copy: bool) -> None:
    second = sentences(words(count - own, 1) + words(own, 2))
    assert (copy_of(text(count), second) is not None) == is_copy


@pytest.mark.parametrize(
    ("outlet", "day", "is_copy"),
    [
        ("Courier", 16, True),
        ("Courier", 17, True),
        ("Courier", 15, True),
        ("Courier", 18, False),
        ("Courier", 19, False),
        ("Herald", 16, False),
        (None, 16, False),
        ("Courier", None, False),
    ],
)
def test_an_outlet_that_tells_its_story_again_at_once_copies_itself(
    outlet: str | None, day: int | None, is_copy: bool
) -> None:
    first = article(text(400), "a", outlet="Courier", day=16)
    again = sentences(words(230, 1) + words(170, 2))
    second = article(again, "b", outlet=outlet, day=day)
    assert (found_of(first, second)[1].copy is not None) == is_copy


def test_a_short_notice_of_the_same_outlet_is_a_report_of_its_own() -> None:
    first = article(text(120), "a", outlet="Courier", day=16)
    second = article(sentences(words(70, 1) + words(50, 2)), "b", outlet="Courier", day=16)
    assert found_of(first, second)[1].copy is None


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://example.org/zenda", "version"),
        ("https://example.org/zenda?utm_source=mail", "version"),
        ("https://example.org/zenda#top", "version"),
        ("https://example.org/hofbau", "copy"),
        (None, "copy"),
        ("http://[", "copy"),
    ],
)
def test_a_copy_under_the_same_address_is_a_version(url: str | None, kind: str) -> None:
    first = article(text(300), "a", url="https://example.org/zenda")
    second = article(sentences(words(250, 1)), "b", url=url)
    copy = found_of(first, second)[1].copy
    assert copy is not None
    assert copy.kind == kind


def test_another_story_under_the_same_address_is_none() -> None:
    url = "https://example.org/live"
    one, two = article(text(300, 1), "a", url=url), article(text(300, 2), "b", url=url)
    assert found_of(one, two)[1].copy is None


@pytest.mark.parametrize(
    "url", [None, "", "zenda", "ftp://example.org/a", "http://[", "http://[::1"]
)
def test_an_article_may_have_an_address_that_is_none(url: str | None) -> None:
    one, two = article(text(300, 1), "a", url=url), article(text(300, 1), "b", url=url)
    assert [found.before for found in found_of(one, two)] == [None, None]


@pytest.mark.parametrize("query", ["", "?utm_medium=x", "#end"])
def test_the_text_before_under_an_address_is_known(query: str) -> None:
    url = "https://example.org/a"
    one, two = article(text(300, 1), "a", url=url), article(text(300, 2), "b", url=url + query)
    assert [found.before for found in found_of(one, two)] == [None, 0]


def test_a_chain_of_copies_has_one_head() -> None:
    chain = [article(sentences(words(300 - 40 * n, 1)[10 * n :]), str(n)) for n in range(5)]
    found = found_of(*chain)
    assert found[0].copy is None
    assert [one.copy.of for one in found[1:] if one.copy is not None] == [0, 0, 0, 0]


def test_a_copy_of_a_copy_is_one_of_the_first_also_where_it_shares_little_with_it() -> None:
    base = words(600, 1)
    found = found_of(
        article(sentences(base[:300]), "a"),
        article(sentences(base[60:375]), "b"),
        article(sentences(base[130:440]), "c"),
    )
    copies = [one.copy for one in found]
    assert copies[0] is None
    assert [one.of for one in copies[1:] if one is not None] == [0, 0]


def test_a_longer_article_holds_its_shorter_copies() -> None:
    base = words(600, 1)
    found = found_of(
        article(sentences(base[:150]), "a"),
        article(sentences(base[300:450]), "b"),
        article(text(200, 9), "c"),
        article(sentences(base), "d"),
    )
    assert found[3] == Found(3, None, (0, 1))
    assert [one.holds for one in found[:3]] == [(), (), ()]


def test_the_nearest_counts_where_several_would_do() -> None:
    base = words(300, 1)
    found = found_of(
        article(sentences(base[:235] + words(300, 2)), "near"),
        article(sentences(base[:260] + words(300, 3)), "nearer"),
        article(sentences(base[:245] + words(300, 4)), "less near"),
        article(sentences(base[:290]), "copy"),
    )
    assert [one.copy for one in found[:3]] == [None, None, None]
    assert found[3].copy is not None
    assert found[3].copy.of == 1


def test_the_clean_text_is_compared_where_it_is_known() -> None:
    foot = " " + text(200, 7)
    index = CopyIndex()
    index.add(article(text(60, 1) + foot, "a"), text(60, 1))
    assert index.add(article(text(60, 2) + foot, "b"), text(60, 2)).copy is None


def test_texts_without_words_and_empty_ones_do_no_harm() -> None:
    found = found_of(*(article(one, str(n)) for n, one in enumerate(("…", "a b", "c d", "a B."))))
    assert [one.copy and one.copy.of for one in found] == [None, None, None, 1]


pieces = st.lists(st.integers(0, 5), min_size=1, max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(pieces, min_size=2, max_size=8))
def test_no_copy_without_five_words_in_common_and_the_same_again_for_the_same_order(
    made: list[list[int]],
) -> None:
    parts = [words(40, seed) for seed in range(6)]
    texts = [sentences([word for piece in one for word in parts[piece]]) for one in made]
    documents = [article(one, str(n)) for n, one in enumerate(texts)]
    found = found_of(*documents)
    assert found == found_of(*documents)
    for one in found:
        if one.copy is None:
            continue
        assert one.copy.of < one.place
        assert found[one.copy.of].copy is None  # a head is no copy itself
        mine = shingles(texts[one.place])
        assert any(
            shared(mine, shingles(texts[before])) > 0
            or words_digest(texts[before]) == words_digest(texts[one.place])
            for before in range(one.place)
        )
