"""What an actor table holds: one reading of a name, one agent noun, the whole table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from tocsin.knowledge.packs import Pack
from tocsin.knowledge.phrases import PhraseTable
from tocsin.model.mention import EntityId, Via

ActorKind = Literal["country", "organisation", "person", "place-name"]
Form = Literal[
    "name", "adjective", "people", "capital", "seat", "surname", "several", "namesake"
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """One reading of a name.

    ``via`` is how a mention by this name is resolved (name, demonym, capital, role). ``since``
    and ``until`` bound the reading in time (inclusive, None for open): a person held this office,
    a state had this name. ``office`` is the person's office in words ("president", "foreign
    minister"). ``row`` names the file and row behind it, for ``tocsin explain``.

    ``form`` says what kind of word the name is: ``adjective`` ("Danish", which usually qualifies
    an agent noun), ``people`` ("Danes"), ``capital``, ``seat`` (a building or street that stands
    for a body: "the Kremlin"), ``surname`` (an unmistakable one on its own: "Putin"),
    ``namesake`` (another bearer of a state's name, such as the US state of Georgia), ``several``
    (the name stands for all its readings of this form at once: "the two Koreas") or plain
    ``name``. ``doubt`` says in words what else the name may well be ("given name", "a bird"):
    such a reading needs support from the sentence. ``needs`` names the pack that the document
    must be about before the reading holds ("the North" is North Korea only in Korean news).
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
    form: Form = "name"
    doubt: str = ""
    needs: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentEntry:
    """What an agent noun ("troops", "foreign ministry", "activists") says of its bearer.

    ``country`` is None unless the noun itself tells (never for plain nouns); ``anonymous`` marks
    nouns that name nobody in particular as a speaker ("officials", "sources"). ``office`` is set
    where the noun is an office: the key, with a country, of :attr:`ActorTable.offices`.
    ``generic`` marks nouns that say little of their bearer ("people", "group", "forces"): an
    event between two of these is hardly one. ``plural`` tells which number the form has.
    """

    sectors: tuple[str, ...]
    anonymous: bool = False
    state_media: bool = False
    row: str = ""
    office: str | None = None
    generic: bool = False
    plural: bool = False


@dataclass(frozen=True)
class ActorTable:
    """All actor knowledge, loaded.

    ``names`` matches case and holds names, demonyms, capitals and people in all usual spellings;
    ``agents`` ignores case and holds agent nouns in singular and plural; ``offices`` answers who
    held an office: ``(country, office) -> entries``, in order of their terms, where office is any
    of the office's words in lower-case singular ("prime minister", "premier"). ``packs`` are those
    whose rows are in the tables, by name.
    """

    names: PhraseTable[ActorEntry]
    agents: PhraseTable[AgentEntry]
    offices: Mapping[tuple[str, str], tuple[ActorEntry, ...]]
    packs: Mapping[str, Pack] = field(default_factory=dict)

    @cached_property
    def surnames(self) -> Mapping[str, Sequence[tuple[str, ActorEntry]]]:
        """Those who held an office, with it, by either end of their name; built when first asked
        for, since most texts call nobody by a title and a surname that no name explains."""
        bearers: dict[str, list[tuple[str, ActorEntry]]] = {}
        for (_, office), entries in self.offices.items():
            for entry in entries:
                if entry.entity is None:
                    continue
                first, _, rest = entry.entity.name.partition(" ")
                if rest:
                    bearers.setdefault(first, []).append((office, entry))
                    bearers.setdefault(rest.rpartition(" ")[2], []).append((office, entry))
        return bearers


@dataclass(frozen=True, slots=True)
class Codes:
    """The codes that actors may carry: sector code -> meaning, and country-like code -> meaning.

    ``bodies`` are PLOVER's codes for actors without a state (UNO, EUR, IGO, NGO, ISM, IMG, MNC).
    """

    sectors: Mapping[str, str]
    bodies: Mapping[str, str]
