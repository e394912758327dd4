"""Whose "its nuclear program" is: possessive pronouns that mean a state."""

from __future__ import annotations

from tocsin.actors.around import SUBJECT, Around
from tocsin.actors.found import Found, is_state
from tocsin.actors.lexicon import Lexicon
from tocsin.model.parse import Sentence, Token

# How many words may stand between the possessive and the "and its" that runs parallel to it.
_NEAR = 8


class Owners:
    """Finds the owner beside a possessive pronoun, or the one state that can be meant."""

    def __init__(self, lexicon: Lexicon, around: Around) -> None:
        self.lexicon = lexicon
        self.around = around

    def beside(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """As in "Iran or its allies", "Iran's threats and its missiles": what stands before.

        Empty where nothing is coordinated with the noun that ``token`` possesses.
        """
        tokens = sentence.tokens
        if token.dep != "poss" or not token.i or tokens[token.i - 1].tag != "CC":
            return []
        noun = tokens[token.head]
        if noun.dep == "conj":
            first = self.around.at(found, noun.head)
            if first and noun.head < token.i:
                listed = tokens[noun.head].dep == "conj" and tokens[noun.head].pos == "PROPN"
                return [] if listed else first
        for i in range(token.i - 2, max(0, token.i - 2 - _NEAR), -1):
            if tokens[i].pos in ("VERB", "AUX") or tokens[i].text in (",", ";", ":"):
                return []
            if tokens[i].tag == "POS":
                return [one for one in found if one.first < i <= one.stop and i - 1 == one.head]
        return []

    def of_state(self, sentence: Sentence, token: Token, found: list[Found]) -> Found | None:
        """The one state named before "its army", whoever else says so; None where two may be."""
        if not self._states_have(sentence, token.head):
            return None
        quoted = self.around.quoted
        states = [
            one
            for one in found
            if one.stop <= token.i
            and one.country
            and not one.several
            and (one.kind == "country" or (one.kind == "org" and is_state(one.sectors)))
            and (quoted[one.first] or not quoted[token.i])
        ]
        others = [one for one in states if not self._says(sentence, one)]
        states = others or states
        return states[-1] if len({one.country for one in states}) == 1 else None

    def _states_have(self, sentence: Sentence, noun: int) -> bool:
        words = [noun, *sentence.children(noun, "amod", "compound", "nmod")]
        words += [i for word in words[1:] for i in sentence.children(word, "amod", "compound")]
        return any(self.lexicon.has("of_states", sentence.tokens[i].lemma.lower()) for i in words)

    def _says(self, sentence: Sentence, one: Found) -> bool:
        """Whether a state is the subject of a verb that tells or demands something of others."""
        token = sentence.tokens[one.head]
        lemma = sentence.tokens[token.head].lemma
        told = self.lexicon.has("speech", lemma) or self.lexicon.has("others_act", lemma)
        return token.dep in SUBJECT and told
