"""Is a place name a place here, or a government, people or team?

"Troops massed near Kaesong" against "Seoul said", "the Russian army", "sanctions on Iran". The
question is put to the parse: the word that the name hangs on, and by which relation. States and
capitals, which act, are read more strictly than towns, mountains and seas, which seldom do.
"""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.model.parse import Sentence, Token
from tocsin.places.rules import PlaceRules

_PASS_UP = frozenset({"conj", "appos"})
_MODIFIER = frozenset({"compound", "amod", "nmod", "nn", "poss", "nummod", "det"})
# Prepositions whose governor decides.
_OPEN = frozenset(
    {"to", "from", "of", "on", "over", "between", "for", "against", "upon", "toward", "towards"}
)
_DASHES = frozenset({"-", "–", "—", "--", "�", "―"})
_EXAMPLES = frozenset({"as", "like", "including"})
# A capitalised noun of place is part of a name: these make the name one of a spot ("Atlantic
# Avenue"), others one of a body ("Mississippi State", "Manchester City").
_SPOTS = frozenset(
    {
        "airport", "avenue", "street", "road", "bridge", "river", "county", "province", "region",
        "district", "hospital", "prison", "harbor", "harbour", "port", "valley", "airbase",
        "station", "square", "park", "drive", "highway", "peninsula", "island", "border",
        "governorate",
    }
)  # fmt: skip
_EDGES = frozenset({"border", "frontier", "boundary", "crossing"})
_SHARES = frozenset(
    {"most", "much", "half", "all", "rest", "third", "quarter", "swath", "percent", "%", "bulk"}
)
_MOVES = frozenset(
    {"deployment", "deploy", "send", "dispatch", "withdrawal", "withdraw", "transfer", "ship",
     "shipment", "delivery", "deliver", "move", "pull", "export"}
)  # fmt: skip
_MOVABLE = frozenset(
    {"troop", "force", "soldier", "personnel", "weapon", "arm", "missile", "ship", "aircraft",
     "shell", "ammunition", "tank", "equipment", "fighter", "unit", "worker", "aid", "observer"}
)  # fmt: skip
_ABSTRACT = ("tion", "sion", "ment", "ance", "ence")


@dataclass(frozen=True, slots=True)
class Reading:
    """``literal`` with the reason in words."""

    literal: bool
    why: str


def span_head(sentence: Sentence, first: int, stop: int) -> int:
    """The token of the span whose own head lies outside it (the last such)."""
    for i in range(stop - 1, first - 1, -1):
        head = sentence.tokens[i].head
        if head == i or not first <= head < stop:
            return i
    return stop - 1


def read(
    sentence: Sentence,
    first: int,
    stop: int,
    rules: PlaceRules,
    *,
    demonym: bool = False,
    state: bool = True,
) -> Reading:
    """Judge the name at tokens ``first`` to ``stop``.

    ``demonym`` for words such as "Syrian"; ``state`` for what can act: a country, its capital, or
    the seat of a government.
    """
    tokens = sentence.tokens
    head = span_head(sentence, first, stop)
    token = tokens[head]
    if not demonym and _dateline(sentence, first, stop):
        return Reading(True, "dateline")
    if stop + 1 < len(tokens) and tokens[stop].text == "-" and tokens[stop].start == token.end:
        after = tokens[stop + 1]
        if after.lower in {"based", "bound", "born"}:
            return Reading(True, f"-{after.lower}")
        if after.pos in {"VERB", "ADJ"} and not after.text[0].isupper():
            return Reading(False, f"-{after.lower}")
    if token.dep in _MODIFIER and not first <= token.head < stop:
        return _modifier(sentence, head, rules, demonym=demonym, state=state)
    if demonym:
        # The parse may lose the noun: "in Azerbaijani jails".
        literal = stop < len(tokens) and _is_place_noun(tokens[stop], rules)
        return Reading(literal, f"before {tokens[stop].text!r}" if literal else "a people")
    at = head
    seen = {at}
    while tokens[at].dep in _PASS_UP and tokens[at].head not in seen:
        up = tokens[at].head
        if tokens[at].dep == "appos" and tokens[up].lemma in rules.nouns_of_place:
            return Reading(True, f"named beside {tokens[up].text!r}")
        at = up
        seen.add(at)
    return _function(sentence, at, rules, state=state)


def _is_place_noun(token: Token, rules: PlaceRules) -> bool:
    return token.lemma in rules.nouns_of_place and token.pos in {"NOUN", "ADJ", "ADV"}


def _dateline(sentence: Sentence, first: int, stop: int) -> bool:
    """ "SEOUL, June 16 (Reuters) -", "BEIRUT (AP) —", "HANOI:" at the start of a sentence."""
    tokens = sentence.tokens
    if first > 0 or stop >= len(tokens):
        return False
    name_in_capitals = all(t.text.isupper() for t in tokens[first:stop])
    if tokens[stop].text in _DASHES:
        return name_in_capitals and tokens[stop].start > tokens[stop - 1].end
    if tokens[stop].text == ":":
        return name_in_capitals
    if tokens[stop].text not in {",", "(", "/"}:
        return False
    for at in range(stop, min(stop + 9, len(tokens))):
        if tokens[at].text in _DASHES and tokens[at].start > tokens[at - 1].end:
            return True
        if tokens[at].pos in {"VERB", "AUX"}:
            return False
    return False


