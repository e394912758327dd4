"""Who has been named so far: full names, and the surnames that come back for them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tocsin.model.mention import EntityId

# For so many sentences a surname is that of whoever bore it last.
_FRESH = 3


@dataclass(slots=True)
class Person:
    """Somebody named in the document. ``last`` is the sentence of the latest mention."""

    name: str
    surnames: tuple[str, ...]
    country: str | None = None
    sectors: tuple[str, ...] = ()
    entity: EntityId | None = None
    gender: str | None = None
    last: int = -1
    first: int = -1
    office: str | None = None
    holds_office: bool = False

    def why_again(self) -> str:
        """Why a later surname means this person."""
        return f"surname of {self.name}, sentence {self.first + 1}"


class People:
    """The document's people, in order of their latest mention."""

    def __init__(self, surname_first: Collection[str]) -> None:
        self._surname_first = surname_first
        self._people: list[Person] = []

    def seen(self, name: str, sentence: int) -> Person | None:
        """The person of exactly this full name, or the one whose surname it is."""
        for person in reversed(self._people):
            if person.name == name:
                return person
        return self.by_surname(name, sentence)

    def by_surname(self, surname: str, sentence: int) -> Person | None:
        """The person who bears ``surname`` in this sentence; None where nobody does.

        Who has left office or life (a ruler's father) gives way to whom he was named for; beyond
        some sentences holders of an office come first, then the last spoken of.
        """
        found = [person for person in self._people if surname in person.surnames]
        near = [person for person in found if person.last >= sentence - _FRESH]
        return max(
            found,
            key=lambda p: (p.sectors != ("ELI",), p.holds_office and not near, p.last),
            default=self._by_given_name(surname),
        )

    def _by_given_name(self, name: str) -> Person | None:
        """As in "Ann" for Ann Miller, who is the only Ann; None where there are two."""
        found = [p for p in self._people if p.name.startswith(f"{name} ")]
        return found[0] if len(found) == 1 and name not in found[0].surnames else None

    def leader(self, surname: str) -> Person | None:
        """As :meth:`by_surname`, holders of an office first ("the Kim regime")."""
        found = [person for person in self._people if surname in person.surnames]
        return max(found, key=lambda p: (p.holds_office, p.last)) if found else None

    def add(self, name: str, country: str | None) -> Person:
        """Note a full name; a second mention returns the first's person."""
        for person in self._people:
            if person.name == name:
                return person
        parts = name.replace("’s", "").replace("'s", "").split()
        surnames: tuple[str, ...] = ()
        if len(parts) > 1:
            if country in self._surname_first:
                surnames = (parts[0],)
            elif country is None:
                surnames = (parts[-1], parts[0]) if looks_eastern(parts) else (parts[-1],)
            else:
                surnames = (parts[-1],)
        elif parts:
            surnames = (parts[0],)
        person = Person(name, surnames, country)
        self._people.append(person)
        return person


def looks_eastern(parts: list[str]) -> bool:
    """Whether a name may have its family name first: one short word, then one or two more."""
    return len(parts) > 1 and len(parts[0]) <= 5 and (len(parts) == 3 or "-" in parts[1])
