"""Which word joins two parties: the trigger of an event that only the relation model saw."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tocsin.events.syntax import is_verb
from tocsin.knowledge.triggers import TriggerRules
from tocsin.model.parse import Sentence

# Verbs that carry another verb or noun and say little of what was done.
_CARRIERS = frozenset(
    {"say", "tell", "announce", "report", "state", "add", "note", "be", "have", "do", "go", "come"}
)


class Joints:
    """Finds triggers on the way between two tokens.

    Of the verbs and nouns on the path through the parse, the one that the rules know for the type
    is taken; else the verb nearest to the recipient that says what was done, else the word where
    both ways meet.
    """

    def __init__(self, rules: TriggerRules) -> None:
        words: dict[str, set[str]] = defaultdict(set)
        for table in (rules.by_verb, rules.by_noun, rules.by_adjective):
            for word, entries in table.items():
                for _, rule in entries:
                    words[rule.type].add(word)
        self._known = {type_: frozenset(found) for type_, found in words.items()}

    def between(self, sent: Sentence, left: int, right: int, type_: str) -> int | None:
        """Return the token that best supports an event of ``type_`` between two heads, or None."""
        words = _words_between(sent, left, right)
        known = self._known.get(type_, frozenset())
        for i in reversed(words):
            if sent.tokens[i].lemma in known:
                return i
        verbs = [i for i in words if is_verb(sent, i)]
        telling = [i for i in verbs if sent.tokens[i].lemma not in _CARRIERS]
        return next(iter(telling[::-1] or verbs[::-1] or words), None)

    def join(self, sent: Sentence, left: int, right: int) -> bool:
        """Whether any word joins two heads, for whatever type."""
        return bool(_words_between(sent, left, right))

    def knows(self, sent: Sentence, word: int, type_: str) -> bool:
        """Whether the rules know the word for ``type_``."""
        return sent.tokens[word].lemma in self._known.get(type_, frozenset())


_POS = ("VERB", "AUX", "NOUN")


def _words_between(sent: Sentence, left: int, right: int) -> list[int]:
    """The verbs and nouns on the path from ``left`` to ``right``."""
    path = _path(sent, left, right)
    return [i for i in path if i not in (left, right) and sent.tokens[i].pos in _POS]


def _path(sent: Sentence, left: int, right: int) -> Sequence[int]:
    """Token indices from ``left`` over the common ancestor to ``right``, both included."""
    up, down = [left, *sent.ancestors(left)], [right, *sent.ancestors(right)]
    below = set(down)
    meeting = next((i for i in up if i in below), None)
    if meeting is None:
        return ()
    return [*up[: up.index(meeting) + 1], *reversed(down[: down.index(meeting)])]
