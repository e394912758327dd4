"""What following the ledgers gives a store to keep, and what a store tells of changes since."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.model.channel import Thing
from tocsin.model.incident import Incident
from tocsin.model.threat import Threat


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """Whose ``sides`` act in the incident with this id, and on which day it ``begins``."""

    id: str
    sides: frozenset[str]
    begins: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Which incidents may end a threat or demand: those in which one of ``sides`` acts, that begin
    from ``since`` to ``until``, and are of one of ``types`` (None: of any)."""

    id: str
    sides: frozenset[str]
    since: date
    until: date
    types: frozenset[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """The ledgers as of a day, or what of them was followed again.

    ``knowledge`` is a hash of what they were followed by. ``acts`` and ``reaches`` are those of the
    incidents and threats that were looked at.
    """

    as_of: date
    knowledge: str
    channels: tuple[Thing, ...]
    threats: tuple[Threat, ...]
    acts: tuple[Act, ...]
    reaches: tuple[Reach, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """The ids of those that go when a part of the ledgers was followed again: of incidents (their
    acts), of threats and of channels."""

    incidents: frozenset[str]
    threats: frozenset[str]
    channels: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What has changed since the ledgers were followed as of ``as_of``, by ``knowledge``.

    ``before`` are the incidents that went or are others now, as they were, ``after`` those that
    came or are others, as they are; ``documents`` were linked since.
    """

    as_of: date
    knowledge: str
    before: tuple[Incident, ...]
    after: tuple[Incident, ...]
    documents: tuple[str, ...]

    @property
    def incidents(self) -> frozenset[str]:
        """The ids of the incidents that came, went or are others."""
        return frozenset(one.id for one in (*self.before, *self.after))
