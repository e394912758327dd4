"""The words for the thing that is threatened, demanded or struck, out of one sentence.

Words are taken in lower case and the singular. Small and general words, the names of people and of
the parties are no things; words that are said of everything count less (the lists are in
``data/linking/contents.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tocsin.knowledge.contents import Contents
from tocsin.model.incident import Incident, Party
from tocsin.model.threat import Kind

# As far as this from what is done the thing is looked for. "destroy the joint liaison office in
# Kaesong": four words; what follows is mostly why and when.
_THINGS = 4
# "destroy it", "have it torn down": so near behind the verb a pronoun is its object.
_NEAR = 2
_WORD = re.compile(r"[^\W\d_]+(?:['’.-][^\W\d_]+)*")
_STOP = re.compile(r"[,;:—–()\"“”?!]| - |(?<![A-Z])\.(?=\s|$)")
_OWNER = re.compile(r"(?:['’]s?)$")
_QUOTES = ' "“”'


@dataclass(frozen=True, slots=True)
class Shared:
    """Which share (by weight, 0 to 1) of the words that are looked for stands in another report,
    which words these are, and how many of them tell more than any report of the kind."""

    share: float
    words: tuple[str, ...]
    telling: int


class Things:
    """The things that reports speak of. What was read of an incident is kept while this lives."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self._wanted: dict[tuple[str, Kind], tuple[dict[str, float], dict[str, float]]] = {}
        self._told: dict[str, frozenset[str]] = {}
        self._names: dict[str, frozenset[str]] = {}

    def wanted(self, incident: Incident, kind: Kind, other: Incident) -> dict[str, float]:
        """The words for what a threat or demand is about, each with its weight, nearest first.

        They stand behind the words for the deed, or behind the threatening verb; where a pronoun or
        nothing stands there, before them. The names of the parties of ``other`` are left out too.
        """
        if (incident.id, kind) not in self._wanted:
            self._wanted[incident.id, kind] = self._look(incident, kind)
        names = self.names(incident) | self.names(other)
        behind, before = (
            {word: weight for word, weight in found.items() if word not in names}
            for found in self._wanted[incident.id, kind]
        )
        return dict(list(behind.items())[:_THINGS] or list(before.items())[-_THINGS:])

    def told(self, incident: Incident, other: Incident) -> frozenset[str]:
        """The words for things in the report of a deed, without what it retells of a threat."""
        if incident.id not in self._told:
            unnamed = [party.name for party in incident.recipients if party.country is None]
            text = " , ".join([self._without_threats(incident.sentence), *unnamed])
            self._told[incident.id] = frozenset(self.things(text))
        return self._told[incident.id] - self.names(incident) - self.names(other)

    def shared(self, one: Incident, kind: Kind, other: Incident) -> Shared:
        """How much of what a threat or demand is about the report of ``other`` speaks of."""
        return self.compare(self.wanted(one, kind, other), self.told(other, one))

    def compare(self, wanted: Mapping[str, float], told: frozenset[str]) -> Shared:
        """Which share of the ``wanted`` words is ``told`` too; another word for the same kind of
        thing counts in part."""
        kinds = {kind for word in told for kind in self.contents.kinds.get(word, ())}
        found, both, telling = 0.0, [], 0
        for word, weight in wanted.items():
            alike = self.contents.kinds.get(word, frozenset()) & kinds
            if word not in told and not alike:
                continue
            found += weight if word in told else weight * self.contents.kind_weight
            both.append(word if word in told else f"{word} (its kind)")
            telling += weight >= 1
        return Shared(found / sum(wanted.values()) if found else 0.0, tuple(both), telling)

    def stops(self, incident: Incident) -> bool:
        """Whether a demand asks that something be stopped or not be done."""
        if incident.content_text is None:
            return False
        start, _ = self._content_at(incident, "demand")
        before = words(_STOP.split(incident.sentence[:start])[-1])
        return bool(self.contents.words["stop"] & set(before[-3:]))

    def names(self, incident: Incident) -> frozenset[str]:
        """The words of the names of those who act, are acted upon or speak, and of their states."""
        if incident.id not in self._names:
            speakers = [claim.speaker for claim in incident.claims if claim.speaker is not None]
            found: set[str] = set()
            for party in (*incident.actors, *incident.recipients, *speakers):
                found |= self._names_of(party)
            self._names[incident.id] = frozenset(found)
        return self._names[incident.id]

    def _names_of(self, party: Party) -> set[str]:
        if party.country is None and party.entity is None:
            return set()
        names = [party.name, party.entity.name if party.entity is not None else ""]
        large = (word for name in names for word in name.split() if word[:1].isupper())
        found = {word for text in large for word in words(text)}
        return found | set(self.contents.countries.get(party.country or "", ()))

    def things(self, text: str) -> dict[str, float]:
        """The words for things in a text, each with its weight, in their order."""
        found: dict[str, float] = {}
        lists = self.contents.words
        light, empty = lists["light"], lists["small"] | lists["general"] | lists["stop"]
        for match in _WORD.finditer(text):
            raw = _OWNER.sub("", match.group())
            word = singular(raw.lower())
            both = {raw.lower(), word}
            if len(word) < 3 or "." in word or both & empty:
                continue
            if raw[:1].isupper() and not raw.isupper() and not self._known(both):
                continue  # the name of a person, mostly; places are compared as places
            common = word in light or both & self.contents.all_countries
            found[word] = self.contents.light_weight if common else 1.0
        return found

    def _known(self, forms: set[str]) -> bool:
        """Whether a word that is written large is one for a thing, or the name of a country."""
        table = self.contents
        kinds = any(word in table.kinds for word in forms)
        return kinds or bool(forms & table.words["light"]) or bool(forms & table.all_countries)

    def _look(self, incident: Incident, kind: Kind) -> tuple[dict[str, float], dict[str, float]]:
        start, end = self._content_at(incident, kind)
        sentence = _blanked(incident.sentence, incident.condition)
        behind = _STOP.split(sentence[end:].lstrip(_QUOTES), maxsplit=1)[0]
        behind = self._what(behind)
        if self.contents.words["pronoun"] & set(words(behind)[:_NEAR]):
            behind = ""
        before = self.things(sentence[:start])
        verbs = self.contents.words[kind]
        return self.things(behind), {word: n for word, n in before.items() if word not in verbs}

    def _what(self, behind: str) -> str:
        """The words behind a verb that say what, without those that say why or when."""
        for found in _WORD.finditer(behind):
            # "warned that …": a first such word only leads to what is threatened
            if found.start() and found.group().lower() in self.contents.words["reason"]:
                return behind[: found.start()]
        return behind

    def _content_at(self, incident: Incident, kind: Kind) -> tuple[int, int]:
        """Where in its sentence the deed is named that is threatened or demanded, else the verb."""
        text = incident.sentence
        if incident.content_text:
            at = text.find(incident.content_text)
            if at >= 0:
                return at, at + len(incident.content_text)
        for found in _WORD.finditer(text):
            if singular(found.group().lower()) in self.contents.words[kind]:
                return found.start(), found.end()
        return 0, 0

    def _without_threats(self, text: str) -> str:
        kept, at = [], 0
        for found in _WORD.finditer(text):
            if (
                found.start() < at
                or singular(found.group().lower()) not in (self.contents.words["threat"])
            ):
                continue
            kept.append(text[at : found.start()])
            stop = _STOP.search(text, found.end())
            at = stop.end() if stop is not None else len(text)
        return " , ".join([*kept, text[at:]])


def words(text: str) -> list[str]:
    """The words of a text, in order, in lower case and the singular."""
    return [singular(found.group().lower()) for found in _WORD.finditer(text)]


def singular(word: str) -> str:
    """A noun in the singular, by its ending alone: ``offices``, ``troops``, ``agencies``."""
    word = _OWNER.sub("", word)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


def joined(found: Iterable[str]) -> str:
    """Words for a reason."""
    return ", ".join(found)


def _blanked(text: str, part: str | None) -> str:
    """The text with ``part`` of it made a stop, its length kept."""
    at = text.find(part) if part else -1
    if part is None or at < 0:
        return text
    return f"{text[:at]};{' ' * (len(part) - 1)}{text[at + len(part) :]}"
