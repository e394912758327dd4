"""What spaCy's attribute ruler finds, remembered for each kind of word.

The ruler tries its 180 patterns on every token, a seventh of all time of parsing. All but a few of
them look at one token alone, at its tag, its letters and its relation: what they find for one token
they find for every other that is like it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Literal

from spacy.matcher import Matcher

# What a pattern of one token may look at to be remembered, and how its words may be given.
_TOLD = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
_LISTED = frozenset({"IN", "NOT_IN"})

Match = tuple[int, int, int]


class RememberingMatcher:
    """Stands in for the matcher of an attribute ruler, and finds the same."""

    def __init__(self, ruler: Any) -> None:
        vocab = ruler.vocab
        self._alone, self._others = Matcher(vocab), Matcher(vocab)
        self._words: set[int] = set()
        self._found: dict[tuple[int, int, int, bool], tuple[int, ...]] = {}
        for number, rule in enumerate(ruler.patterns):
            alone = [one for one in rule["patterns"] if _words_of(one) is not None]
            others = [one for one in rule["patterns"] if _words_of(one) is None]
            key = vocab.strings.add(str(number))
            for matcher, patterns in ((self._alone, alone), (self._others, others)):
                if patterns:
                    matcher.add(key, patterns)
            self._words |= {
                vocab.strings.add(word) for one in alone for word in _words_of(one) or ()
            }

    def __call__(
        self, doc: Any, *, allow_missing: bool = True, as_spans: Literal[False] = False
    ) -> list[Match]:
        """All matches of a document, as the ruler asks for them."""
        found: list[Match] = []
        if len(self._others):
            found += self._others(doc, allow_missing=allow_missing, as_spans=as_spans)
        if not len(self._alone):
            return found
        words = self._words
        for place, token in enumerate(doc):
            # Of a word that no pattern names it matters only whether it is one.
            lower = token.lower
            kind = token.tag, lower if lower in words else 0, token.dep, token.is_space
            known = self._found.get(kind)
            if known is None:
                matches = self._alone(doc[place : place + 1], allow_missing=allow_missing)
                known = self._found[kind] = tuple(match[0] for match in matches)
            for rule in known:
                found.append((rule, place, place + 1))
        return found


def remember_attributes(nlp: Any) -> None:
    """Let the attribute ruler of a loaded spaCy pipeline remember, where it has one."""
    if nlp.has_pipe("attribute_ruler"):
        ruler = nlp.get_pipe("attribute_ruler")
        ruler.matcher = RememberingMatcher(ruler)


def _words_of(pattern: Sequence[Mapping[str, Any]]) -> tuple[str, ...] | None:
    """The words that a pattern of one token names; None for a pattern that sees more than is
    remembered."""
    if len(pattern) != 1 or not pattern[0].keys() <= _TOLD:
        return None
    given = pattern[0].get("LOWER", ())
    if isinstance(given, str):
        return (given,)
    if isinstance(given, Mapping):
        return tuple(chain(*given.values())) if given.keys() <= _LISTED else None
    return ()
