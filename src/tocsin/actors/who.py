"""What a name may mean, on a day or over time: the actor tables asked by hand.

Names are matched in the tables that the coder matches with, and put together as it does: a state
with a noun ("South Korean activists"), an office with a state ("the South Korean president"), an
office with a surname ("President Moon").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.actors.finder import RULERS
from tocsin.actors.found import join_sectors
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.readings import find_names, in_office
from tocsin.knowledge.actors import ActorEntry, ActorTable, AgentEntry
from tocsin.knowledge.phrases import Match, phrase_tokens
from tocsin.knowledge.rows import Place, place_of
from tocsin.knowledge.spelling import name_tokens
from tocsin.model.mention import EntityId

# What may stand between the pieces of a phrase and says nothing by itself.
_BETWEEN = frozenset({"the", "a", "an", "of", "'s", "'", "for"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """One thing that a name may mean, and when.

    ``kind`` is country, organisation, person, place-name or noun; ``via`` how a text that says so
    is resolved. ``since`` and ``until`` are inclusive, None for open. ``holds`` is whether that is
    so on the day asked about, None when no day was. ``needs`` names the pack that a text must be
    about, ``doubt`` what else the name may well be, ``note`` says in words what is to be said of
    the day. ``rows`` are the lines of the tables behind it.
    """

    name: str
    kind: str
    entity: EntityId | None
    country: str | None
    sectors: tuple[str, ...]
    office: str | None
    since: date | None
    until: date | None
    via: str
    state_media: bool
    needs: str | None
    doubt: str
    holds: bool | None
    note: str
    rows: tuple[Place, ...]


def who(
    table: ActorTable, lexicon: Lexicon, name: str, *, on: date | None = None
) -> tuple[Meaning, ...]:
    """Return what ``name`` may mean on the day ``on``, or ever; empty when nothing is known.

    Where none of its meanings holds on the day, they come with a note of when they did.
    """
    name = " ".join(name.replace("’", "'").split())
    asked = _Asked(table, lexicon, name, on)
    for phrase in dict.fromkeys((name, _bare(name))):
        found = [*asked.names(phrase), *asked.nouns(phrase)]
        if found:
            return tuple(found)
    return tuple([*asked.composed()] or [*asked.surnames(name)])


def _bare(name: str) -> str:
    """A name without its article and its possessive."""
    first, _, rest = name.partition(" ")
    if rest and first.lower() in ("the", "a", "an"):
        name = rest
    return name.removesuffix("'s")


class _Asked:
    """One question to the tables."""

    def __init__(self, table: ActorTable, lexicon: Lexicon, name: str, on: date | None) -> None:
        self.table = table
        self.lexicon = lexicon
        self.name = name
        self.on = on

    def names(self, phrase: str) -> Iterator[Meaning]:
        """The readings of a whole name."""
        entries: dict[ActorEntry, None] = {}
        for tokens in name_tokens(phrase):
            match = next(self.table.names.longest(tokens), None)
            if match is not None and (match.first, match.stop) == (0, len(tokens)):
                entries.update(dict.fromkeys(match.values))
        yield from self.readings(phrase, list(entries))

    def readings(self, name: str, entries: Sequence[ActorEntry]) -> Iterator[Meaning]:
        """Those that hold on the day, in order of time; all, with a note, when none does."""
        for entry in sorted(self.holding(entries), key=_order):
            yield self.meaning(name, entry, note=self.note(entry, entries))

    def holding(self, entries: Sequence[ActorEntry]) -> Sequence[ActorEntry]:
        if self.on is None:
            return entries
        return [entry for entry in entries if in_office(entry, self.on)] or entries

    def note(self, entry: ActorEntry, entries: Sequence[ActorEntry]) -> str:
        """When it was so, or what the person was before or after this time."""
        if not in_office(entry, self.on):
            return _when(entry)
        if entry.kind != "person" or entry.office or entry.sectors not in ((), ("ELI",)):
            return ""
        own = [e for e in entries if e.entity == entry.entity and e.row != "" and e != entry]
        if entry.since is not None:
            held = [e for e in own if e.until is not None and e.until < entry.since and e.sectors]
            if held:
                return self.then(max(held, key=lambda e: e.until or date.min))
        elif entry.until is not None:
            to_be = [e for e in own if e.since is not None and e.since > entry.until]
            if to_be:
                return self.then(min(to_be, key=lambda e: e.since or date.max), before=True)
        return ""

    def then(self, entry: ActorEntry, *, before: bool = False) -> str:
        """What somebody was before the day, or (``before``) only became after it."""
        role = entry.office or "/".join(entry.sectors) or "known"
        if before or (self.on and entry.since and entry.since > self.on):
            return f"{role} only from {entry.since}"
        return f"was {role} until {entry.until}"

    def nouns(self, phrase: str) -> Iterator[Meaning]:
        """The readings of an agent noun, and who holds the office that one state alone has."""
        for agent in self.agents_of(phrase):
            country = self.lexicon.only_of.get(agent.office or "")
            yield from self.holders(country, agent)
            yield self.noun(agent, country, agent.sectors, ())

    def agents_of(self, phrase: str) -> Sequence[AgentEntry]:
        tokens = phrase_tokens(phrase)
        match = next(self.table.agents.longest(tokens), None)
        whole = match is not None and (match.first, match.stop) == (0, len(tokens))
        return match.values if match is not None and whole else ()

    def composed(self) -> Iterator[Meaning]:
        """Readings of a phrase of several pieces; none when a word of it is unknown."""
        tokens = phrase_tokens(self.name)
        names = list(find_names(self.table, tokens))
        covered = {i for match in names for i in range(match.first, match.stop)}
        agents = [
            match
            for match in self.table.agents.longest(tokens)
            if not covered.intersection(range(match.first, match.stop))
        ]
        covered.update(i for match in agents for i in range(match.first, match.stop))
        left = [t for i, t in enumerate(tokens) if i not in covered and t.lower() not in _BETWEEN]
        people = [match for match in names if match.values[0].kind == "person"]
        around = [match for match in names if match not in people]
        if people and not left:
            yield from self.readings(
                " ".join(tokens[people[-1].first : people[-1].stop]), people[-1].values
            )
        elif agents and len(left) == 1:
            yield from self.titled(left[0], agents[-1].values[0], _countries(around))
        elif agents and not left:
            yield from self.of_state(agents, around)

    def of_state(
        self, agents: Sequence[Match[AgentEntry]], around: Sequence[Match[ActorEntry]]
    ) -> Iterator[Meaning]:
        """ "The South Korean president", "China's foreign ministry spokesman", "UN officials"."""
        agent = agents[0].values[0] if agents[0].first == 0 else agents[-1].values[0]
        beside = [s for m in agents for s in m.values[0].sectors if m.values[0] != agent]
        entries = [e for match in around for e in self.holding(match.values)]
        bodies = [s for e in entries if e.kind == "organisation" for s in e.sectors]
        sectors = join_sectors(agent.sectors, (*bodies, *beside))
        for country in _countries(around):
            rows = tuple(
                place_of(e.row, name=self.name, since=e.since, until=e.until)
                for e in entries
                if e.country == country
            )[:1]
            yield from self.holders(country, agent)
            yield self.noun(agent, country, sectors, rows)

    def holders(self, country: str | None, agent: AgentEntry) -> Iterator[Meaning]:
        """Who held the office of a state: on the day, or all in order."""
        if country is None or agent.office is None or agent.plural:
            return
        held = self.table.offices.get((country, agent.office), ())
        shown = [entry for entry in held if in_office(entry, self.on)]
        if not shown and self.on is not None:
            day = self.on
            past = [entry for entry in held if entry.until is not None and entry.until < day]
            shown = past[-1:] or list(held[:1])
        for entry in shown:
            note = "" if in_office(entry, self.on) else self.then(entry)
            office = replace(entry, office=agent.office)
            yield self.meaning(self.name, office, note=note, more=(place_of(agent.row),))

    def titled(
        self, surname: str, agent: AgentEntry, countries: Sequence[str]
    ) -> Iterator[Meaning]:
        """ "President Moon": whoever of this surname held the office."""
        found = dict.fromkeys(
            entry
            for office, entry in self.table.surnames.get(surname, ())
            if office == agent.office and (not countries or entry.country in countries)
        )
        yield from self.readings(self.name, list(found))

    def surnames(self, surname: str) -> Iterator[Meaning]:
        """Rulers whom a text that names their state may call by the surname alone."""
        found = dict.fromkeys(
            entry
            for office, entry in self.table.surnames.get(surname, ())
            if office in RULERS and in_office(entry, self.on)
        )
        for entry in sorted(found, key=_order):
            note = f"by the surname alone, where the text names {entry.country}"
            yield self.meaning(surname, entry, note=note)

    def meaning(
        self, name: str, entry: ActorEntry, *, note: str = "", more: tuple[Place, ...] = ()
    ) -> Meaning:
        place = place_of(entry.row, name=name, since=entry.since, until=entry.until)
        return Meaning(
            name=name,
            kind=entry.kind,
            entity=entry.entity,
            country=entry.country,
            sectors=entry.sectors,
            office=entry.office,
            since=entry.since,
            until=entry.until,
            via=entry.via,
            state_media=entry.state_media,
            needs=entry.needs,
            doubt=entry.doubt,
            holds=None if self.on is None else in_office(entry, self.on),
            note=note,
            rows=(place, *more),
        )

    def noun(
        self,
        agent: AgentEntry,
        country: str | None,
        sectors: tuple[str, ...],
        rows: tuple[Place, ...],
    ) -> Meaning:
        return Meaning(
            name=self.name,
            kind="noun",
            entity=None,
            country=country,
            sectors=sectors,
            office=agent.office,
            since=None,
            until=None,
            via="role" if agent.office else "nominal",
            state_media=agent.state_media,
            needs=None,
            doubt="",
            holds=None if self.on is None else True,
            note="" if country else "of the state that the text names beside it",
            rows=(*rows, place_of(agent.row)),
        )


def _order(entry: ActorEntry) -> tuple[date, date, str, str]:
    who = entry.entity.name if entry.entity else ""
    return (entry.since or date.min, entry.until or date.max, entry.country or "", who)


def _countries(matches: Sequence[Match[ActorEntry]]) -> tuple[str, ...]:
    found = (entry.country for match in matches for entry in match.values)
    return tuple(dict.fromkeys(country for country in found if country))


def _when(entry: ActorEntry) -> str:
    if entry.until is not None and entry.since is not None:
        return f"was so from {entry.since} until {entry.until}"
    return f"was so until {entry.until}" if entry.until else f"so only from {entry.since}"