def _modifier(
    sentence: Sentence, head: int, rules: PlaceRules, *, demonym: bool, state: bool
) -> Reading:
    tokens = sentence.tokens
    token = tokens[head]
    owner = tokens[token.head]
    # "a Beirut hospital ward": climb to the noun that is described, but stop at a place.
    while owner.dep in {"compound", "amod", "nmod"} and owner.head > owner.i:
        if owner.lemma in rules.nouns_of_place:
            break
        owner = tokens[owner.head]
    lemma = owner.lemma
    if owner.pos == "PROPN" and owner.text[0].isupper() and token.dep != "poss":
        literal = lemma in _SPOTS
        return Reading(literal, f"part of the name {owner.text!r}")
    if lemma in rules.nouns_of_place and owner.pos != "VERB":
        return Reading(True, f"describes {owner.text!r}")
    if not state and not demonym and lemma in rules.ground:
        return Reading(True, f"describes {owner.text!r}")
    return Reading(False, f"describes {owner.text!r}")


def _function(sentence: Sentence, at: int, rules: PlaceRules, *, state: bool) -> Reading:
    tokens = sentence.tokens
    token = tokens[at]
    governor = tokens[token.head]
    lemma = governor.lemma
    if token.dep in {"pobj", "pcomp"}:
        return _after_preposition(sentence, governor.i, rules, state=state)
    if token.dep == "nsubjpass":
        literal = lemma in rules.ground or lemma in rules.subjects_that_are_places
        return Reading(literal, f"is {governor.text!r}")
    if token.dep in {"nsubj", "csubj", "agent"}:
        literal = (state and lemma in {"lie", "sit", "locate", "situate", "border"}) or (
            not state
            and (
                lemma in rules.subjects_that_are_places or lemma in {"be", "have", "see", "remain"}
            )
        )
        return Reading(literal, f"subject of {governor.text!r}")
    if token.dep in {"dobj", "obj", "dative", "oprd", "iobj"}:
        literal = not state or (
            (lemma in rules.ground or lemma in rules.movement) and lemma != "destroy"
        )
        return Reading(literal, f"object of {governor.text!r}")
    beside = token.dep in {"npadvmod", "advmod", "appos", "conj", "prep"}
    return Reading(not state or beside, f"stands as {token.dep}")


def _after_preposition(sentence: Sentence, at: int, rules: PlaceRules, *, state: bool) -> Reading:
    tokens = sentence.tokens
    preposition = tokens[at]
    word = preposition.lower
    governor: Token | None = tokens[preposition.head] if preposition.head != at else None
    # "from near Homs", "out of Aleppo": the outer preposition has the governor.
    while governor is not None and governor.pos == "ADP" and governor.head != governor.i:
        if governor.lower in rules.prepositions_of_place or governor.lower == "out":
            return Reading(True, f"after {governor.text!r}")
        governor = tokens[governor.head]
    if word in rules.prepositions_of_place and word not in _OPEN:
        return Reading(True, f"after {preposition.text!r}")
    why = f"{governor.text} {word}" if governor is not None else f"after {preposition.text!r}"
    lemma = governor.lemma if governor is not None else ""
    if word in _EXAMPLES:
        return Reading(lemma in rules.nouns_of_place or not state, why)
    if word == "with":
        before = tokens[at - 1].lemma if at else ""
        return Reading(bool({lemma, before} & _EDGES), why)
    if word not in _OPEN:
        return Reading(False, f"after {preposition.text!r}")
    place = lemma in rules.nouns_of_place or lemma in rules.ground
    if word == "of":
        if not state and governor is not None and governor.pos in {"PROPN", "NUM"}:
            return Reading(True, why)  # "the mayor of" is no name; "Ann Lee, 44, of Austin" is
        return Reading(place or lemma in _SHARES or (not state and _is_event(lemma)), why)
    if word in {"between", "over"}:
        moving = lemma in rules.movement or lemma in rules.nouns_of_place
        return Reading(moving or (word == "over" and (not state or place)), why)
    if word in {"for", "against"}:
        going = {"leave", "depart", "head", "bind", "embark"}
        return Reading(word == "for" and lemma in going, why)
    if word in {"on", "upon"}:
        return Reading(lemma in rules.ground or not state, why)
    if place or lemma in rules.movement or not state:
        return Reading(True, why)
    if word == "from":
        # Verbs and things have a place they come from; what is asked or felt has an author.
        asked = lemma in rules.asked_from or lemma.endswith(_ABSTRACT)
        return Reading(not asked or _moved(sentence, at, rules), why)
    if word == "to" and any(t.lower == "from" for t in tokens[max(0, at - 6) : at]):
        return Reading(True, "from ... to")
    return Reading(_moved(sentence, at, rules), why)


def _is_event(lemma: str) -> bool:
    return lemma.endswith(("ing", "ction", "sion"))


def _moved(sentence: Sentence, at: int, rules: PlaceRules) -> bool:
    """Where the parse hangs "to" on the wrong word: "the deployment of 1,500 troops to Russia"."""
    tokens = sentence.tokens
    if at == 0 or tokens[at - 1].lemma not in _MOVABLE:
        return False
    return any(token.lemma in _MOVES for token in tokens[max(0, at - 9) : at])
