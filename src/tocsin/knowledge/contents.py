"""Which deed carries out which threat or demand, by which words and weights they are matched.

The knowledge is data (``data/linking/contents.yaml``), whose head tells the fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tocsin.errors import KnowledgeError
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.resources import check_keys, read_csv, read_yaml

PATH = "linking/contents.yaml"
FEATURES = ("type", "recipient", "object", "place", "order")
_WORDS = (
    "threat", "demand", "pronoun", "stop", "unless", "later", "reason", "general", "small", "light",
    "things",
)  # fmt: skip
_TYPE_LISTS = ("settled", "complies", "refused", "harm", "stoppable", "together", "spoken")
_FIELDS = (
    "fit", "deeds", "undone", "told_by_mode", "modes", *_TYPE_LISTS, "weights", "threshold",
    "margin", "unknown", "about", "sides", "words", "light_weight", "kind_weight", "kinds",
)  # fmt: skip
_NAMES = ("name", "adjective", "people", "capital")

#: A type and its mode, where it has one.
Act = tuple[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The knowledge of threats, demands and deeds. All numbers are from 0 to 1.

    ``deeds`` gives for a content and a deed (each with its mode or without) how well they fit and
    why, ``undone`` by which act a content is taken back and why, ``modes`` the contents that the
    mode of a threat tells. ``types`` are lists of types by name. ``weights`` and ``unknown`` are by
    name of a feature. ``sides`` gives a sector's side within its country, "state" for all others.
    ``words`` are sets by name; ``kinds`` gives the kinds of thing that a word may mean.
    ``countries`` are the words of the names of a country, its people and capital, by its code;
    ``modeless`` the types that have no modes.
    """

    same_type: float
    other_mode: float
    deeds: Mapping[tuple[Act, Act], tuple[float, str]]
    undone: Mapping[tuple[Act, Act], str]
    told_by_mode: float
    modes: Mapping[str, tuple[Act, ...]]
    types: Mapping[str, frozenset[str]]
    weights: Mapping[str, float]
    unknown: Mapping[str, float]
    threshold: float
    margin: float
    about: float
    sides: Mapping[str, str]
    words: Mapping[str, frozenset[str]]
    light_weight: float
    kind_weight: float
    kinds: Mapping[str, frozenset[str]]
    countries: Mapping[str, frozenset[str]]
    all_countries: frozenset[str]
    modeless: frozenset[str]

    def fit(self, content: Act, deed: Act) -> tuple[float, str]:
        """How well ``deed`` does what ``content`` says, 0 for not at all, and why."""
        if content == deed and (content[1] or content[0] in self.modeless):
            return 1.0, "the same type and mode" if content[1] else "the same type"
        for pair in _pairs(content, deed):
            if pair in self.deeds:
                return self.deeds[pair]
        if content[0] != deed[0]:
            return 0.0, f"{deed[0]} does not carry out {content[0]}"
        if content[1] and deed[1]:
            return self.other_mode, f"the same type, {deed[1]} for {content[1]}"
        return self.same_type, "the same type"

    def takes_back(self, content: Act, deed: Act) -> str | None:
        """Why ``deed`` by the speaker takes back ``content``; None where it does not."""
        if deed[0] == "CONCEDE" and content[0] != "CONCEDE":
            return "it was conceded"
        return next(
            (self.undone[pair] for pair in _pairs(content, deed) if pair in self.undone), None
        )


def _pairs(content: Act, deed: Act) -> list[tuple[Act, Act]]:
    """A content and a deed with their modes and without, the closest first."""
    type_, done = (content[0], None), (deed[0], None)
    return [(content, deed), (content, done), (type_, deed), (type_, done)]


@lru_cache(maxsize=1)
def load_contents() -> Contents:
    """Load ``data/linking/contents.yaml``."""
    return parse_contents(read_yaml("linking", "contents.yaml"))


