"""The actor tables: who a name, demonym, capital, office or agent noun may stand for, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tocsin.knowledge.phrases import PhraseTable
from tocsin.model.mention import EntityId, Via

ActorKind = Literal["country", "organisation", "person", "place-name"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """One reading of a name.

    ``via`` is how a mention by this name is resolved (name, demonym, capital, role). ``since``
    and ``until`` bound the reading in time (inclusive, None for open): a person held this office,
    a state had this name. ``office`` is the person's office in words ("president", "foreign
    minister"). ``row`` names the file and row behind it, for ``tocsin explain``.
    """

    kind: ActorKind
    country: str | None
    sectors: tuple[str, ...]
    entity: EntityId | None
    via: Via
    since: date | None = None
    until: date | None = None
    office: str | None = None
    state_media: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentEntry:
    """What an agent noun ("troops", "foreign ministry", "activists") says of its bearer.

    ``country`` is None unless the noun itself tells (never for plain nouns); ``anonymous`` marks
    nouns that name nobody in particular as a speaker ("officials", "sources").
    """

    sectors: tuple[str, ...]
    anonymous: bool = False
    state_media: bool = False
    row: str = ""


@dataclass(frozen=True, slots=True)
class ActorTable:
    """All actor knowledge, loaded.

    ``names`` matches case and holds names, demonyms, capitals and people in all usual spellings;
    ``agents`` ignores case and holds agent nouns in singular and plural; ``offices`` answers who
    held an office: ``(country, office) -> entries``.
    """

    names: PhraseTable[ActorEntry]
    agents: PhraseTable[AgentEntry]
    offices: dict[tuple[str, str], tuple[ActorEntry, ...]]
