"""They: groups, pairs, and the one state or body that acts."""

from __future__ import annotations

from tocsin.actors.around import SUBJECT, Around
from tocsin.actors.found import Found, stand_for
from tocsin.actors.owners import Owners
from tocsin.model.parse import Sentence, Token


class Several:
    """Finds whom "they", "them" and "their" mean."""

    def __init__(self, around: Around, owners: Owners) -> None:
        self.around = around
        self.owners = owners

    def resolve(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """The mentions that ``token`` makes, given those of its sentence so far."""

        def fits(one: Found) -> bool:
            return ((one.plural or one.several) and one.via != "pronoun") or one.several

        own = token.dep in ("dobj", "iobj", "dative", "pobj")
        beside = [one for one in self.owners.beside(sentence, token, found) if fits(one)]
        if beside:
            return stand_for(sentence, token, beside)
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
                    return stand_for(sentence, token, group)
        state = self._state_before(sentence, token, found)
        if state is not None:
            return stand_for(sentence, token, [state])
        near = [one for one in found if one.stop <= token.i and fits(one)]
        if own:
            subjects = next(self.around.subjects(sentence, token.i, found), [])
            near = [one for one in near if one not in subjects]
        if near:
            if self._things_between(sentence, near[-1], token, found):
                return []
            return stand_for(sentence, token, [o for o in near if o.head == near[-1].head])
        if any(
            t.tag == "NNS" and not self.around.at(found, t.i) for t in sentence.tokens[: token.i]
        ):
            return []
        for before, others in self.around.previous(1, sentence):
            plural = [one for one in others if fits(one)]
            for one in self.around.main_subjects(before, others)[:1]:
                group = self.around.together(before, others, one)
                if fits(one) or len(group) > 1:
                    rivals = [o for o in others if o not in group and self._pair(before, others, o)]
                    return [] if rivals else stand_for(sentence, token, group)
            if plural and len({one.head for one in plural}) == 1:
                return stand_for(sentence, token, plural)
            if not plural:
                pairs = [
                    g for one in others if len(g := self._people_beside(before, others, one)) > 1
                ]
                if len(pairs) == 1:
                    return stand_for(sentence, token, pairs[0])
        return []

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

    @staticmethod
    def _body_of_many(sentence: Sentence, token: Token, one: Found, found: list[Found]) -> bool:
        """As in "the Taliban lost their hold": a body, and nothing else stands between."""
        if one.kind not in ("org", "country") or not one.country:
            return False
        others = [o for o in found if one.stop <= o.first < token.i]
        if any(other.country not in (None, one.country) for other in others):
            return False
        between = sentence.tokens[one.stop : token.i]
        return not any(t.tag in ("NNS", "NNPS") for t in between)

    @staticmethod
    def _things_between(sentence: Sentence, one: Found, token: Token, found: list[Found]) -> bool:
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

    def _pair(self, before: Sentence, others: list[Found], one: Found) -> bool:
        """Whether a state or body is named together with another: "Iran and Iraq"."""
        if one.kind not in ("country", "org", "person"):
            return False
        return len(self.around.together(before, others, one)) > 1
