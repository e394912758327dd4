"""Pronouns of the third person: the mentions that he, she, it and they make."""

from __future__ import annotations

from tocsin.actors.antecedents import KINDS, Antecedents
from tocsin.actors.around import Around
from tocsin.actors.asked import Watch
from tocsin.actors.found import Found, stand_for
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.speakers import Speakers
from tocsin.model.parse import Sentence, Token


class Pronouns:
    """Finds whom a pronoun means."""

    def __init__(
        self, lexicon: Lexicon, around: Around, speakers: Speakers, watch: Watch | None = None
    ) -> None:
        self.lexicon = lexicon
        self.around = around
        self._antecedents = Antecedents(lexicon, around, speakers, watch)

    def resolve(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """The mentions that a pronoun makes, given those of its sentence so far."""
        if token.lower not in KINDS:
            return []
        means, probability = self._antecedents.of(sentence, token, found)
        new = stand_for(sentence, token, means)
        for one in new:
            one.say(f"probability {probability:.2f}")
        return [one for one in new if not self._lends(sentence, one, found)]

    def close(self, found: list[Found]) -> None:
        """Remember who was spoken of in a sentence that is done."""
        self._antecedents.close(found)

    def _lends(self, sentence: Sentence, pronoun: Found, found: list[Found]) -> bool:
        """Whether a possessive pronoun only lends its country to an agent: "its army"."""
        token = sentence.tokens[pronoun.head]
        if token.dep != "poss":
            return False
        for one in self.around.at(found, token.head):
            if one.kind == "agent" and one.via != "pronoun":
                relational = sentence.tokens[one.head].lemma in self.lexicon.words["relational"]
                if one.country is None and not relational:
                    one.country = pronoun.country
                    one.say(pronoun.why)
                return True
        return False
