"""What speaks for and against a pronoun's meaning somebody: named features, each a plain fact.

Which clauses stand above which, who speaks, who was spoken of how often and how lately. The
weights stand in ``data/rules/antecedents.yaml``; see :mod:`tocsin.actors.antecedents`. The facts
are those of the literature on mention ranking (Lappin & Leass 1994; Denis & Baldridge 2008).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from itertools import groupby
from math import log1p

from tocsin.actors.around import SUBJECT, Around
from tocsin.actors.asked import Facts
from tocsin.actors.candidates import Candidate, identity, is_body
from tocsin.actors.found import Found, determiner, is_state
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.owners import beside, is_a_states
from tocsin.actors.speakers import Speakers
from tocsin.model.parse import Sentence, Token

_ROLES = {
    "nsubj": "subject", "nsubjpass": "subject", "dobj": "object", "dative": "object",
    "pobj": "in phrase", "poss": "owner", "amod": "modifier", "compound": "modifier",
    "nmod": "modifier", "appos": "apposed", "conj": "listed", "agent": "in phrase",
}  # fmt: skip
_BELOW = ("poss", "compound", "amod", "nmod", "pobj")
_BEING = frozenset({"be", "’s", "'s", "'", "remain", "become", "seem"})
# The nouns that compete with parties for a pronoun that begins so: things, one or many.
_THINGS = {"it": ("NN",), "th": ("NNS",)}


class Evidence:
    """The features of one pronoun's candidates, and of its standing for none of them."""

    def __init__(
        self,
        lexicon: Lexicon,
        around: Around,
        speakers: Speakers,
        *,
        sentence: Sentence,
        token: Token,
        found: list[Found],
        candidates: Sequence[Candidate],
        often: Counter[Hashable],
        gender: str | None,
    ) -> None:
        self.lexicon = lexicon
        self.around = around
        self.sentence = sentence
        self.token = token
        self.found = found
        self.candidates = candidates
        self.often = often
        self.gender = gender
        self.role = _ROLES.get(token.dep, "other")
        self.quoted = around.quoted[token.i]
        owner = token.dep == "poss"
        self._owning = owner and is_a_states(lexicon, sentence, token.head)
        self._beside = beside(around, sentence, token, found)
        self._above = list(around.subjects(sentence, token.i, found))
        self._speakers = speakers.who(sentence, found) if self.quoted else []
        self._speaks = token.dep in SUBJECT and self._is_speech(sentence, token.head)
        heads = {i for one in found for i in (one.head, *one.also)}
        tags = _THINGS.get(token.lower[:2], ())
        self._things = {t.i for t in sentence.tokens if t.tag in tags and t.i not in heads}
        self._count(token)

    def _count(self, token: Token) -> None:
        """Who of the candidates is nearest, named most, and the subject of the last sentence."""
        by_distance = sorted(
            self.candidates,
            key=lambda one: (one.back, -one.token.i if one.back else abs(one.token.i - token.i)),
        )
        self._nearest: dict[bool | None, Candidate] = {}
        for one in by_distance:
            self._nearest.setdefault(None, one)
            self._nearest.setdefault(one.many, one)
        self._near = Counter(
            key for one in self.candidates if len(one.members) == 1 for key in one.keys
        )
        self._between = self._parties_between(by_distance)
        states = Counter(m.country for one in self.candidates for m in one.members if m.country)
        self._shares = {state: n / states.total() for state, n in states.items()}
        self._last_subjects: set[Hashable] = set()
        for before, others in self.around.previous(1, self.sentence):
            main = self.around.main_subjects(before, others)
            self._last_subjects = {identity(one) for one in main}

    @staticmethod
    def _parties_between(
        by_distance: Sequence[Candidate],
    ) -> dict[tuple[int, int, frozenset[Hashable]], int]:
        """How many other parties stand nearer than each candidate, by its place and keys."""
        nearer: set[frozenset[Hashable]] = set()
        counts = {}
        for place, here in groupby(by_distance, key=lambda one: (one.back, one.token.i)):
            beside = [one.keys for one in here]
            counts.update({(*place, keys): len(nearer - {keys}) for keys in beside})
            nearer.update(beside)
        return counts

    def of(self, candidate: Candidate) -> Facts:
        """The features of one candidate."""
        facts = Facts()
        self._where(candidate, facts)
        self._what(candidate, facts)
        self._how_much_spoken_of(candidate, facts)
        self._aloud(candidate, facts)
        if candidate.back == 0:
            self._in_sentence(candidate, facts)
        return facts

    def of_none(self) -> Facts:
        """The features of its meaning no party, or one that is not named."""
        token, sentence = self.token, self.sentence
        tokens, subject = sentence.tokens, self.role == "subject"
        facts = Facts()
        facts.say("none")
        facts.say(f"none, {self.role}")
        facts.say("none, quoted", self.quoted)
        facts.say("none, opens", token.i == 0)
        facts.say("none, is", subject and tokens[token.head].lemma in _BEING)
        facts.say("none, speaks", self._speaks)
        facts.say("none, passive", token.dep == "nsubjpass")
        complements = sentence.children(token.head, "acomp", "attr", "oprd")
        facts.say(
            "none, expected",
            subject
            and any(
                self.lexicon.has("expletive", tokens[i].lower) for i in (token.head, *complements)
            ),
        )
        clauses = sentence.children(token.head, "ccomp", "xcomp", "advcl")
        facts.say("none, with clause", subject and any(i > token.i for i in clauses))
        things = [tokens[i] for i in self._things if i < token.i]
        facts.say("none, things before", log1p(len(things)))
        facts.say("none, thing acts", any(thing.dep in SUBJECT for thing in things))
        facts.say("none, thing acts above", any(not own for own in self._above[:1]))
        for before, others in self.around.previous(1, sentence):
            acted = self.around.main_subjects(before, others)
            facts.say("none, thing acted before", not acted)
        facts.say("none, owns what states have", self._owning)
        facts.say("none, nobody here", all(one.back for one in self.candidates))
        return facts

    def _where(self, candidate: Candidate, facts: Facts) -> None:
        """How far off it stands, and as what."""
        sentence, token = candidate.sentence, candidate.token
        facts.say(f"back {min(candidate.back, 3)}")
        facts.say(
            "same paragraph", candidate.back > 0 and sentence.paragraph == self.sentence.paragraph
        )
        facts.say(
            "between", log1p(self._between[candidate.back, candidate.token.i, candidate.keys])
        )
        facts.say("nearest", candidate is self._nearest[None])
        facts.say(
            f"nearest of {'many' if candidate.many else 'one'}",
            candidate is self._nearest[candidate.many],
        )
        role = _ROLES.get(token.dep, "other")
        facts.say(f"is {role}")
        facts.say(f"{self.role} for {role}")
        main = token.dep in SUBJECT and token.head == sentence.root
        facts.say("main subject", main)
        facts.say("main subject before", main and candidate.back == 1)
        ancestors = set(sentence.ancestors(token.i))
        facts.say("depth", log1p(len(ancestors)))
        facts.say(
            "part of another",
            token.dep in _BELOW
            and any(
                one.back == candidate.back and one.token.i in ancestors for one in self.candidates
            ),
        )

    def _what(self, candidate: Candidate, facts: Facts) -> None:
        """What kind of party it is."""
        one, kind = candidate.first, self._kind(candidate)
        facts.say(f"a {kind}")
        facts.say(f"{self.role} for {kind}")
        facts.say(f"quoted, {kind}", self.quoted)
        again = one.via == "pronoun"
        facts.say("pronoun", again)
        facts.say("same pronoun", again and candidate.token.lower[:2] == self.token.lower[:2])
        facts.say(
            "indefinite", one.kind == "agent" and determiner(candidate.sentence, one.head) == "a"
        )
        facts.say("country known", any(member.country for member in candidate.members))
        facts.say(
            "owns what states have",
            self._owning
            and any(
                m.kind == "country" or (m.kind == "org" and is_state(m.sectors))
                for m in candidate.members
            ),
        )
        if self.gender is not None:
            own = one.person.gender if one.person is not None else one.gender
            facts.say(f"{self.gender} as known", own == self.gender)
            facts.say(f"{self.gender}, not known", own is None)

    def _how_much_spoken_of(self, candidate: Candidate, facts: Facts) -> None:
        facts.say("often", log1p(min(self.often[key] for key in candidate.keys)))
        facts.say("near", log1p(min(self._near[key] for key in candidate.keys)))
        facts.say("only one", len(self._near) == 1)
        facts.say("subject of the last", bool(candidate.keys & self._last_subjects))
        facts.say("share", min(self._shares.get(m.country or "", 0.0) for m in candidate.members))

    def _aloud(self, candidate: Candidate, facts: Facts) -> None:
        """Who speaks, and whether one stands in a quotation and the other does not."""
        aloud = self.around.quoted_in(candidate.sentence) if candidate.back else self.around.quoted
        theirs = aloud[candidate.first.head]
        facts.say("quoted for told", self.quoted and not theirs)
        facts.say("told for quoted", theirs and not self.quoted)
        token = candidate.token
        spoke = token.dep in SUBJECT and self._is_speech(candidate.sentence, token.head)
        facts.say("spoke", spoke)
        facts.say("spoke, who speaks", spoke and self._speaks)
        facts.say("did not speak, who speaks", not spoke and self._speaks)
        if self._speakers:
            known = {identity(one) for one in self._speakers}
            states = {one.country for one in self._speakers}
            facts.say("speaks these words", bool(known & candidate.keys))
            countries = [m.country for m in candidate.members]
            facts.say("the speaker's state", any(c and c in states for c in countries))
            facts.say("not the speaker's state", all(c and c not in states for c in countries))

    def _in_sentence(self, candidate: Candidate, facts: Facts) -> None:
        """How the clauses of candidate and pronoun hang together."""
        one, token, sentence = candidate.first, self.token, self.sentence
        tokens, heads = sentence.tokens, {one.head, *one.also}
        facts.say("words between", log1p(abs(token.i - one.head)))
        facts.say("things between", log1p(sum(i in self._things for i in range(one.stop, token.i))))
        facts.say("ahead", one.head > token.i)
        for n, subjects in enumerate(self._above[:3]):
            if any(subject in candidate.members for subject in subjects):
                facts.say(f"subject above {n}")
                facts.say(f"{self.role}, subject above {n}")
                facts.say("subject above speaks", self._is_speech(sentence, tokens[one.head].head))
                break
        facts.say("beside", any(member in candidate.members for member in self._beside))
        facts.say("in the same clause", token.dep != "poss" and self._is_in_own_clause(one))
        facts.say("the pronoun hangs on it", bool(heads & set(sentence.ancestors(token.i))))

    def barred(self) -> frozenset[Hashable]:
        """Whom "he" cannot mean: above all, who is named in its own clause.

        "He wants Lee to go" is not about Lee; nor is "Lee will go, he said", nor "in a call with
        Lee, he asked". In "Lee thanked Cho for his visit" it was not Lee's.
        """
        keys: set[Hashable] = set()
        if self.token.dep == "poss":
            keys.update(identity(one) for one in self._who_does_it_for_theirs())
        elif not self.token.lower.endswith("self"):
            for one in self.found:
                if one.head == self.token.i or self.sentence.tokens[one.head].dep == "poss":
                    continue
                if self._is_in_own_clause(one):
                    keys.add(identity(one))
        return frozenset(keys)

    def _who_does_it_for_theirs(self) -> list[Found]:
        tokens, verb = self.sentence.tokens, self._verb(self.token.i)
        done = self.sentence.children(verb, "dobj", "dative")
        if not self.lexicon.has("for_theirs", tokens[verb].lemma) or not any(
            i < self.token.i for i in done
        ):
            return []
        subjects = self.sentence.children(verb, *SUBJECT)
        return [one for child in subjects for one in self.around.at(self.found, child)]

    def _is_in_own_clause(self, one: Found) -> bool:
        tokens, verb = self.sentence.tokens, self._verb(self.token.i)
        if self._verb(one.head) == verb:
            return True
        if self.token.dep not in SUBJECT:
            return False
        above = list(self.sentence.ancestors(one.head))
        if one.head > self.token.i:
            return verb in above
        return any(tokens[i].dep == "ccomp" and tokens[i].head == verb for i in above)

    def _verb(self, i: int) -> int:
        """The verb of the clause in which a token stands; the root where there is none."""
        for above in self.sentence.ancestors(i):
            if self.sentence.tokens[above].pos in ("VERB", "AUX"):
                return above
        return self.sentence.root

    def _kind(self, candidate: Candidate) -> str:
        one = candidate.first
        if len({member.head for member in candidate.members}) > 1:
            return "list"
        if one.several or len(candidate.members) > 1:
            return "pair"
        if one.kind != "agent":
            return one.kind
        if one.plural:
            return "crowd"
        if is_body(one, candidate.token, self.lexicon):
            return "body"
        held = one.office or (one.agent is not None and one.agent.office)
        return "holder of office" if held else "somebody"

    def _is_speech(self, sentence: Sentence, verb: int) -> bool:
        return self.lexicon.has("speech", sentence.tokens[verb].lemma)
