"""Following the ledgers of a store: the whole at first, then only what may have changed.

What becomes of a threat depends on its own incident, on those that may end it, each for itself, and
where none does on the day as of which that is told. So after a batch these are followed again: the
threats whose own incident changed, those that a changed incident ends or would have ended before,
and, where the last day of any report is another, those that nothing ended and that had not lapsed
by then. A channel depends on the reports of its key alone. The result equals following the whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from typing import Any, Protocol

from tocsin.knowledge.channels import load_channel_rules
from tocsin.knowledge.contents import load_contents
from tocsin.linking.channels import Key, key_of, timelines
from tocsin.linking.threats import acts, follow, last_day, may_be_ended, reaches
from tocsin.model.channel import PREFIX, StateReport, Thing
from tocsin.model.following import Changes, Followed, Reach, Replaced
from tocsin.model.ids import content_id
from tocsin.model.incident import Incident

#: The share of all incidents that may have changed for the ledgers to be followed in part.
SHARE = 0.1


class KeepsLedgers(Protocol):
    """What following the ledgers asks of a store (:class:`tocsin.store.ledgers.Ledgers`)."""

    def states(self) -> list[StateReport]:
        """All reports of the states of channels and agreements."""

    def states_told(self, documents: Iterable[str]) -> list[StateReport]:
        """Those of any coding of these documents."""

    def states_between(
        self, known: Iterable[str], parties: Iterable[Sequence[str]]
    ) -> list[StateReport]:
        """Those of things with these ids in a pack, and of others between such parties."""

    def incidents(self) -> list[Incident]:
        """All incidents."""

    def incidents_by_id(self, ids: Iterable[str]) -> list[Incident]:
        """Incidents by their ids."""

    def last_day(self) -> date | None:
        """The last day of any report."""

    def changes(self, *, share: float) -> Changes | None:
        """What changed since the ledgers were followed; None where all is to be followed."""

    def watching(self, acts: Collection[tuple[str, date]]) -> set[str]:
        """The threats and demands that acts of these sides on these days may end."""

    def unended(self, day: date) -> set[str]:
        """Those that nothing ended and that had not lapsed before a day."""

    def acting(self, reaches: Iterable[Reach]) -> list[Incident]:
        """The incidents within reaches, without those that changed."""

    def channel_parties(self) -> list[tuple[str, str, tuple[str, ...]]]:
        """The id, kind and parties of each channel and agreement."""

    def replace_ledgers(self, followed: Followed, replaced: Replaced | None) -> None:
        """Put in what was followed in the place of what is replaced, None of all."""


def follow_again(store: KeepsLedgers, *, share: float = SHARE) -> None:
    """Follow what has changed since the ledgers of a store were followed; all of it where they were
    not, or by other knowledge, or where more than ``share`` of the incidents changed."""
    knowledge = _knowledge()
    changes = store.changes(share=share)
    if changes is None or changes.knowledge != knowledge:
        _follow_whole(store, knowledge)
    elif changes.incidents or changes.documents:
        _follow_part(store, changes)


def _follow_whole(store: KeepsLedgers, knowledge: str) -> None:
    incidents = store.incidents()
    as_of = last_day(incidents)
    followed = Followed(
        as_of=as_of,
        knowledge=knowledge,
        channels=timelines(store.states()),
        threats=follow(incidents, as_of=as_of),
        acts=tuple(acts(incidents)),
        reaches=tuple(reaches(incidents)),
    )
    store.replace_ledgers(followed, None)


def _follow_part(store: KeepsLedgers, changes: Changes) -> None:
    as_of = store.last_day() or date.min
    near = store.incidents_by_id(store.watching(_done(changes)) - changes.incidents)
    ended = may_be_ended(near, changes.before) | may_be_ended(near, changes.after)
    near = [one for one in near if one.id in ended]
    again = changes.incidents | ended
    told = store.unended(min(as_of, changes.as_of)) - again if as_of != changes.as_of else set()
    looked_at = (*changes.after, *near, *store.incidents_by_id(told))
    others = store.acting(reaches((*changes.after, *near)))
    # who is only told as of another day has no ending among all, and so none among these
    threats = follow(
        {one.id: one for one in (*others, *looked_at)}.values(), as_of=as_of, only=again | told
    )
    things, gone = _channels(store, changes.documents)
    followed = Followed(
        as_of=as_of,
        knowledge=changes.knowledge,
        channels=things,
        threats=threats,
        acts=tuple(acts(changes.after)),
        reaches=tuple(reaches(looked_at)),
    )
    replaced = Replaced(incidents=changes.incidents, threats=again | told, channels=gone)
    store.replace_ledgers(followed, replaced)


def _done(changes: Changes) -> set[tuple[str, date]]:
    """Whose sides act, and on which days, in what came, went or changed."""
    found = acts((*changes.before, *changes.after))
    return {(side, act.begins) for act in found for side in act.sides}


def _channels(
    store: KeepsLedgers, documents: Iterable[str]
) -> tuple[tuple[Thing, ...], frozenset[str]]:
    """The channels that these documents speak of or spoke of, made anew, and the ids of those that
    they replace."""
    keys = {_key(report) for report in store.states_told(documents)}
    if not keys:
        return (), frozenset()
    reports = store.states_between(
        {known for known, _, _ in keys if known is not None},
        {parties for known, _, parties in keys if known is None},
    )
    gone = frozenset(
        id_
        for id_, kind, parties in store.channel_parties()
        if key_of(None if id_.startswith(PREFIX) else id_, kind, parties) in keys
    )
    return timelines(report for report in reports if _key(report) in keys), gone


def _key(report: StateReport) -> Key:
    return key_of(report.known, report.kind, report.parties)


def _knowledge() -> str:
    """A hash of what the ledgers are followed by."""
    try:
        number = version("tocsin")
    except PackageNotFoundError:
        number = ""
    contents, rules = load_contents(), load_channel_rules()
    fields = {name: _plain(getattr(contents, name)) for name in contents.__dataclass_fields__}
    like = {kind.name: kind.like for kind in rules.kinds.values()}
    return content_id([number, fields, like, sorted(rules.plain)])


def _plain(value: Any) -> Any:
    """A value of the knowledge as lists in an order that is always the same."""
    if isinstance(value, Mapping):
        return sorted(([_plain(key), _plain(own)] for key, own in value.items()), key=repr)
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(one) for one in value] if isinstance(value, tuple) else value
