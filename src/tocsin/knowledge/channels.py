"""Channels and agreements: their kinds, the words of their states, and those known by name.

``rules/channels.yaml`` holds the kinds and words, ``channels/world.yaml`` the things that everybody
knows, the ``channels.yaml`` of a pack those of a crisis. ``docs/channels.md`` tells the fields.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, get_args

from tocsin.errors import KnowledgeError
from tocsin.knowledge.packs import load_packs
from tocsin.knowledge.phrases import PhraseTable
from tocsin.knowledge.resources import check_keys, exists, read_yaml
from tocsin.model.channel import STATES, Category, Change, State

RULES = ("rules", "channels.yaml")
WORLD = ("channels", "world.yaml")
FILE = "channels.yaml"
NEEDS = ("parties", "across", "name")
# Slots of a state's words, besides any preposition by its own word.
SLOTS = ("object", "subject")
_FORMS = ("verbs", "nouns", "adjectives", "predicates")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing: the ``nouns`` that name it and the ``stand_ins`` for one named before.

    ``needs`` is what must be known of a thing that no table names: the ``parties`` anywhere in the
    clause; that its own phrase says that it leads ``across``; or a ``name`` in a table, without
    which there is none. Things of kinds that are ``like`` each other may be one thing.
    ``directed`` are prepositions before the second of its two parties where the first is its owner:
    the sanctions of one *on* the other, the embassy of one *in* the other.
    """

    name: str
    category: Category
    nouns: tuple[str, ...]
    stand_ins: frozenset[str]
    needs: str
    like: str
    directed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateRule:
    """Words that say that a thing of one of ``kinds`` is, or came to be, in a ``state``.

    ``verbs`` take the thing in one of ``slots``, ``nouns`` as their "of", owner or compound (and in
    the slots that are prepositions), ``adjectives`` and ``predicates`` ("in force") stand before or
    after it. With ``negated`` they count only when they are negated, else only when not.
    ``one_sided``: one party does it for itself; of an agreement of more than two it is *left*.
    """

    id: str
    state: State
    kinds: frozenset[str]
    change: Change
    verbs: tuple[str, ...]
    nouns: tuple[str, ...]
    adjectives: tuple[str, ...]
    predicates: tuple[str, ...]
    slots: tuple[str, ...]
    negated: bool
    one_sided: bool
    yes: tuple[str, ...]
    no: tuple[str, ...]


Words = tuple[tuple[str, ...], StateRule]


@dataclass(frozen=True, slots=True)
class ChannelRules:
    """``rules/channels.yaml``. ``by_noun`` gives the kinds by the last word of their nouns,
    ``stand_ins`` those that a word may stand for; ``by_form`` the state rules by form and first
    word, the longest phrase first (of a predicate by its last word)."""

    kinds: Mapping[str, Kind]
    states: tuple[StateRule, ...]
    across: frozenset[str]
    joins: frozenset[str]
    threat_verbs: frozenset[str]
    threat_nouns: frozenset[str]
    threatened: frozenset[str]
    wishes: frozenset[str]
    charges: frozenset[str]
    temporary: frozenset[str]
    plain: frozenset[str]
    by_noun: Mapping[str, tuple[tuple[tuple[str, ...], Kind], ...]] = field(repr=False)
    stand_ins: Mapping[str, tuple[Kind, ...]] = field(repr=False)
    by_form: Mapping[str, Mapping[str, tuple[Words, ...]]] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownThing:
    """A thing with a name. ``since`` and ``until`` bound the days on which it is spoken of.

    ``pack`` is the name of its pack, None for the world's. A mention of its kind is this thing
    where one of ``marks`` stands in its phrase; and, where it is the ``usual`` one of its kind,
    where phrase or clause name its parties and no others. ``others`` are no parties, but named
    with it.
    """

    id: str
    name: str
    kind: str
    parties: tuple[str, ...]
    place: str | None
    since: date | None
    until: date | None
    others: tuple[str, ...]
    marks: tuple[str, ...]
    usual: bool
    pack: str | None


