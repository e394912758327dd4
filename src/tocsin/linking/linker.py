"""Linking: candidates by keys, logits by features, clusters.

What comes out depends on the nodes and not on their order, nor on how many come at once: whether
two are near depends on these two alone, and a group is made anew whenever a node is near one of its
own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Protocol

from tocsin.knowledge.logistic import Logistic
from tocsin.linking.clustering import clusters, components
from tocsin.linking.decisions import Decided, decided
from tocsin.linking.incidents.reports import Report, reports_of
from tocsin.linking.incidents.summary import incident_of
from tocsin.linking.ledgers import KeepsLedgers, follow_again
from tocsin.linking.nodes import Nearness, Node, Pair, keys
from tocsin.linking.stories import Article, story_of
from tocsin.model.decision import Decision
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.model.incident import Incident
from tocsin.model.story import PREFIX, Story

#: Articles that are linked at once; a run that is cut off loses the links of so many.
BATCH = 200
# Nodes that are kept ready to be compared again.
_READY = 50_000


class KeepsLinks(KeepsLedgers, Protocol):
    """What linking asks of a store (:class:`tocsin.store.links.Links`)."""

    def waiting(self, count: int, among: Iterable[str] | None = None) -> list[str]:
        """Documents that are to be linked, of these alone where they are given."""

    def documents(self, ids: Iterable[str]) -> dict[str, Document]:
        """Documents by their ids."""

    def events(self, documents: Iterable[str]) -> list[Event]:
        """The events of documents."""

    def events_by_id(self, ids: Iterable[str]) -> list[Event]:
        """Events by their ids."""

    def families(self, documents: Iterable[str]) -> dict[str, str]:
        """The families of documents that have one."""

    def linked_nodes(self, documents: Iterable[str]) -> list[str]:
        """The nodes by which documents are linked now."""

    def sharing(self, keys: Mapping[str, Iterable[int]]) -> set[Pair]:
        """The pairs, one of them of these keys, that share a key."""

    def edges(self, nodes: Iterable[str]) -> dict[Pair, float]:
        """The edges of nodes."""

    def replace(
        self,
        documents: Sequence[str],
        keys: Mapping[str, tuple[str, Iterable[int]]],
        edges: Mapping[Pair, float],
        regrouped: Iterable[str],
        incidents: Sequence[Incident],
        stories: Sequence[Story],
        rejected: Mapping[str, str],
    ) -> None:
        """Put in the links of a batch."""

    def linked(self, nodes: Iterable[str]) -> list[str]:
        """Those of the nodes that are linked."""

    def decisions(self) -> list[Decision]:
        """What was decided by a person."""


def put_together(nodes: Iterable[Node], *, weights: Logistic | None = None) -> list[list[Node]]:
    """The groups of nodes that are all at hand: incidents as lists of reports, stories as lists of
    articles, each node in one."""
    nearness = Nearness({node.id: node for node in nodes}, weights)
    blocks: dict[int, list[str]] = {}
    for node in nearness.nodes.values():
        for key in keys(node):
            blocks.setdefault(key, []).append(node.id)
    pairs = {
        (one, other) if one < other else (other, one)
        for ids in blocks.values()
        for one, other in combinations(ids, 2)
    }
    groups = _groups(nearness.nodes, nearness.edges(pairs), nearness)
    return [[nearness.nodes[id_] for id_ in group] for group in groups]


def link(
    store: KeepsLinks,
    *,
    weights: Logistic | None = None,
    batch: int = BATCH,
    among: Iterable[str] | None = None,
    ledgers: bool = True,
    done: Callable[[int], None] = lambda _: None,
) -> int:
    """Link all documents of a store that are not linked yet, or those ``among`` these; how many
    there were.

    Each batch touches only the incidents and stories that one of its nodes is near to; then of the
    channels, agreements, threats and demands those are followed anew that may have changed, or with
    ``ledgers`` False that is left to the next linking. What was decided by a person holds, also
    what is decided between two batches. ``done`` is told how many documents a batch had.
    """
    own = None if among is None else list(among)
    said: list[Decision] | None = None
    number = 0
    while waiting := store.waiting(batch, own):
        if said != (now := store.decisions()):
            said, holds = now, _holding(store, now)
            nearness = Nearness({}, weights, holds.logits)
        _link(store, waiting, nearness, holds)
        number += len(waiting)
        done(len(waiting))
    if ledgers:
        follow_again(store)
    return number


def _holding(store: KeepsLinks, said: Sequence[Decision]) -> Decided:
    documents = {document for decision in said for document in decision.changed}
    return decided(said, store.events(documents) if documents else ())


def _link(store: KeepsLinks, waiting: Sequence[str], nearness: Nearness, holds: Decided) -> None:
    gone = set(store.linked_nodes(waiting))
    nearness.forget(gone)
    coded = store.events(waiting)
    fresh = _nodes(store, waiting, [one for one in coded if one.id not in holds.rejected])
    nearness.nodes |= fresh
    own = {id_: keys(node) for id_, node in fresh.items()}
    gone -= fresh.keys()
    pairs = {pair for pair in store.sharing(own) if not gone & {*pair}}
    pairs |= _decided_pairs(store, fresh, holds)
    _load(store, {one for pair in pairs for one in pair}, nearness)
    edges = nearness.edges(_known(pairs, nearness))
    reached, around = _neighbourhood(store, fresh.keys(), gone, edges)
    _load(store, reached, nearness)
    known = reached & nearness.nodes.keys()
    near = {pair: around[pair] for pair in _known(around, nearness)}
    groups = [[nearness.nodes[id_] for id_ in group] for group in _groups(known, near, nearness)]
    families = store.families({nearness.nodes[id_].document.id for id_ in known})
    reports = [[one for one in group if isinstance(one, Report)] for group in groups]
    articles = [[one for one in group if isinstance(one, Article)] for group in groups]
    store.replace(
        waiting,
        {id_: (fresh[id_].document.id, own[id_]) for id_ in fresh},
        edges,
        reached,
        [holds.relabelled(incident_of(group, families)) for group in reports if group],
        [story_of(group, families) for group in articles if group],
        {one.id: one.document for one in coded if one.id in holds.rejected},
    )
    nearness.trim(_READY)


def _known(pairs: Iterable[Pair], nearness: Nearness) -> set[Pair]:
    """The pairs whose nodes are both there. One is not where its document was coded anew and waits
    for a later batch, which takes it out."""
    return {pair for pair in pairs if {*pair} <= nearness.nodes.keys()}


def _decided_pairs(store: KeepsLinks, fresh: Mapping[str, Node], holds: Decided) -> set[Pair]:
    """The pairs with a fresh report that were decided to belong together, whatever they share."""
    pairs = {
        pair
        for pair, said in holds.logits.items()
        if said > 0 and not fresh.keys().isdisjoint(pair)
    }
    others = {one for pair in pairs for one in pair} - fresh.keys()
    there = fresh.keys() | set(store.linked(others) if others else ())
    return {pair for pair in pairs if there.issuperset(pair)}


def _neighbourhood(
    store: KeepsLinks, fresh: Iterable[str], gone: set[str], edges: Mapping[Pair, float]
) -> tuple[set[str], dict[Pair, float]]:
    """All nodes that hang together with fresh ones, or with such as are gone, and their edges."""
    fresh = set(fresh)
    around = dict(edges)
    reached = fresh | {one for pair in edges for one in pair}
    reached |= {one for pair in store.edges(gone) for one in pair} - gone
    frontier = reached - fresh
    while frontier:
        found = {
            pair: said
            for pair, said in store.edges(frontier).items()
            if not {*pair} & (gone | fresh)
        }
        around |= found
        frontier = {one for pair in found for one in pair} - reached
        reached |= frontier
    return reached, around


def _nodes(store: KeepsLinks, documents: Iterable[str], events: Iterable[Event]) -> dict[str, Node]:
    """The nodes of documents: each as an article, and these of their events as reports."""
    by: dict[str, list[Event]] = {}
    for event in events:
        by.setdefault(event.document, []).append(event)
    found: dict[str, Node] = {}
    for id_, document in store.documents({*documents, *by}).items():
        article = Article.of(document)
        found[article.id] = article
        found |= {report.id: report for report in reports_of(by.get(id_, ()), article)}
    return found


def _load(store: KeepsLinks, ids: set[str], nearness: Nearness) -> None:
    missing = ids - nearness.nodes.keys()
    if missing:
        documents = [id_.removeprefix(PREFIX) for id_ in missing if id_.startswith(PREFIX)]
        events = store.events_by_id(id_ for id_ in missing if not id_.startswith(PREFIX))
        for id_, node in _nodes(store, documents, events).items():
            nearness.nodes.setdefault(id_, node)


def _groups(ids: Iterable[str], edges: Mapping[Pair, float], nearness: Nearness) -> list[list[str]]:
    return [group for part in components(ids, edges) for group in clusters(part, edges, nearness)]
