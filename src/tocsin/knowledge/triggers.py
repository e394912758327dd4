"""Trigger rules: which words, in which frame, make an event of which type.

One YAML file per PLOVER type under ``data/rules/triggers``; ``docs/rules.md`` tells the fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.ontology import Ontology, load_ontology
from tocsin.knowledge.resources import check_keys, children, read_yaml

FOLDER = ("rules", "triggers")
# Where a slot's filler may stand, besides any preposition by its own word.
POSITIONS = (
    "subject",  # nsubj; of a passive its by-agent
    "object",  # dobj; of a passive its subject; of a noun its "of"
    "indirect",  # dative, or "to"
    "owner",  # of a noun: possessive or demonym ("Israel's strikes", "Israeli strikes")
    "clause-subject",  # subject of the complement clause
    "topic",  # the grammatical subject, of a passive too ("it would not be intimidated")
    "speaker",  # subject of the verb of saying above the clause
    "content",  # recipients of the content event
    "content-actor",  # actors of the content event
    "inside",  # any actor named within the object's phrase
    "sentence",  # the last state or body of another country that is named before the trigger
    "anywhere",  # the nearest actor of the same clause that is in no other slot
)
# Words of a list that stand for mentions: any actor; a phrase that is or names one; a person; a
# state, its government or its forces; a newspaper or its people.
MENTIONS = ("@actor", "@with-actor", "@person", "@state", "@press")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence that a rule must (``yes``) or must not (``no``) code as its type."""

    text: str
    actor: str | None = None
    recipient: str | None = None
    content: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One trigger rule.

    ``verbs``, ``nouns`` and ``adjectives`` are lemmas; words that follow one ("blow up",
    "pull out of") must depend on it. ``auxiliaries`` make the rule an operator on whatever event
    stands in its scope (future, obligation); its ``verbs`` then say on which verbs. Word lists hold
    lemmas, or ``@class`` for one of ``rules/classes.yaml``, or one of ``MENTIONS``.
    """

    id: str
    type: str
    mode: str | None
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    auxiliaries: tuple[str, ...] = ()
    negated: bool | None = None
    own_words: bool = False
    object: frozenset[str] = frozenset()
    not_object: frozenset[str] = frozenset()
    subject: frozenset[str] = frozenset()
    not_subject: frozenset[str] = frozenset()
    prep: Mapping[str, frozenset[str]] = field(default_factory=dict)
    not_prep: Mapping[str, frozenset[str]] = field(default_factory=dict)
    clause: frozenset[str] = frozenset()
    not_clause: frozenset[str] = frozenset()
    content: tuple[str, ...] = ()
    needs_content: frozenset[str] = frozenset()
    by_content: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    actor: tuple[str, ...] = ("subject",)
    recipient: tuple[str, ...] = ("object",)
    reciprocal: bool = False
    mutual: bool = False
    needs_clause: bool = False
    bare: bool = False
    needs_actor: bool = True
    needs_recipient: bool = False
    needs_author: bool = False
    known: bool = False
    abroad: bool = False
    own: bool = False
    contexts: tuple[str, ...] = ()
    weight: float = 0.8
    yes: tuple[Example, ...] = ()
    no: tuple[Example, ...] = ()

    @property
    def specificity(self) -> int:
        """How much the rule asks for; the more specific of two that fire on one word wins."""
        return (
            2 * bool(self.object)
            + 2 * bool(self.clause)
            + 2 * bool(self.needs_content)
            + 2 * len(self.prep)
            + bool(self.subject)
            + bool(self.content)
            + self.needs_clause
            + 6 * bool(self.negated)
            + self.own_words
        )


@dataclass(frozen=True, slots=True)
class TriggerRules:
    """All rules, indexed by the first lemma of their triggers.

    ``by_verb["blow"]`` gives ``(("up",), rule)`` and so on; ``light`` are the verbs that add
    nothing but an actor to an event noun ("carry out an attack").
    """

    rules: tuple[Rule, ...]
    by_verb: Mapping[str, tuple[tuple[tuple[str, ...], Rule], ...]]
    by_noun: Mapping[str, tuple[tuple[tuple[str, ...], Rule], ...]]
    by_adjective: Mapping[str, tuple[tuple[tuple[str, ...], Rule], ...]]
    operators: tuple[Rule, ...]
    classes: Mapping[str, frozenset[str]]
    light: frozenset[str]


_LISTS = ("verbs", "nouns", "adjectives", "auxiliaries", "content", "contexts")
_SETS = (
    "object", "not_object", "subject", "not_subject", "clause", "not_clause", "needs_content",
)  # fmt: skip
_FLAGS = (
    "own_words", "reciprocal", "mutual", "needs_clause", "bare", "needs_actor", "needs_recipient",
    "needs_author", "known", "abroad", "own",
)  # fmt: skip
_FIELDS = (
    "id", "mode", "negated", "prep", "not_prep", "by_content", "actor", "recipient", "weight",
    "yes", "no",
    *_LISTS, *_SETS, *_FLAGS,
)  # fmt: skip
_DEFAULTS = ("type", "actor", "recipient", "by_content", "rules", "weight")


@lru_cache(maxsize=1)
def load_triggers() -> TriggerRules:
    """Load every trigger file, the word classes and the light verbs, and index them."""
    ontology = load_ontology()
    classes, light = _load_classes()
    rules: list[Rule] = []
    for name in children(*FOLDER, suffix=".yaml"):
        rules.extend(_load_file(name, ontology, classes))
    tables: dict[str, dict[str, list[tuple[tuple[str, ...], Rule]]]] = {
        "verbs": defaultdict(list), "nouns": defaultdict(list), "adjectives": defaultdict(list)
    }  # fmt: skip
    for rule in rules:
        if rule.auxiliaries:  # its verbs only say on which verbs it operates
            continue
        for form, table in tables.items():
            for phrase in getattr(rule, form):
                # A noun compound ("air strike") hangs on its last word, a verb on its first.
                words = tuple(phrase.split())
                if form == "nouns":
                    table[words[-1]].append((words[:-1], rule))
                else:
                    table[words[0]].append((words[1:], rule))
    frozen = {form: {k: tuple(v) for k, v in table.items()} for form, table in tables.items()}
    return TriggerRules(
        rules=tuple(rules),
        by_verb=frozen["verbs"],
        by_noun=frozen["nouns"],
        by_adjective=frozen["adjectives"],
        operators=tuple(rule for rule in rules if rule.auxiliaries),
        classes=classes,
        light=light,
    )


def _load_classes() -> tuple[dict[str, frozenset[str]], frozenset[str]]:
    path = "rules/classes.yaml"
    content = read_yaml("rules", "classes.yaml")
    check_keys(content, allowed=("classes", "light_verbs"), path=path)
    classes: dict[str, frozenset[str]] = {}
    for name, words in content["classes"].items():
        expanded: set[str] = set()
        for word in words:
            if word.startswith("@"):
                if word[1:] not in classes:
                    raise KnowledgeError(
                        f"class {word!r} must stand above the class that uses it",
                        path=path,
                        entry=name,
                    )
                expanded |= classes[word[1:]]
            else:
                expanded.add(word)
        classes[name] = frozenset(expanded)
    return classes, frozenset(content["light_verbs"])


def _load_file(name: str, ontology: Ontology, classes: Mapping[str, frozenset[str]]) -> list[Rule]:
    path = "/".join((*FOLDER, name))
    content = read_yaml(*FOLDER, name)
    check_keys(content, allowed=_DEFAULTS, path=path)
    ontology.check(content["type"], None, path=path)
    seen: set[str] = set()
    rules = []
    for entry in content["rules"]:
        rule_id = entry.get("id", "?")
        check_keys(entry, allowed=_FIELDS, path=path, name=rule_id)
        if rule_id in seen:
            raise KnowledgeError("this id stands twice", path=path, entry=rule_id)
        seen.add(rule_id)
        rules.append(_rule(entry, content, path, ontology, classes))
    return rules


def _rule(
    entry: Mapping[str, Any],
    defaults: Mapping[str, Any],
    path: str,
    ontology: Ontology,
    classes: Mapping[str, frozenset[str]],
) -> Rule:
    name = entry["id"]
    type_ = defaults["type"]
    mode = entry.get("mode")
    ontology.check(type_, mode, path=path, entry=name)

    def words(values: Any) -> frozenset[str]:
        found: set[str] = set()
        for value in values or ():
            if value.startswith("@") and value not in MENTIONS:
                if value[1:] not in classes:
                    raise KnowledgeError(
                        f"unknown class {value!r}; allowed: {', '.join(sorted(classes))}",
                        path=path,
                        entry=name,
                    )
                found |= classes[value[1:]]
            else:
                found.add(value)
        return frozenset(found)

    def pick(key: str, fallback: Any) -> Any:
        return entry.get(key, defaults.get(key, fallback))

    by_content = {}
    for inner, outcome in {
        **defaults.get("by_content", {}), **entry.get("by_content", {})
    }.items():  # fmt: skip
        check_keys(outcome, allowed=("type", "mode"), path=path, name=name)
        inner_type, _, inner_mode = inner.partition("/")
        ontology.check(inner_type, inner_mode or None, path=path, entry=name)
        target = (outcome.get("type", type_), outcome.get("mode"))
        ontology.check(*target, path=path, entry=name)
        by_content[inner] = target
    values: dict[str, Any] = {key: tuple(entry[key]) for key in _LISTS if key in entry}
    values |= {key: words(entry[key]) for key in _SETS if key in entry}
    values |= {key: bool(entry[key]) for key in _FLAGS if key in entry}
    # An operator speaks of what will be, so that by itself a negation stops it.
    negated = entry.get("negated", False if values.get("auxiliaries") else "any")
    values["negated"] = None if negated == "any" else bool(negated)
    for inner in values.get("needs_content", ()):
        ontology.check(inner, None, path=path, entry=name)
    if not any(values.get(key) for key in ("verbs", "nouns", "adjectives", "auxiliaries")):
        raise KnowledgeError(
            "needs a trigger: verbs, nouns, adjectives or auxiliaries", path=path, entry=name
        )
    return Rule(
        id=f"{type_.lower()}{'/' + mode if mode else ''}#{name}",
        type=type_,
        mode=mode,
        prep={k: words(v) for k, v in entry.get("prep", {}).items()},
        not_prep={k: words(v) for k, v in entry.get("not_prep", {}).items()},
        by_content=by_content,
        actor=tuple(pick("actor", ("subject",))),
        recipient=tuple(pick("recipient", ("object",))),
        weight=float(pick("weight", 0.8)),
        yes=_examples(entry.get("yes"), path, name),
        no=_examples(entry.get("no"), path, name),
        **values,
    )


def _examples(entries: Any, path: str, name: str) -> tuple[Example, ...]:
    found = []
    for entry in entries or ():
        if isinstance(entry, str):
            found.append(Example(text=entry))
        else:
            check_keys(
                entry, allowed=("text", "actor", "recipient", "content"), path=path, name=name
            )
            found.append(Example(**entry))
    return tuple(found)
