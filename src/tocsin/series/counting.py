"""Series: what is counted and summed of a dyad in each period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.errors import OptionError
from tocsin.knowledge.ladder import load_ladder
from tocsin.knowledge.ontology import load_ontology
from tocsin.series.axis import Axis, Floats, Ints, spans_of
from tocsin.series.effort import Effort
from tocsin.series.observations import Dyad, Observation, belongs
from tocsin.series.periods import PERIODS, Period, periods
from tocsin.series.tension import Index, bounds_of, tension
from tocsin.series.weighing import Weighing, weighing

__all__ = ["PERIODS", "Counts", "KindCounts", "count_kinds", "count_series"]

#: By what counts can be told apart.
KINDS = ("type", "rung")
# A part of an incident smaller than this is a rounding error.
_NOTHING = 1e-9
_ALL = slice(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """A period of a series, from ``start`` to ``end``, both included.

    ``incidents`` is how many happened in it; one that may have happened on several days counts in
    parts. ``weighted`` is the sum of their weights, ``words`` and ``deeds`` are parts of
    ``incidents``. Means and sums of scores are not weighted. ``highest_rung`` is the id of the
    highest rung of which there is one. ``articles`` were read, of so many ``outlets``. ``tension``
    (from ``tension_low`` to ``tension_high``) and ``cooperation`` are the indices at the end. All
    but ``articles`` and ``outlets`` are None where no article was read: nothing is known then.
    Means and rung are None too where nothing happened.
    """

    start: date
    end: date
    incidents: float | None
    weighted: float | None
    words: float | None
    deeds: float | None
    plover_mean: float | None
    plover_sum: float | None
    goldstein_mean: float | None
    goldstein_sum: float | None
    highest_rung: str | None
    articles: int
    outlets: int
    tension: float | None
    tension_low: float | None
    tension_high: float | None
    cooperation: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindCounts:
    """What of one type or rung happened in a period; fields are those of :class:`Counts`."""

    start: date
    end: date
    kind: str
    incidents: float | None
    weighted: float | None
    plover_sum: float | None
    goldstein_sum: float | None
    articles: int


@dataclass(frozen=True, slots=True)
class _Laid:
    """Observations on an axis with their ``spans`` (ordinals, shape (n, 2)) and what is summed of
    them, ``amounts`` of shape (n, 5): 1, weight, 1 for deeds, the two scores; and the periods that
    the axis is cut into."""

    chosen: list[Observation]
    spans: Ints
    amounts: Floats
    axis: Axis
    cuts: list[Period]

    def sums(self, of: list[int] | slice = _ALL) -> Floats:
        """What of the amounts of some observations, by their places, falls into each period: of
        shape (periods, 5)."""
        daily = self.axis.spread(self.spans[of], self.amounts[of])
        starts = [self.axis.place(cut.start) for cut in self.cuts]
        found: Floats = np.add.reduceat(daily, starts)
        return found

    def kinds(self, per: str) -> Iterator[tuple[str, list[int]]]:
        """Each type or rung that occurs, in the order of its file, with its observations."""
        if per == "type":
            names = list(load_ontology().types)
        else:
            names = [rung.id for rung in load_ladder().rungs]
        found: dict[str, list[int]] = {name: [] for name in names}
        for place, one in enumerate(self.chosen):
            found[one.type if per == "type" else one.rung.id].append(place)
        return ((name, places) for name, places in found.items() if places)


def count_series(
    observations: Sequence[Observation],
    effort: Effort,
    dyad: Dyad,
    *,
    by: str = "day",
    since: date | None = None,
    until: date | None = None,
    weigh: Weighing | None = None,
    index: Index | None = None,
    cooperation: Index | None = None,
) -> list[Counts]:
    """The series of a dyad, by default from the first to the last day on which something was read.

    OptionError where nothing was read, or for an unknown period. Indices that are not given are
    made.
    """
    weigh = weigh or weighing()
    laid = _lay(observations, effort, dyad, by, since, until, weigh)
    first, last = laid.axis.first, laid.axis.last
    index = index or tension(observations, effort, dyad, since=first, until=last, weigh=weigh)
    cooperation = cooperation or tension(
        observations, effort, dyad, since=first, until=last, weigh=weigh, side="cooperation",
        interval=False,
    )  # fmt: skip
    number, weighted, deeds, plover, goldstein = laid.sums().T
    highest = _highest(laid)
    rows = []
    for at, cut in enumerate(laid.cuts):
        articles, outlets = _read(effort, cut)
        some = number[at] > _NOTHING
        low, high = index.interval(cut.end) or (None, None)
        row = Counts(
            start=cut.start,
            end=cut.end,
            incidents=float(number[at]),
            weighted=float(weighted[at]),
            words=float(number[at] - deeds[at]),
            deeds=float(deeds[at]),
            plover_mean=float(plover[at] / number[at]) if some else None,
            plover_sum=float(plover[at]),
            goldstein_mean=float(goldstein[at] / number[at]) if some else None,
            goldstein_sum=float(goldstein[at]),
            highest_rung=highest[at],
            articles=articles,
            outlets=outlets,
            tension=index.value(cut.end),
            tension_low=low,
            tension_high=high,
            cooperation=cooperation.value(cut.end),
        )
        rows.append(row if articles else _missing(cut))
    return rows


def count_kinds(
    observations: Sequence[Observation],
    effort: Effort,
    dyad: Dyad,
    *,
    per: str,
    by: str = "day",
    since: date | None = None,
    until: date | None = None,
    weigh: Weighing | None = None,
) -> list[KindCounts]:
    """The series of a dyad in long form: a row for each period and each type or rung (``per``) that
    there is. OptionError as for :func:`count_series`."""
    if per not in KINDS:
        raise OptionError(f"series cannot be told apart by {per!r}; by: {', '.join(KINDS)}")
    whole = _lay(observations, effort, dyad, by, since, until, weigh or weighing())
    read = [_read(effort, cut)[0] for cut in whole.cuts]
    rows: list[list[KindCounts]] = [[] for _ in whole.cuts]
    for kind, places in whole.kinds(per):
        sums = whole.sums(places)[:, [0, 1, 3, 4]]
        for at, cut in enumerate(whole.cuts):
            known = [float(value) if read[at] else None for value in sums[at]]
            rows[at].append(
                KindCounts(
                    start=cut.start, end=cut.end, kind=kind, incidents=known[0],
                    weighted=known[1], plover_sum=known[2], goldstein_sum=known[3],
                    articles=read[at],
                )
            )  # fmt: skip
    return [row for period in rows for row in period]


def _lay(
    observations: Sequence[Observation],
    effort: Effort,
    dyad: Dyad,
    by: str,
    since: date | None,
    until: date | None,
    weigh: Weighing,
) -> _Laid:
    axis = Axis(*bounds_of(effort, since, until))
    cuts = list(periods(axis.first, axis.last, by))
    inside = [
        one
        for one in observations
        if one.end >= axis.first and one.start <= axis.last and belongs(one, dyad)
    ]
    amounts = np.array(
        [(1.0, weigh.weight(one), one.deed, one.score, one.goldstein) for one in inside],
        dtype=np.float64,
    ).reshape(len(inside), 5)
    return _Laid(inside, spans_of(inside), amounts, axis, cuts)


def _highest(laid: _Laid) -> list[str | None]:
    """The id of the highest rung of each period."""
    found: list[str | None] = [None] * len(laid.cuts)
    for name, places in laid.kinds("rung"):
        there = laid.sums(places)[:, 0]
        found = [name if there[at] > _NOTHING else old for at, old in enumerate(found)]
    return found


def _read(effort: Effort, cut: Period) -> tuple[int, int]:
    """How many articles of how many outlets were read in a period."""
    outlets: set[str] = set()
    articles = 0
    for offset in range((cut.end - cut.start).days + 1):
        day = effort.by_day.get(cut.start + timedelta(days=offset), {})
        outlets.update(name for name, number in day.items() if number)
        articles += sum(day.values())
    return articles, len(outlets)


def _missing(cut: Period) -> Counts:
    """A period in which nothing was read."""
    return Counts(
        start=cut.start, end=cut.end, incidents=None, weighted=None, words=None, deeds=None,
        plover_mean=None, plover_sum=None, goldstein_mean=None, goldstein_sum=None,
        highest_rung=None, articles=0, outlets=0, tension=None, tension_low=None,
        tension_high=None, cooperation=None,
    )  # fmt: skip
