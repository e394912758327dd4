"""What decisions mean for linking: pairs that belong together or do not, reports that are none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, product

from tocsin.knowledge.ontology import load_ontology
from tocsin.model.decision import Anchor, Decision, in_force
from tocsin.model.event import Event
from tocsin.model.incident import Incident

Pair = tuple[str, str]

#: The logits of what a person has decided: no sum of features comes near them, and of two that
#: contradict each other in one group, to keep apart is stronger.
TOGETHER, APART = 1e4, -1e8


@dataclass(slots=True)
class Decided:
    """What holds: ``logits`` of pairs of events, ``rejected`` events, and ``labels`` by event, each
    with the decision that gave it."""

    logits: dict[Pair, float] = field(default_factory=dict)
    rejected: set[str] = field(default_factory=set)
    labels: dict[str, Decision] = field(default_factory=dict)

    def relabelled(self, incident: Incident) -> Incident:
        """The incident with the labels that were decided for it, the last of them."""
        found = [self.labels[id_] for id_ in incident.reports if id_ in self.labels]
        for decision in sorted({one.number: one for one in found}.values(), key=_number):
            incident = _labelled(incident, decision)
        return incident


def decided(decisions: Sequence[Decision], events: Iterable[Event]) -> Decided:
    """What the decisions mean for these events; what stands nowhere any more means nothing. Of two
    decisions on one pair the later holds."""
    by_document: dict[str, list[Event]] = {}
    for event in events:
        by_document.setdefault(event.document, []).append(event)
    found = Decided()
    for decision in sorted(in_force(tuple(decisions)), key=_number):
        groups = [
            sorted({id_ for anchor in group if (id_ := _at(anchor, by_document)) is not None})
            for group in decision.groups
        ]
        every = [id_ for group in groups for id_ in group]
        if decision.action == "merge":
            found.rejected -= set(every)
            found.logits |= {_pair(*two): TOGETHER for two in combinations(sorted(set(every)), 2)}
        elif decision.action == "split":
            for one, other in combinations(groups, 2):
                found.logits |= {_pair(*two): APART for two in product(one, other)}
        elif decision.action == "reject":
            found.rejected |= set(every)
        elif decision.action == "relabel":
            found.labels |= dict.fromkeys(every, decision)
    return found


def _at(anchor: Anchor, events: dict[str, list[Event]]) -> str | None:
    """The id of the event that stands there now, of the same type where there are several."""
    there = [
        event
        for event in events.get(anchor.document, ())
        if event.trigger.start < anchor.end and anchor.start < event.trigger.end
    ]
    best = min(there, key=lambda event: (event.type != anchor.type, event.id), default=None)
    return best.id if best is not None else None


def _labelled(incident: Incident, decision: Decision) -> Incident:
    said = {
        name: value
        for name, value in (("type", decision.type), ("mode", decision.mode))
        if value is not None
    }
    found = replace(incident, **said)  # type: ignore[arg-type]
    if decision.type is not None and decision.mode is None:
        found = replace(found, mode=None)
    if said:
        kind = load_ontology().types[found.type]
        found = replace(found, quad=kind.quad, score=kind.score_of(found.mode))
    if decision.status is not None:
        reason = f"decided by {decision.who} on {decision.made[:10]} (decision {decision.number})"
        found = replace(found, status=decision.status, status_reason=reason)
    return found


def _number(decision: Decision) -> int:
    return decision.number


def _pair(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)
