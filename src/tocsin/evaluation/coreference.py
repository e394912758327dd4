"""How well one clustering of mentions agrees with another: B³, MUC, CEAF-e, CoNLL F1 and pairs.

A clustering is a mapping of mention to cluster; the names of clusters mean nothing. ``gold`` and
``system`` need not hold the same mentions: what is in one only is a mention missed or spurious, and
counts as the reference scorer counts predicted mentions, without inventing twins for it.

- B³: A. Bagga, B. Baldwin, Algorithms for Scoring Coreference Chains (1998).
- MUC: M. Vilain et al., A Model-Theoretic Coreference Scoring Scheme (1995).
- CEAF-e: X. Luo, On Coreference Resolution Performance Metrics (2005), by the similarity φ4.
- The mean of the three, and mentions of one side only: S. Pradhan et al., CoNLL-2012 Shared Task
  (2012), and Scoring Coreference Partitions of Predicted Mentions: A Reference Implementation
  (2014).

As in the reference scorer a share of nothing is 0: MUC, which counts links, is 0 where all clusters
are singletons, even if both sides agree on it. So it is for pairs.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Clustering = Mapping[Any, Hashable]
# How many mentions a gold cluster and one of the system have in common, where they have any.
_Overlaps = Mapping[tuple[Hashable, Hashable], int]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, from 0 to 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean, 0 where both are."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(gold: Clustering, system: Clustering) -> Score:
    """B³: for each mention, the share of its cluster that the other side puts with it."""
    of_gold, of_system = Counter(gold.values()), Counter(system.values())
    overlaps = _overlaps(gold, system)
    return Score(
        _share(math.fsum(n * n / of_system[s] for (_, s), n in overlaps.items()), len(system)),
        _share(math.fsum(n * n / of_gold[g] for (g, _), n in overlaps.items()), len(gold)),
    )


def muc(gold: Clustering, system: Clustering) -> Score:
    """MUC: of the fewest links that hold each cluster together, those that the other side has.

    A cluster of size k falls into p pieces, one per cluster of the other side that it meets and one
    per mention that is not there, and k - p links are kept: n - 1 per overlap of n mentions.
    """
    kept = sum(n - 1 for n in _overlaps(gold, system).values())
    return Score(
        _share(kept, len(system) - len(set(system.values()))),
        _share(kept, len(gold) - len(set(gold.values()))),
    )


def ceaf_e(gold: Clustering, system: Clustering) -> Score:
    """CEAF-e: each cluster is set beside at most one of the other side, so that the sum of their
    similarities 2 n / (size + size) is greatest; that sum by the number of clusters.
    """
    of_gold, of_system = Counter(gold.values()), Counter(system.values())
    similar = {
        (g, s): 2 * n / (of_gold[g] + of_system[s]) for (g, s), n in _overlaps(gold, system).items()
    }
    best = math.fsum(best_total(weights) for weights in _apart(similar))
    return Score(_share(best, len(of_system)), _share(best, len(of_gold)))


def conll_f1(gold: Clustering, system: Clustering) -> float:
    """The plain mean of the F1 of MUC, B³ and CEAF-e."""
    return math.fsum(score(gold, system).f1 for score in (muc, b_cubed, ceaf_e)) / 3


def pairs(gold: Clustering, system: Clustering) -> Score:
    """Of all pairs of mentions that one side puts together, the share that the other does too."""
    common = sum(map(_pairs, _overlaps(gold, system).values()))
    return Score(
        _share(common, sum(map(_pairs, Counter(system.values()).values()))),
        _share(common, sum(map(_pairs, Counter(gold.values()).values()))),
    )


def best_total(weights: Sequence[Sequence[float]]) -> float:
    """The greatest sum of ``weights[row][column]`` with each row and column used once at most.

    Weights are not negative, rows of one length. The Hungarian method by shortest augmenting paths
    with potentials, O(rows² · columns): R. Jonker, A. Volgenant, Computing 38 (1987). Written out
    here, for nothing that Tocsin depends on has it: scipy comes with tools alone.
    """
    if not weights or not weights[0]:
        return 0.0
    if len(weights) > len(weights[0]):
        weights = list(zip(*weights, strict=True))
    rows, columns = len(weights), len(weights[0])
    # Rows and columns count from 1; column 0 holds the row that is being placed.
    row_potential, column_potential = [0.0] * (rows + 1), [0.0] * (columns + 1)
    row_of = [0] * (columns + 1)
    for row in range(1, rows + 1):
        row_of[0] = row
        here = 0
        slack, came_from = [math.inf] * (columns + 1), [0] * (columns + 1)
        done = [False] * (columns + 1)
        while row_of[here]:
            done[here] = True
            placed = row_of[here]
            step, nearest = math.inf, 0
            for column in range(1, columns + 1):
                if done[column]:
                    continue
                cost = -weights[placed - 1][column - 1]
                cost -= row_potential[placed] + column_potential[column]
                if cost < slack[column]:
                    slack[column], came_from[column] = cost, here
                if slack[column] < step:
                    step, nearest = slack[column], column
            for column in range(columns + 1):
                if done[column]:
                    row_potential[row_of[column]] += step
                    column_potential[column] -= step
                else:
                    slack[column] -= step
            here = nearest
        while here:
            row_of[here], here = row_of[came_from[here]], came_from[here]
    return math.fsum(
        weights[row_of[column] - 1][column - 1]
        for column in range(1, columns + 1)
        if row_of[column]
    )


def _overlaps(gold: Clustering, system: Clustering) -> _Overlaps:
    return Counter((gold[mention], system[mention]) for mention in gold if mention in system)


def _apart(similar: Mapping[tuple[Hashable, Hashable], float]) -> list[list[list[float]]]:
    """The similarities as one small table for each set of clusters that have to do with another."""
    of_gold: dict[Hashable, list[Hashable]] = defaultdict(list)
    of_system: dict[Hashable, list[Hashable]] = defaultdict(list)
    for g, s in similar:
        of_gold[g].append(s)
        of_system[s].append(g)
    tables, seen = [], set()
    for first in of_gold:
        if first in seen:
            continue
        seen.add(first)
        golds, systems, todo = [first], dict[Hashable, None](), [first]
        while todo:
            for s in of_gold[todo.pop()]:
                systems[s] = None
                new = [g for g in of_system[s] if g not in seen]
                seen.update(new)
                golds += new
                todo += new
        tables.append([[similar.get((g, s), 0.0) for s in systems] for g in golds])
    return tables


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _share(part: float, whole: int) -> float:
    return part / whole if whole else 0.0
