"""Pronouns: he, she, it and they, where they can mean but one. Silence before a guess."""

from __future__ import annotations

from collections.abc import Callable

from tocsin.actors.around import SUBJECT, Around
from tocsin.actors.found import Found, stand_for
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.owners import Owners
from tocsin.actors.personal import Personal
from tocsin.actors.several import Several
from tocsin.actors.speakers import Speakers
from tocsin.model.parse import Sentence, Token

_PERSONAL = {
    "he": "male", "him": "male", "his": "male", "she": "female", "her": "female",
    "hers": "female", "himself": "male", "herself": "female",
}  # fmt: skip
_BODY = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "them", "their"})


class Pronouns:
    """Finds whom a pronoun means."""

    def __init__(self, lexicon: Lexicon, around: Around, speakers: Speakers) -> None:
        self.lexicon = lexicon
        self.around = around
        self.owners = Owners(lexicon, around)
        self._personal = Personal(lexicon, around, speakers, self.owners)
        self._plural = Several(around, self.owners)

    def resolve(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """The mentions that a pronoun makes, given those of its sentence so far."""
        word = token.lower
        if word in _PERSONAL:
            new = self._personal.resolve(sentence, token, found, _PERSONAL[word])
        elif word in _BODY:
            new = self._body(sentence, token, found)
        elif word in _PLURAL:
            new = self._plural.resolve(sentence, token, found)
        else:
            return []
        return [one for one in new if not self._lends(sentence, one, found)]

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

    def _body(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        def fits(one: Found) -> bool:
            if one.several or (one.plural and one.kind == "agent"):
                return False
            return one.kind in ("country", "org", "unknown") or (
                one.kind == "agent" and one.office is None and one.label != "KIN"
            )

        if token.dep not in (*SUBJECT, "poss") or self._expletive(sentence, token):
            return []
        if token.dep == "poss":
            beside = [one for one in self.owners.beside(sentence, token, found) if fits(one)]
            if beside:
                return stand_for(sentence, token, beside[:1])
        means = self._acting(sentence, token, found, fits)
        state = self.owners.of_state(sentence, token, found) if token.dep == "poss" else None
        return means or ([] if state is None else stand_for(sentence, token, [state]))

    def _acting(
        self,
        sentence: Sentence,
        token: Token,
        found: list[Found],
        fits: Callable[[Found], bool],
    ) -> list[Found]:
        """The body that is the subject of the clauses around "it" or "its"."""
        clause = token.head if token.dep != "poss" else None
        if clause is not None:
            verb = sentence.tokens[clause]
            if verb.dep == "advcl":
                mark = sentence.child(clause, "mark", "advmod")
                word = sentence.tokens[mark].lower if mark is not None else ""
                if word not in self.lexicon.words["same_subject"]:
                    return []
            elif verb.dep == "ROOT" and verb.i == sentence.root:
                return self._sole_subject(sentence, token, fits)
            elif verb.dep not in ("ccomp", "xcomp", "relcl", "acl", "pcomp"):
                return []
        for subjects in self.around.subjects(
            sentence, token.i, found, self.lexicon.words["others_act"]
        ):
            bodies = [one for one in subjects if fits(one)]
            if len(bodies) == 1 and len(subjects) == 1:
                if token.dep == "poss" and self._rival(found, bodies[0], token):
                    return []
                return stand_for(sentence, token, bodies)
            return []
        return []

    @staticmethod
    def _rival(found: list[Found], one: Found, token: Token) -> bool:
        """Whether another body stands between the subject and "its", nearer to it."""
        return any(
            other.country not in (None, one.country)
            and one.stop <= other.first < token.i
            and other.kind in ("country", "org")
            and token.i - other.stop <= 4
            for other in found
        )

    def _sole_subject(
        self, sentence: Sentence, token: Token, fits: Callable[[Found], bool]
    ) -> list[Found]:
        """An "It" that opens a sentence: the last one's subject, if no other body was named."""
        for before, others in self.around.previous(1, sentence):
            if before.paragraph != sentence.paragraph:
                return []
            bodies = [
                o
                for o in others
                if (o.kind == "country" or (o.kind == "org" and (o.country or o.name)))
                and not o.several
            ]
            aloud = self.around.quoted_in(before)
            subjects = [
                o
                for o in self.around.main_subjects(before, others)
                if o in bodies and aloud[o.head] == self.around.quoted[token.i]
            ]
            if len(subjects) == 1 and len({o.country or o.name for o in bodies}) == 1:
                return stand_for(sentence, token, subjects)
        return []

    def _expletive(self, sentence: Sentence, token: Token) -> bool:
        """As in "It is hard to see": no one is meant."""
        if token.dep == "poss":
            return False
        verb = sentence.tokens[token.head]
        if verb.lemma in ("seem", "appear", "happen", "rain", "matter"):
            return True
        if verb.lemma in self.lexicon.words["expletive"]:
            return verb.tag == "VBN"
        if verb.lemma in ("be", "’s", "'s", "remain", "become"):
            return any(
                sentence.tokens[child].dep == "attr"
                or sentence.tokens[child].lower in self.lexicon.words["expletive"]
                for child in sentence.children(verb.i)
            )
        return False
