"""Clustering: components, average linkage, and what is too large for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.linking import clustering
from tocsin.linking.clustering import clusters, components

Logits = Mapping[tuple[str, str], float]


def pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def edges_of(logits: Logits) -> dict[tuple[str, str], float]:
    return {ids: said for ids, said in logits.items() if said > 0}


def put(nodes: Sequence[str], logits: Logits, default: float = -1.0) -> list[list[str]]:
    """All clusters of all components."""
    edges = edges_of(logits)

    def logit(one: str, other: str) -> float:
        return logits.get(pair(one, other), default)

    return [group for part in components(nodes, edges) for group in clusters(part, edges, logit)]


@pytest.mark.parametrize(
    ("edges", "parts"),
    [
        ([], ["a", "b", "c", "d", "e"]),
        (["ab", "cd"], ["ab", "cd", "e"]),
        (["de", "ab", "bd"], ["abde", "c"]),
        (["ea", "eb", "ec", "ed"], ["abcde"]),
        (["aa"], ["a", "b", "c", "d", "e"]),
    ],
)
def test_components(edges: list[str], parts: list[str]) -> None:
    found = components("edcba", [(one[0], one[1]) for one in edges])
    assert ["".join(part) for part in found] == parts


def test_nothing_and_one_alone() -> None:
    assert components([], []) == []
    assert put([], {}) == []
    assert put(["a"], {}) == [["a"]]


def test_pairs_that_are_near_are_put_together() -> None:
    near = {("a", "b"): 2.0, ("c", "d"): 1.0, ("a", "c"): -3.0}
    assert put("abcde", near) == [["a", "b"], ["c", "d"], ["e"]]


def test_a_chain_is_no_cluster() -> None:
    # single linkage would put all four together: each is near the next
    chain = {("a", "b"): 2.0, ("b", "c"): 1.0, ("c", "d"): 2.0}
    assert len(components("abcd", chain)) == 1
    assert put("abcd", chain, default=-4.0) == [["a", "b"], ["c", "d"]]
    assert put("abcd", chain, default=1.0) == [["a", "b", "c", "d"]]


def test_one_pair_that_is_far_is_outweighed_by_all_others() -> None:
    logits = dict.fromkeys(map(tuple, combinations("abcd", 2)), 2.0) | {("a", "d"): -1.0}
    assert put("abcd", logits) == [["a", "b", "c", "d"]]  # type: ignore[arg-type]


def test_the_nearest_come_first() -> None:
    logits = {("a", "b"): 1.0, ("b", "c"): 5.0, ("a", "c"): -9.0}
    assert put("abc", logits) == [["a"], ["b", "c"]]


def test_of_what_is_as_near_the_first_pair_comes_first() -> None:
    logits = {("a", "b"): 1.0, ("b", "c"): 1.0, ("a", "c"): -9.0}
    assert put("cba", logits) == [["a", "b"], ["c"]]


NODES = "abcdefgh"
logits_of = st.fixed_dictionaries(
    {ids: st.sampled_from([-5.0, -1.0, 0.0, 0.5, 1.0, 3.0]) for ids in combinations(NODES, 2)}
)


def check_partition(found: list[list[str]], logits: Logits) -> None:
    assert sorted(node for group in found for node in group) == list(NODES)
    parts = {node: n for n, part in enumerate(components(NODES, edges_of(logits))) for node in part}
    for group in found:
        assert group == sorted(group)
        assert len({parts[node] for node in group}) == 1


def mean(one: list[str], other: list[str], logits: Logits) -> float:
    return sum(logits[pair(a, b)] for a in one for b in other) / (len(one) * len(other))


@given(logits_of, st.permutations(NODES))
def test_clusters_part_the_nodes_whatever_their_order(logits: Logits, order: list[str]) -> None:
    found = put(NODES, logits)
    check_partition(found, logits)
    assert put(order, logits) == found
    # what is left apart within a component does not speak for each other
    for part in components(NODES, edges_of(logits)):
        inside = [group for group in found if group[0] in part]
        for one, other in combinations(inside, 2):
            assert mean(one, other, logits) <= 1e-9


@settings(max_examples=60)
@given(logits_of, st.permutations(NODES))
def test_what_is_too_large_is_parted_first_and_nothing_is_lost(
    logits: Logits, order: list[str]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(clustering, "_MOST", 3)
        found = put(NODES, logits)
        check_partition(found, logits)
        assert put(order, logits) == found


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "_MOST", 4)


Groups = Callable[[Logits], list[list[str]]]


@pytest.mark.usefixtures("small")
def test_of_what_is_too_large_the_weakest_edges_are_left_out() -> None:
    strong = dict.fromkeys((*combinations("abc", 2), *combinations("fgh", 2)), 4.0)
    weak = {("c", "d"): 0.1, ("d", "e"): 0.2, ("e", "f"): 0.3}
    assert put(NODES, {**strong, **weak, ("a", "d"): 0.1}) == [
        ["a", "b", "c"], ["d"], ["e"], ["f", "g", "h"],
    ]  # fmt: skip


@pytest.mark.usefixtures("small")
def test_many_that_are_all_as_near_stay_together_as_far_as_there_is_room() -> None:
    alike = dict.fromkeys(combinations(NODES, 2), 3.0)
    assert put(NODES, alike) == [["a", "b", "c", "d"], ["e", "f", "g", "h"]]
