"""Whom a pronoun means: the candidate that the most speaks for, or silence.

Every party named in the sentences before is a candidate, and so is nobody. Named features
(:mod:`tocsin.actors.evidence`) are weighed into probabilities; candidates of the same state add
theirs up, those for a "he" only if they are the same person. Below the bound of its kind a pronoun
stays unresolved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

from tocsin.actors.around import Around
from tocsin.actors.asked import Asked, Option, Watch
from tocsin.actors.candidates import Candidate, gather, identity, may_be
from tocsin.actors.evidence import Evidence
from tocsin.actors.found import Found
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.speakers import Speakers
from tocsin.knowledge.ranking import load_antecedents
from tocsin.model.parse import Sentence, Token

_GENDER = {
    "he": "male", "him": "male", "his": "male", "himself": "male",
    "she": "female", "her": "female", "hers": "female", "herself": "female",
}  # fmt: skip
KINDS = {
    **dict.fromkeys(_GENDER, "person"),
    **dict.fromkeys(("it", "its", "itself"), "body"),
    **dict.fromkeys(("they", "them", "their", "theirs", "themselves"), "many"),
}


class Antecedents:
    """Finds whom the pronouns of one document mean; sentences must come in order."""

    def __init__(
        self, lexicon: Lexicon, around: Around, speakers: Speakers, watch: Watch | None = None
    ) -> None:
        self.lexicon = lexicon
        self.around = around
        self.speakers = speakers
        self._often: Counter[Hashable] = Counter()
        self._watch = watch
        self._rankings = load_antecedents()

    def close(self, found: Sequence[Found]) -> None:
        """Remember who was spoken of in a sentence that is done."""
        self._often.update(identity(one) for one in found)

    def of(
        self, sentence: Sentence, token: Token, found: list[Found]
    ) -> tuple[tuple[Found, ...], float]:
        """What ``token`` stands for, given the mentions so far, and how probable that is.

        No mentions where it is not clear.
        """
        asked = self._ask(sentence, token, found)
        if self._watch is not None:
            self._watch(asked)
        chosen = asked.chosen(self._rankings[asked.kind])
        if chosen is None:
            return (), 0.0
        members = chosen[0].members
        for one in members:
            if one.person is not None and one.person.gender is None:
                one.person.gender = _GENDER.get(token.lower)
        return members, chosen[1]

    def _ask(self, sentence: Sentence, token: Token, found: list[Found]) -> Asked:
        kind, gender = KINDS[token.lower], _GENDER.get(token.lower)
        candidates = [
            one
            for one in gather(self.around, sentence, token, found)
            if may_be(kind, one, gender, self.lexicon)
        ]
        if kind == "person" and self._somebody_says_i(sentence, token):
            candidates = [one for one in candidates if one.back == 0]
        evidence = Evidence(
            self.lexicon, self.around, self.speakers,
            sentence=sentence, token=token, found=found, candidates=candidates,
            often=self._often, gender=gender,
        )  # fmt: skip
        barred = evidence.barred() if kind == "person" else frozenset()
        options = [
            Option(_answer(kind, one), evidence.of(one), one.members, one.sentence)
            for one in candidates
            if not one.keys & barred
        ]
        return Asked(kind, sentence, token.i, options, evidence.of_none())

    def _somebody_says_i(self, sentence: Sentence, token: Token) -> bool:
        """Whether these are words without marks of a person whom the text does not name here."""
        quoted = self.around.quoted
        return not quoted[token.i] and any(
            other.lower == "i" and other.tag == "PRP" and not quoted[other.i]
            for other in sentence.tokens
        )


def _answer(kind: str, candidate: Candidate) -> Hashable:
    states = frozenset(one.country for one in candidate.members)
    return candidate.keys if kind == "person" or None in states else states
