"""People of the actor tables: their readings are made when a text first names them.

Of some four thousand people an article names a few; to make all readings of all of them took
most of the time of loading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from tocsin.knowledge.entries import ActorEntry, Form
from tocsin.knowledge.phrases import Node, PhraseTable
from tocsin.knowledge.spelling import first_word, korean_spellings, name_tokens, slug
from tocsin.model.mention import EntityId, Via

_HANDOVER = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """One row of a table of people: an office (or none, but sectors) and its first and last day."""

    country: str
    office: str
    sectors: tuple[str, ...]
    since: date | None
    until: date | None
    row: str


class Person:
    """A person with all terms; the readings of the name and of the surname, made on demand."""

    __slots__ = ("_held", "_readings", "_surname", "name", "qid", "terms", "written")

    def __init__(self, *, name: str, written: str, qid: str, terms: list[Term]) -> None:
        self.name = name
        self.written = written  # as in the table, with the note that tells namesakes apart
        self.qid = qid
        self.terms = terms
        self._held: list[ActorEntry] | None = None
        self._readings: tuple[ActorEntry, ...] | None = None
        self._surname: tuple[ActorEntry, ...] | None = None

    @property
    def korean(self) -> bool:
        """Whether the name is spelt in the ways of Korean names."""
        return self.terms[0].country in ("KOR", "PRK")

    def held(self, at: int) -> ActorEntry:
        """The reading of term ``at``, for who asks for the office."""
        if self._held is None:
            country = self.terms[0].country.lower()
            entity = EntityId(self.qid or f"person:{country}:{slug(self.written)}", self.name)
            self._held = [
                ActorEntry(
                    kind="person",
                    country=term.country,
                    sectors=term.sectors,
                    entity=entity,
                    via="role",
                    since=term.since,
                    until=term.until,
                    office=term.office or None,
                    row=term.row,
                )
                for term in self.terms
            ]
        return self._held[at]

    def readings(self, form: Form = "name") -> tuple[ActorEntry, ...]:
        """What the name stands for over time; of form ``surname`` for the surname alone."""
        if self._readings is None:
            self._readings = _with_gaps([_like(self.held(i)) for i in range(len(self.terms))])
        if form == "name":
            return self._readings
        if self._surname is None:
            self._surname = tuple(_like(reading, form=form) for reading in self._readings)
        return self._surname


_Meaning = tuple[Person, Form] | tuple[ActorEntry, ...]


class _Waking(dict[str, Node[ActorEntry]]):
    """The first step of the trie: asks for the names of people by their first word."""

    def __init__(self, wake: Callable[[str], None]) -> None:
        super().__init__()
        self._wake = wake

    def get(self, key: str, default: Any = None) -> Any:
        self._wake(key)
        return super().get(key, default)


class Names(PhraseTable[ActorEntry]):
    """The table of names; what they stand for waits by their first word until a text holds it.

    What waits is added in steps that may be repeated without harm, so threads may share a table.
    """

    def __init__(self) -> None:
        super().__init__()
        self._root.next = _Waking(self._wake)
        self._waiting: dict[str, list[tuple[str, _Meaning]]] = {}
        self._read: dict[Node[ActorEntry], dict[int, tuple[ActorEntry, ...]]] = {}
        self._people: dict[Node[ActorEntry], dict[tuple[Person, Form], None]] = {}
        self._made: dict[Node[ActorEntry], tuple[ActorEntry, ...]] = {}

    def add_name(self, name: str, meaning: _Meaning) -> None:
        """Add a name: of a person in a form, or with the readings themselves."""
        self._size += 1
        first = first_word(name)
        if first is None:
            self._settle(name, meaning)
        else:
            self._waiting.setdefault(first, []).append((name, meaning))

    def add_readings(self, tokens: Sequence[str], entries: Sequence[ActorEntry]) -> None:
        """Add the readings of a phrase at once: of what must stand in order with a change."""
        self._node(tokens).values.extend(entries)
        self._size += len(entries)

    def change(
        self, tokens: Sequence[str], what: Callable[[ActorEntry], Iterable[ActorEntry]]
    ) -> None:
        """As for every table; for building only. The readings of people stay as they are."""
        self._wake(tokens[0])
        node: Node[ActorEntry] | None = self._root
        for token in tokens:
            node = dict.get(node.next, token) if node else None
        if node is not None:
            for readings in self._read.pop(node, {}).values():
                node.values.extend(readings)
            super().change(tokens, what)

    def phrases(self) -> Iterator[tuple[tuple[str, ...], tuple[ActorEntry, ...]]]:
        """Yield every name with all its readings; all who wait are added for it."""
        for first in list(self._waiting):
            self._wake(first)
        return super().phrases()

    def _wake(self, first: str) -> None:
        if first in self._waiting:
            for name, meaning in self._waiting[first]:
                self._settle(name, meaning)
            self._waiting.pop(first, None)

    def _settle(self, name: str, meaning: _Meaning) -> None:
        head = meaning[0]
        if isinstance(head, Person):
            spellings = korean_spellings(name) if head.korean else (name,)
            for tokens in (tokens for one in spellings for tokens in name_tokens(one)):
                self._people.setdefault(self._node(tokens), {})[meaning] = None  # type: ignore[index]
        else:
            for tokens in name_tokens(name):
                self._read.setdefault(self._node(tokens), {})[id(meaning)] = meaning  # type: ignore[assignment]

    def _node(self, tokens: Sequence[str]) -> Node[ActorEntry]:
        node = self._root
        for token in tokens:
            following = dict.get(node.next, token)
            node = node.next.setdefault(token, Node()) if following is None else following
        node.ends = True
        return node

    def _values(self, node: Node[ActorEntry]) -> tuple[ActorEntry, ...]:
        found = self._made.get(node)
        if found is None:
            made = list(node.values)
            for readings in self._read.get(node, {}).values():
                made.extend(readings)
            for person, form in self._people.get(node, ()):
                made.extend(person.readings(form))
            found = self._made[node] = tuple(made)
        return found


class Offices(Mapping[tuple[str, str], tuple[ActorEntry, ...]]):
    """Who held an office: ``(country, word for the office) -> entries`` in order of their terms.

    ``words`` gives every word for an office; a word of several offices is the last one's.
    """

    def __init__(
        self,
        terms: Mapping[tuple[str, str], list[tuple[Person, int]]],
        words: Mapping[str, Sequence[str]],
    ) -> None:
        self._terms = terms
        self._office = {
            (country, word): (country, office)
            for country, office in sorted(terms)
            for word in words[office]
        }
        self._made: dict[tuple[str, str], tuple[ActorEntry, ...]] = {}

    def __getitem__(self, key: tuple[str, str]) -> tuple[ActorEntry, ...]:
        office = self._office[key]
        found = self._made.get(office)
        if found is None:
            held = [person.held(at) for person, at in self._terms[office]]
            held.sort(key=lambda term: (term.since or date.min, term.until or date.max))
            found = self._made[office] = tuple(held)
        return found

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._office)

    def __len__(self) -> int:
        return len(self._office)


def _as(
    entry: ActorEntry,
    *,
    sectors: tuple[str, ...] | None = None,
    since: date | None = None,
    until: date | None = None,
    office: str | None = None,
    via: Via = "name",
    form: Form = "name",
) -> ActorEntry:
    """A person's reading like ``entry`` but for these (five times as fast as ``replace``)."""
    return ActorEntry(
        kind=entry.kind,
        country=entry.country,
        sectors=entry.sectors if sectors is None else sectors,
        entity=entry.entity,
        via=via,
        since=since,
        until=until,
        office=office,
        row=entry.row,
        form=form,
    )


def _like(entry: ActorEntry, *, via: Via = "name", form: Form = "name") -> ActorEntry:
    return _as(entry, since=entry.since, until=entry.until, office=entry.office, via=via, form=form)


def _with_gaps(terms: list[ActorEntry]) -> tuple[ActorEntry, ...]:
    """A person's terms, and between and after them the former official (ELI).

    Before the first known term the person is merely known (no sector). A term without a known
    beginning or end leaves no gap on that side.
    """
    terms = sorted(terms, key=lambda t: (t.since or date.min, t.until or date.max))
    found = list(terms)
    first = terms[0]
    if first.since is not None:
        found.append(_as(first, sectors=(), until=first.since - _HANDOVER))
    end = first.until
    for before, term in pairwise(terms):
        if end is not None and term.since is not None and term.since > end + _HANDOVER:
            since, until = end + _HANDOVER, term.since - _HANDOVER
            found.append(_as(before, sectors=("ELI",), since=since, until=until))
        end = None if end is None or term.until is None else max(end, term.until)
    if end is not None:
        found.append(_as(terms[-1], sectors=("ELI",), since=end + _HANDOVER))
    return tuple(found)
