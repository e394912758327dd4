"""Clustering: reports that speak for each other are put together, nearest first.

Average linkage on the logits of pairs: two clusters become one while the mean over all pairs
between them speaks for it. What comes out depends on the reports and not on their order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

#: Of more reports, those that hang together less are parted first.
_MOST = 1200


def components(nodes: Iterable[str], edges: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The connected components, each sorted, in the order of their first nodes."""
    head = {node: node for node in nodes}

    def find(node: str) -> str:
        while head[node] != node:
            head[node] = head[head[node]]
            node = head[node]
        return node

    for one, other in edges:
        first, second = sorted((find(one), find(other)))
        head[second] = first
    members: dict[str, list[str]] = {}
    for node in sorted(head):
        members.setdefault(find(node), []).append(node)
    return list(members.values())


def clusters(
    nodes: Sequence[str],
    edges: Mapping[tuple[str, str], float],
    logit: Callable[[str, str], float],
) -> list[list[str]]:
    """Part one component into clusters.

    ``edges`` are the pairs, sorted, whose logit is above 0; ``logit`` gives that of any pair.
    """
    nodes = sorted(nodes)
    if len(nodes) <= 1:
        return [list(nodes)]
    if len(nodes) > _MOST:
        return _parted(nodes, edges, logit)
    count = len(nodes)
    sums = np.full((count, count), -np.inf)
    for a in range(count):
        for b in range(a + 1, count):
            sums[a, b] = sums[b, a] = logit(nodes[a], nodes[b])
    return [[nodes[place] for place in group] for group in _linked(sums)]


def _linked(means: np.ndarray) -> list[list[int]]:
    """Average linkage (UPGMA; R. Sokal and C. Michener, 1958) while the best mean is positive.

    Ties go to the pair that comes first.
    """
    count = len(means)
    groups: list[list[int]] = [[place] for place in range(count)]
    sizes = np.ones(count)
    while True:
        best = int(np.argmax(means))
        a, b = divmod(best, count)
        if means[a, b] <= 0 or not np.isfinite(means[a, b]):
            break
        a, b = min(a, b), max(a, b)
        joined = (means[a] * sizes[a] + means[b] * sizes[b]) / (sizes[a] + sizes[b])
        means[a, :] = means[:, a] = joined
        means[b, :] = means[:, b] = -np.inf
        means[a, a] = -np.inf
        sizes[a] += sizes[b]
        groups[a] = sorted(groups[a] + groups[b])
        groups[b] = []
    return [group for group in groups if group]


def _parted(
    nodes: Sequence[str],
    edges: Mapping[tuple[str, str], float],
    logit: Callable[[str, str], float],
) -> list[list[str]]:
    """Part a component that is too large by leaving out its weakest edges; where all are as strong,
    by the order of its nodes."""
    inside = set(nodes)
    own = {pair: said for pair, said in edges.items() if pair[0] in inside and pair[1] in inside}
    middle = float(np.median(list(own.values())))
    strong = {pair: said for pair, said in own.items() if said > middle}
    if not strong:
        strong = {pair: said for pair, said in own.items() if said == middle}
    if len(strong) < len(own):
        parts = components(nodes, strong)
    else:
        parts = [list(nodes[at : at + _MOST]) for at in range(0, len(nodes), _MOST)]
    return [cluster for part in parts for cluster in clusters(part, strong, logit)]
