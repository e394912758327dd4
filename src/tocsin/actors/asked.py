"""A word that refers to a party, with all that it may mean: what the fitted choices are asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from tocsin.actors.found import Found
from tocsin.knowledge.ranking import Ranking
from tocsin.model.parse import Sentence

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Option:
    """One thing that the word may mean: ``answer`` is shared by options that mean the same.

    ``members`` are the mentions it would stand for, ``sentence`` where they are; a state that is
    not tied to one mention has none.
    """

    answer: Hashable
    features: Features
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
    none: Features

    def chosen(self, ranking: Ranking) -> tuple[Option, float] | None:
        """The most probable option of the most probable answer, with the answer's probability.

        None where that is less than the ranking's bound.
        """
        shares = ranking.probabilities([*(one.features for one in self.options), self.none])
        by_answer: dict[Hashable, float] = defaultdict(float)
        for one, share in zip(self.options, shares, strict=False):
            by_answer[one.answer] += share
        best = max(by_answer, key=lambda answer: by_answer[answer], default=None)
        if best is None or by_answer[best] < ranking.bound:
            return None
        pairs = [
            (share, -n) for n, share in enumerate(shares[:-1]) if self.options[n].answer == best
        ]
        return self.options[-max(pairs)[1]], by_answer[best]


Watch = Callable[[Asked], None]
"""Called with every word asked about: how the weights are fitted and measured."""
