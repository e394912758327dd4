"""An observation: one happening as the measure sees it, whoever has recorded it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import permutations, product

from tocsin.knowledge.ladder import Rung
from tocsin.knowledge.linking import load_type_groups
from tocsin.knowledge.measure import load_weights

#: The source of an observation that is an incident of ours.
INCIDENT = "incident"
#: Stands for any country in a dyad.
ANY = "*"
#: An ordered pair: who did it, to whom.
Dyad = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One incident, or one row of another's series.

    ``source`` is :data:`INCIDENT` or the name of the series. It happened on one of the days from
    ``start`` to ``end`` (both included), on each of them as likely. ``score`` is PLOVER's and
    ``goldstein`` Goldstein's, both from -10 to +10. ``sources`` are independent sources,
    ``families`` texts (copies once), ``documents`` articles; ``confidence`` is that of the best
    report, None where none is stored. ``reported`` is the day of the first report.
    """

    id: str
    source: str
    start: date
    end: date
    actors: frozenset[str]
    recipients: frozenset[str]
    type: str
    mode: str | None
    quad: int
    score: float
    goldstein: float
    rung: Rung
    status: str
    sources: int
    confidence: float | None
    families: int
    documents: int
    outlets: tuple[str, ...]
    reported: date | None

    @property
    def length(self) -> int:
        """On how many days it may have happened."""
        return (self.end - self.start).days + 1

    @property
    def deed(self) -> bool:
        """Whether it is a deed and not words."""
        return self.rung.deed


def belongs(observation: Observation, dyad: Dyad) -> bool:
    """Whether an observation is one of what the first of a dyad did to the second.

    In talks, agreements and joint work both sides do the same: these belong to the dyad in both
    directions, and where nobody is named as recipient to every pair of those who act.
    """
    actors, recipients = observation.actors, observation.recipients
    if _joins(actors, recipients, dyad):
        return True
    if observation.type not in _mutual():
        return False
    if _joins(recipients, actors, dyad):
        return True
    # Of two that act together with nobody else each is the other's recipient; one country alone is
    # named once, and does not meet itself.
    return (
        not recipients and len(actors) > 1 and dyad[0] != dyad[1] and _joins(actors, actors, dyad)
    )


def dyads(observation: Observation) -> frozenset[Dyad]:
    """All ordered pairs of countries to which it belongs."""
    actors, recipients = observation.actors, observation.recipients
    found = set(product(actors, recipients))
    if observation.type in _mutual():
        found |= set(product(recipients, actors))
        if not recipients:
            found |= set(permutations(actors, 2))
    return frozenset(found)


def narrowed(
    observations: Iterable[Observation],
    *,
    type_: str | None = None,
    rung: str | None = None,
    status: str | None = None,
) -> list[Observation]:
    """Those of this type, on the rung with this id, of this status. None is all, and of statuses
    all that have a weight: what is only predicted has not happened."""
    weights = load_weights().status
    return [
        one
        for one in observations
        if type_ in (None, one.type)
        and rung in (None, one.rung.id)
        and (one.status == status if status is not None else weights[one.status] > 0)
    ]


def _joins(first: frozenset[str], second: frozenset[str], dyad: Dyad) -> bool:
    one, other = dyad
    return (bool(first) if one == ANY else one in first) and (
        bool(second) if other == ANY else other in second
    )


@lru_cache(maxsize=1)
def _mutual() -> frozenset[str]:
    return load_type_groups().mutual
