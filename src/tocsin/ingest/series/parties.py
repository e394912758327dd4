"""Whose a named actor is: "Police (Peru)", "Peru", a body, a person in office on a day.

For series that give names and no codes. What is told is what the actor tables know: a name that
they do not know has no country, and none is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from tocsin.knowledge.actors import load_actors, load_sectors
from tocsin.knowledge.countries import load_countries
from tocsin.knowledge.entries import ActorEntry
from tocsin.knowledge.icews import load_icews
from tocsin.knowledge.phrases import phrase_tokens
from tocsin.knowledge.spelling import fold

#: A country (or body) and sectors with ``;`` between, as the columns of ours have them.
Party = tuple[str | None, str | None]

_BREAK = re.compile(r"[\W_]+")
_TWICE = re.compile(r"(.)\1+")
_OF = re.compile(r" of (?:the )?(?:(?:[A-Z]\w+ )?Republic of )?")
# The article inside Arabic names, which newsrooms write in either way or leave out.
_ARTICLES = frozenset(("al", "el", "ul"))
_TITLES = frozenset(
    ("gen", "general", "emperor", "king", "queen", "prince", "sheikh", "sayyed", "ayatollah", "sir",
     "tan", "sri", "dato", "datuk", "seri", "haji")
)  # fmt: skip
_FORMS = ("name", "seat", "people", "capital")
_PARTY_WORDS = frozenset(("party", "parties", "alliance", "coalition", "liberals"))


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a name says on every day; ``entries`` are readings that ask for the day."""

    country: str | None = None
    sectors: tuple[str, ...] = ()
    entries: tuple[ActorEntry, ...] = ()


class Parties:
    """Finds countries and sectors of actors by their names as ICEWS writes them."""

    def __init__(self) -> None:
        actors = load_actors()
        self._agents = actors.agents
        self._countries = load_countries("icews")
        self._icews = load_icews()
        self._entries: dict[str, list[ActorEntry]] = {}
        self._people: dict[str, list[ActorEntry]] = {}  # by a key that more spellings share
        self._demonyms: dict[str, set[str | None]] = {}
        bodies = load_sectors().bodies
        for tokens, entries in actors.names.phrases():
            key = _key(" ".join(tokens))
            for entry in entries:
                if entry.doubt or entry.needs or entry.kind == "place-name":
                    continue
                if entry.kind == "person" and not entry.sectors and entry.country in bodies:
                    continue  # who has an office in a body later is not of it before
                if entry.form == "adjective":
                    self._demonyms.setdefault(key, set()).add(entry.country)
                elif entry.form in _FORMS:
                    self._entries.setdefault(key, []).append(entry)
                    if entry.kind == "person":
                        self._people.setdefault(_loose(key), []).append(entry)
        self._meanings: dict[str, _Meaning] = {}

    def of(self, name: str, day: date) -> Party:
        """The country and sectors of an actor on a day; None for what is not known."""
        meaning = self._meanings.get(name)
        if meaning is None:
            meaning = self._meanings[name] = self._read(name)
        if not meaning.entries:
            return meaning.country, _listed(meaning.sectors)
        country, sectors = _on(meaning.entries, day)
        return country, _listed(sectors or meaning.sectors)

    def _read(self, name: str) -> _Meaning:
        kind, bearer = split(name)
        if bearer is None:
            country = self._countries.code(name)
            if country is not None:
                return _Meaning(country, ("GOV",))
            entries = self._known(name)
            return _Meaning(entries=entries) if entries else self._body(name)
        sectors = self._sectors(kind)
        country = self._countries.code(bearer)
        if country is not None:
            return _Meaning(country, sectors)
        # of a group the sectors are the group's: a "Citizen" of an armed group is no civilian
        entries = self._known(bearer)
        return _Meaning(None, sectors, entries)

    def _known(self, name: str) -> tuple[ActorEntry, ...]:
        """Readings of a name; of a person's long name those of its first and last word too."""
        words = _key(self._icews.names.get(name, name)).split()
        found = self._entries.get(" ".join(words), [])
        if found or len(words) < 2:
            return tuple(found)
        titled = words
        while len(titled) > 2 and titled[0] in _TITLES:
            titled = titled[1:]
        for some in (words, titled, (words[0], words[-1])):
            if found := self._people.get(_loose(" ".join(some)), []):
                break
        return tuple(found)

    def _body(self, name: str) -> _Meaning:
        """A body that the tables lack, whose name says whose it is: "Army of Peru"."""
        ends = [found.end() for found in _OF.finditer(name)]
        if ends:
            owner = self._countries.code(name[ends[-1] :])
            if owner is not None:
                return _Meaning(owner, self._sectors(_OF.split(name)[0]))
        words = name.split()
        if len(words) > 2 and words[0] in ("Royal", "National"):
            words = words[1:]
        for stop in range(min(3, len(words) - 1), 0, -1):
            start = " ".join(words[:stop])
            sectors = self._sectors(" ".join(words[stop:]))
            demonym = self._demonyms.get(_key(start), set())
            if len(demonym) == 1:
                return _Meaning(next(iter(demonym)), sectors)
            # a country's name may be a person's ("Jordan Pickford"), unless a body follows
            owner = self._countries.code(start)
            if owner is not None and sectors:
                return _Meaning(owner, sectors)
        return _Meaning()

    def _sectors(self, kind: str) -> tuple[str, ...]:
        """The sectors of a kind of actor, by its words as a whole, else by the noun in it."""
        found = self._icews.sectors(kind)
        if found is not None:
            return found
        words = phrase_tokens(kind.partition(" of ")[0]) or ("",)
        for part in (kind, " ".join(words), words[-1]):
            agents = self._agents.get(part)
            if agents:
                return agents[0].sectors
        return ("PTY",) if words[-1].lower() in _PARTY_WORDS else ()


