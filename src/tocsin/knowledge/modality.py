"""The cues of status and attribution: ``rules/modality.yaml`` and ``rules/attribution.yaml``.

Every cue carries its own examples. An example is a sentence with the trigger in square brackets:
``yes`` sentences must get the cue's category, in ``no`` sentences the cue must stay silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.resources import check_keys, read_yaml

MODALITY_FILE = "rules/modality.yaml"
ATTRIBUTION_FILE = "rules/attribution.yaml"

CATEGORIES = (
    "actual", "alleged", "attempted", "background", "denied", "generic", "hypothetical", "idiom",
    "negated", "opinion", "predicted", "reported", "unconfirmed",
)  # fmt: skip
SCOPES = ("auxiliary", "clause", "governor", "modifier", "participant")
LINKS = ("claim", "compound", "gerund", "object", "plan", "subject", "that", "to", "whether")
STANCES = ("asserts", "denies", "neither")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """One cue of status.

    ``words`` are lemmas (``call+off``: the lemma ``call`` with a child ``off``). ``scope`` says
    over what the cue has a say: *governor* (its complement, by one of ``links``), *modifier* (what
    it modifies), *auxiliary* (its verb), *clause* (the clause or phrase that it opens),
    *participant* (the deed that it, or what it stands on, takes part in). ``negated`` is the
    category when the cue itself is negated (None: it then has no say); ``voice`` restricts a
    verb to the ``passive``; ``indefinite`` keeps it from a known deed ("fears about *the* attack");
    ``pos`` to these parts of speech; ``perfect`` an auxiliary to one
    before "have"; ``pseudo`` are words that, right after the cue, take its say away.
    """

    id: str
    category: str
    scope: str
    words: tuple[str, ...]
    links: frozenset[str] = frozenset()
    pos: frozenset[str] = frozenset()
    voice: str | None = None
    perfect: bool | None = None
    negated: str | None = None
    indefinite: bool = False
    pseudo: frozenset[str] = frozenset()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechCue:
    """Words that say who says so: ``words`` (lemmas), ``kind``, the ``stance`` they take.

    ``kind`` is verb (with a clause, quotation or infinitive), object (a verb with the deed as its
    object), paper (a verb that hands out a statement), accusation (with a deed after
    ``prepositions``), noun ("the claim by X that"), adverb ("reportedly"), phrase ("according
    to"), silence ("declined to comment").
    """

    id: str
    kind: str
    words: frozenset[str]
    stance: str
    prepositions: frozenset[str] = frozenset()
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModalityRules:
    """All cues, indexed by their first lemma, and the word lists of ``modality.yaml``.

    ``words`` maps a list's name (``light``, ``claims``, ``conditions``, …) to its lemmas.
    """

    cues: tuple[Cue, ...]
    speech: tuple[SpeechCue, ...]
    words: Mapping[str, frozenset[str]]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    by_word: Mapping[str, Mapping[str, tuple[tuple[tuple[str, ...], Cue], ...]]] = field(repr=False)
    speech_by_word: Mapping[str, Mapping[str, SpeechCue]] = field(repr=False)


WORD_LISTS = (
    "anonymous", "claims", "conditions", "evaluations", "experts", "implicative",
    "light", "papers", "parts", "plans", "quotable", "reporting", "titles",
)  # fmt: skip
PHRASE_LISTS = ("deadlines", "eras", "scenarios")
KINDS = ("accusation", "adverb", "noun", "object", "paper", "phrase", "silence", "verb")


def load_modality() -> ModalityRules:
    """Read both rule files; KnowledgeError names the file, the entry and what is allowed."""
    modality = _mapping(read_yaml("rules", "modality.yaml"), MODALITY_FILE)
    check_keys(modality, allowed=("cues", "words", "phrases"), path=MODALITY_FILE)
    attribution = _mapping(read_yaml("rules", "attribution.yaml"), ATTRIBUTION_FILE)
    check_keys(attribution, allowed=("cues",), path=ATTRIBUTION_FILE)
    cues = tuple(_cue(name, entry) for name, entry in modality["cues"].items())
    speech = tuple(_speech(name, entry) for name, entry in attribution["cues"].items())
    check_keys(modality["words"], allowed=WORD_LISTS, path=MODALITY_FILE, name="words")
    check_keys(modality["phrases"], allowed=PHRASE_LISTS, path=MODALITY_FILE, name="phrases")
    by_word: dict[str, dict[str, list[tuple[tuple[str, ...], Cue]]]] = {s: {} for s in SCOPES}
    for cue in cues:
        for word in cue.words:
            first, *rest = word.split("+")
            by_word[cue.scope].setdefault(first, []).append((tuple(rest), cue))
    speech_by_word: dict[str, dict[str, SpeechCue]] = {kind: {} for kind in KINDS}
    for said in speech:
        for word in said.words:
            if word in speech_by_word[said.kind]:
                raise KnowledgeError(
                    f"{word!r} is already a {said.kind} of {speech_by_word[said.kind][word].id!r}",
                    path=ATTRIBUTION_FILE,
                    entry=said.id,
                )
            speech_by_word[said.kind][word] = said
    return ModalityRules(
        cues=cues,
        speech=speech,
        words={name: frozenset(modality["words"].get(name, ())) for name in WORD_LISTS},
        phrases={
            name: tuple(tuple(phrase.split()) for phrase in modality["phrases"].get(name, ()))
            for name in PHRASE_LISTS
        },
        # The longest word first: "call+off" is asked before "call".
        by_word={
            scope: {
                word: tuple(sorted(found, key=lambda pair: -len(pair[0])))
                for word, found in table.items()
            }
            for scope, table in by_word.items()
        },
        speech_by_word=speech_by_word,
    )


def _mapping(value: Any, path: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise KnowledgeError("must be a mapping", path=path)
    return value


def _one_of(value: Any, allowed: tuple[str, ...], what: str, path: str, name: str) -> str:
    if value not in allowed:
        raise KnowledgeError(
            f"{what} {value!r} is unknown; allowed: {', '.join(allowed)}", path=path, entry=name
        )
    return str(value)


def _cue(name: str, entry: dict[str, Any]) -> Cue:
    keys = (
        "category", "scope", "words", "links", "pos", "voice", "perfect", "negated", "indefinite",
        "pseudo", "yes", "no",
    )  # fmt: skip
    check_keys(entry, allowed=keys, path=MODALITY_FILE, name=name)
    scope = _one_of(entry.get("scope"), SCOPES, "scope", MODALITY_FILE, name)
    links = frozenset(entry.get("links", ()))
    for link in links:
        if not link.startswith("prep:"):
            _one_of(link, LINKS, "link", MODALITY_FILE, name)
    if (scope == "governor") != bool(links):
        raise KnowledgeError(
            "a governor has links, nothing else has", path=MODALITY_FILE, entry=name
        )
    if entry.get("negated") is not None:
        _one_of(entry["negated"], CATEGORIES, "negated", MODALITY_FILE, name)
    if not entry.get("yes"):
        raise KnowledgeError("has no 'yes' example", path=MODALITY_FILE, entry=name)
    return Cue(
        id=name,
        category=_one_of(entry.get("category"), CATEGORIES, "category", MODALITY_FILE, name),
        scope=scope,
        words=tuple(entry["words"]),
        links=links,
        pos=frozenset(entry.get("pos", ())),
        voice=entry.get("voice"),
        perfect=entry.get("perfect"),
        negated=entry.get("negated"),
        indefinite=bool(entry.get("indefinite", False)),
        pseudo=frozenset(entry.get("pseudo", ())),
        yes=tuple(entry["yes"]),
        no=tuple(entry.get("no", ())),
    )


def _speech(name: str, entry: dict[str, Any]) -> SpeechCue:
    keys = ("kind", "words", "stance", "prepositions", "yes", "no")
    check_keys(entry, allowed=keys, path=ATTRIBUTION_FILE, name=name)
    if not entry.get("yes"):
        raise KnowledgeError("has no 'yes' example", path=ATTRIBUTION_FILE, entry=name)
    return SpeechCue(
        id=name,
        kind=_one_of(entry.get("kind"), KINDS, "kind", ATTRIBUTION_FILE, name),
        words=frozenset(entry["words"]),
        stance=_one_of(entry.get("stance"), STANCES, "stance", ATTRIBUTION_FILE, name),
        prepositions=frozenset(entry.get("prepositions", ())),
        yes=tuple(entry["yes"]),
        no=tuple(entry.get("no", ())),
    )
