"""The cues of cardinality: ``rules/cardinality.yaml``.

Every cue carries its own examples. An example is a sentence with the trigger in square brackets: in
``yes`` sentences the cue must speak, in ``no`` sentences no cue may.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

CARDINALITY_FILE = "rules/cardinality.yaml"
GIVES = ("several", "habitual")
WHERE = ("noun", "measure", "mass", "verb", "form")
#: The cues that are forms of words: the code knows how they look.
FORMS = ("counted", "plural", "used-to", "have-been-doing", "present")


@dataclass(frozen=True, slots=True)
class OftenCue:
    """One cue: what it ``gives``, ``where`` it stands, its ``words`` (``recent+month``: the noun
    with the word before it), and its examples."""

    id: str
    gives: str
    where: str
    words: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CardinalityRules:
    """All cues by their id, the same by their place and word, and the nouns by whose plural one
    happening is told."""

    cues: Mapping[str, OftenCue]
    by_word: Mapping[tuple[str, str], OftenCue]
    one_in_plural: frozenset[str]


@cache
def load_cardinality() -> CardinalityRules:
    """Return the rules; KnowledgeError says what is wrong with them, and where."""
    content = read_yaml(*CARDINALITY_FILE.split("/"))
    check_keys(content, allowed=("cues", "one_in_plural"), path=CARDINALITY_FILE)
    cues = {name: _cue(name, entry) for name, entry in content["cues"].items()}
    missing = set(FORMS) - cues.keys()
    if missing:
        raise KnowledgeError(f"has no cue {', '.join(sorted(missing))}", path=CARDINALITY_FILE)
    by_word: dict[tuple[str, str], OftenCue] = {}
    for cue in cues.values():
        for word in cue.words:
            if by_word.setdefault((cue.where, word), cue) is not cue:
                raise KnowledgeError(
                    f"word {word!r} stands in {by_word[cue.where, word].id} too",
                    path=CARDINALITY_FILE,
                    entry=cue.id,
                )
    return CardinalityRules(cues, by_word, frozenset(content["one_in_plural"]))


def _cue(name: str, entry: dict[str, Any]) -> OftenCue:
    check_keys(
        entry, allowed=("gives", "where", "words", "yes", "no"), path=CARDINALITY_FILE, name=name
    )
    for key, allowed in (("gives", GIVES), ("where", WHERE)):
        if entry.get(key) not in allowed:
            raise KnowledgeError(
                f"{key} {entry.get(key)!r} is unknown; allowed: {', '.join(allowed)}",
                path=CARDINALITY_FILE,
                entry=name,
            )
    if (entry["where"] == "form") != (name in FORMS) or (name in FORMS) == bool(entry.get("words")):
        raise KnowledgeError(
            f"a form has no words and is one of {', '.join(FORMS)}",
            path=CARDINALITY_FILE,
            entry=name,
        )
    if not entry.get("yes"):
        raise KnowledgeError("has no 'yes' example", path=CARDINALITY_FILE, entry=name)
    return OftenCue(
        id=name,
        gives=entry["gives"],
        where=entry["where"],
        words=frozenset(entry.get("words", ())),
        yes=tuple(entry["yes"]),
        no=tuple(entry.get("no", ())),
    )
