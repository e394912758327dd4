"""Finding many phrases in a sentence at once: a trie over tokens, longest match first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

# Splits a phrase as spaCy's tokenizer splits running text, closely enough for names:
# a possessive, then runs of letters and digits (with inner dots, as in "U.S."), then single marks.
_PIECES = re.compile(r"['’]s\b|\w+(?:\.\w+)+\.?|\w+|[^\w\s]")


def phrase_tokens(phrase: str) -> tuple[str, ...]:
    """Return a phrase's tokens as they are matched: hyphens stand alone, quotes are straight."""
    return tuple(_PIECES.findall(phrase.replace("’", "'")))


@dataclass(frozen=True, slots=True)
class Match(Generic[Value]):
    """A phrase found at tokens ``first`` to ``stop`` (exclusive), with everything it may mean."""

    first: int
    stop: int
    values: tuple[Value, ...]


class Node(Generic[Value]):
    """One step of the trie: the tokens that may follow, what ends here, and whether any does."""

    __slots__ = ("ends", "next", "values")

    def __init__(self) -> None:
        self.next: dict[str, Node[Value]] = {}
        self.values: list[Value] = []
        self.ends = False


class PhraseTable(Generic[Value]):
    """A table of phrases (each with one or more values) that finds its phrases in token lists.

    Matching is exact after ``key``, which is applied to phrase tokens and to text tokens alike
    (``str.lower`` for a table that ignores case). Curly quotes are straight on both sides.
    """

    def __init__(self, key: Callable[[str], str] = str) -> None:
        self._key = key
        self._root: Node[Value] = Node()
        self._size = 0

    def __len__(self) -> int:
        return self._size

    def add(self, phrase: str | Sequence[str], value: Value) -> None:
        """Add one reading of ``phrase`` (a string, or its tokens)."""
        tokens = phrase_tokens(phrase) if isinstance(phrase, str) else tuple(phrase)
        if not tokens:
            raise ValueError("an empty phrase")
        node = self._root
        for token in map(self._key, tokens):
            following = node.next.get(token)
            if following is None:
                following = node.next[token] = Node()
            node = following
        node.values.append(value)
        node.ends = True
        self._size += 1

    def extend(self, phrases: Iterable[tuple[str, Value]]) -> None:
        """Add many."""
        for phrase, value in phrases:
            self.add(phrase, value)

    def change(self, tokens: Sequence[str], what: Callable[[Value], Iterable[Value]]) -> None:
        """Put in the place of each reading of exactly these tokens what ``what`` makes of it."""
        node: Node[Value] | None = self._root
        for token in tokens:
            node = node.next.get(self._key(token)) if node else None
        if node is not None:
            left = [new for value in node.values for new in what(value)]
            self._size += len(left) - len(node.values)
            node.values[:] = left

    def phrases(self) -> Iterator[tuple[tuple[str, ...], tuple[Value, ...]]]:
        """Yield every phrase of the table, as its tokens, with everything that it may mean."""
        stack: list[tuple[tuple[str, ...], Node[Value]]] = [((), self._root)]
        while stack:
            tokens, node = stack.pop()
            if node.ends:
                yield tokens, self._values(node)
            stack.extend(((*tokens, token), after) for token, after in node.next.items())

    def get(self, phrase: str) -> tuple[Value, ...]:
        """Everything that exactly this phrase may mean."""
        node: Node[Value] | None = self._root
        for token in phrase_tokens(phrase):
            node = node.next.get(self._key(token)) if node else None
        return self._values(node) if node and node.ends else ()

    def _values(self, node: Node[Value]) -> tuple[Value, ...]:
        """Everything that ends at ``node``."""
        return tuple(node.values)

    def longest(self, tokens: Sequence[str]) -> Iterator[Match[Value]]:
        """Yield the longest matches from left to right; they do not overlap."""
        keys = [self._key(token.replace("’", "'") if "’" in token else token) for token in tokens]
        begins = self._root.next
        first = 0
        while first < len(keys):
            node = begins.get(keys[first])
            if node is None:
                first += 1
                continue
            last: Node[Value] | None = node if node.ends else None
            stop = first + 1
            for at in range(first + 1, len(keys)):
                node = node.next.get(keys[at])
                if node is None:
                    break
                if node.ends:
                    last, stop = node, at + 1
            if last is None:
                first += 1
            else:
                yield Match(first, stop, self._values(last))
                first = stop
