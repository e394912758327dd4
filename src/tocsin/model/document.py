"""A document: one article as it was given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tocsin.model.ids import content_id


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text: ``source[start:end] == text``."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Dated:
    """A day of publication: ``by`` the input's word (given), its address (url), a line of its own,
    the dateline, or the only day that the text gives; ``confidence`` from 0 to 1."""

    day: date
    by: Literal["given", "url", "line", "dateline", "text"]
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as given.

    ``text`` is never altered: the offsets of every record count in it. ``id`` is the input's own
    id where it has one, else a hash of the text; use :meth:`of` to fill it. ``moment`` is when it
    was published, with its zone, where the input says so. ``left_out`` are the spans, (start, end)
    in order, that are no words of the article: markup, and lines that its outlet puts into many.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    url: str | None = None
    published: date | None = None
    moment: datetime | None = None
    author: str | None = None
    left_out: tuple[tuple[int, int], ...] = ()

    @classmethod
    def of(
        cls,
        text: str,
        *,
        id: str | None = None,  # noqa: A002 - the record's own name
        title: str | None = None,
        outlet: str | None = None,
        url: str | None = None,
        published: date | None = None,
        moment: datetime | None = None,
        author: str | None = None,
    ) -> Document:
        """Make a document; without ``id`` it gets a hash of its text."""
        return cls(
            id=id or content_id(text),
            text=text,
            title=title,
            outlet=outlet,
            url=url,
            published=published,
            moment=moment,
            author=author,
        )
