"""Putting reports together: candidates by keys, logits by features, clusters.

What comes out depends on the reports and not on their order, nor on how many come at once: whether
two reports are near depends on these two alone, and a group is made anew whenever a report is near
one of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from tocsin.knowledge.logistic import Logistic, load_incidents
from tocsin.linking.incidents.blocking import keys
from tocsin.linking.incidents.clustering import clusters, components
from tocsin.linking.incidents.features import features
from tocsin.linking.incidents.reports import Report, reports_of
from tocsin.linking.incidents.summary import incident_of
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.incident import Incident

Pair = tuple[str, str]

#: Articles that are linked at once; a run that is cut off loses the links of so many.
BATCH = 200
# Reports that are kept ready to be compared again.
_READY = 50_000


class KeepsLinks(Protocol):
    """What linking asks of a store (:class:`tocsin.store.links.Links`)."""

    def waiting(self, count: int) -> list[str]:
        """Documents that are to be linked."""

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Documents by their ids."""

    def events(self, documents: Iterable[str]) -> list[Event]:
        """The events of documents."""

    def events_by_id(self, ids: Iterable[str]) -> list[Event]:
        """Events by their ids."""

    def families(self, documents: Iterable[str]) -> dict[str, str]:
        """The families of documents that have one."""

    def linked_events(self, documents: Iterable[str]) -> list[str]:
        """The events by which documents are linked now."""

    def sharing(self, keys: Mapping[str, Iterable[int]]) -> set[Pair]:
        """The pairs, one of them of these keys, that share a key."""

    def edges(self, events: Iterable[str]) -> dict[Pair, float]:
        """The edges of events."""

    def replace(
        self,
        documents: Sequence[str],
        keys: Mapping[str, tuple[str, Iterable[int]]],
        edges: Mapping[Pair, float],
        regrouped: Iterable[str],
        incidents: Sequence[Incident],
    ) -> None:
        """Put in the links of a batch."""


def put_together(
    reports: Iterable[Report], *, weights: Logistic | None = None
) -> list[list[Report]]:
    """The incidents of reports that are all at hand: lists of reports, each report in one."""
    nearness = _Nearness({report.id: report for report in reports}, weights)
    blocks: dict[int, list[str]] = {}
    for report in nearness.reports.values():
        for key in keys(report):
            blocks.setdefault(key, []).append(report.id)
    pairs = {_pair(*pair) for ids in blocks.values() for pair in combinations(ids, 2)}
    groups = _groups(nearness.reports, nearness.edges(pairs), nearness)
    return [[nearness.reports[id_] for id_ in group] for group in groups]


def link(
    store: KeepsLinks,
    *,
    weights: Logistic | None = None,
    batch: int = BATCH,
    done: Callable[[int], None] = lambda _: None,
) -> int:
    """Link all documents of a store that are not linked yet; how many there were.

    Each batch touches only the incidents that one of its reports is near to. ``done`` is told how
    many documents a batch had.
    """
    nearness = _Nearness({}, weights)
    number = 0
    while waiting := store.waiting(batch):
        _link(store, waiting, nearness)
        number += len(waiting)
        done(len(waiting))
    return number


def _link(store: KeepsLinks, waiting: Sequence[str], nearness: _Nearness) -> None:
    gone = set(store.linked_events(waiting))
    nearness.forget(gone)
    fresh = {one.id: one for one in _reports(store, store.events(waiting))}
    nearness.reports |= fresh
    own = {id_: keys(report) for id_, report in fresh.items()}
    pairs = {
        pair for pair in store.sharing(own) if all(one in fresh or one not in gone for one in pair)
    }
    _load(store, {one for pair in pairs for one in pair}, nearness)
    edges = nearness.edges(pairs)
    bereft = {one for pair in store.edges(gone) for one in pair} - gone
    edges_around = dict(edges)
    reached = {*fresh, *bereft, *(one for pair in edges for one in pair)}
    frontier = reached - fresh.keys()
    while frontier:
        around = {
            pair: said
            for pair, said in store.edges(frontier).items()
            if not gone & {*pair} - fresh.keys()
        }
        edges_around |= around
        frontier = {one for pair in around for one in pair} - reached
        reached |= frontier
    _load(store, reached, nearness)
    groups = _groups(reached, edges_around, nearness)
    documents = {nearness.reports[one].document.id for one in reached}
    families = store.families(documents)
    incidents = [
        incident_of([nearness.reports[one] for one in group], families) for group in groups
    ]
    placed = {id_: (fresh[id_].document.id, own[id_]) for id_ in fresh}
    store.replace(waiting, placed, edges, reached, incidents)
    nearness.trim()


def _reports(store: KeepsLinks, events: Iterable[Event]) -> list[Report]:
    by: dict[str, list[Event]] = {}
    for event in events:
        by.setdefault(event.document, []).append(event)
    documents = store.documents(by)
    return [report for id_, own in by.items() for report in reports_of(own, documents[id_])]


def _load(store: KeepsLinks, ids: set[str], nearness: _Nearness) -> None:
    missing = ids - nearness.reports.keys()
    if missing:
        for report in _reports(store, store.events_by_id(missing)):
            nearness.reports[report.id] = report


class _Nearness:
    """How near reports are to each other: logits of pairs, each worked out once."""

    def __init__(self, reports: dict[str, Report], weights: Logistic | None) -> None:
        self._weights = load_incidents() if weights is None else weights
        self.bound = self._weights.bound_logit("same")
        self.reports = reports
        self._logits: dict[Pair, float] = {}

    def __call__(self, one: str, other: str) -> float:
        pair = _pair(one, other)
        if pair not in self._logits:
            a, b = self.reports[pair[0]], self.reports[pair[1]]
            self._logits[pair] = self._weights.logit(features(a, b))
        return self._logits[pair]

    def edges(self, pairs: Iterable[Pair]) -> dict[Pair, float]:
        """The pairs that are near, with their logits."""
        return {pair: said for pair in pairs if (said := self(*pair)) > self.bound}

    def forget(self, ids: Iterable[str]) -> None:
        """Forget reports that are no more."""
        gone = set(ids) & self.reports.keys()
        for id_ in gone:
            del self.reports[id_]
        if gone:
            self._logits = {pair: said for pair, said in self._logits.items() if not gone & {*pair}}

    def trim(self) -> None:
        """Forget all where there is more than is worth its memory."""
        if len(self.reports) > _READY or len(self._logits) > 10 * _READY:
            self.reports.clear()
            self._logits.clear()


def _groups(
    ids: Iterable[str], edges: Mapping[Pair, float], nearness: _Nearness
) -> list[list[str]]:
    return [
        group
        for part in components(ids, edges)
        for group in clusters(part, edges, nearness, bound=nearness.bound)
    ]


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
