"""Stories: articles of the same main news are near, later ones only if they are more alike."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.linking.telling import DAY, day

from tocsin.linking.linker import put_together
from tocsin.linking.stories import LATEST, Article, article_keys, blocks_of, logit, story_of
from tocsin.model.document import Document

FIRE = (
    "A fire burnt down the opera of Strelsau in the night. Singers carried costumes into the "
    "square while the brigade pumped water from the fountain. The roof fell at dawn."
)
STILL = (
    "The opera of Strelsau burnt down in the night. The roof fell at dawn, and the brigade pumped "
    "water from the fountain in the square. Nobody knows what lit the fire."
)
GRAIN = (
    "Farmers of Hofbau sold their grain at the lowest price for years. Mills are full, and the "
    "railway has no wagons to carry more of it to the harbour before winter."
)


def article(
    id: str,  # noqa: A002
    text: str = FIRE,
    published: date | None = DAY,
    **more: Any,
) -> Article:
    return Article.of(Document.of(text, id=id, published=published, **more))


@settings(max_examples=60)
@given(st.integers(0, 400), st.integers(0, LATEST))
def test_days_that_are_near_share_a_block(first: int, apart: int) -> None:
    one, other = (blocks_of(day(number), 2 * LATEST) for number in (first, first + apart))
    assert len(one) == len(other) == 2
    assert set(one) & set(other)
    assert not set(one) & set(blocks_of(day(first + 2 * LATEST), 2 * LATEST))


def test_the_same_news_is_near_and_other_news_is_far() -> None:
    one, other, grain = article("a"), article("b", STILL), article("c", GRAIN)
    assert logit(one, other) > 0 > logit(one, grain)
    assert logit(one, other) == logit(other, one)
    assert logit(one, one) > logit(one, other)


def test_the_later_the_more_alike_it_must_be() -> None:
    first = article("a")
    said = [logit(first, article("b", STILL, day(16 + apart))) for apart in (0, 2, 3, 8, 9, 16)]
    assert said == sorted(said, reverse=True)
    assert len(set(said)) == 3
    assert logit(first, article("b", published=day(16 + LATEST))) > 0
    assert logit(first, article("b", published=day(17 + LATEST))) < -10


def test_without_a_day_they_must_be_more_alike_than_on_one_day() -> None:
    first, undated = article("a"), article("b", STILL, None)
    assert logit(first, article("c", STILL)) > logit(first, undated)
    assert logit(article("d", published=None), article("b", published=None)) > 0


def test_titles_speak_too() -> None:
    one, other = article("a", title="Opera burnt down"), article("b", STILL, title="Opera fire")
    other_words = article("c", STILL, title="Grain is cheap in Hofbau")
    assert logit(one, other) > logit(one, other_words)


def test_articles_of_one_story_share_a_key_and_others_none() -> None:
    keys = article_keys(article("a"))
    assert keys & article_keys(article("b", STILL, day(16 + LATEST)))
    assert not keys & article_keys(article("c", GRAIN))
    assert not keys & article_keys(article("d", published=day(60)))
    assert article_keys(article("e", published=None)) & article_keys(article("f", published=None))
    assert 0 < len(keys) <= 2 * 12


def test_an_article_without_words_has_no_keys_and_is_near_to_none() -> None:
    empty = article("a", "…")
    assert article_keys(empty) == set()
    assert logit(empty, article("b", "…")) < 0
    assert logit(empty, article("c")) < 0


def test_two_stories_are_told_apart() -> None:
    found = put_together([
        article("a"), article("b", STILL), article("c", GRAIN), article("d", FIRE, day(60)),
    ])  # fmt: skip
    assert sorted([node.id for node in group] for group in found) == [
        ["s-a", "s-b"], ["s-c"], ["s-d"],
    ]  # fmt: skip


def test_the_record_of_a_story() -> None:
    story = story_of(
        [
            article("c", STILL, day(18), outlet="Post", title="The opera fire"),
            article("a", FIRE, day(17), outlet="Courier", title="Opera of Strelsau burnt down"),
            article("b", FIRE, day(17), outlet="Courier", title="Opera fire: costumes saved"),
            article("d", STILL, None, outlet="Herald"),
        ],
        {"b": "a"},
    )
    assert story.id == "s-a"
    assert story.documents == ("a", "b", "c", "d")
    assert story.outlets == ("Courier", "Post", "Herald")
    assert (story.families, story.sources) == (3, 3)
    assert (story.first, story.last) == (day(17), day(18))
    assert story.title in {"The opera fire", "Opera of Strelsau burnt down"}


def test_where_no_article_has_a_title_the_first_words_stand_for_it() -> None:
    assert story_of([article("a", f"\n {FIRE}")], {}).title == FIRE[:100]
    story = story_of([article("a", published=None)], {})
    assert (story.first, story.last) == (None, None)


@given(st.permutations("abcde"))
def test_the_order_of_articles_changes_no_story(order: list[str]) -> None:
    made = {
        "a": article("a", title="Fire"), "b": article("b", STILL, day(17), title="Opera burnt"),
        "c": article("c", STILL, None), "d": article("d", FIRE, day(15), title="Opera burnt"),
        "e": article("e", GRAIN, title="Grain"),
    }  # fmt: skip
    story = story_of([made[id_] for id_ in order], {})
    assert story == story_of(made.values(), {})


@pytest.mark.parametrize("apart", [1, 5, 12])
def test_nearness_is_the_same_either_way(apart: int) -> None:
    one, other = article("a", title="Fire"), article("b", STILL, day(16 + apart), title="Opera")
    assert logit(one, other) == logit(other, one)
