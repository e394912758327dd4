"""What is linked: reports, which become incidents, and articles, which become stories.

Both have an id and keys, and any two of a kind a logit that tells how near they are. A report and
an article share no key and are never near.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import TypeAlias

from tocsin.knowledge.logistic import Logistic, load_incidents
from tocsin.linking import stories
from tocsin.linking.incidents.blocking import report_keys
from tocsin.linking.incidents.features import features
from tocsin.linking.incidents.reports import Report
from tocsin.linking.stories import Article

Node: TypeAlias = Report | Article
Pair = tuple[str, str]


def keys(node: Node) -> frozenset[int]:
    """The keys of a node, as 64-bit numbers: two that share none are not compared."""
    words = report_keys(node) if isinstance(node, Report) else stories.article_keys(node)
    return frozenset(
        int.from_bytes(blake2b(word.encode(), digest_size=8).digest()) for word in words
    )


class Nearness:
    """How near nodes are to each other: logits of pairs, above 0 where they belong together, each
    worked out once. ``nodes`` are those at hand, by their ids; ``decided`` goes before."""

    def __init__(
        self,
        nodes: dict[str, Node],
        weights: Logistic | None = None,
        decided: Mapping[Pair, float] | None = None,
    ) -> None:
        self.nodes = nodes
        self._decided = {} if decided is None else decided
        self._weights = load_incidents() if weights is None else weights
        self._bound = self._weights.bound_logit("same")
        self._logits: dict[Pair, float] = {}

    def __call__(self, one: str, other: str) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair in self._decided:
            return self._decided[pair]
        if pair not in self._logits:
            self._logits[pair] = self._logit(self.nodes[pair[0]], self.nodes[pair[1]])
        return self._logits[pair]

    def _logit(self, one: Node, other: Node) -> float:
        if isinstance(one, Report) and isinstance(other, Report):
            return self._weights.logit(features(one, other)) - self._bound
        if isinstance(one, Article) and isinstance(other, Article):
            return stories.logit(one, other)
        raise TypeError("a report and an article are never compared")

    def edges(self, pairs: Iterable[Pair]) -> dict[Pair, float]:
        """The pairs that are near, with their logits."""
        return {pair: said for pair in pairs if (said := self(*pair)) > 0}

    def forget(self, ids: Iterable[str]) -> None:
        """Forget nodes that are no more."""
        gone = set(ids) & self.nodes.keys()
        for id_ in gone:
            del self.nodes[id_]
        if gone:
            self._logits = {pair: said for pair, said in self._logits.items() if not gone & {*pair}}

    def trim(self, most: int) -> None:
        """Forget all where there is more than is worth its memory."""
        if len(self.nodes) > most or len(self._logits) > 10 * most:
            self.nodes.clear()
            self._logits.clear()