@dataclass(frozen=True, slots=True)
class KnownThings:
    """All things with a name. ``names`` finds them in a text; the flag says that the name is a
    common noun too, and holds only where nothing speaks of other parties. ``between`` finds words
    for a set of parties (with the name of their pack)."""

    things: Mapping[str, KnownThing]
    names: PhraseTable[tuple[KnownThing, bool]] = field(repr=False)
    marks: PhraseTable[KnownThing] = field(repr=False)
    between: PhraseTable[tuple[str | None, tuple[str, ...]]] = field(repr=False)
    usual: Mapping[str, tuple[KnownThing, ...]] = field(repr=False)


@lru_cache(maxsize=1)
def load_channel_rules() -> ChannelRules:
    """Load ``rules/channels.yaml``; KnowledgeError names the entry that is wrong."""
    path = "/".join(RULES)
    content = read_yaml(*RULES)
    check_keys(
        content,
        allowed=(
            "kinds", "across", "joins", "threats", "wishes", "charges", "temporary", "plain",
            "states",
        ),
        path=path,
    )  # fmt: skip
    threats = content["threats"]
    check_keys(threats, allowed=("verbs", "nouns", "states"), path=path, name="threats")
    kinds = {name: _kind(name, entry, path) for name, entry in content["kinds"].items()}
    for name in set(kinds) & set(STATES):
        raise KnowledgeError("is a category; name the kind otherwise", path=path, entry=name)
    states: list[StateRule] = []
    for entry in content["states"]:
        states.append(_state(entry, kinds, path))
        if states[-1].id in {rule.id for rule in states[:-1]}:
            raise KnowledgeError("this id stands twice", path=path, entry=states[-1].id)
    nouns: dict[str, list[tuple[tuple[str, ...], Kind]]] = defaultdict(list)
    stand_ins: dict[str, list[Kind]] = defaultdict(list)
    for kind in kinds.values():
        for noun in kind.nouns:
            words = _words(noun)
            nouns[words[-1]].append((words[:-1], kind))
        for noun in kind.stand_ins:
            stand_ins[noun].append(kind)
    _refuse_shared_nouns(nouns, path)
    forms: dict[str, dict[str, list[Words]]] = {form: defaultdict(list) for form in _FORMS}
    for rule in states:
        for form in _FORMS:
            for phrase in getattr(rule, form):
                # A predicate ("in force") hangs on its last word, a verb ("cut off") on its first.
                words = _words(phrase)
                if form == "predicates":
                    forms[form][words[-1]].append((words[:-1], rule))
                else:
                    forms[form][words[0]].append((words[1:], rule))
    return ChannelRules(
        kinds=kinds,
        states=tuple(states),
        across=frozenset(content["across"]),
        joins=frozenset(content["joins"]),
        threat_verbs=frozenset(threats["verbs"]),
        threat_nouns=frozenset(threats["nouns"]),
        threatened=frozenset(threats["states"]),
        wishes=frozenset(content["wishes"]),
        charges=frozenset(content["charges"]),
        temporary=frozenset(content["temporary"]),
        plain=frozenset(content["plain"]),
        by_noun={word: _longest_first(found) for word, found in nouns.items()},
        stand_ins={word: tuple(found) for word, found in stand_ins.items()},
        by_form={
            form: {word: _longest_first(found) for word, found in table.items()}
            for form, table in forms.items()
        },
    )


def _words(phrase: str) -> tuple[str, ...]:
    """A phrase as the parser splits it: hyphens stand alone."""
    return tuple(phrase.replace("-", " - ").split())


def _longest_first(found: list[Any]) -> tuple[Any, ...]:
    return tuple(sorted(found, key=lambda pair: -len(pair[0])))


