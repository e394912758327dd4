"""Packs: a folder of actors and places of one crisis, ours by name or a user's by path.

A pack's folder holds any of these, in the form of the tables of the world:

* ``pack.yaml``: the states that the pack is ``about``, and its ``rivals``, whose news use the same
  words for their own halves;
* ``actors.csv`` (bodies), ``actors_people.csv`` (people), ``actors.yaml`` (either, and names of
  states, as in a user's own file of actors; see :mod:`tocsin.knowledge.own`);
* ``places.csv`` and ``places_short.csv``;
* ``channels.yaml`` (channels and agreements by name; see :mod:`tocsin.knowledge.channels`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, exists, read_yaml, resource

FILES = (
    "actors.csv", "actors_people.csv", "actors.yaml", "places.csv", "places_short.csv",
    "channels.yaml",
)  # fmt: skip
_ABOUT = "pack.yaml"


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack: ``parts`` is where its files are, for :func:`~tocsin.knowledge.resources.resource`.

    ``about`` are the countries (ISO 3166-1 alpha-3) that it is about. A name that holds only in
    the news of the crisis ("the North") needs one of them nearby; a text that is rather about one
    of the ``rivals`` uses the same words for its own halves, so there the name is left alone.
    """

    name: str
    parts: tuple[str, ...]
    about: frozenset[str]
    rivals: frozenset[str]

    @property
    def prefix(self) -> str:
        """What the files of the pack, as reasons name them, begin with."""
        return "/".join(self.parts) + "/"


def shipped_packs() -> tuple[str, ...]:
    """Return the names of the packs that ship, sorted."""
    found = (entry.name for entry in resource("packs").iterdir() if entry.is_dir())
    return tuple(sorted(name for name in found if not name.startswith(("_", "."))))


def load_pack(name: str) -> Pack:
    """Return the pack that ships as ``name``, or the one in the folder ``name``.

    KnowledgeError where there is neither, or where its files are not a pack's.
    """
    if name in shipped_packs():
        parts: tuple[str, ...] = ("packs", name)
    elif Path(name).is_dir():
        folder = Path(name).resolve()
        name, parts = folder.name, (str(folder),)
    else:
        raise KnowledgeError(
            f"there is no pack {name!r}: neither one of ours ({', '.join(shipped_packs())}) nor a "
            "folder",
            path="packs",
        )
    if not any(exists(*parts, file) for file in FILES):
        raise KnowledgeError(f"holds none of {', '.join(FILES)}", path="/".join(parts))
    about: dict[str, frozenset[str]] = {"about": frozenset(), "rivals": frozenset()}
    if exists(*parts, _ABOUT):
        path = "/".join((*parts, _ABOUT))
        content = read_yaml(*parts, _ABOUT)
        if not isinstance(content, dict):
            raise KnowledgeError("should hold the keys about, rivals", path=path)
        check_keys(content, allowed=about, path=path)
        for key, codes in content.items():
            if not isinstance(codes, list) or not all(isinstance(code, str) for code in codes):
                raise KnowledgeError(f"{key} is no list of countries: {codes!r}", path=path)
            about[key] = frozenset(codes)
    return Pack(name, parts, about["about"], about["rivals"])


def load_packs(names: Sequence[str]) -> tuple[Pack, ...]:
    """Return the packs in the order given; KnowledgeError where two have one name."""
    packs = tuple(map(load_pack, names))
    seen: dict[str, Pack] = {}
    for pack in packs:
        if pack.name in seen:
            raise KnowledgeError(
                f"is called {pack.name!r} like {seen[pack.name].prefix}; rename the folder",
                path=pack.prefix,
            )
        seen[pack.name] = pack
    return packs
