"""The draw: the same for the same seed, uniform within an article, spread, and weighed truly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.evaluation.sampling import Sample, SpreadSampler

sizes = st.lists(st.integers(0, 30), max_size=25)


def draw(
    articles: Sequence[int], n: int, *, seed: int = 0, per_article: int | None = 5
) -> Sample[int]:
    """Draw from articles with so many units; a unit is its article's number."""
    sampler: SpreadSampler[int] = SpreadSampler(n, seed=seed, per_article=per_article)
    for number, size in enumerate(articles):
        sampler.add([(f"{number}/{at}", number) for at in range(size)])
    return sampler.sample()


def ids(sample: Sample[int]) -> list[str]:
    return [drawn.id for drawn in sample.drawn]


@given(sizes, st.integers(0, 60), st.integers(0, 5), st.sampled_from([1, 3, None]))
def test_the_same_input_and_seed_draw_the_same(
    articles: list[int], n: int, seed: int, per_article: int | None
) -> None:
    one = draw(articles, n, seed=seed, per_article=per_article)
    assert one == draw(articles, n, seed=seed, per_article=per_article)
    assert len(one.drawn) == len(set(ids(one))) == min(n, sum(articles))
    assert (one.population, one.articles) == (sum(articles), len(articles))


@given(sizes, st.integers(1, 60))
def test_the_order_of_the_articles_does_not_matter(articles: list[int], n: int) -> None:
    units = [
        [(f"{number}/{at}", number) for at in range(size)] for number, size in enumerate(articles)
    ]
    samples = []
    for order in (units, units[::-1]):
        sampler: SpreadSampler[int] = SpreadSampler(n)
        for article in order:
            sampler.add(article[::-1])
        samples.append(sampler.sample())
    assert samples[0] == samples[1]


def test_another_seed_draws_another_sample() -> None:
    assert ids(draw([50], 10)) != ids(draw([50], 10, seed=1))


@given(sizes, st.integers(1, 60), st.integers(1, 6))
def test_no_article_gives_more_while_others_have_any(
    articles: list[int], n: int, per_article: int
) -> None:
    drawn = Counter(unit.unit for unit in draw(articles, n, per_article=per_article).drawn)
    most = max([per_article, *drawn.values()])
    for number, size in enumerate(articles):
        # Whoever gave fewer than the one that gave most (above the limit) had no more to give.
        if most > per_article:
            assert drawn[number] >= min(size, most - 1)


@given(sizes, st.integers(1, 60), st.sampled_from([1, 4, None]))
def test_weights_are_at_least_one_and_all_of_them_where_all_is_drawn(
    articles: list[int], n: int, per_article: int | None
) -> None:
    sample = draw(articles, n, per_article=per_article)
    assert all(drawn.weight >= 1 - 1e-9 for drawn in sample.drawn)
    if n >= sum(articles):
        assert all(drawn.weight == pytest.approx(1) for drawn in sample.drawn)


def expectation(articles: Sequence[int], n: int, per_article: int | None, number: int) -> float:
    """How many units of an article should be drawn: filled round by round, the last in part."""
    if per_article is None:
        return n * articles[number] / sum(articles)
    got, left, level = 0.0, float(n), 0
    while left > 0:
        first, stop = (0, per_article) if level == 0 else (per_article + level - 1,) * 2
        stop = max(stop, first + (level > 0))
        here = [max(0, min(size, stop) - first) for size in articles]
        share = min(1.0, left / sum(here))
        got += share * here[number]
        left -= sum(here)
        level += 1
    return got


@pytest.mark.parametrize("per_article", [1, 3, None])
def test_every_unit_is_drawn_as_often_as_its_weight_says(per_article: int | None) -> None:
    articles, n, rounds = [1, 2, 4, 12, 40], 10, 1500
    times: Counter[str] = Counter()
    estimate = 0.0
    for seed in range(rounds):
        sample = draw(articles, n, seed=seed, per_article=per_article)
        times.update(ids(sample))
        estimate += sum(drawn.weight for drawn in sample.drawn)
    # The weights add up to the population on average (they do so exactly without spreading).
    assert estimate / rounds == pytest.approx(sum(articles), rel=0.03)
    # Long articles win no places from short ones beyond what the weights say.
    for number, size in enumerate(articles):
        shown = sum(times[f"{number}/{at}"] for at in range(size)) / rounds
        expected = expectation(articles, n, per_article, number)
        assert shown == pytest.approx(expected, rel=0.06)
    # Within an article every unit has the same chance: chi-square over the longest, 39 degrees
    # of freedom; the 99.99 % point is 83. The seeds are fixed, so the test is, too.
    counts = [times[f"4/{at}"] for at in range(40)]
    mean = sum(counts) / 40
    assert sum((count - mean) ** 2 / mean for count in counts) < 83


def test_without_spreading_every_unit_weighs_the_same() -> None:
    sample = draw([1, 3, 60], 16, per_article=None)
    assert {drawn.weight for drawn in sample.drawn} == {4.0}


def test_a_unit_that_comes_twice_is_drawn_once() -> None:
    sampler: SpreadSampler[int] = SpreadSampler(10)
    for _ in range(2):
        sampler.add([("a", 1), ("b", 2)])
    assert sorted(drawn.id for drawn in sampler.sample().drawn) == ["a", "b"]


def test_memory_holds_no_more_than_the_sample() -> None:
    sampler: SpreadSampler[bytes] = SpreadSampler(5, per_article=1)
    for number in range(300):
        sampler.add([(f"{number}/{at}", b"") for at in range(20)])
        assert len(sampler._kept) <= 5
        assert len(sampler._heap) <= 5
        assert len(sampler._sizes) <= 20


@pytest.mark.parametrize(("n", "per_article"), [(-1, 5), (5, 0)])
def test_what_cannot_be_drawn_is_refused(n: int, per_article: int) -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        SpreadSampler(n, per_article=per_article)