def _kind(name: str, entry: Mapping[str, Any], path: str) -> Kind:
    keys = ("category", "nouns", "stand_ins", "needs", "like", "directed")
    check_keys(entry, allowed=keys, path=path, name=name)
    return Kind(
        name=name,
        category=_one_of(entry.get("category"), get_args(Category), "category", path, name),
        nouns=tuple(entry.get("nouns", ())),
        stand_ins=frozenset(entry.get("stand_ins", ())),
        needs=_one_of(entry.get("needs", "parties"), NEEDS, "needs", path, name),
        like=str(entry.get("like", name)),
        directed=tuple(entry.get("directed", ())),
    )


def _state(entry: Mapping[str, Any], kinds: Mapping[str, Kind], path: str) -> StateRule:
    name = str(entry.get("id", "?"))
    keys = (
        "id",
        "of",
        "not_of",
        "state",
        "change",
        "slots",
        "negated",
        "one_sided",
        "yes",
        "no",
        *_FORMS,
    )
    check_keys(entry, allowed=keys, path=path, name=name)
    allowed: set[str] = set()
    for word in entry.get("of", ()):
        _one_of(word, (*STATES, *kinds), "of", path, name)
        allowed |= {kind.name for kind in kinds.values() if word in (kind.name, kind.category)}
    for word in entry.get("not_of", ()):
        _one_of(word, tuple(kinds), "not_of", path, name)
        allowed.discard(word)
    state: State = _one_of(entry.get("state"), get_args(State), "state", path, name)
    for category in {kinds[kind].category for kind in allowed}:
        if state not in STATES[category]:
            raise KnowledgeError(f"no {category} can be {state!r}", path=path, entry=name)
    if not any(entry.get(form) for form in _FORMS):
        raise KnowledgeError(f"needs words: {', '.join(_FORMS)}", path=path, entry=name)
    if not entry.get("yes"):
        raise KnowledgeError("has no 'yes' example", path=path, entry=name)
    slots = tuple(entry.get("slots", ()))
    if bool(entry.get("verbs")) != bool(slots):
        raise KnowledgeError("verbs have slots, nothing else has", path=path, entry=name)
    forms = {form: tuple(entry.get(form, ())) for form in _FORMS}
    return StateRule(
        id=name,
        state=state,
        kinds=frozenset(allowed),
        change=_one_of(entry.get("change", "began"), get_args(Change), "change", path, name),
        slots=slots,
        negated=bool(entry.get("negated", False)),
        one_sided=bool(entry.get("one_sided", False)),
        yes=tuple(entry["yes"]),
        no=tuple(entry.get("no", ())),
        **forms,
    )


def _refuse_shared_nouns(
    nouns: Mapping[str, list[tuple[tuple[str, ...], Kind]]], path: str
) -> None:
    for last, found in nouns.items():
        seen: dict[tuple[str, ...], Kind] = {}
        for before, kind in found:
            if before in seen:
                noun = " ".join((*before, last))
                raise KnowledgeError(
                    f"{noun!r} names {seen[before].name} too", path=path, entry=kind.name
                )
            seen[before] = kind


def _one_of(value: Any, allowed: Iterable[Any], what: str, path: str, name: str) -> Any:
    allowed = tuple(allowed)
    if value not in allowed:
        raise KnowledgeError(
            f"{what} {value!r} is unknown; allowed: {', '.join(map(str, allowed))}",
            path=path,
            entry=name,
        )
    return value


def name_key(token: str) -> str:
    """A token as names are matched: case counts in acronyms only."""
    return token if len(token) > 1 and token.isupper() else token.lower()


