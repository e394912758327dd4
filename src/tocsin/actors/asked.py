"""A word that refers to a party, with all that it may mean: what the fitted choices are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from tocsin.actors.found import Found
from tocsin.knowledge.ranking import Ranking
from tocsin.model.parse import Sentence


class Facts(dict[str, float]):
    """Features by name; what does not hold is left out."""

    def say(self, name: str, holds: bool | float = True) -> None:
        """Note that a feature holds, or how much."""
        if holds:
            self[name] = float(holds)


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that the word may mean: ``answer`` is shared by options that mean the same.

    ``members`` are the mentions it would stand for, ``sentence`` where they are; a state that is
    not tied to one mention has none.
    """

    answer: Hashable
    features: Facts
    members: tuple[Found, ...] = ()
    sentence: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """The word's head ``at`` in its ``sentence``, its ``options``, and what speaks for none.

    ``kind`` names the ranking that decides: person, body, many, or whose.
    """

    kind: str
    sentence: Sentence
    at: int
    options: Sequence[Option]
    none: Facts

    def answer(self, shares: Sequence[float]) -> tuple[Option, float] | None:
        """The most probable option of the most probable answer, with the answer's probability.

        ``shares`` are the probabilities of the options and, last, of none. None without options.
        """
        by_answer: dict[Hashable, float] = defaultdict(float)
        for one, share in zip(self.options, shares, strict=False):
            by_answer[one.answer] += share
        if not by_answer:
            return None
        best = max(by_answer, key=lambda answer: by_answer[answer])
        alike = [n for n, one in enumerate(self.options) if one.answer == best]
        return self.options[max(alike, key=lambda n: shares[n])], by_answer[best]

    def chosen(self, ranking: Ranking) -> tuple[Option, float] | None:
        """The :meth:`answer` by a ranking's weights; None where it is below the ranking's bound."""
        found = self.answer(
            ranking.probabilities([*(one.features for one in self.options), self.none])
        )
        return found if found is not None and found[1] >= ranking.bound else None


Watch = Callable[[Asked], None]
"""Called with every word asked about: how the weights are fitted and measured."""
