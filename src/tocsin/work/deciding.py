"""Deciding about incidents: what a person says is checked, kept with name and time, and linked."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, get_args

from tocsin.errors import OptionError
from tocsin.knowledge.ontology import load_ontology
from tocsin.linking.linker import link
from tocsin.model.decision import Action, Anchor, Decision, anchor_of, not_undone
from tocsin.model.event import STATUSES

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore

ACTIONS: tuple[Action, ...] = get_args(Action)
#: The longest name and the longest reason, in characters.
MOST_WHO, MOST_NOTE = 200, 2000


def decide(
    store: TableStore,
    *,
    action: str,
    who: str,
    ids: Sequence[str] = (),
    undoes: int | None = None,
    type: str | None = None,  # noqa: A002 - the record's own name
    mode: str | None = None,
    status: str | None = None,
    note: str | None = None,
    at: datetime | None = None,
    rest: bool = True,
) -> Decision:
    """Keep a decision of ``who`` and link what it changes.

    ``ids`` are those of incidents or of events of them; ``undoes`` is the number of the decision
    that an undo takes back; ``at`` (UTC) is now where it is not given. With ``rest`` False
    documents that wait to be linked for other reasons go on waiting. OptionError where it cannot be
    decided so; then nothing is kept.
    """
    said = check(
        action=action, who=who, ids=ids, undoes=undoes, type=type, mode=mode, status=status,
        note=note,
    )  # fmt: skip
    if rest:
        link(store.links)
    made = store.links.decisions()
    if undoes in {one.number for one in made} - not_undone(tuple(made)):
        raise OptionError(f"decision {undoes} is taken back already; nothing was changed")
    groups = _groups(store, action, ids)
    if action == "accept":
        said |= _labels_of(store, ids[0])
    decision = Decision(
        number=len(made) + 1,
        made=(at or datetime.now(UTC)).replace(tzinfo=None).isoformat(timespec="seconds"),
        groups=groups,
        undoes=undoes,
        **said,
    )
    changed = _changed(store, decision, made)
    store.links.decide(decision, changed)
    link(store.links, among=None if rest else changed)
    return decision


def check(
    *,
    action: str,
    who: str,
    ids: Sequence[str] = (),
    undoes: int | None = None,
    type: str | None = None,  # noqa: A002
    mode: str | None = None,
    status: str | None = None,
    note: str | None = None,
) -> dict[str, Any]:
    """What of a decision can be checked without a store, as the fields of its record.

    OptionError says what cannot be.
    """
    if action not in ACTIONS:
        raise OptionError(f"there is no decision {action!r}; there are {', '.join(ACTIONS)}")
    if action == "undo":
        if undoes is None or ids:
            raise OptionError("to undo takes the number of a decision, and nothing else")
    elif undoes is not None:
        raise OptionError(f"to {action} takes no number of a decision")
    elif not ids:
        raise OptionError(f"to {action} takes the id of an incident")
    if action == "merge" and len(set(ids)) < 2:
        raise OptionError("to merge takes two ids and more")
    if action in ("relabel", "accept") and len(ids) > 1:
        raise OptionError(f"to {action} takes one id")
    labels = _checked_labels(type, mode, status)
    if action == "relabel" and not any(labels.values()):
        raise OptionError("to relabel takes a type, a mode or a status")
    if action != "relabel" and any(labels.values()):
        raise OptionError(f"to {action} takes no type, mode or status")
    who = _checked_words(who, "the name of who decides", MOST_WHO).strip()
    if not who:
        raise OptionError("a decision takes the name of who decides; it is empty")
    note = _checked_words(note, "the reason", MOST_NOTE).strip() if note is not None else None
    return {"action": action, "who": who, "note": note or None, **labels}


def listed(store: TableStore) -> list[tuple[Decision, bool]]:
    """All decisions, in the order in which they were made, each with whether it holds."""
    made = store.links.decisions()
    holding = not_undone(tuple(made))
    return [(one, one.number in holding) for one in made]


def decisions_about(store: TableStore, incident: str) -> list[tuple[Decision, bool]]:
    """Those of :func:`listed` that speak of reports of an incident, and the undoing ones of them.

    ``incident`` is the id of an incident or of one of its events; OptionError where there is none.
    What was rejected is in no incident any more.
    """
    found = store.incident(incident)
    if found is None:
        raise _unknown(store, incident)
    reports = set(found.reports)
    numbers: set[int] = set()
    about = []
    made = listed(store)
    standing = store.standing([one for one, _ in made])
    for decision, holds in made:
        if reports & standing[decision.number] or decision.undoes in numbers:
            numbers.add(decision.number)
            about.append((decision, holds))
    return about


def _checked_labels(type_: str | None, mode: str | None, status: str | None) -> dict[str, Any]:
    types = load_ontology().types
    type_, mode, status = type_ or None, mode or None, status or None
    if type_ is not None and type_.upper() not in types:
        raise OptionError(f"the type {type_!r} is unknown; allowed: {', '.join(types)}")
    if status is not None and status not in STATUSES:
        raise OptionError(f"the status {status!r} is unknown; allowed: {', '.join(STATUSES)}")
    if mode is not None and type_ is None:
        raise OptionError("a mode takes its type too")
    if mode is not None and type_ is not None:
        modes = types[type_.upper()].mode_scores
        if mode not in modes:
            allowed = ", ".join(modes) or "none"
            raise OptionError(f"{type_.upper()} has no mode {mode!r}; allowed: {allowed}")
    return {"type": type_.upper() if type_ else None, "mode": mode, "status": status}


def _checked_words(words: str, what: str, most: int) -> str:
    if len(words) > most:
        raise OptionError(f"{what} has {len(words):,} characters; at most {most:,} are kept")
    if any(unicodedata.category(char) in ("Cc", "Cs") for char in words):
        raise OptionError(f"{what} holds control characters, such as a line break; leave them out")
    return words


def _changed(store: TableStore, decision: Decision, made: Sequence[Decision]) -> set[str]:
    """The documents that a decision changes: its own, or those of all that it undoes."""
    changed: set[str] = set()
    one: Decision | None = decision
    while one is not None:
        changed |= one.changed
        number = one.undoes
        one = next((other for other in made if other.number == number), None)
        if number is not None and one is None:
            raise OptionError(f"{store.path} has no decision {number}")
    return changed


def _labels_of(store: TableStore, id_: str) -> dict[str, Any]:
    """The labels that an incident has now, which are those that are accepted."""
    incident = store.incident(id_)
    assert incident is not None
    return {"type": incident.type, "mode": incident.mode, "status": incident.status}


def _groups(store: TableStore, action: str, ids: Sequence[str]) -> tuple[tuple[Anchor, ...], ...]:
    """The reports that the ids stand for: of an incident all, of an event itself."""
    groups: list[list[str]] = []
    for id_ in ids:
        incident = store.incident(id_)
        if incident is None:
            raise _unknown(store, id_)
        whole = id_ not in incident.reports or action in ("merge", "accept")
        groups.append(list(incident.reports) if whole else [id_])
    if action == "split":
        groups = _apart(store, [id_ for group in groups for id_ in group])
    return tuple(_anchors(store, group) for group in groups)


def _apart(store: TableStore, apart: list[str]) -> list[list[str]]:
    """These reports, and the rest of their one incident."""
    incident = store.incident(apart[0])
    reports = incident.reports if incident is not None else ()
    rest = [id_ for id_ in reports if id_ not in apart]
    if not rest or len(rest) + len(apart) != len(reports):
        raise OptionError("to split takes some of the events of one incident, and not all")
    return [apart, rest]


def _anchors(store: TableStore, ids: Iterable[str]) -> tuple[Anchor, ...]:
    ids = list(ids)
    events = {event.id: event for event in store.links.events_by_id(ids)}
    return tuple(anchor_of(events[id_]) for id_ in ids if id_ in events)


def _unknown(store: TableStore, id_: str) -> OptionError:
    return OptionError(f"{store.path} has no incident and no event with the id {id_}")
