"""Results of a search: articles with the words in their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tocsin.report.crisis.references import is_state_media
from tocsin.store.terms import Term
from tocsin.web.views.lines import Row

_AROUND = 90  # characters on either side of a word
_SNIPPETS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of a text: what stands before a word that was found, the word, what comes after."""

    before: str
    found: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """An article that has all the words, so many times in all."""

    id: str
    title: str | None
    outlet: str | None
    state_media: bool
    published: date | None
    matches: int
    snippets: tuple[Snippet, ...]


def hit(row: Row, text: str, terms: Sequence[Term]) -> Hit:
    """A result with its snippets."""
    return Hit(
        id=row["id"],
        title=row["title"],
        outlet=row["outlet"],
        state_media=is_state_media(row["outlet"]),
        published=row["published"],
        matches=row["matches"],
        snippets=snippets(text, terms),
    )


def snippets(text: str, terms: Sequence[Term]) -> tuple[Snippet, ...]:
    """The first places of a text where one of the terms stands, each term once, apart."""
    found: list[Snippet] = []
    end = 0
    for term in terms:
        pattern = term.python
        at = pattern.search(text, end) or pattern.search(text)
        if at is None or (found and at.start() < end and at.end() > end - 2 * _AROUND):
            continue
        start, end = max(0, at.start() - _AROUND), min(len(text), at.end() + _AROUND)
        before, after = text[start : at.start()], text[at.end() : end]
        if start:
            before = "… " + before.partition(" ")[2]
        if end < len(text):
            after = after.rpartition(" ")[0] + " …"
        found.append(Snippet(before=before, found=at[0], after=after))
        if len(found) == _SNIPPETS:
            break
    return tuple(found)
