"""He and she: which of the people named a pronoun means, if it can be but one."""

from __future__ import annotations

from tocsin.actors.around import SUBJECT, Around
from tocsin.actors.found import Found, stand_for
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.owners import Owners
from tocsin.actors.speakers import Speakers
from tocsin.model.mention import EntityId
from tocsin.model.parse import Sentence, Token


class Personal:
    """Finds the person that "he", "she" and their like mean."""

    def __init__(
        self, lexicon: Lexicon, around: Around, speakers: Speakers, owners: Owners
    ) -> None:
        self.lexicon = lexicon
        self.around = around
        self.speakers = speakers
        self.owners = owners

    def resolve(
        self, sentence: Sentence, token: Token, found: list[Found], gender: str
    ) -> list[Found]:
        """The mention of somebody of ``gender`` that ``token`` makes, given those so far."""
        barred = self._barred(sentence, token, found)

        def fits(one: Found) -> bool:
            if _keys(one) & barred:
                return False
            if one.kind == "person":
                return one.person is None or one.person.gender in (None, gender)
            return (
                one.kind == "agent" and not one.plural and one.agent is not None
                and (one.agent.office is not None or one.office is not None)
            )  # fmt: skip

        own_clause = token.lower == "him" or (token.lower == "her" and token.tag == "PRP")
        if own_clause:
            for one in next(self.around.subjects(sentence, token.i, found), []):
                barred |= _keys(one)
        ahead = self._ahead(sentence, token, [one for one in found if fits(one)])
        if ahead is not None:
            return self._is(sentence, token, ahead, gender)
        beside = [one for one in self.owners.beside(sentence, token, found) if fits(one)]
        if beside:
            return self._is(sentence, token, beside[0], gender)
        for n, subjects in enumerate(self.around.subjects(sentence, token.i, found)):
            if own_clause and n == 0:
                continue
            people = [one for one in subjects if fits(one)]
            if len(people) == 1:
                return self._is(sentence, token, people[0], gender)
        sure = [
            one
            for one in found
            if one.person is not None
            and fits(one)
            and one.person.gender == gender
            and one.first < token.i
            and self.around.quoted[one.first] == self.around.quoted[token.i]
        ]
        if len({one.person.name for one in sure if one.person}) == 1 and not own_clause:
            return self._is(sentence, token, sure[-1], gender)
        here = self.around.quoted[token.i]
        before = [
            one
            for one in found
            if one.first < token.i and fits(one) and self.around.quoted[one.first] == here
        ]
        if own_clause:
            subjects = next(self.around.subjects(sentence, token.i, found), [])
            before = [one for one in before if one not in subjects]
        before = _named_first(before)
        chosen = self._only(before)
        if before and not self._closes_speech(sentence, token):
            return self._is(sentence, token, chosen, gender) if chosen else []
        told = {t.lower for t in sentence.tokens if not self.around.quoted[t.i] and t.tag == "PRP"}
        if not here and "i" in told:  # somebody speaks whose words bear no marks
            return []
        for earlier, others in self.around.previous(2, sentence):
            people = [one for one in others if fits(one)]
            if not here:
                aloud = self.around.quoted_in(earlier)
                people = [one for one in people if not aloud[one.first]]
            people = _named_first(people)
            if not people:
                continue
            subject = self._only(
                [o for o in self.around.main_subjects(earlier, others) if o in people]
            )
            known = [one for one in people if one.person and one.person.gender == gender]
            people = known or people
            # A text that says "she" has mostly told who is a woman; men it leaves unmarked.
            if gender == "female" and subject not in people:
                subject = None
            chosen = self._only(people) if own_clause else subject or self._only(people)
            return self._is(sentence, token, chosen, gender) if chosen else []
        return []

    def _ahead(self, sentence: Sentence, token: Token, people: list[Found]) -> Found | None:
        """As in "In his letter, Kim said": the subject that a fronted phrase runs ahead of.

        Or the one that an act is done to for something of theirs: "thanked Lee for his visit".
        """
        tokens = sentence.tokens
        below = token.i
        for above in sentence.ancestors(token.i):
            verb = tokens[above]
            if verb.pos in ("VERB", "AUX"):
                for child in sentence.children(above, *SUBJECT):
                    fronted = tokens[below].dep in ("prep", "advcl", "npadvmod")
                    if fronted and token.i < child and token.dep == "poss":
                        return self._only([o for o in people if o in self.around.at(people, child)])
                if self.lexicon.has("for_theirs", verb.lemma) and token.dep == "poss":
                    for child in sentence.children(above, "dobj", "dative"):
                        if child < token.i and (own := self.around.at(people, child)):
                            return self._only(own)
                if verb.dep not in ("xcomp", "pcomp", "advcl"):
                    return None
            below = above
        return None

    @staticmethod
    def _closes_speech(sentence: Sentence, token: Token) -> bool:
        """Whether this is the speaker after the words: "The ban holds, he said"."""
        if token.dep != "nsubj":
            return False
        return any(
            child < token.i
            for child in sentence.children(token.head, "ccomp")
            if child < token.head
        )

    def _barred(self, sentence: Sentence, token: Token, found: list[Found]) -> set[str | EntityId]:
        """Whom a pronoun cannot mean: who speaks these words, and who is named in its own clause.

        "He wants Lee to go" is not about Lee; nor is "Lee will go, he said".
        """
        barred: set[str | EntityId] = set()
        if self.around.quoted[token.i]:
            speakers = self.speakers.who(sentence, found)
            if not speakers:  # "the letter said": who spoke before may still speak
                for before, others in self.around.previous(1, sentence):
                    if before.paragraph == sentence.paragraph:
                        speakers = self.speakers.who(before, others)
            for one in speakers:
                barred |= _keys(one)
            for one in found:
                if one.kind == "person" and not self.around.quoted[one.first]:
                    verb = sentence.tokens[sentence.tokens[one.head].head]
                    if self.lexicon.has("speech", verb.lemma):
                        barred |= _keys(one)
            for before, others in ((sentence, found), *self.around.previous(1, sentence)):
                barred |= self._beside_speakers(before, others)
        if token.dep not in SUBJECT:
            return barred
        for one in found:
            if one.kind != "person":
                continue
            if one.first > token.i and token.head in sentence.ancestors(one.head):
                barred |= _keys(one)
            beside = sentence.tokens[sentence.tokens[one.head].head]
            if beside.lower == "with" and token.head in sentence.ancestors(beside.i):
                barred |= _keys(one)  # "in a call with Lee, he asked"
            if one.first < token.i and any(
                sentence.tokens[i].dep == "ccomp" and sentence.tokens[i].head == token.head
                for i in sentence.ancestors(one.head)
            ):
                barred |= _keys(one)
        return barred

    def _beside_speakers(self, sentence: Sentence, found: list[Found]) -> set[str | EntityId]:
        """Who is named only to say who speaks: Lee in "said Cho, an aide to Lee"."""
        tokens = sentence.tokens
        speaks = {
            child
            for verb in tokens
            if self.lexicon.has("speech", verb.lemma)
            for child in sentence.children(verb.i, *SUBJECT)
        }
        keys: set[str | EntityId] = set()
        for one in found:
            if one.kind != "person" or one.head in speaks:
                continue
            if speaks.intersection(sentence.ancestors(one.head)):
                keys |= _keys(one)
        return keys

    def _is(self, sentence: Sentence, token: Token, one: Found, gender: str) -> list[Found]:
        if one.person is not None and one.person.gender is None:
            one.person.gender = gender
        copy = stand_for(sentence, token, [one])
        copy[0].kind = one.kind
        return copy

    @staticmethod
    def _only(found: list[Found]) -> Found | None:
        """The one actor of the list, or None where they are several."""
        if not found:
            return None
        keys = {
            (one.person.name if one.person else None) or one.name or one.entity or id(one)
            for one in found
        }
        return found[-1] if len(keys) == 1 else None


def _keys(one: Found) -> set[str | EntityId]:
    """By what somebody is known again: his entity, the name of his person."""
    keys: set[str | EntityId] = set()
    if one.entity is not None:
        keys.add(one.entity)
    if one.person is not None:
        keys.add(one.person.name)
    return keys


def _named_first(found: list[Found]) -> list[Found]:
    """The people of a list; only where there is none the holders of an office."""
    return [one for one in found if one.kind == "person"] or found
