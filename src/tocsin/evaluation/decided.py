"""What people decided about incidents, as judgements that the figures can be made of.

A merge or a split judges pairs of events (:mod:`tocsin.evaluation.links`), the other decisions
judge events, which go onto a sheet (:mod:`tocsin.evaluation.sheet`). Only what a decision tells is
filled in. Neither is a random sample: people decide about what they look at, and a review queue
shows them first what is least sure. Each row of the sheet stands for itself alone (weight 1, of as
many as there are rows), and the name of its sample says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from hashlib import blake2b
from itertools import combinations, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tocsin.evaluation.sheet import Row, found_event, one_line
from tocsin.model.decision import Anchor, Decision, in_force
from tocsin.model.event import Event
from tocsin.model.incident import Incident, Party

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore

SAMPLE = "decided, not drawn"
Verdicts = dict[str, str]


def judged_pairs(store: TableStore) -> list[dict[str, Any]]:
    """The lines of a file of judged pairs: of every merge or split that holds, each report of one
    group with each of another. Of two decisions on one pair the later holds."""
    found: dict[tuple[Anchor, ...], dict[str, Any]] = {}
    for decision in in_force(tuple(store.links.decisions())):
        if decision.action not in ("merge", "split"):
            continue
        for group, other in combinations(decision.groups, 2):
            for pair in product(group, other):
                one, two = sorted(pair, key=_place)
                if one != two:
                    found[one, two] = {
                        "articles": Path(store.path).stem,
                        "draw": f"decided: {decision.action}",
                        "one": asdict(one),
                        "other": asdict(two),
                        "same": decision.action == "merge",
                        "decision": decision.number,
                    }
    return list(found.values())


def write_pairs(path: Path | str, lines: Iterable[Mapping[str, Any]]) -> None:
    """Write them as JSON lines."""
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    Path(path).write_text(text, encoding="utf-8")


def judged_events(store: TableStore) -> tuple[Row, ...]:
    """The rows of a sheet: every event that was accepted, relabelled or rejected, as judged.

    An incident was judged as a whole, and its reports only so far as they agree: of reports that
    differ among each other, what is not as it was decided is left empty.
    """
    decisions = in_force(tuple(store.links.decisions()))
    standing = store.standing(decisions)
    verdicts: dict[str, Verdicts] = {}
    ids = {id_ for one in decisions if one.action in _TELLS for id_ in standing[one.number]}
    events = {event.id: event for event in store.links.events_by_id(sorted(ids))}
    for decision in decisions:
        if decision.action == "merge":  # by which what was rejected is an event again
            for id_ in standing[decision.number] & verdicts.keys():
                if verdicts[id_]["is_event"] == "n":
                    del verdicts[id_]
        if decision.action not in _TELLS:
            continue
        own = [events[id_] for id_ in sorted(standing[decision.number])]
        incident = store.incident(own[0].id) if own else None
        for event in own:
            said = _verdicts(decision, event, own, incident)
            if said.get("is_event") == "n" or verdicts.get(event.id, {}).get("is_event") == "n":
                verdicts.pop(event.id, None)
            note = f"{decision.action} by {decision.who}"
            note += f": {decision.note}" if decision.note else ""
            verdicts[event.id] = verdicts.get(event.id, {}) | said | {"note": one_line(note)}
    return _rows(store, [events[id_] for id_ in verdicts], verdicts)


_TELLS = ("accept", "relabel", "reject")


def _verdicts(
    decision: Decision, event: Event, own: Sequence[Event], incident: Incident | None
) -> Verdicts:
    """What a decision tells of one of the events that it speaks of."""
    if decision.action == "reject":
        return {"is_event": "n"}
    said: Verdicts = {"is_event": "y"}
    relabelled = decision.action == "relabel"
    if decision.type is not None:
        if (event.type, event.mode) == (decision.type, decision.mode):
            said["type_right"] = "y"
        elif event.type == decision.type:
            if relabelled and decision.mode is not None:
                said["type_right"] = "n"
        elif relabelled and len({one.type for one in own}) == 1:
            said["type_right"] = "n"
    if decision.status is not None:
        if event.status == decision.status:
            said["status_right"] = "y"
        elif relabelled and len({one.status for one in own}) == 1:
            said["status_right"] = "n"
    if decision.action == "accept" and _unchanged(incident, own):
        assert incident is not None
        if _gives_all(event, incident.actors):
            said["actors_right"] = "y"
        if _gives_all(event, incident.recipients):
            said["recipients_right"] = "y"
    return said


def _unchanged(incident: Incident | None, own: Sequence[Event]) -> bool:
    """Whether an incident has the reports that it had when it was accepted, and no others."""
    return incident is not None and set(incident.reports) == {event.id for event in own}


def _gives_all(event: Event, parties: Sequence[Party]) -> bool:
    """Whether a report names every one of the parties."""
    return all(event.id in party.reports for party in parties)


def _rows(
    store: TableStore, events: Sequence[Event], verdicts: Mapping[str, Verdicts]
) -> tuple[Row, ...]:
    ordered = sorted(events, key=lambda one: (one.document, one.trigger.start, one.id))
    documents = store.links.documents({event.document for event in ordered})
    here: dict[tuple[str, int], list[Event]] = {}
    for event in store.links.events(documents):
        here.setdefault((event.document, event.sentence.start), []).append(event)
    digest = blake2b("".join(one.id for one in ordered).encode(), digest_size=6).hexdigest()
    return tuple(_numbered(ordered, documents, here, verdicts, f"{SAMPLE} ({digest})"))


def _numbered(
    events: Sequence[Event],
    documents: Mapping[str, Any],
    here: Mapping[tuple[str, int], Sequence[Event]],
    verdicts: Mapping[str, Verdicts],
    sample: str,
) -> Iterator[Row]:
    for number, event in enumerate(events, 1):
        beside = sorted(
            here[event.document, event.sentence.start],
            key=lambda one: (one.trigger.start, one.id),
        )
        found = found_event(documents[event.document], event, beside)
        yield Row(
            row=number, kind=found.kind, id=found.id, events_here=found.events_here, weight=1.0,
            population=len(events), sample=sample, marks=found.marks, quad=found.quad,
            judged=verdicts[event.id], **found.texts,
        )  # fmt: skip


def _place(anchor: Anchor) -> tuple[str, int, int, str]:
    return anchor.document, anchor.start, anchor.end, anchor.type
