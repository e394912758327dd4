"""Signs of PLOVER's contexts: which words, actors and types say what an event is about.

The signs are data (``data/rules/contexts.yaml``); each context carries its own yes and no
examples, and the head of the file tells the fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.ontology import Ontology, load_ontology
from tocsin.knowledge.phrases import PhraseTable, phrase_tokens
from tocsin.knowledge.resources import check_keys, read_yaml

PATH = "rules/contexts.yaml"
_FIELDS = ("about", "strong", "weak", "sectors", "events", "carries", "yes", "no")
_NEEDED = ("about", "strong", "yes", "no")
_STRENGTHS = {"strong": True, "weak": False}
_POS = {
    "n": frozenset({"NOUN", "PROPN"}),
    "v": frozenset({"VERB"}),
    "a": frozenset({"ADJ"}),
}


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign of a context; ``pos`` are the parts of speech that a phrase's last word may be."""

    context: str
    strong: bool
    pos: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One context: what it is about, the types that carry it on, and its examples."""

    name: str
    about: str
    carries: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRules:
    """All signs of all contexts.

    ``contexts`` stand in the ontology's order. ``table`` gives a phrase's signs, none for an idle
    phrase; its phrases are in the words of ``keys``, which maps every form of a word that occurs
    in a phrase to the one it is filed under; a word that is not in it is part of no phrase.
    ``sectors`` and ``events`` (``TYPE`` or ``TYPE/mode``) give the signs that an actor's sector
    or the event's own type is.
    """

    contexts: Mapping[str, Context]
    table: PhraseTable[tuple[Sign, ...]]
    keys: Mapping[str, str]
    sectors: Mapping[str, tuple[Sign, ...]]
    events: Mapping[str, tuple[Sign, ...]]

    def ordered(self, contexts: Iterable[str]) -> tuple[str, ...]:
        """Return contexts without repetition, in the ontology's order."""
        wanted = frozenset(contexts)
        return tuple(name for name in self.contexts if name in wanted)


@cache
def load_contexts() -> ContextRules:
    """Load and check ``data/rules/contexts.yaml``."""
    return parse_contexts(read_yaml(*PATH.split("/")))


def parse_contexts(content: Any) -> ContextRules:
    """Return the signs of the file's content; KnowledgeError where something is wrong."""
    if not isinstance(content, Mapping):
        raise KnowledgeError("is no mapping", path=PATH)
    check_keys(content, allowed=("idle", "contexts"), path=PATH)
    ontology = load_ontology()
    entries = content["contexts"]
    check_keys(entries, allowed=ontology.contexts, path=PATH, name="contexts")
    if missing := sorted(ontology.contexts - set(entries)):
        raise KnowledgeError(f"has no context {', '.join(missing)}", path=PATH)
    contexts: dict[str, Context] = {}
    phrases: dict[tuple[str, ...], list[Sign]] = {}
    sectors: dict[str, list[Sign]] = {}
    events: dict[str, list[Sign]] = {}
    for name, entry in entries.items():
        _check(name, entry, ontology)
        contexts[name] = Context(
            name=name,
            about=entry["about"],
            carries=frozenset(entry.get("carries", ())),
            yes=tuple(entry["yes"]),
            no=tuple(entry["no"]),
        )
        for tokens, sign in _signs(name, entry):
            phrases.setdefault(tokens, []).append(sign)
        for table, field in ((sectors, "sectors"), (events, "events")):
            for key, strength in entry.get(field, {}).items():
                table.setdefault(key, []).append(Sign(name, _STRENGTHS[strength]))
    _add_inner(phrases)
    for phrase in _phrases(content["idle"]):
        for tokens in _spellings(phrase):
            phrases[tokens] = []
    keys = _keys(phrases)
    found: PhraseTable[tuple[Sign, ...]] = PhraseTable()
    for tokens, signs in phrases.items():
        found.add([keys[token] for token in tokens], tuple(signs))
    return ContextRules(
        contexts=contexts,
        table=found,
        keys=keys,
        sectors={key: tuple(signs) for key, signs in sectors.items()},
        events={key: tuple(signs) for key, signs in events.items()},
    )


