"""Words that refer back: pronouns, "the two sides", "the regime". Silence before a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from tocsin.actors.found import Found, determiner, is_state
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.readings import Context
from tocsin.model.parse import Sentence, Token

_PERSONAL = {
    "he": "male", "him": "male", "his": "male", "she": "female", "her": "female",
    "hers": "female", "himself": "male", "herself": "female",
}  # fmt: skip
_BODY = frozenset({"it", "its"})
_PLURAL = frozenset({"they", "them", "their"})
_SUBJECT = ("nsubj", "nsubjpass")
_VERBS = ("VERB", "AUX")


class References:
    """Resolves references through a document, sentence by sentence in order."""

    def __init__(self, lexicon: Lexicon, context: Context) -> None:
        self.lexicon = lexicon
        self.context = context
        self._before: list[tuple[Sentence, list[Found]]] = []
        self._quoted: list[bool] = []
        self._open = False

    def resolve(self, sentence: Sentence, found: list[Found]) -> list[Found]:
        """Add what pronouns and nominals of ``sentence`` refer to; returns all in order."""
        result = list(found)
        self._read_quotes(sentence)
        for token in sentence.tokens:
            word = token.lower
            new: list[Found] = []
            if token.pos in ("PRON", "DET") or token.tag in ("PRP", "PRP$"):
                if word in _PERSONAL:
                    new = self._person(sentence, token, result, _PERSONAL[word])
                elif word in _BODY:
                    new = self._body(sentence, token, result)
                elif word in _PLURAL:
                    new = self._several(sentence, token, result)
            elif token.pos in ("NOUN", "PROPN"):
                new = self._sides(sentence, token, result)
                if not new:
                    self._state_body(sentence, token, result)
                    self._office(sentence, token, result)
            new = [one for one in new if not self._lends(sentence, one, result)]
            result.extend(new)
        result = self._coordinated(sentence, result)
        result.sort(key=lambda one: (one.first, one.stop))
        self._before.append((sentence, result))
        if len(self._before) > 3:
            self._before.pop(0)
        return result

    def _read_quotes(self, sentence: Sentence) -> None:
        """Note which tokens stand in quotation marks; a quotation may run on in its paragraph.

        Who speaks says "we", not "it" or "he": no pronoun crosses a quotation mark.
        """
        if not self._before or self._before[-1][0].paragraph != sentence.paragraph:
            self._open = False
        self._quoted = []
        for token in sentence.tokens:
            if token.text in ("“", "``"):
                self._open = True
            elif token.text in ("”", "''"):
                self._open = False
            elif token.text == '"':
                self._open = not self._open
            self._quoted.append(self._open)

    # -- what is around -------------------------------------------------------------------------

    def _subjects(
        self,
        sentence: Sentence,
        i: int,
        found: list[Found],
        leave: frozenset[str] = frozenset(),
    ) -> Iterator[list[Found]]:
        """The subjects of the clauses above token ``i``, nearest first; [] where it is no actor.

        Clauses of verbs in ``leave`` are passed over.
        """
        tokens = sentence.tokens
        for above in sentence.ancestors(i):
            if tokens[above].pos not in _VERBS or tokens[above].lemma in leave:
                continue
            for child in sentence.children(above, *_SUBJECT):
                if child >= i or self._quoted[child] != self._quoted[i]:
                    continue
                if tokens[child].tag not in ("WDT", "WP"):
                    yield self._at(found, child)

    @staticmethod
    def _at(found: list[Found], i: int) -> list[Found]:
        return [one for one in found if one.head == i or i in one.also]

    def _main_subjects(self, sentence: Sentence, found: list[Found]) -> list[Found]:
        """The actors that are the subject of the main clause, or possess it.

        Where the parse has no such subject, the first subject before the main verb.
        """
        tokens = sentence.tokens
        children = sentence.children(sentence.root, *_SUBJECT)
        subjects = [one for child in children for one in self._at(found, child)]
        for child in children:
            if subjects:
                break
            owner = sentence.child(child, "poss", "amod", "compound")
            if owner is not None:
                subjects = self._at(found, owner)
        if not subjects:
            before = [
                one
                for one in found
                if tokens[one.head].dep in _SUBJECT and one.head < sentence.root
            ]
            subjects = self._at(found, before[0].head) if before else []
        return subjects

    def _previous(self, back: int, sentence: Sentence) -> list[tuple[Sentence, list[Found]]]:
        """The last ``back`` sentences before, latest first."""
        return [
            (before, found)
            for before, found in reversed(self._before)
            if sentence.index - before.index <= back
        ]

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
        for one in self._at(found, token.head):
            if one.kind == "agent" and one.via != "pronoun":
                relational = sentence.tokens[one.head].lemma in self.lexicon.words["relational"]
                if one.country is None and not relational:
                    one.country = pronoun.country
                    one.say(pronoun.why)
                return True
        return False

    # -- pronouns -------------------------------------------------------------------------------

    def _person(
        self, sentence: Sentence, token: Token, found: list[Found], gender: str
    ) -> list[Found]:
        def fits(one: Found) -> bool:
            if one.kind == "person":
                return one.person is None or one.person.gender in (None, gender)
            return (
                one.kind == "agent" and not one.plural and one.agent is not None
                and (one.agent.office is not None or one.office is not None)
            )  # fmt: skip

        own_clause = token.lower == "him" or (token.lower == "her" and token.tag == "PRP")
        sure = [
            one
            for one in found
            if one.person is not None
            and one.person.gender == gender
            and one.first < token.i
            and self._quoted[one.first] == self._quoted[token.i]
        ]
        if len({one.person.name for one in sure if one.person}) == 1 and not own_clause:
            return self._is(sentence, token, sure[-1], gender)
        for n, subjects in enumerate(self._subjects(sentence, token.i, found)):
            if own_clause and n == 0:
                continue
            people = [one for one in subjects if fits(one)]
            if len(people) == 1:
                return self._is(sentence, token, people[0], gender)
        here = self._quoted[token.i]
        before = [
            one
            for one in found
            if one.first < token.i and fits(one) and self._quoted[one.first] == here
        ]
        if own_clause:
            subjects = next(self._subjects(sentence, token.i, found), [])
            before = [one for one in before if one not in subjects]
        chosen = self._only(before)
        if before:
            return self._is(sentence, token, chosen, gender) if chosen else []
        for earlier, others in self._previous(2, sentence):
            people = [one for one in others if fits(one)]
            if here:
                people = [one for one in people if not self._speaks(sentence, found, one)]
            if not people:
                continue
            subject = self._only([o for o in self._main_subjects(earlier, others) if o in people])
            chosen = self._only(people) if own_clause else subject or self._only(people)
            return self._is(sentence, token, chosen, gender) if chosen else []
        return []

    def _speaks(self, sentence: Sentence, found: list[Found], one: Found) -> bool:
        """Whether ``one`` is named outside the quotation marks of this sentence."""
        return one.person is not None and any(
            other.person is one.person and not self._quoted[other.first] for other in found
        )

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

        if token.dep not in (*_SUBJECT, "poss") or self._expletive(sentence, token):
            return []
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
        for subjects in self._subjects(sentence, token.i, found, self.lexicon.words["others_act"]):
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

    def _sole_subject(self, sentence: Sentence, token: Token, fits: object) -> list[Found]:
        """ "It" at the start of a sentence: the last sentence's subject, if nothing else was."""
        for before, others in self._previous(1, sentence):
            if before.paragraph != sentence.paragraph:
                return []
            bodies = [o for o in others if o.kind in ("country", "org") and not o.several]
            subjects = [o for o in self._main_subjects(before, others) if o in bodies]
            if len(subjects) == 1 and len({o.country or o.name for o in bodies}) == 1:
                return self._copy(sentence, token, subjects)
        return []

    def _expletive(self, sentence: Sentence, token: Token) -> bool:
        """ "It is hard to see": no one is meant."""
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

    def _several(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        def fits(one: Found) -> bool:
            return ((one.plural or one.several) and one.via != "pronoun") or one.several

        def group(one: Found, among: list[Found]) -> list[Found]:
            return [o for o in among if o.head == one.head] if one.several else [one]

        own = token.dep in ("dobj", "iobj", "dative", "pobj")
        first = True
        for subjects in self._subjects(sentence, token.i, found):
            if own and first:
                first = False
                continue
            plural = [one for one in subjects if fits(one)]
            if plural:
                return self._copy(sentence, token, group(plural[0], plural))
        near = [one for one in found if one.stop <= token.i and fits(one)]
        if own:
            subjects = next(self._subjects(sentence, token.i, found), [])
            near = [one for one in near if one not in subjects]
        if near:
            heads = {one.head for one in found}
            between = sentence.tokens[near[-1].stop : token.i]
            if any(t.tag in ("NNS", "NNPS") and t.i not in heads for t in between):
                return []
            return self._copy(sentence, token, group(near[-1], near))
        for before, others in self._previous(1, sentence):
            plural = [one for one in others if fits(one)]
            subjects = [one for one in self._main_subjects(before, others) if fits(one)]
            if subjects:
                return self._copy(sentence, token, group(subjects[0], subjects))
            if plural and len({one.head for one in plural}) == 1:
                return self._copy(sentence, token, plural)
        return []

    # -- nominals -------------------------------------------------------------------------------

    def _sides(self, sentence: Sentence, token: Token, found: list[Found]) -> list[Found]:
        """ "the two sides", "both countries", "the rivals": the two states last spoken of."""
        if token.tag not in ("NNS", "NNPS") or not self.lexicon.has("sides", token.lemma):
            return []
        words = {sentence.tokens[c].lower for c in sentence.children(token.i)}
        two = "two" in words and not words & {"other", "some", "these"}
        rivals = token.lemma in ("rival", "neighbor", "neighbour", "side") and "the" in words
        if not two and not rivals and "both" not in words:
            return []
        own = self._at(found, token.i)
        if any(one.country for one in own) or sentence.child(token.i, "prep") is not None:
            return []
        counts: Counter[str] = Counter()
        for _, others in self._previous(2, sentence):
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
            if one.country and one.via != "pronoun" and one.kind in ("country", "agent", "person"):
                yield one.country

    def _state_body(self, sentence: Sentence, token: Token, found: list[Found]) -> None:
        """ "the regime", "the military": of the state that is the subject around it."""
        for one in found:
            if one.head != token.i or one.kind != "agent" or one.country or one.several:
                continue
            if determiner(sentence, token.i) not in ("the", "this"):
                continue
            words = " ".join(t.lower for t in sentence.tokens[one.first : one.stop])
            if not (self.lexicon.has("state_bodies", words) or self._state_noun(token)):
                continue
            state = self._state_around(sentence, token, found)
            if state is not None:
                one.country = state.country
                one.via = "nominal"
                one.say(f"the subject around it: {state.country}, sentence {state.sentence + 1}")

    def _state_noun(self, token: Token) -> bool:
        return self.lexicon.has("state_bodies", token.lemma)

    def _state_around(self, sentence: Sentence, token: Token, found: list[Found]) -> Found | None:
        def states(subjects: list[Found]) -> list[Found]:
            return [one for one in subjects if one.country and one.kind != "org"]

        if token.lemma in self.lexicon.kept_for:
            return self._kept_for(sentence, token, found)

        for above in (token.i, *sentence.ancestors(token.i)):
            if sentence.tokens[above].dep in ("relcl", "acl"):
                # "the region where the government": the region's, not the subject's
                return None
        for subjects in self._subjects(sentence, token.i, found):
            if subjects:
                known = states(subjects)
                return known[0] if len({one.country for one in known}) == 1 else None
        main = self._main_subjects(sentence, found)
        if main and all(one.first < token.i and one.head != token.i for one in main):
            known = states(main)
            return known[0] if len({one.country for one in known}) == 1 else None
        if any(one.country and one.first < token.i for one in found):
            return None
        for before, others in self._previous(1, sentence):
            known = states(self._main_subjects(before, others))
            if len({one.country for one in known}) == 1:
                return known[0]
        return None

    def _kept_for(self, sentence: Sentence, token: Token, found: list[Found]) -> Found | None:
        """The one state spoken of here, or in the sentence before, that the word is kept for."""
        states = self.lexicon.kept_for[token.lemma]
        here = [one for one in found if one.first < token.i]
        for near in (here, *(others for _, others in self._previous(1, sentence))):
            known = [one for one in near if one.country in states]
            if known:
                return known[0] if len({one.country for one in known}) == 1 else None
        return None

    def _office(self, sentence: Sentence, token: Token, found: list[Found]) -> None:
        """ "the president": the one holder of this office named lately, or named at all."""
        for one in found:
            if one.head != token.i or one.kind != "agent" or one.plural or one.office is None:
                continue
            if one.country or one.sectors == ("ELI",) or determiner(sentence, token.i) != "the":
                continue
            if sentence.child(token.i, "prep") is not None:
                continue
            here = [other for other in found if other.first < token.i]
            for near in (here, *(others for _, others in self._previous(2, sentence))):
                holders = [o for o in near if o.kind == "person" and o.office == one.office]
                holders = [o for o in holders if o.country and o.sectors != ("ELI",)]
                if not holders:
                    continue
                if len({o.entity or o.name for o in holders}) == 1:
                    last = holders[-1]
                    one.country, one.entity, one.person = last.country, last.entity, last.person
                    one.say(f"{last.name or last.country}, sentence {last.sentence + 1}")
                break

    def _coordinated(self, sentence: Sentence, found: list[Found]) -> list[Found]:
        """Share a state: the second noun of "South Korean police and soldiers" has the first's."""
        for one in found:
            if one.kind != "agent" or one.country or not is_state(one.sectors):
                continue
            token = sentence.tokens[one.head]
            if token.dep != "conj" or determiner(sentence, one.head):
                continue
            for first in self._at(found, token.head):
                if first.kind == "agent" and first.country and is_state(first.sectors):
                    one.country, one.via = first.country, "conjunct"
                    one.say(f"beside {first.why}")
        return found
