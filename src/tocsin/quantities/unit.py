"""What a number counts: the noun, measure, currency or condition that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.knowledge.quantities import QuantityWords
from tocsin.model.parse import Sentence, Token
from tocsin.quantities.number import Number

_REACH = 8  # tokens between a number and its noun, at most
_NOUNS = ("NOUN", "PROPN")
_INSIDE = ("JJ", "JJR", "JJS", "NN", "NNS", "NNP", "NNPS", "VBN", "VBG", "HYPH", "CC", "POS", "RB")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's name and the token that bears it."""

    name: str
    head: int


def find_unit(
    sentence: Sentence, number: Number, words: QuantityWords, taken: frozenset[int]
) -> Unit | None:
    """The unit of a number; None where the number counts nothing.

    ``taken`` are the tokens of time expressions, which are no units.
    """
    tokens = sentence.tokens
    at = number.stop
    if number.currency:
        return Unit(number.currency, number.stop - 1)
    following = tokens[at] if at < len(tokens) else None
    if following is not None:
        for size in (2, 1):
            phrase = tuple(token.lower for token in tokens[at : at + size])
            if phrase in words.percent:
                return Unit("percent", at + len(phrase) - 1)
    if following is not None and following.lower == "-" and at + 1 < len(tokens):
        return _hyphenated(sentence, number, words)
    named = _noun(sentence, number, words, taken)
    if named is not None:
        return named
    return _condition(sentence, number, words)


def _hyphenated(sentence: Sentence, number: Number, words: QuantityWords) -> Unit | None:
    """ "A 30-mile march", "a 12-member delegation"; not "a two-state solution"."""
    token = sentence.tokens[number.stop + 1]
    if (token.lower,) in words.percent:
        return Unit("percent", token.i)
    measure = words.measures.get(token.lemma) or words.measures.get(token.lower)
    if measure is not None:
        return Unit(measure, token.i)
    if token.lower in words.hyphen_units or token.lemma in words.hyphen_units:
        name = "person" if token.lower in ("strong", "man") else token.lemma
        return Unit(name, token.i)
    return None


def _noun(
    sentence: Sentence, number: Number, words: QuantityWords, taken: frozenset[int]
) -> Unit | None:
    tokens = sentence.tokens
    at = number.stop
    if number.partitive or (at < len(tokens) and tokens[at].lower == "of"):
        return _partitive(sentence, at, words, taken)
    head = _head(sentence, number)
    if head is None:
        head = _scan(sentence, at)
    if head is None:
        shared = _shared(sentence, at)
        unit = _named(sentence, shared, words) if shared is not None else None
        return Unit(unit.name, number.stop - 1) if unit else None
    if head in taken:
        return None
    if tokens[head].lower == "others":
        return Unit("person", head)
    return _named(sentence, head, words)


def _head(sentence: Sentence, number: Number) -> int | None:
    """The noun on which the number hangs in the parse, if it stands right of it and near."""
    tokens = sentence.tokens
    for i in range(number.stop - 1, number.core - 1, -1):
        token = tokens[i]
        if (
            token.dep in ("nummod", "amod", "det", "quantmod", "compound", "nmod", "predet")
            and number.stop <= token.head < number.stop + _REACH
            and _clear(sentence, number.stop, token.head)
        ):
            head = tokens[token.head]
            if head.pos in _NOUNS or head.tag.startswith("NN"):
                return head.i
            if token.dep in ("nummod", "amod") and head.pos == "ADJ" and head.tag == "JJ":
                return None
    return None


def _clear(sentence: Sentence, first: int, stop: int) -> bool:
    """Does nothing but modifiers stand between a number and its noun?"""
    return all(t.tag in (*_INSIDE, ",", "``", "''", "CD", "$") for t in sentence.tokens[first:stop])


def _scan(sentence: Sentence, at: int) -> int | None:
    """Where the parse does not help: the last noun of the run of modifiers and nouns."""
    found = None
    tokens = sentence.tokens
    for token in tokens[at : at + _REACH]:
        if token.tag.startswith("NN"):
            found = token.i
            if token.tag in ("NNS", "NNPS"):
                break
        elif found is not None or token.tag not in ("JJ", "JJR", "JJS", "VBN", "HYPH"):
            break
    return found


def _shared(sentence: Sentence, at: int) -> int | None:
    """The noun of the next number: "10,000 South Korean and 3,000 American troops"."""
    tokens = sentence.tokens
    start = at
    while at < len(tokens) and tokens[at].tag in ("JJ", "NNP"):
        at += 1
    if at == start or at >= len(tokens) or tokens[at].tag != "CC":
        return None
    for token in tokens[at + 1 : at + 4]:
        if token.tag == "CD":
            found = _scan(sentence, token.i + 1)
            return found if found is not None and tokens[found].tag == "NNS" else None
    return None


def _partitive(
    sentence: Sentence, of: int, words: QuantityWords, taken: frozenset[int]
) -> Unit | None:
    """ "Dozens of people", "three of the soldiers"."""
    tokens = sentence.tokens
    child = sentence.child(of, "pobj")
    if child is None:
        start = of + 1
        while start < len(tokens) and tokens[start].pos in ("DET", "ADJ", "NUM"):
            start += 1
        child = _scan(sentence, start)
    if child is None or child in taken or child - of > _REACH:
        return None
    return _named(sentence, child, words)


def _named(sentence: Sentence, head: int, words: QuantityWords) -> Unit | None:
    token = sentence.tokens[head]
    if token.lower in words.currencies:
        return Unit(words.currencies[token.lower], head)
    measure = words.measures.get(token.lemma) or words.measures.get(token.lower)
    if measure is not None:
        return Unit(measure, head)
    if token.pos not in _NOUNS and not token.tag.startswith("NN"):
        return None
    if any(e.first <= head < e.stop and e.label == "GPE" for e in sentence.entities):
        return None  # "the two Koreas"
    if token.lemma in words.not_counted or not token.text[0].isalpha():
        return None
    if token.tag == "NNP" and not token.lower.endswith("s"):  # "10 Downing Street"
        return None
    return Unit(_lemma(token), head)


def _lemma(token: Token) -> str:
    """The singular; the tagger leaves proper plurals ("Palestinians") as they are."""
    if token.lemma == "people":
        return "person"
    if token.lemma == token.lower and token.tag in ("NNPS", "NNP") and len(token.text) > 3:
        return token.lemma.removesuffix("s")
    return token.lemma


def _condition(sentence: Sentence, number: Number, words: QuantityWords) -> Unit | None:
    """Numbers without a noun: "left 5 dead", "killed 12", "40 were arrested"."""
    tokens = sentence.tokens
    at = number.stop
    if at < len(tokens) and tokens[at].lower in words.conditions:
        return Unit(tokens[at].lower, at)
    token = tokens[number.stop - 1]
    while token.dep in ("compound", "nummod", "quantmod") and (
        number.core <= token.head < number.stop
    ):
        token = tokens[token.head]
    head = tokens[token.head]
    if token.dep in ("nsubj", "nsubjpass", "dobj") and head.pos == "VERB":
        if head.lemma in words.bearers:
            return Unit("person", token.i)
        if token.dep == "nsubjpass" and head.lower in words.conditions:
            return Unit("person", token.i)
    return None
