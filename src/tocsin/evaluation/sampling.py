"""Drawing units out of a stream of articles: seeded, in bounded memory, spread over articles.

The design. Within each article its units (events, or sentences) are put in random order. The first
``per_article`` of every article compete on equal terms for the ``n`` places of the sample; only
when there are fewer of these than places do the next ones of each article follow, one round after
the other. So no long article fills the sample, and it is full whenever the stream has ``n`` units.

Each unit of an article had the same chance. In an article of m units it is q(m) / m, where q(m) is
the number that was to be expected from such an article: all of its units in the rounds that were
drawn whole, and the drawn share of the last round. The weight of a drawn unit is m / q(m): so many
units of the stream it stands for. Figures of the stream are weighted means.

The random order is that of a keyed hash of the unit's id, so that the draw depends on the seed and
the units, not on the order of the stream. A unit that comes twice is drawn once, and counted
twice.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Generic, TypeVar

T = TypeVar("T")

#: The largest share that an article can have in a full sample of 200 is then 2.5 %.
PER_ARTICLE = 5

_Place = tuple[int, int, str]  # round, random key, id: the smaller, the earlier


@dataclass(frozen=True, slots=True)
class Drawn(Generic[T]):
    """One unit of the sample. ``weight`` is how many units of the stream it stands for."""

    unit: T
    id: str
    weight: float


@dataclass(frozen=True, slots=True)
class Sample(Generic[T]):
    """The drawn units in random order, out of ``population`` units of ``articles`` articles."""

    drawn: tuple[Drawn[T], ...]
    population: int
    articles: int


class SpreadSampler(Generic[T]):
    """Draws up to ``n`` units; give it the units of one article after the other.

    ``per_article`` None is no spreading: every unit of the stream has the same chance. ``seed``
    and ``name`` (of what is drawn) key the random order. Keeps no more than ``n`` units and one
    number for each round that still has a place.
    """

    def __init__(
        self, n: int, *, seed: int = 0, name: str = "", per_article: int | None = PER_ARTICLE
    ) -> None:
        if n < 0 or (per_article is not None and per_article < 1):
            raise ValueError(f"cannot draw {n} units, {per_article} of an article")
        self._n = n
        self._key = blake2b(repr((seed, name)).encode(), digest_size=16).digest()
        self._per_article = per_article
        self._heap: list[tuple[int, int, str]] = []  # places, negated: the worst one first
        self._kept: dict[str, tuple[_Place, T, int]] = {}
        self._sizes: dict[int, int] = {}  # units that stood in each round, over all articles
        self._population = 0
        self._articles = 0

    def add(self, units: Sequence[tuple[str, T]]) -> None:
        """Take the units of one article, each with an id that no other unit of the stream has."""
        self._articles += 1
        self._population += len(units)
        order = sorted((*self._random(name), name, at) for at, (name, _) in enumerate(units))
        for rank, (_, key, name, at) in enumerate(order):
            round_ = self._round(rank)
            # Rounds that can no longer be reached need no count.
            if not self._full or (self._heap and round_ <= -self._heap[0][0]):
                self._sizes[round_] = self._sizes.get(round_, 0) + 1
            self._offer((round_, key, name), units[at][1], len(units))

    def sample(self) -> Sample[T]:
        """What is drawn from everything given so far."""
        kept = sorted(self._kept.values(), key=lambda item: item[0][1:])
        last = max((place[0] for place, _, _ in kept), default=0)
        in_last = sum(place[0] == last for place, _, _ in kept)
        share = in_last / self._sizes[last] if kept else 0.0
        drawn = tuple(
            Drawn(unit, place[2], size / self._expected(size, last, share))
            for place, unit, size in kept
        )
        return Sample(drawn, self._population, self._articles)

    @property
    def _full(self) -> bool:
        return len(self._heap) >= self._n

    def _random(self, name: str) -> tuple[int, int]:
        """Two independent numbers: for the order within an article and for that in a round.

        With one number for both, the units of long articles would win the rounds: the smallest of
        many is smaller than the smallest of few.
        """
        data = name.encode("utf-8", "surrogatepass")
        number = blake2b(data, key=self._key, digest_size=16).digest()
        return int.from_bytes(number[:8], "big"), int.from_bytes(number[8:], "big")

    def _round(self, rank: int) -> int:
        return 0 if self._per_article is None else max(0, rank + 1 - self._per_article)

    def _expected(self, size: int, last: int, share: float) -> float:
        """How many of an article's ``size`` units were to be expected in the sample."""
        if self._per_article is None or last == 0:
            first = size if self._per_article is None else min(size, self._per_article)
            return first * share
        whole = self._per_article + last - 1
        return min(size, whole) + (share if size > whole else 0.0)

    def _offer(self, place: _Place, unit: T, size: int) -> None:
        if not self._n or place[2] in self._kept:
            return
        entry = (-place[0], -place[1], place[2])
        if self._full:
            worst = self._heap[0]
            if entry[:2] <= worst[:2]:
                return
            del self._kept[worst[2]]
            heapq.heapreplace(self._heap, entry)
        else:
            heapq.heappush(self._heap, entry)
        self._kept[place[2]] = (place, unit, size)
