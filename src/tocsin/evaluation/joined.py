"""Scores of linking by articles: do those that share an incident or a story tell the same story?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from tocsin.ingest import clean
from tocsin.linking.copies import CopyIndex
from tocsin.linking.families import families
from tocsin.linking.incidents.reports import Report, reports_of
from tocsin.linking.linker import put_together
from tocsin.linking.nodes import Node
from tocsin.linking.stories import Article
from tocsin.model.document import Document
from tocsin.model.event import Event

_Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class JoinScores:
    """Pairs of articles that are joined, against the story of each as labelled.

    Two articles are joined ``by_incident`` where both report one coded incident, and ``by_story``
    where the same main news, typed or not; copies are joined by both. ``pairs`` are all pairs of
    one story, ``coded_pairs`` those of them in which both articles have a coded event.
    """

    by_incident: Mapping[_Pair, bool]
    by_story: Mapping[_Pair, bool]
    pairs: int
    coded_pairs: int

    def as_dict(self) -> dict[str, float]:
        """The figures: ``pair`` of both ways together, ``incident_pair`` and ``story_pair`` of
        each; ``incident_pair_recall_of_coded`` is over the pairs that have events at all."""
        both = {**self.by_incident, **self.by_story}
        right = sum(self.by_incident.values())
        return {
            **_figures("pair", both, self.pairs),
            **_figures("incident_pair", self.by_incident, self.pairs),
            "incident_pair_recall_of_coded": round(right / (self.coded_pairs or 1), 4),
            **_figures("story_pair", self.by_story, self.pairs),
        }

    def cases(self) -> list[dict[str, Any]]:
        """Every pair that is joined: by what, and whether that is right."""
        return [
            {
                "pair": list(pair), "joined": True, "right": said,
                "by": [
                    name for name, found in
                    (("incident", self.by_incident), ("story", self.by_story)) if pair in found
                ],
            }
            for pair, said in sorted({**self.by_incident, **self.by_story}.items())
        ]  # fmt: skip


def evaluate_joined(
    documents: Iterable[Document],
    stories: Mapping[str, str],
    code: Callable[[Document], Sequence[Event]],
) -> JoinScores:
    """Code and link ``documents``, given the story of each by its id; an article without one is the
    only one of its own. Copies are not coded, and stand where their original does."""
    read = list(documents)
    story = {one.id: stories.get(one.id, f"alone: {n}") for n, one in enumerate(read)}
    index = CopyIndex()
    found = [index.add(document, clean(document).text) for document in read]
    copied = {
        read[copy].id: read[family.original].id
        for family in families(list(index.entries), found)
        for copy in family.copies
    }
    carried: dict[str, list[str]] = {}
    for document in read:
        carried.setdefault(copied.get(document.id, document.id), []).append(document.id)
    nodes: list[Node] = []
    for document in read:
        if document.id not in copied:
            article = Article.of(document)
            nodes += [article, *reports_of(code(document), article)]
    groups = put_together(nodes)
    coded = {id_ for one in nodes if isinstance(one, Report) for id_ in carried[one.document.id]}
    by_incident = _joined((group for group in groups if isinstance(group[0], Report)), carried)
    by_story = _joined((group for group in groups if isinstance(group[0], Article)), carried)
    return JoinScores(
        by_incident={pair: story[pair[0]] == story[pair[1]] for pair in by_incident},
        by_story={pair: story[pair[0]] == story[pair[1]] for pair in by_story},
        pairs=_together(story.values()),
        coded_pairs=_together(story[id_] for id_ in coded),
    )


def _joined(groups: Iterable[Sequence[Node]], carried: Mapping[str, Sequence[str]]) -> set[_Pair]:
    pairs = {pair for ids in carried.values() for pair in combinations(sorted(ids), 2)}
    for group in groups:
        ids = {id_ for node in group for id_ in carried[node.document.id]}
        pairs |= set(combinations(sorted(ids), 2))
    return pairs


def _together(stories: Iterable[str]) -> int:
    """How many pairs have one story."""
    counts: dict[str, int] = {}
    for story in stories:
        counts[story] = counts.get(story, 0) + 1
    return sum(number * (number - 1) // 2 for number in counts.values())


def _figures(name: str, joined: Mapping[_Pair, bool], pairs: int) -> dict[str, float]:
    right = sum(joined.values())
    return {
        f"{name}s": len(joined),
        f"{name}_precision": round(right / (len(joined) or 1), 4),
        f"{name}_recall": round(right / (pairs or 1), 4),
    }