def _check(name: str, entry: Any, ontology: Ontology) -> None:
    if not isinstance(entry, Mapping):
        raise KnowledgeError("is no mapping", path=PATH, entry=name)
    check_keys(entry, allowed=_FIELDS, path=PATH, name=name)
    for key in _NEEDED:
        if not entry.get(key):
            raise KnowledgeError(
                f"has no {key!r}; needed: {', '.join(_NEEDED)}", path=PATH, entry=name
            )
    for key in (*entry.get("events", {}), *entry.get("carries", ())):
        kind, _, mode = key.partition("/")
        ontology.check(kind, mode or None, path=PATH, entry=name)
    for field in ("sectors", "events"):
        for key, strength in entry.get(field, {}).items():
            if strength not in _STRENGTHS:
                raise KnowledgeError(
                    f"{field}: {key} is {strength!r}; allowed: {', '.join(_STRENGTHS)}",
                    path=PATH,
                    entry=name,
                )


def _phrases(text: str) -> Iterator[str]:
    """The phrases of a list in one string, parted by commas."""
    for phrase in text.split(","):
        if phrase := phrase.strip():
            yield phrase


def _spellings(phrase: str) -> tuple[tuple[str, ...], ...]:
    """A phrase's tokens; one with a hyphen also with it inside ("covid-19" is one token)."""
    if phrase.replace(" ", "").isalpha():
        return (tuple(phrase.split()),)
    tokens = phrase_tokens(phrase)
    return (tokens, tuple(phrase.split())) if "-" in phrase else (tokens,)


def _signs(name: str, entry: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Sign]]:
    lists = {strong: list(_phrases(entry.get(key, ""))) for key, strong in _STRENGTHS.items()}
    seen: set[str] = set()
    made: dict[tuple[bool, str], Sign] = {}
    for strong, written in lists.items():
        for each in written:
            if each in seen:
                raise KnowledgeError(f"{each!r} stands twice", path=PATH, entry=name)
            seen.add(each)
            phrase, _, pos = each.partition("/")
            if (pos and pos not in _POS) or not phrase.islower():
                raise KnowledgeError(
                    f"{each!r}: lower case, and behind a slash one of {', '.join(_POS)}",
                    path=PATH,
                    entry=name,
                )
            sign = made.get((strong, pos))
            if sign is None:
                sign = made[strong, pos] = Sign(name, strong, _POS[pos] if pos else frozenset())
            for tokens in _spellings(phrase):
                yield tokens, sign


def _add_inner(phrases: dict[tuple[str, ...], list[Sign]]) -> None:
    """Give a phrase the strong signs of other contexts that are inside it ("military court")."""
    strong = {
        tokens: [sign for sign in signs if sign.strong]
        for tokens, signs in phrases.items()
        if any(sign.strong for sign in signs)
    }
    found: dict[tuple[str, ...], list[Sign]] = {}
    for tokens, signs in phrases.items():
        size = len(tokens)
        for length in range(1, size):
            for first in range(size - length + 1):
                inner = strong.get(tokens[first : first + length])
                if inner:
                    own = {sign.context for sign in signs}
                    # The part of speech is sure here, and only asked of a phrase's last word.
                    found.setdefault(tokens, []).extend(
                        Sign(sign.context, sign.strong) for sign in inner if sign.context not in own
                    )
    for tokens, more in found.items():
        phrases[tokens].extend(more)


def _keys(phrases: Iterable[tuple[str, ...]]) -> dict[str, str]:
    """Every word of a phrase, with the word that it is filed under.

    Text has "rights", "arms" and "disputed" where its lemma, by the tagger's mood, is "right",
    "arm" and "dispute": where phrases use both, both are filed under the shorter one.
    """
    words = {token for tokens in phrases for token in tokens}
    return {word: _shorter(word, words) for word in sorted(words)}


def _shorter(word: str, words: Set[str]) -> str:
    if len(word) > 3:
        if word.endswith("s") and word[:-1] in words:
            return word[:-1]
        if word.endswith("ed"):
            return next((cut for cut in (word[:-1], word[:-2]) if cut in words), word)
    return word