@lru_cache(maxsize=4)
def load_known_things(packs: tuple[str, ...] = ()) -> KnownThings:
    """Load the things of the world and of ``packs`` (names of ours, or folders).

    KnowledgeError where an id or a name stands twice, or an entry is not as it should be.
    """
    things: dict[str, KnownThing] = {}
    names: PhraseTable[tuple[KnownThing, bool]] = PhraseTable(name_key)
    marks: PhraseTable[KnownThing] = PhraseTable(name_key)
    between: PhraseTable[tuple[str | None, tuple[str, ...]]] = PhraseTable(name_key)
    usual: dict[str, list[KnownThing]] = defaultdict(list)
    files: list[tuple[tuple[str, ...], str | None]] = [(WORLD, None)]
    files += [((*pack.parts, FILE), pack.name) for pack in load_packs(packs)]
    for parts, pack in files:
        if not exists(*parts):
            continue
        path = "/".join(parts)
        content = read_yaml(*parts)
        if not isinstance(content, dict):
            raise KnowledgeError("should hold the keys things, between", path=path)
        check_keys(content, allowed=("things", "between"), path=path)
        for entry in content.get("between", ()):
            check_keys(entry, allowed=("words", "parties"), path=path, name="between")
            for words in entry["words"]:
                between.add(words, (pack, tuple(entry["parties"])))
        for entry in content.get("things", ()):
            thing = _thing(entry, pack, path)
            if thing.id in things:
                raise KnowledgeError("this id stands twice", path=path, entry=thing.id)
            things[thing.id] = thing
            for key in ("names", "here"):
                for name in entry.get(key, ()):
                    for form in dict.fromkeys((name, *_plural(name))):
                        _add(names, form, thing, common=key == "here", path=path)
            for mark in thing.marks:
                marks.add(mark, thing)
            if thing.usual:
                usual[thing.kind].append(thing)
    return KnownThings(things, names, marks, between, {k: tuple(v) for k, v in usual.items()})


def _add(
    names: PhraseTable[tuple[KnownThing, bool]],
    form: str,
    thing: KnownThing,
    *,
    common: bool,
    path: str,
) -> None:
    """Add a name, once; KnowledgeError where it is that of another thing of the same file."""
    for other, _ in names.get(form):
        if other.id == thing.id:
            return
        if other.pack == thing.pack:
            raise KnowledgeError(f"{form!r} names {other.id} too", path=path, entry=thing.id)
    names.add(form, (thing, common))


def _plural(name: str) -> tuple[str, ...]:
    """The plural of a name's last word, where it has none yet."""
    if name.endswith("s") or name.isupper():
        return ()
    return (f"{name[:-1]}ies" if name[-1] == "y" and name[-2] not in "aeo" else f"{name}s",)


def _thing(entry: Mapping[str, Any], pack: str | None, path: str) -> KnownThing:
    name = str(entry.get("id", "?"))
    keys = (
        "id", "name", "kind", "parties", "others", "place", "since", "until", "names", "here",
        "marks", "usual",
    )  # fmt: skip
    check_keys(entry, allowed=keys, path=path, name=name)
    missing = [key for key in ("id", "name", "kind") if not entry.get(key)]
    if missing:
        raise KnowledgeError(f"needs {', '.join(missing)}", path=path, entry=name)
    kinds = load_channel_rules().kinds
    _one_of(entry["kind"], kinds, "kind", path, name)
    if not any(entry.get(key) for key in ("names", "here", "marks", "usual")):
        raise KnowledgeError("can be named by nothing: names, here, marks", path=path, entry=name)
    for key in ("names", "here", "marks", "parties", "others"):
        values = entry.get(key, [])
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise KnowledgeError(f"{key} is no list of texts", path=path, entry=name)
    for key in ("since", "until"):
        if entry.get(key) is not None and not isinstance(entry[key], date):
            raise KnowledgeError(f"{key} is no day: {entry[key]!r}", path=path, entry=name)
    parties = tuple(entry.get("parties", ()))
    return KnownThing(
        id=name,
        name=str(entry["name"]),
        kind=entry["kind"],
        parties=parties if kinds[entry["kind"]].directed else tuple(sorted(parties)),
        place=entry.get("place"),
        since=entry.get("since"),
        until=entry.get("until"),
        others=tuple(entry.get("others", ())),
        marks=tuple(entry.get("marks", ())),
        usual=bool(entry.get("usual", False)),
        pack=pack,
    )


def channel_parties(packs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the id and each party of all known things, for the check across files."""
    for thing in load_known_things(tuple(packs)).things.values():
        for party in (*thing.parties, *thing.others):
            yield thing.id, party
