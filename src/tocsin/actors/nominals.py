"""Nominals that refer back: "the two sides", "the regime", "the president"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tocsin.actors.around import Around
from tocsin.actors.found import Found, determiner, is_state
from tocsin.actors.lexicon import Lexicon
from tocsin.model.parse import Sentence, Token

# A word kept for some states means the one that the text has named this often, and in this share
# of all its mentions of such states.
_OFTEN = 3
_MOSTLY = 2 / 3
# Who is sent by his own state.
_SENT = frozenset({"MIL", "COP", "SPY", "GOV"})


class Nominals:
    """Finds which states and holders of office a noun means."""

    def __init__(self, lexicon: Lexicon, around: Around) -> None:
        self.lexicon = lexicon
        self.around = around
        self._named: Counter[str] = Counter()
        self._holders: dict[str, list[Found]] = {}

    def close(self, found: Iterable[Found]) -> None:
        """Remember the states and the holders of office of a sentence that is done."""
        for one in found:
            if one.country and one.via not in ("pronoun", "nominal"):
                self._named[one.country] += 1
            if one.kind == "person" and one.office and one.country and one.sectors != ("ELI",):
                self._holders.setdefault(one.office, []).append(one)

    def resolve(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """The new mentions that a noun makes; fills in what mentions in ``found`` lack."""
        sides = self._sides(sentence, token, found) or self._epithet(sentence, token, found)
        if not sides:
            self._state_body(sentence, token, found)
            self._office(sentence, token, found)
            self._body_again(sentence, token, found)
            self._same_again(sentence, token, found)
            self._sent(sentence, token, found)
        return sides

    def _sent(self, sentence: Sentence, token: Token, found: list[Found]) -> None:
        """As in "China has 2,000 troops there", "sent a delegation": whose who sends them are."""
        verb = sentence.tokens[token.head]
        if token.dep != "dobj" or not self.lexicon.has("sends", verb.lemma):
            return
        for one in self.around.at(found, token.i):
            if one.kind != "agent" or one.country or one.several:
                continue
            if (
                not one.sectors
                or one.sectors[0] not in _SENT
                or determiner(sentence, token.i) == "the"
            ):
                continue
            for child in sentence.children(verb.i, "nsubj"):
                senders = {o.country for o in self.around.at(found, child) if _speaks_for_state(o)}
                if len(senders) == 1:
                    one.country = senders.pop()
                    one.say(f"sent by {sentence.tokens[child].text}")

    def _epithet(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """As in "the Islamic republic": the one state of those so called that was named before."""
        if token.i < 2 or sentence.tokens[token.i - 2].lower not in ("the", "this"):
            return []
        words = f"{sentence.tokens[token.i - 1].lower} {token.lower}"
        if words not in self.lexicon.epithets or self._owned(sentence, token):
            return []
        states = self.lexicon.epithets[words]
        named = {one.country for one in found if one.first < token.i} | set(self._named)
        means = states & named if len(states) > 1 else states
        own = [one for one in found if token.i - 1 <= one.head <= token.i]
        if len(means) != 1 or any(one.country for one in own):
            return []
        for one in own:
            found.remove(one)
        return [
            Found(
                sentence.index, token.i - 1, token.i + 1, token.i, "country",
                country=min(means), sectors=("GOV",), via="nominal",
                why=f"actors/words.yaml: the {words}",
            )
        ]  # fmt: skip

    @staticmethod
    def _owned(sentence: Sentence, token: Token) -> bool:
        """Whether something says whose or which the noun is: "the Islamic Republic of X"."""
        return sentence.child(token.i, "prep", "appos") is not None

    def _same_again(self, sentence: Sentence, token: Token, found: list[Found]) -> None:
        """As in "a Japanese official ... The official": who was so called a little before.

        Nobody where such nouns stood for two states.
        """
        if determiner(sentence, token.i) not in ("the", "this", "these"):
            return
        if sentence.child(token.i, "prep", "relcl", "acl") is not None:
            return
        for one in self.around.at(found, token.i):
            if one.kind != "agent" or one.country or one.several or not one.sectors:
                continue
            if self.lexicon.has("relational", token.lemma):
                continue
            here = [other for other in found if other.stop <= one.first]
            for others in (here, *(o for _, o in self.around.previous(4, sentence))):
                same = [
                    o
                    for o in others
                    if o.kind == "agent"
                    and o.noun == token.lemma
                    and o.plural == one.plural
                    and o.via != "pronoun"
                ]
                if not same:
                    continue
                states = {o.country for o in same}
                last = same[-1]
                if len(states) == 1 and last.country and one.sectors[0] in last.sectors:
                    one.country = last.country
                    one.say(f"{token.lemma} of sentence {last.sentence + 1}: {last.why}")
                break

    def _sides(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """As in "the two sides", "both countries", "the rivals": the two states last spoken of."""
        if token.tag not in ("NNS", "NNPS") or not self.lexicon.has("sides", token.lemma):
            return []
        words = {sentence.tokens[c].lower for c in sentence.children(token.i)}
        two = "two" in words and not words & {"other", "some", "these"}
        rivals = token.lemma in ("rival", "neighbor", "neighbour", "side") and "the" in words
        if not two and not rivals and "both" not in words:
            return []
        own = self.around.at(found, token.i)
        if any(one.country for one in own) or sentence.child(token.i, "prep") is not None:
            return []
        counts: Counter[str] = Counter()
        for _, others in self.around.previous(2, sentence):
            counts.update(self._states(others))
        counts.update(self._states(one for one in found if one.first < token.i))
        ranked = counts.most_common(3)
        if len(ranked) < 2 or (len(ranked) > 2 and ranked[2][1] >= ranked[1][1]):
            return []
        sectors: tuple[str, ...] = ("GOV",)
        base = Found(
            sentence.index, token.i, token.i + 1, token.i, "country", via="nominal",
            plural=True, several=True,
        )  # fmt: skip
        if own:
            base, sectors = own[0], own[0].sectors or sectors
            for one in own:
                found.remove(one)
        pair = sorted(country for country, _ in ranked[:2])
        return [
            replace(
                base, country=country, sectors=sectors, via="nominal", several=True,
                also=set(base.also), why=f"the two states last spoken of: {' and '.join(pair)}",
            )
            for country in pair
        ]  # fmt: skip

    @staticmethod
    def _states(found: Iterable[Found]) -> Iterator[str]:
        for one in found:
            if one.country and one.via != "pronoun" and _speaks_for_state(one):
                yield one.country

    def _state_body(self, sentence: Sentence, token: Token, found: list[Found]) -> None:
        """As in "the regime", "the military": of the state that is the subject around it."""
        for one in found:
            if one.head != token.i or one.kind != "agent" or one.country or one.several:
                continue
            if determiner(sentence, token.i) not in ("the", "this"):
                continue
            words = " ".join(t.lower for t in sentence.tokens[one.first : one.stop])
            if not (
                self.lexicon.has("state_bodies", words)
                or self.lexicon.has("state_bodies", token.lemma)
            ):
                continue
            state = self._state_around(sentence, token, found)
            if state is not None:
                one.country = state.country
                one.via = "nominal"
                one.say(f"the subject around it: {state.country}, sentence {state.sentence + 1}")

    def _state_around(self, sentence: Sentence, token: Token, found: list[Found]) -> Found | None:
        def states(subjects: list[Found]) -> list[Found]:
            return [one for one in subjects if one.country and _speaks_for_state(one)]

        if token.lemma in self.lexicon.kept_for:
            return self._kept_for(sentence, token, found)

        for above in (token.i, *sentence.ancestors(token.i)):
            if sentence.tokens[above].dep in ("relcl", "acl"):
                # "the region where the government": the region's, not the subject's
                return None
        for subjects in self.around.subjects(sentence, token.i, found):
            if subjects:
                known = states(subjects)
                return known[0] if len({one.country for one in known}) == 1 else None
        main = self.around.main_subjects(sentence, found)
        if main and all(one.first < token.i and one.head != token.i for one in main):
            known = states(main)
            return known[0] if len({one.country for one in known}) == 1 else None
        if any(one.country and one.first < token.i for one in found):
            return None
        for before, others in self.around.previous(1, sentence):
            known = states(self.around.main_subjects(before, others))
            if len({one.country for one in known}) == 1:
                return known[0]
        return None

    def _kept_for(self, sentence: Sentence, token: Token, found: list[Found]) -> Found | None:
        """The one state spoken of here, or in the sentence before, that the word is kept for."""
        states = self.lexicon.kept_for[token.lemma]
        here = [one for one in found if one.first < token.i]
        for near in (here, *(others for _, others in self.around.previous(1, sentence))):
            known = [one for one in near if one.country in states]
            if len({one.country for one in known}) == 1:
                return known[0]
            if known:
                break
        return self._mostly(sentence, token, states)

    def _mostly(self, sentence: Sentence, token: Token, states: frozenset[str]) -> Found | None:
        """The state of these that the text so far is mostly about."""
        counts = Counter({state: n for state, n in self._named.items() if state in states})
        most = counts.most_common(1)
        if not most or most[0][1] < max(_OFTEN, _MOSTLY * counts.total()):
            return None
        return Found(sentence.index, token.i, token.i + 1, token.i, "country", country=most[0][0])

    def _office(self, sentence: Sentence, token: Token, found: list[Found]) -> None:
        """As in "the president": the one holder of this office named lately, or named at all."""
        for one in found:
            if one.head != token.i or one.kind != "agent" or one.plural or one.office is None:
                continue
            if (
                one.country
                or one.sectors == ("ELI",)
                or determiner(sentence, token.i)
                not in (
                    "the",
                    "this",
                )
            ):
                continue
            if sentence.child(token.i, "prep") is not None:
                continue
            here = [other for other in found if other.first < token.i]
            for near in (here, *(others for _, others in self.around.previous(2, sentence))):
                holders = [o for o in near if o.kind == "person" and o.office == one.office]
                holders = [o for o in holders if o.country and o.sectors != ("ELI",)]
                if not holders:
                    continue
                if len({o.entity or o.name for o in holders}) == 1:
                    last = holders[-1]
                    one.country, one.entity, one.person = last.country, last.entity, last.person
                    one.say(f"{last.name or last.country}, sentence {last.sentence + 1}")
                break
            else:
                self._only_holder(one)

    def _only_holder(self, one: Found) -> None:
        """The one holder of the office whom the text has named so far, however long ago."""
        holders = self._holders.get(one.office or "", [])
        if len({o.entity or o.name for o in holders}) == 1:
            last = holders[-1]
            one.country, one.entity, one.person = last.country, last.entity, last.person
            one.say(f"{last.name or last.country}, sentence {last.sentence + 1}")

    def _body_again(self, sentence: Sentence, token: Token, found: list[Found]) -> None:
        """As in "the group", "the company": the one body of that kind named lately."""
        kinds = self.lexicon.again.get(token.lemma)
        if kinds is None or determiner(sentence, token.i) not in ("the", "this"):
            return
        if token.dep == "poss":  # "the group's last holdout": what is done, is done to the holdout
            return
        if sentence.child(token.i, "prep", "relcl") is not None:
            return
        for one in self.around.at(found, token.i):
            if one.kind != "agent" or one.country or one.plural or one.several:
                continue
            here = [other for other in found if other.first < token.i]
            for near in (here, *(others for _, others in self.around.previous(2, sentence))):
                bodies = [o for o in near if o.kind == "org" and kinds.intersection(o.sectors)]
                if not bodies:
                    continue
                last = bodies[-1]
                if last.country and len({o.entity or o.country for o in bodies}) == 1:
                    one.country, one.entity = last.country, last.entity
                    one.sectors = last.sectors or one.sectors
                    one.say(f"{last.country}, sentence {last.sentence + 1}: {last.why}")
                break

    def coordinate(self, sentence: Sentence, found: list[Found]) -> list[Found]:
        """Share a state: the second noun of "South Korean police and soldiers" has the first's."""
        for one in found:
            if one.kind != "agent" or one.country or not is_state(one.sectors):
                continue
            token = sentence.tokens[one.head]
            if token.dep != "conj" or determiner(sentence, one.head):
                continue
            for first in self.around.at(found, token.head):
                if first.kind == "agent" and first.country and is_state(first.sectors):
                    one.country, one.via = first.country, "conjunct"
                    one.say(f"beside {first.why}")
        return found


def _speaks_for_state(one: Found) -> bool:
    """Whether a mention brings its country into the talk: any but bodies that are no state's."""
    return one.kind in ("country", "agent", "person") or (
        one.kind == "org" and is_state(one.sectors)
    )