def parse_contents(content: Mapping[str, Any]) -> Contents:
    """Check and type the content of the file; KnowledgeError says what is wrong and where."""
    check_keys(content, allowed=_FIELDS, path=PATH)
    _need(content, _FIELDS)
    for name, allowed in (
        ("fit", ("same_type", "other_mode")),
        ("weights", FEATURES),
        ("unknown", ("neither", *(feature for feature in FEATURES if feature != "type"))),
        ("words", _WORDS),
    ):
        check_keys(content[name], allowed=allowed, path=PATH, name=name)
        _need(content[name], allowed, name)
    weights = {name: _share(content["weights"][name], "weights") for name in FEATURES}
    if abs(sum(weights.values()) - 1) > 1e-9:
        raise KnowledgeError(f"the weights sum to {sum(weights.values()):g}, not 1", path=PATH)
    countries = _countries(_words(content["words"]["things"], "things"))
    return Contents(
        same_type=_share(content["fit"]["same_type"], "fit"),
        other_mode=_share(content["fit"]["other_mode"], "fit"),
        deeds=_deeds(content["deeds"]),
        undone=_undone(content["undone"]),
        told_by_mode=_share(content["told_by_mode"], "told_by_mode"),
        modes=_modes(content["modes"]),
        types={name: _types(content[name], name) for name in _TYPE_LISTS},
        weights=weights,
        unknown={name: _share(value, "unknown") for name, value in content["unknown"].items()},
        threshold=_share(content["threshold"], "threshold"),
        margin=_share(content["margin"], "margin"),
        about=_share(content["about"], "about"),
        sides=_sides(content["sides"]),
        words={name: _words(content["words"][name], name) for name in _WORDS},
        light_weight=_share(content["light_weight"], "light_weight"),
        kind_weight=_share(content["kind_weight"], "kind_weight"),
        kinds=_kinds(content["kinds"]),
        countries=countries,
        all_countries=frozenset(word for words in countries.values() for word in words),
        modeless=frozenset(
            name for name, type_ in load_ontology().types.items() if not type_.mode_scores
        ),
    )


def _need(content: Mapping[str, Any], fields: tuple[str, ...], entry: str | None = None) -> None:
    missing = [name for name in fields if name not in content]
    if missing:
        raise KnowledgeError(f"lacks {', '.join(missing)}", path=PATH, entry=entry)


def _share(value: Any, entry: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise KnowledgeError(f"{value!r} is no number from 0 to 1", path=PATH, entry=entry)
    return float(value)


def _act(text: Any, entry: str) -> Act:
    """A type, or a type and its mode, that the ontology has."""
    type_, _, mode = str(text).partition("/")
    load_ontology().check(type_, mode or None, path=PATH, entry=entry)
    return type_, mode or None


def _deeds(entries: list[Mapping[str, Any]]) -> dict[tuple[Act, Act], tuple[float, str]]:
    rows = _table(entries, ("content", "deed", "fit", "why"))
    return {key: (_share(entry["fit"], "deeds"), str(entry["why"])) for key, entry in rows.items()}


def _undone(entries: list[Mapping[str, Any]]) -> dict[tuple[Act, Act], str]:
    rows = _table(entries, ("content", "deed", "why"))
    return {key: str(entry["why"]) for key, entry in rows.items()}


def _table(
    entries: list[Mapping[str, Any]], fields: tuple[str, ...]
) -> dict[tuple[Act, Act], Mapping[str, Any]]:
    """Entries by their content and deed, each pair once."""
    found: dict[tuple[Act, Act], Mapping[str, Any]] = {}
    for entry in entries:
        name = f"{entry.get('content')} by {entry.get('deed')}"
        check_keys(entry, allowed=fields, path=PATH, name=name)
        _need(entry, fields, name)
        key = _act(entry["content"], name), _act(entry["deed"], name)
        if key in found:
            raise KnowledgeError("stands there twice", path=PATH, entry=name)
        found[key] = entry
    return found


def _modes(entries: Mapping[str, list[str]]) -> dict[str, tuple[Act, ...]]:
    for mode in entries:
        load_ontology().check("THREATEN", mode, path=PATH, entry="modes")
    return {mode: tuple(_act(act, mode) for act in acts) for mode, acts in entries.items()}


def _types(entries: list[str], name: str) -> frozenset[str]:
    return frozenset(_act(entry, name)[0] for entry in entries)


def _sides(entries: Mapping[str, list[str]]) -> dict[str, str]:
    codes = read_yaml("ontology", "sectors.yaml")
    found: dict[str, str] = {}
    for side, sectors in entries.items():
        for sector in sectors:
            if sector not in codes["sectors"] and sector not in codes["bodies"]:
                raise KnowledgeError(f"unknown sector {sector!r}", path=PATH, entry=side)
            if sector in found:
                raise KnowledgeError(f"{sector} is on two sides", path=PATH, entry=side)
            found[sector] = side
    return found


def _words(entries: list[str], name: str) -> frozenset[str]:
    for word in entries:
        if not isinstance(word, str) or word != word.lower():
            raise KnowledgeError(f"{word!r} is not in lower case", path=PATH, entry=name)
    return frozenset(entries)


def _kinds(entries: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, words in entries.items():
        for word in _words(words, kind):
            found.setdefault(word, set()).add(kind)
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _countries(things: frozenset[str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_csv("actors", "countries", "names.csv"):
        if row["form"] in _NAMES:
            names = row["names"].replace("|", " ").lower().split()
            found.setdefault(row["country"], set()).update(names)
    return {country: frozenset(names - things) for country, names in found.items()}
