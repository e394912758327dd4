"""Whose lawmakers, police or voters: the state that a text is about where its words stand.

"The lawmakers", "protesters", "a former aide, Ann Miller": news leaves out what its reader knows
from the article. When all references are resolved, a noun is given the state that
:mod:`tocsin.actors.whose` finds most probable; a person or body of unknown state the country that
prevails among the mentions around it and in the whole document, and none where no country does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tocsin.actors.asked import Watch
from tocsin.actors.found import Found
from tocsin.actors.lexicon import Lexicon
from tocsin.actors.people import looks_eastern
from tocsin.actors.whose import OFTEN, Whose
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
        self._whose = Whose(done, lexicon, home, watch)

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
                    self._is(one, *self._whose.owner(n, one))
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
        for back, weight in enumerate(_WEIGHTS[: n + 1]):
            for other in self._whose.named[n - back]:
                before = back == 0 and other.first < first
                near[str(other.country)] += _BEFORE if before else weight
        total, counts = sum(near.values()), self._whose.counts
        scores = {
            country: (count / counts.total() + near[country] / total) / 2
            if total
            else count / counts.total()
            for country, count in counts.items()
        }
        best = max(scores, key=lambda country: scores[country], default=None)
        if best is None or scores[best] < enough or counts[best] < OFTEN:
            return None
        return best


_WHY = "the state that the text is about here"
