"""Pronouns: he, she, it and they, where they can mean but one. Silence before a guess."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from tocsin.actors.around import SUBJECT, Around
from tocsin.actors.found import Found
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.owners import Owners
from tocsin.actors.speakers import Speakers
from tocsin.model.mention import EntityId
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
        self.speakers = speakers
        self.owners = Owners(lexicon, around)

    def resolve(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """The mentions that a pronoun makes, given those of its sentence so far."""
        word = token.lower
        if word in _PERSONAL:
            new = self._person(sentence, token, found, _PERSONAL[word])
        elif word in _BODY:
            new = self._body(sentence, token, found)
        elif word in _PLURAL:
            new = self._several(sentence, token, found)
        else:
            return []
        return [one for one in new if not self._lends(sentence, one, found)]

    def _copy(self, sentence: Sentence, token: Token, of: Iterable[Found]) -> list[Found]:
        result: list[Found] = []
        for one in of:
            if any(o.country == one.country and o.entity == one.entity for o in result):
                continue
            name = one.name or (one.entity.name if one.entity else "") or one.country or "a name"
            result.append(
                replace(
                    one,
                    sentence=sentence.index,
                    first=token.i,
                    stop=token.i + 1,
                    head=token.i,
                    via="pronoun",
                    also=set(),
                    of=one,
                    why=f"{token.lower} for {name}, sentence {one.sentence + 1}",
                    label="",
                    several=False,
                )
            )
        for one in result:
            one.several = len(result) > 1
        return result

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

    def _person(
        self, sentence: Sentence, token: Token, found: list[Found], gender: str
    ) -> list[Found]:
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

    def _barred(
        self, sentence: Sentence, token: Token, found: list[Found]
    ) -> set[str | EntityId]:
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
            if one.kind == "person" and one.head not in speaks:
                if speaks.intersection(sentence.ancestors(one.head)):
                    keys |= _keys(one)
        return keys

    def _is(self, sentence: Sentence, token: Token, one: Found, gender: str) -> list[Found]:
        if one.person is not None and one.person.gender is None:
            one.person.gender = gender
        copy = self._copy(sentence, token, [one])
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
                return self._copy(sentence, token, beside[:1])
        means = self._acting(sentence, token, found, fits)
        state = self.owners.of_state(sentence, token, found) if token.dep == "poss" else None
        return means or ([] if state is None else self._copy(sentence, token, [state]))

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
                return self._copy(sentence, token, bodies)
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
                return self._copy(sentence, token, subjects)
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

    def _state_before(self, sentence: Sentence, token: Token, found: list[Found]) -> Found | None:
        """As in "North Korea tests missiles, and they fly": the one state that has acted so far.

        Only where nobody and nothing else in the plural was named before.
        """
        if token.dep not in SUBJECT:
            return None
        tokens = sentence.tokens
        if any(t.tag in ("NNS", "NNPS") for t in tokens[: token.i]):
            return None
        before = [one for one in found if one.stop <= token.i and one.country and not one.several]
        here = self.around.quoted[token.i]
        acting = [
            one
            for one in before
            if one.kind in ("country", "org")
            and tokens[one.head].dep in SUBJECT
            and self.around.quoted[one.first] == here
        ]
        others = {one.country for one in before if one.kind in ("country", "org")}
        return acting[-1] if acting and len(others) == 1 else None

    def _several(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        def fits(one: Found) -> bool:
            return ((one.plural or one.several) and one.via != "pronoun") or one.several

        own = token.dep in ("dobj", "iobj", "dative", "pobj")
        beside = [one for one in self.owners.beside(sentence, token, found) if fits(one)]
        if beside:
            return self._copy(sentence, token, beside)
        first = True
        for subjects in self.around.subjects(sentence, token.i, found):
            if own and first:
                first = False
                continue
            for one in subjects[:1]:
                group = self.around.together(sentence, found, one)
                if own and self._things_between(sentence, one, token, found):
                    return []
                if fits(one) or len(group) > 1 or self._body_of_many(sentence, token, one, found):
                    return self._copy(sentence, token, group)
        state = self._state_before(sentence, token, found)
        if state is not None:
            return self._copy(sentence, token, [state])
        near = [one for one in found if one.stop <= token.i and fits(one)]
        if own:
            subjects = next(self.around.subjects(sentence, token.i, found), [])
            near = [one for one in near if one not in subjects]
        if near:
            if self._things_between(sentence, near[-1], token, found):
                return []
            return self._copy(sentence, token, [o for o in near if o.head == near[-1].head])
        if any(t.tag == "NNS" and not self.around.at(found, t.i) for t in sentence.tokens[: token.i]):
            return []
        for before, others in self.around.previous(1, sentence):
            plural = [one for one in others if fits(one)]
            for one in self.around.main_subjects(before, others)[:1]:
                group = self.around.together(before, others, one)
                if fits(one) or len(group) > 1:
                    rivals = [o for o in others if o not in group and self._pair(before, others, o)]
                    return [] if rivals else self._copy(sentence, token, group)
            if plural and len({one.head for one in plural}) == 1:
                return self._copy(sentence, token, plural)
            if not plural:
                pairs = [g for one in others if len(g := self._people_beside(before, others, one)) > 1]
                if len(pairs) == 1:
                    return self._copy(sentence, token, pairs[0])
        return []

    def _pair(self, before: Sentence, others: list[Found], one: Found) -> bool:
        """Whether a state or body is named together with another: "Iran and Iraq"."""
        if one.kind not in ("country", "org", "person"):
            return False
        return len(self.around.together(before, others, one)) > 1

    @staticmethod
    def _things_between(
        sentence: Sentence, one: Found, token: Token, found: list[Found]
    ) -> bool:
        """Whether a plural noun that is no party stands nearer: "officials ended the drills"."""
        heads = {other.head for other in found}
        between = sentence.tokens[one.stop : token.i]
        return any(t.tag in ("NNS", "NNPS") and t.i not in heads for t in between)

    def _people_beside(self, before: Sentence, others: list[Found], one: Found) -> list[Found]:
        """As in "the charges against Lee and Cho": two people named together."""
        if one.kind != "person" or before.tokens[one.head].dep == "conj":
            return []
        group = self.around.together(before, others, one)
        return group if all(other.kind == "person" for other in group) else []


    @staticmethod
    def _body_of_many(
        sentence: Sentence, token: Token, one: Found, found: list[Found]
    ) -> bool:
        """As in "the Taliban lost their hold": a body, and nothing else stands between."""
        if one.kind not in ("org", "country") or not one.country:
            return False
        others = [o for o in found if one.stop <= o.first < token.i]
        if any(other.country not in (None, one.country) for other in others):
            return False
        between = sentence.tokens[one.stop : token.i]
        return not any(t.tag in ("NNS", "NNPS") for t in between)


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
