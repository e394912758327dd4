"""Whose "its nuclear program" may be: what the noun and the words beside a possessive tell."""

from __future__ import annotations

from tocsin.actors.around import Around
from tocsin.actors.found import Found
from tocsin.actors.lexicon import Lexicon
from tocsin.model.parse import Sentence, Token

# How many words may stand between the possessive and the "and its" that runs parallel to it.
_NEAR = 8


def beside(around: Around, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
    """As in "Iran or its allies", "Iran's threats and its missiles": what stands before.

    Empty where nothing is coordinated with the noun that ``token`` possesses.
    """
    tokens = sentence.tokens
    if token.dep != "poss" or not token.i or tokens[token.i - 1].tag != "CC":
        return []
    noun = tokens[token.head]
    if noun.dep == "conj":
        first = around.at(found, noun.head)
        if first and noun.head < token.i:
            listed = tokens[noun.head].dep == "conj" and tokens[noun.head].pos == "PROPN"
            return [] if listed else first
    for i in range(token.i - 2, max(0, token.i - 2 - _NEAR), -1):
        if tokens[i].pos in ("VERB", "AUX") or tokens[i].text in (",", ";", ":"):
            return []
        if tokens[i].tag == "POS":
            return [one for one in found if one.first < i <= one.stop and i - 1 == one.head]
    return []


def is_a_states(lexicon: Lexicon, sentence: Sentence, noun: int) -> bool:
    """Whether states have such a thing: "nuclear program", "border"."""
    words = [noun, *sentence.children(noun, "amod", "compound", "nmod")]
    words += [i for word in words[1:] for i in sentence.children(word, "amod", "compound")]
    return any(lexicon.has("of_states", sentence.tokens[i].lemma.lower()) for i in words)
