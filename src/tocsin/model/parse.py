"""A parsed text: tokens, sentences, entities; what the language stage hands on.

Plain records, so that a test can build a parsed sentence by hand and no later stage needs spaCy.
Labels are those of spaCy's English models: Universal POS in ``pos``, Penn tags in ``tag``,
ClearNLP dependencies in ``dep`` (nsubj, nsubjpass, dobj, prep, pobj, agent, xcomp, ...),
OntoNotes types in ``label``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Token:
    """One token. ``i`` and ``head`` count within the sentence; the root is its own head."""

    i: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The token in lower case."""
        return self.text.lower()


@dataclass(frozen=True, slots=True)
class Entity:
    """A named entity: tokens ``first`` to ``stop`` (exclusive), an OntoNotes ``label``."""

    first: int
    stop: int
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One parsed sentence of a document.

    ``index`` counts sentences in the document, ``paragraph`` counts paragraphs (lines of the clean
    text that hold something); ``start`` and ``end`` are offsets into the clean text.
    """

    index: int
    paragraph: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    entities: tuple[Entity, ...] = ()
    _children: tuple[tuple[int, ...], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                children[token.head].append(token.i)
        object.__setattr__(self, "_children", tuple(map(tuple, children)))

    @property
    def root(self) -> int:
        """Index of the root token."""
        return next(token.i for token in self.tokens if token.head == token.i)

    def children(self, i: int, *deps: str) -> tuple[int, ...]:
        """Children of token ``i`` in order; with ``deps``, those of these dependencies only."""
        if not deps:
            return self._children[i]
        return tuple(c for c in self._children[i] if self.tokens[c].dep in deps)

    def child(self, i: int, *deps: str) -> int | None:
        """The first child of token ``i`` with one of these dependencies, or None."""
        for c in self._children[i]:
            if self.tokens[c].dep in deps:
                return c
        return None

    def subtree(self, i: int) -> tuple[int, ...]:
        """Indices of ``i`` and everything below it, sorted."""
        found = [i]
        for at in found:
            found.extend(self._children[at])
        return tuple(sorted(found))

    def ancestors(self, i: int) -> Iterator[int]:
        """Indices from the head of ``i`` up to the root."""
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            yield i

    def offsets(self, first: int, stop: int) -> tuple[int, int]:
        """Clean-text offsets of the tokens ``first`` to ``stop`` (exclusive)."""
        return self.tokens[first].start, self.tokens[stop - 1].end


@dataclass(frozen=True, slots=True)
class Parse:
    """A parsed document: its clean text and its sentences in order."""

    text: str
    sentences: tuple[Sentence, ...]
