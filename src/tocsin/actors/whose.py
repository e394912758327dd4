"""Whose officials, troops or people a noun means, and which state "the country" is.

News leave out what their reader knows from the article: whose the lawmakers are. Every state that a
document names is an option, and so is none of them. Named features of the noun and of where the
state stands in the text are weighed into probabilities; the weights stand in
``data/rules/antecedents.yaml`` under ``whose``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import log1p

from tocsin.actors.around import SUBJECT
from tocsin.actors.asked import Asked, Facts, Option, Watch
from tocsin.actors.found import BODIES, Found, determiner, is_state
from tocsin.actors.lexicon import Lexicon
from tocsin.knowledge.ranking import load_antecedents
from tocsin.model.parse import Sentence

# So many states of a text are asked about, those it names most.
_MOST = 8
# How much a mention counts by the number of sentences between it and the noun.
_WEIGHTS = (2.0, 1.5, 1.0, 0.5)
# The sectors whose bearers may be anybody's, whatever state the text is about: of judged nouns that
# the weights gave one, 13 of 32 were that state's, of all others 420 of 549.
_ANYBODYS = frozenset({"BUS", "REB", "UAF", "REL", "REF", "UNK"})
# A sentence or two make no setting: the country must be named this often.
OFTEN = 4
_THE = ("the", "this", "that", "these", "those")
_A = ("a", "an", "any", "some", "every", "no")
_OWNED = ("his", "her", "our", "my", "your")


class Whose:
    """The states of one document whose mentions are found, sentence by sentence.

    ``named`` are the mentions of each sentence that have a state, ``counts`` how many have which.
    """

    def __init__(
        self,
        done: Sequence[tuple[Sentence, list[Found]]],
        lexicon: Lexicon,
        home: str | None,
        watch: Watch | None = None,
    ) -> None:
        self.done = done
        self.lexicon = lexicon
        self.home = home
        self._watch = watch
        self._ranking = load_antecedents()["whose"]
        self.named = [
            [one for one in found if one.country and one.country not in BODIES] for _, found in done
        ]
        self.counts = Counter(str(one.country) for named in self.named for one in named)
        self._total = self.counts.total()
        self._most = max(self.counts.values(), default=0)
        self._first = next((named[0].country for named in self.named if named), None)

    def owner(self, n: int, one: Found) -> tuple[str | None, float]:
        """The state that the noun ``one`` of the sentence at ``n`` most probably belongs to.

        With its probability; None where no state is probable enough.
        """
        sentence, _ = self.done[n]
        if one.agent is None or one.label == "KIN" or self._of_others(sentence, one):
            return None, 0.0
        asked = self.ask(n, one)
        if self._watch is not None:
            self._watch(asked)
        chosen = asked.chosen(self._ranking)
        if chosen is None or self.counts[str(chosen[0].answer)] < OFTEN:
            return None, 0.0
        return str(chosen[0].answer), chosen[1]

    def _of_others(self, sentence: Sentence, one: Found) -> bool:
        """Whether the noun or a word beside it says that its bearers may belong elsewhere."""
        if one.sectors and one.sectors[0] in _ANYBODYS:
            return True
        tokens, lemma = sentence.tokens, sentence.tokens[one.head].lemma
        if self.lexicon.has("relational", lemma) or self.lexicon.has("theirs", lemma):
            return True
        beside = {*range(one.first, one.stop), *sentence.children(one.head)}
        if any(self.lexicon.has("elsewhere", tokens[i].lower) for i in beside):
            return True
        if one.plural and (self.lexicon.has("lands", lemma) or self.lexicon.has("sides", lemma)):
            return True  # "both countries" are not one
        if any(tokens[i].lower in ("its", "their") for i in sentence.children(one.head, "poss")):
            return True
        # "the president of the CPV": whose, was said, but no table knows it
        return "GOV" in one.sectors and any(
            tokens[i].lower == "of" and one.head < i and (one.office or i >= one.stop)
            for i in sentence.children(one.head, "prep")
        )

    def ask(self, n: int, one: Found) -> Asked:
        """What the noun ``one`` of the sentence at ``n`` may belong to, with all features."""
        sentence, _ = self.done[n]
        near = self._near(n, one)
        kind = self._kind(sentence, one)
        options = [
            Option(state, self._of(state, n, one, kind, near))
            for state, _ in self.counts.most_common(_MOST)
        ]
        return Asked("whose", sentence, one.head, options, self._of_none(sentence, one, kind))

    def _of(self, state: str, n: int, one: Found, kind: str, near: Counter[str]) -> Facts:
        tokens = self.done[n][0].tokens
        facts = Facts()
        facts.say("share", self.counts[state] / self._total)
        facts.say(f"{kind}, share", self.counts[state] / self._total)
        facts.say("mostly", self.counts[state] == self._most)
        facts.say("count", log1p(self.counts[state]))
        share_near = near[state] / near.total() if near else 0.0
        facts.say("share near", share_near)
        facts.say(f"{kind}, share near", share_near)
        facts.say("alone near", share_near == 1)
        facts.say("most near", share_near > 0 and near[state] == max(near.values()))
        here = [o for o in self.named[n] if o.country == state and o is not one]
        before = [o for o in here if o.stop <= one.first]
        facts.say("named before it", bool(before))
        facts.say("named after it", bool(here) and not before)
        facts.say("acts here", any(tokens[o.head].dep in SUBJECT for o in before))
        facts.say("is acted upon here", any(tokens[o.head].dep in ("dobj", "pobj") for o in before))
        last = self._last(n, one) == state
        facts.say("named last", last)
        facts.say(f"{kind}, named last", last)
        facts.say("named first", state == self._first)
        facts.say("the outlet's", state == self.home)
        self._of_earlier(state, n, one, facts)
        return facts

    def _of_earlier(self, state: str, n: int, one: Found, facts: Facts) -> None:
        """What the sentences before say of a state."""
        named = [[o for o in here if o.country == state] for here in self.named[max(0, n - 4) : n]]
        for back, theirs in enumerate(reversed(named[-2:]), 1):
            facts.say(f"named {back} before", bool(theirs))
        if n:
            tokens = self.done[n - 1][0].tokens
            facts.say("acted before", any(tokens[o.head].dep in SUBJECT for o in named[-1]))
        facts.say(
            "same noun before",
            any(o.noun == one.noun and o.kind == "agent" for theirs in named for o in theirs),
        )
        lately = [o for here in self.named[max(0, n - 2) : n + 1] for o in here]
        facts.say(
            "like sector near",
            any(
                o.country == state and o is not one and set(o.sectors) & set(one.sectors)
                for o in lately
            ),
        )

    def _of_none(self, sentence: Sentence, one: Found, kind: str) -> Facts:
        """What speaks for nobody's, and for a state that no word names."""
        tokens, token = sentence.tokens, sentence.tokens[one.head]
        facts = Facts()

        def say(name: str, holds: bool | float = True) -> None:
            facts.say(f"none, {name}", holds)

        facts.say("none")
        say(kind)
        word = determiner(sentence, one.head)
        say("the", word in _THE)
        say("a", word in _A)
        say("owned", word in _OWNED)
        say("bare", not word)
        say("plural", one.plural)
        say(f"sector {one.sectors[0]}" if one.sectors else "no sector")
        say("generic", one.agent is not None and one.agent.generic)
        say("anonymous", one.anonymous)
        say("office", one.office is not None)
        after = {tokens[i].lower for i in sentence.children(one.head, "prep") if i > one.head}
        say("of", "of" in after)
        say("in", bool(after & {"in", "at", "from", "across"}))
        say("relative clause", sentence.child(one.head, "relcl", "acl") is not None)
        say("number", sentence.child(one.head, "nummod") is not None)
        say("adjective", sentence.child(one.head, "amod", "compound") is not None)
        say("subject", token.dep in SUBJECT)
        say("in phrase", token.dep == "pobj")
        say("modifier", token.dep in ("compound", "amod", "nmod"))
        say("owner", token.dep == "poss")
        speaks = self.lexicon.has("speech", tokens[token.head].lemma)
        say("speaks", token.dep in SUBJECT and speaks)
        say("few states", len(self.counts) < 2)
        say("no state prevails", self._most < self._total / 2)
        return facts

    def _kind(self, sentence: Sentence, one: Found) -> str:
        noun = (one.noun or sentence.tokens[one.head].lemma).lower()
        if self.lexicon.has("lands", noun):
            return "land"
        if self.lexicon.has("state_bodies", noun):
            return "state body"
        return "of the state" if is_state(one.sectors) else "people"

    def _near(self, n: int, one: Found) -> Counter[str]:
        near: Counter[str] = Counter()
        for back, weight in enumerate(_WEIGHTS[: n + 1]):
            for other in self.named[n - back]:
                if other is not one:
                    near[str(other.country)] += weight  # type: ignore[assignment]
        return near

    def _last(self, n: int, one: Found) -> str | None:
        """The state that was named last before the noun, here or up to two sentences before."""
        here = [other for other in self.named[n] if other.stop <= one.first]
        for named in (here, *reversed(self.named[max(0, n - 2) : n])):
            if named:
                return named[-1].country
        return None
