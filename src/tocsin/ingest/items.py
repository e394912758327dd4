"""What reading hands on: one item of the input after the other, each with its place.

An item is an article, one that is passed over, the address of one whose text is not there, or
what is wrong with it. Every item of an input comes out as exactly one of the four, so that counts
add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from tocsin.errors import InputError
from tocsin.model.document import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The address of an article without its text: an entry of a feed, a sitemap or a list.

    ``published``, ``moment``, ``outlet`` and ``language`` (its code, or its English name) are what
    the list says of it.
    """

    url: str
    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    moment: datetime | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """An article that was read and is not to be coded, with the ``reason``; its text is let go."""

    id: str
    reason: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the input: ``path`` names the file (inside archives with the archive before it),
    ``line`` its line or entry there, where it is one of several."""

    path: str
    line: int | None
    found: Document | PassedOver | Link | InputError


#: Gives the items, some of the articles as ones that are passed over.
Sift = Callable[[Iterable[Item]], Iterator[Item]]
