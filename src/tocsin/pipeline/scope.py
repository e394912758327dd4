"""Whom a run is about: articles that name none of them are passed over before anything is parsed.

Of news of every kind few articles tell of any one crisis, and parsing is most of what the others
would cost. An article is coded whole or not at all: who is meant by "the government" in its last
paragraph may stand in the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tocsin.actors import names_of_text
from tocsin.errors import OptionError
from tocsin.ingest import clean
from tocsin.ingest.items import Item, PassedOver
from tocsin.knowledge.actors import load_actors, load_sectors
from tocsin.knowledge.countries import load_countries
from tocsin.knowledge.entries import ActorEntry
from tocsin.knowledge.packs import load_pack, shipped_packs
from tocsin.model.document import Document
from tocsin.model.event import Actor


class Scope:
    """Some states and actors, and every name by which an article may speak of them.

    ``about`` are countries (a code or a name), packs (one of ours, or a folder: the states that it
    is about), or actors by a name of theirs in the tables, where ``packs`` and ``actors`` are as
    for the coder. Who is asked over a network takes no ``folders``. A state is spoken of by its
    names, its demonyms and capital, its bodies and its people, whenever they held office: an event
    has it as a party only where one of these stands in the article or its title. OptionError says
    who is known by no name.
    """

    def __init__(
        self,
        about: Sequence[str],
        *,
        packs: Sequence[str] | None = None,
        actors: str | Path | None = None,
        folders: bool = True,
    ) -> None:
        self._folders = folders
        self._table = load_actors(packs=shipped_packs() if packs is None else packs, own=actors)
        self._countries: set[str] = set()
        self._entities: set[str] = set()
        self.words = ", ".join(dict.fromkeys(self._add(one.strip()) for one in about))

    def is_named(self, document: Document) -> bool:
        """Whether an article or its title names any of them."""
        text = f"{document.title or ''}\n{clean(document).text}"
        found = names_of_text(self._table, text)
        return any(self.means(one) for match in found for one in match.values)

    def sift(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, each article that names none of them as one that is passed over."""
        for item in items:
            found = item.found
            if isinstance(found, Document) and not self.is_named(found):
                item = replace(item, found=self._passed(found))
            yield item

    def means(self, one: ActorEntry | Actor) -> bool:
        """Whether a reading of a name, or a party of an event, is one of them."""
        return one.country in self._countries or (
            one.entity is not None and one.entity.id in self._entities
        )

    def _passed(self, document: Document) -> PassedOver:
        return PassedOver(
            id=document.id, title=document.title, outlet=document.outlet, url=document.url,
            published=document.published, reason=f"names none of {self.words}",
        )  # fmt: skip

    def _add(self, said: str) -> str:
        """Take in one of those whom the run is about, and say it in words.

        A country or an actor goes before a folder that happens to be called so.
        """
        if said in shipped_packs():
            return self._add_pack(said)
        known = load_countries()
        codes = known.states | load_sectors().bodies.keys()
        code = said.upper() if said.upper() in codes else known.code(said)
        if code is not None:
            self._countries.add(code)
            return _in_words(code)
        readings = self._table.names.get(said)
        if not readings and self._folders and Path(said).is_dir():
            return self._add_pack(said)
        if not readings:
            raise OptionError(
                f"nobody is known as {said!r}: name a country, a pack or an actor as news write "
                "it, or put it into a file of your own actors (--actors)"
            )
        for one in readings:
            if one.entity is not None:
                self._entities.add(one.entity.id)
            elif one.country is not None:
                self._countries.add(one.country)
        return said

    def _add_pack(self, name: str) -> str:
        states = load_pack(name).about
        if not states:
            raise OptionError(f"the pack {name!r} does not say which states it is about")
        self._countries |= states
        return ", ".join(map(_in_words, sorted(states)))


def _in_words(code: str) -> str:
    return load_countries().names.get(code, code)