@lru_cache(maxsize=1)
def load_parties() -> Parties:
    """The finder, made once: its names are those of the actor tables."""
    return Parties()


def split(name: str) -> tuple[str, str | None]:
    """Kind and bearer of "Police (Peru)"; the name and None where it ends in no parenthesis.

    >>> split("Member of Legislative (Govt) (Peru)"), split("Citizen (Holy See (Vatican))")
    (('Member of Legislative (Govt)', 'Peru'), ('Citizen', 'Holy See (Vatican)'))
    """
    if not name.endswith(")"):
        return name, None
    depth = 0
    for at in range(len(name) - 1, 0, -1):
        depth += (name[at] == ")") - (name[at] == "(")
        if depth == 0:
            return name[:at].rstrip(), name[at + 1 : -1].strip()
    return name, None


def _on(entries: Iterable[ActorEntry], day: date) -> tuple[str | None, tuple[str, ...]]:
    """The one country of the readings on a day, of who is in office before who is not."""
    live = [entry for entry in entries if _holds(entry, day)]
    office = [entry for entry in live if entry.sectors not in ((), ("ELI",))]
    people = [entry for entry in entries if entry.kind == "person"]
    for some in (office, live, people):
        countries = {entry.country for entry in some}
        if len(countries) == 1:
            sectors = dict.fromkeys(one for entry in some for one in entry.sectors)
            return countries.pop(), () if some is people else tuple(sectors)
        if countries:
            break
    return None, ()


def _holds(entry: ActorEntry, day: date) -> bool:
    since, until = entry.since, entry.until
    return (since is None or since <= day) and (until is None or day <= until)


def _key(name: str) -> str:
    words = [word for word in _BREAK.split(fold(name).casefold()) if word]
    short = [word for word in words if word not in _ARTICLES]
    return " ".join(short if len(short) > 1 else words)


def _loose(key: str) -> str:
    """A key without what newsrooms differ in when they write a name in Latin letters."""
    return _TWICE.sub(r"\1", key.replace("y", "i"))


def _listed(sectors: tuple[str, ...]) -> str | None:
    return ";".join(sectors) or None
