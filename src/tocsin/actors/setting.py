"""Whose lawmakers, police or voters: the state that a text is about where its words stand.

"The lawmakers", "protesters", "a former aide, Ann Miller": news leaves out what its reader knows
from the article. When all references are resolved, a noun is given the state that
:mod:`tocsin.actors.whose` finds most probable; a person or body of unknown state the country that
prevails among the mentions around it and in the whole document, and none where no country does.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from tocsin.actors.asked import Watch
from tocsin.actors.found import BODIES, Found
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.people import looks_eastern
from tocsin.actors.whose import Whose
from tocsin.knowledge.ranking import load_antecedents
from tocsin.model.parse import Sentence

# How much a mention counts by the number of sentences between it and the word; two for one before
# it in its own sentence. The sum weighs as much as the whole document: fitted by eye on the
# judged training sentences, where neither alone did as well.
_WEIGHTS = (1.0, 1.5, 1.0, 0.5)
_BEFORE = 2.0
# The share of both that makes a country prevail: half for people, whose state news leave out most
# often; more for bodies with unknown names, for which texts also look abroad.
_ENOUGH = 0.5
_ENOUGH_BODY = 0.6
# The sectors whose bearers may be anybody's, whatever state the text is about: of judged nouns that
# the weights gave one, 13 of 32 were that state's, of all others 420 of 549.
_ANYBODYS = frozenset({"BUS", "REB", "UAF", "REL", "REF", "UNK"})
# A sentence or two make no setting: the country must be named this often.
_OFTEN = 4


class Setting:
    """The countries of one document's mentions, sentence by sentence."""

    def __init__(
        self,
        done: Sequence[tuple[Sentence, list[Found]]],
        lexicon: Lexicon,
        home: str | None = None,
        watch: Watch | None = None,
    ) -> None:
        self.done = done
        self.lexicon = lexicon
        self._whose = Whose(done, lexicon, home)
        self._watch = watch
        self._ranking = load_antecedents()["whose"]
        self._named = [
            [(one.first, one.country) for one in found if one.country and one.country not in BODIES]
            for _, found in done
        ]
        self._counts = Counter(country for named in self._named for _, country in named)
        total = sum(self._counts.values())
        self._shares = {country: n / total for country, n in self._counts.items()}

    def fill(self) -> None:
        """Give each mention that wants one its country."""
        people: dict[int, str | None] = {}
        for n, (sentence, found) in enumerate(self.done):
            for one in found:
                if one.country or one.gone or one.several:
                    continue
                if one.via == "pronoun":
                    if one.of is not None and one.of.country and one.of.why.endswith(_WHY):
                        self._is(one, one.of.country)
                    continue
                if one.person is not None and id(one.person) in people:
                    self._is(one, people[id(one.person)])
                    continue
                if one.kind == "agent":
                    self._is(one, *self._owner(n, one))
                    continue
                enough = self._wants(one)
                if enough is None:
                    continue
                country = self._prevailing(n, one.first, enough)
                if one.kind == "person" and country in self.lexicon.words["surname_first"]:
                    # "Ann Miller" is no North Korean, whatever the text is about
                    country = country if looks_eastern(one.name.split()) else None
                if one.kind == "person" and self._from_elsewhere(sentence, one, found, country):
                    country = None
                if one.person is not None:
                    people[id(one.person)] = country
                self._is(one, country)

    @staticmethod
    def _from_elsewhere(
        sentence: Sentence, one: Found, found: list[Found], country: str | None
    ) -> bool:
        """Whether what is said of a person names another state: "Ann Miller, who teaches in X"."""
        return any(
            other.country not in (None, country) and one.head in sentence.ancestors(other.head)
            for other in found
        )

    def _is(self, one: Found, country: str | None, probability: float | None = None) -> None:
        if country is None:
            return
        one.country = country
        if one.kind == "agent":
            one.via = "nominal"
        sure = "" if probability is None else f" ({probability:.2f})"
        one.say(f"{country}{sure}, {_WHY}")

    def _owner(self, n: int, one: Found) -> tuple[str | None, float]:
        """The state that a noun's bearer most probably belongs to, and how probable it is."""
        sentence, _ = self.done[n]
        if one.agent is None or one.label == "KIN" or self._of_others(sentence, one):
            return None, 0.0
        asked = self._whose.ask(n, one)
        if self._watch is not None:
            self._watch(asked)
        chosen = asked.chosen(self._ranking)
        if chosen is None or self._counts[str(chosen[0].answer)] < _OFTEN:
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

    def _wants(self, one: Found) -> float | None:
        """How clear the setting must be for a person or body; None where it tells nothing."""
        if one.kind == "person":
            # a bare given name may be anybody's: an apostle's, a victim's
            return None if one.name.lower() in self.lexicon.given else _ENOUGH
        if one.kind == "org":
            return None if one.entity is not None or one.via != "name" else _ENOUGH_BODY
        return None

    def _prevailing(self, n: int, first: int, enough: float) -> str | None:
        near: dict[str, float] = defaultdict(float)
        for back, weight in enumerate(_WEIGHTS):
            if n - back < 0:
                break
            for at, country in self._named[n - back]:
                near[country] += _BEFORE if back == 0 and at < first else weight
        total = sum(near.values())
        scores = {
            country: (share + near[country] / total) / 2 if total else share
            for country, share in self._shares.items()
        }
        best = max(scores, key=lambda country: scores[country], default=None)
        if best is None or scores[best] < enough or self._counts[best] < _OFTEN:
            return None
        return best


_WHY = "the state that the text is about here"
