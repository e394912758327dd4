"""The words of reference: ``reference/actors.yaml`` and ``actors/words.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tocsin.knowledge.resources import check_keys, read_yaml

_PATH = "reference/actors.yaml"
_WORDS = (
    "sides", "state_bodies", "bearers", "former", "hyphen_takes", "prefixes", "namesakes",
    "not_names", "surname_first", "relational", "expletive",
    "deputies", "amounts",
)  # fmt: skip
_MORE_PATH = "actors/words.yaml"
_MORE = (
    "elsewhere", "theirs", "for_theirs", "makes_do", "of_states", "no_actors", "speech", "inward",
    "seated", "only_nouns", "sends", "of_all", "bodies", "lands",
    "of_regions", "regions", "with_descent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Description:
    """``the <of> <noun>`` means ``country`` in news that speak of one of ``among``."""

    noun: str
    of: str
    country: str
    among: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything of the two files, typed; they say what each list is for."""

    descriptions: tuple[Description, ...]
    kin: Mapping[str, str]
    gender: Mapping[str, str]
    kept_for: Mapping[str, frozenset[str]]
    again: Mapping[str, frozenset[str]]
    only_of: Mapping[str, str]
    epithets: Mapping[str, frozenset[str]]
    camps: Mapping[str, tuple[str, ...]]
    given: Mapping[str, str]
    words: Mapping[str, frozenset[str]]

    def has(self, kind: str, word: str) -> bool:
        """Whether ``word`` stands in the list ``kind``."""
        return word in self.words[kind]


def load_lexicon() -> Lexicon:
    """Read the files; KnowledgeError names an unknown key."""
    content = read_yaml("reference", "actors.yaml")
    check_keys(content, allowed=("descriptions", "kin", "gender", "kept_for", *_WORDS), path=_PATH)
    descriptions = []
    for entry in content["descriptions"]:
        check_keys(entry, allowed=("noun", "of", "is", "among"), path=_PATH, name=entry["noun"])
        descriptions.append(
            Description(entry["noun"], entry["of"], entry["is"], frozenset(entry["among"]))
        )
    for kind in ("kin", "gender"):
        check_keys(content[kind], allowed=("female", "male"), path=_PATH, name=kind)
    kin, gender = (
        {word: sex for sex, words in content[kind].items() for word in words}
        for kind in ("kin", "gender")
    )
    kept_for = {word: frozenset(states) for word, states in content["kept_for"].items()}
    more = read_yaml("actors", "words.yaml")
    check_keys(
        more, allowed=("again", "only_of", "epithets", "camps", "given", *_MORE), path=_MORE_PATH
    )
    check_keys(more["given"], allowed=("female", "male"), path=_MORE_PATH, name="given")
    words = {kind: frozenset(content[kind]) for kind in _WORDS}
    words.update({kind: frozenset(more[kind]) for kind in _MORE})
    return Lexicon(
        tuple(descriptions),
        kin,
        gender,
        kept_for,
        again={word: frozenset(sectors) for word, sectors in more["again"].items()},
        only_of=dict(more["only_of"]),
        epithets={phrase: frozenset(states) for phrase, states in more["epithets"].items()},
        camps={noun: tuple(sectors) for noun, sectors in more["camps"].items()},
        given={name: sex for sex, names in more["given"].items() for name in names},
        words=words,
    )
