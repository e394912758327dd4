"""Scores of clusterings: the worked examples of the papers, and what must always hold."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.evaluation.coreference import (
    Score,
    b_cubed,
    best_total,
    ceaf_e,
    conll_f1,
    muc,
    pairs,
)

Clusters = dict[str, int]
MEASURES = (b_cubed, muc, ceaf_e, pairs)


def clusters(text: str) -> Clusters:
    """One cluster a word, one mention a letter."""
    return {mention: n for n, word in enumerate(text.split()) for mention in word}


# Luo (2005), figure 1: the truth and four answers, of which the last two are extremes.
LUO = clusters("12345 67 89ABC")
MERGED_SMALL = clusters("12345 6789ABC")
MERGED_LARGE = clusters("1234589ABC 67")
ONE = clusters("123456789ABC")
ALONE = clusters("1 2 3 4 5 6 7 8 9 A B C")

# Pradhan et al. (2014), figure 1: mentions of either side that the other does not have.
KEY, RESPONSE = clusters("abc defg"), clusters("ab cd fghi")


@pytest.mark.parametrize(
    ("answer", "muc_f1", "b3_f1", "ceaf_f1"),
    [
        (MERGED_SMALL, 0.947, 0.865, 0.733),
        (MERGED_LARGE, 0.947, 0.737, 0.667),
        (ONE, 0.900, 0.545, 0.294),
        (ALONE, 0.0, 0.400, 0.178),
    ],
)
def test_the_figures_of_luo(answer: Clusters, muc_f1: float, b3_f1: float, ceaf_f1: float) -> None:
    assert muc(LUO, answer).f1 == pytest.approx(muc_f1, abs=5e-4)
    assert b_cubed(LUO, answer).f1 == pytest.approx(b3_f1, abs=5e-4)
    assert ceaf_e(LUO, answer).f1 == pytest.approx(ceaf_f1, abs=5e-4)


@pytest.mark.parametrize(("answer", "precision"), [(MERGED_SMALL, 0.76), (MERGED_LARGE, 0.58)])
def test_the_figures_of_bagga_and_baldwin(answer: Clusters, precision: float) -> None:
    score = b_cubed(LUO, answer)
    assert score.precision == pytest.approx(precision, abs=5e-3)
    assert score.recall == 1.0
    assert muc(LUO, answer) == Score(9 / 10, 1.0)  # MUC cannot tell the two apart


@pytest.mark.parametrize(
    ("key", "response", "precision", "recall"),
    [
        ("ABCD", "AB CD", 1.0, 2 / 3),
        ("AB CD", "ABCD", 2 / 3, 1.0),
        ("ABCD", "AB", 1.0, 1 / 3),
        ("ABC", "AC", 1.0, 1 / 2),
    ],
)
def test_the_examples_of_vilain(key: str, response: str, precision: float, recall: float) -> None:
    score = muc(clusters(key), clusters(response))
    assert (score.precision, score.recall) == pytest.approx((precision, recall))


def test_the_figures_of_pradhan_for_predicted_mentions() -> None:
    assert muc(KEY, RESPONSE) == Score(2 / 5, 2 / 5)
    score = b_cubed(KEY, RESPONSE)
    assert (score.precision, score.recall) == pytest.approx((1 / 2, 35 / 12 / 7))
    assert score.f1 == pytest.approx(5 / 11)  # 0.46 in the paper, of 0.50 and 0.42 rounded
    score = ceaf_e(KEY, RESPONSE)
    assert (score.precision, score.recall) == pytest.approx((1.3 / 3, 1.3 / 2))
    assert score.f1 == pytest.approx(0.52, abs=5e-3)
    assert conll_f1(KEY, RESPONSE) == pytest.approx(0.458, abs=5e-4)


def test_pairs_with_mentions_of_one_side() -> None:
    # 2 of the 1 + 1 + 6 pairs are among the 3 + 6: ab and fg.
    assert pairs(KEY, RESPONSE) == Score(2 / 8, 2 / 9)


@pytest.mark.parametrize("measure", MEASURES)
def test_nothing_is_worth_nothing(measure: Callable[..., Score]) -> None:
    for gold, system in (({}, {}), (KEY, {}), ({}, KEY), (clusters("ab"), clusters("cd"))):
        assert measure(gold, system) == Score(0.0, 0.0)
        assert measure(gold, system).f1 == 0.0


def test_without_a_link_there_is_none_to_find() -> None:
    assert muc(ALONE, ALONE) == pairs(ALONE, ALONE) == Score(0.0, 0.0)
    assert b_cubed(ALONE, ALONE) == ceaf_e(ALONE, ALONE) == Score(1.0, 1.0)


clusterings = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 4), min_size=1)


@given(clusterings)
def test_a_clustering_is_like_itself_under_other_names(gold: Clusters) -> None:
    renamed = {mention: f"c{cluster}" for mention, cluster in gold.items()}
    linked = len(set(gold.values())) < len(gold)
    for measure in MEASURES:
        score = measure(gold, renamed)
        assert (score.precision, score.recall) == pytest.approx(
            (1.0, 1.0) if linked or measure in (b_cubed, ceaf_e) else (0.0, 0.0)
        )
    assert conll_f1(gold, renamed) == pytest.approx(1.0 if linked else 2 / 3)


@given(clusterings, clusterings)
def test_precision_one_way_is_recall_the_other(one: Clusters, other: Clusters) -> None:
    for measure in MEASURES:
        there, back = measure(one, other), measure(other, one)
        assert (there.precision, there.recall) == pytest.approx((back.recall, back.precision))
        assert 0 <= there.precision <= 1 + 1e-9
        assert 0 <= there.f1 <= 1 + 1e-9


@given(clusterings, clusterings, st.randoms(use_true_random=False))
def test_the_order_of_mentions_does_not_matter(
    one: Clusters, other: Clusters, random: object
) -> None:
    def shuffled(clustering: Clusters) -> Clusters:
        items = list(clustering.items())
        random.shuffle(items)  # type: ignore[attr-defined]
        return dict(items)

    for measure in MEASURES:
        score, again = measure(one, other), measure(shuffled(one), shuffled(other))
        assert (score.precision, score.recall) == pytest.approx((again.precision, again.recall))


@given(clusterings, clusterings)
def test_pairs_are_those_that_counting_gives(gold: Clusters, system: Clusters) -> None:
    def together(clustering: Clusters) -> set[tuple[str, str]]:
        return {
            (a, b) for a in clustering for b in clustering
            if a < b and clustering[a] == clustering[b]
        }  # fmt: skip

    wanted, got = together(gold), together(system)
    common = len(wanted & got)
    assert pairs(gold, system) == Score(
        common / len(got) if got else 0.0, common / len(wanted) if wanted else 0.0
    )


def by_trial(weights: Sequence[Sequence[float]]) -> float:
    rows, columns = len(weights), len(weights[0])
    if rows > columns:
        return by_trial(list(zip(*weights, strict=True)))
    return max(
        sum(weights[row][column] for row, column in enumerate(chosen))
        for chosen in permutations(range(columns), rows)
    )


tables = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda size: st.lists(
        st.lists(
            st.one_of(st.just(0.0), st.floats(0, 1), st.sampled_from([0.25, 0.5, 1.0])),
            min_size=size[1], max_size=size[1],
        ),
        min_size=size[0], max_size=size[0],
    )
)  # fmt: skip


@given(tables)
def test_the_best_total_is_the_best_of_all_trials(weights: list[list[float]]) -> None:
    assert best_total(weights) == pytest.approx(by_trial(weights), abs=1e-9)


@pytest.mark.parametrize("weights", [[], [[]], [[], []]])
def test_an_empty_table_has_no_total(weights: list[list[float]]) -> None:
    assert best_total(weights) == 0.0


@given(clusterings, clusterings)
def test_tables_apart_come_to_what_one_table_does(gold: Clusters, system: Clusters) -> None:
    def phi(g: int, s: int) -> float:
        ours = {m for m in gold if gold[m] == g}
        theirs = {m for m in system if system[m] == s}
        return 2 * len(ours & theirs) / (len(ours) + len(theirs))

    golds, systems = sorted(set(gold.values())), sorted(set(system.values()))
    best = by_trial([[phi(g, s) for s in systems] for g in golds])
    score = ceaf_e(gold, system)
    assert (score.precision, score.recall) == pytest.approx(
        (best / len(systems), best / len(golds))
    )
