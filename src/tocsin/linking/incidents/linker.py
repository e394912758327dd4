"""Putting reports together in memory: candidates by keys, logits by features, clusters."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from tocsin.knowledge.logistic import Logistic, load_incidents
from tocsin.linking.incidents.blocking import keys
from tocsin.linking.incidents.clustering import clusters, components
from tocsin.linking.incidents.features import features
from tocsin.linking.incidents.reports import Report


def put_together(
    reports: Iterable[Report], *, weights: Logistic | None = None
) -> list[list[Report]]:
    """The incidents: lists of reports, each report in one."""
    weights = load_incidents() if weights is None else weights
    by_id = {report.id: report for report in reports}
    blocks: dict[str, list[str]] = {}
    for report in by_id.values():
        for key in keys(report):
            blocks.setdefault(key, []).append(report.id)
    pairs = {(min(pair), max(pair)) for ids in blocks.values() for pair in combinations(ids, 2)}
    known: dict[tuple[str, str], float] = {}

    def logit(one: str, other: str) -> float:
        pair = (one, other) if one < other else (other, one)
        if pair not in known:
            known[pair] = weights.logit(features(by_id[pair[0]], by_id[pair[1]]))
        return known[pair]

    bound = weights.bound_logit("same")
    edges = {pair: said for pair in pairs if (said := logit(*pair)) > bound}
    return [
        [by_id[one] for one in cluster]
        for part in components(by_id, edges)
        for cluster in clusters(part, edges, logit, bound=bound)
    ]
