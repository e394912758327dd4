"""Two series of a store held against each other over the days that both cover."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from tocsin.errors import OptionError
from tocsin.knowledge.alarms import AlarmSettings, load_alarms
from tocsin.knowledge.ontology import load_ontology
from tocsin.series.alarms.shifts import has_ruptures, steps_of
from tocsin.series.axis import Axis, Floats, spans_of
from tocsin.series.effort import Effort, load_effort
from tocsin.series.loading import load_observations
from tocsin.series.observations import ANY, Dyad, Observation, belongs, dyads, narrowed
from tocsin.series.periods import Period, periods
from tocsin.series.scales import severity
from tocsin.series.sensitivity import spearman
from tocsin.series.tension import tension
from tocsin.series.weighing import weighing

if TYPE_CHECKING:
    from tocsin.series.loading import Asks

#: What counts are compared of, beside the types: PLOVER's quad classes.
QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict",
         4: "material conflict"}  # fmt: skip
BY = ("week", "month")
# Of fewer periods a correlation says nothing.
_LEAST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How alike two series of a dyad are in one thing: the counts of a type or quad class, the
    ``tension`` at the end of each period, or its ``change points``.

    ``n`` are the periods of which something was read for both. ``total`` and ``other_total`` are
    sums of counts, means of the index, or numbers of change points. ``pearson`` and ``spearman``
    are None where n is below 3 or one series never changes. ``share`` of the change points of the
    first lie within one period of one of the other, and ``other_share`` the other way; None where
    there are none.
    """

    dyad: Dyad
    what: str
    n: int
    total: float
    other_total: float
    pearson: float | None = None
    spearman: float | None = None
    share: float | None = None
    other_share: float | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two series: its observations and what was read of it."""

    source: str
    observations: tuple[Observation, ...]
    effort: Effort


def load_side(store: Asks, source: str, dyad: Dyad = (ANY, ANY)) -> Side:
    """A series of a store; OptionError for an unknown source."""
    found = load_observations(store, dyad=dyad, source=source).observations
    return Side(source, tuple(narrowed(found)), load_effort(store, source))


def common_days(one: Side, other: Side) -> tuple[date, date]:
    """The first and last day that both cover; OptionError, with the span of each, where none is."""
    spans = []
    for side in (one, other):
        first, last = side.effort.first, side.effort.last
        if first is None or last is None:
            raise OptionError(f"there is nothing of {side.source} in the store")
        spans.append((first, last))
    first, last = max(span[0] for span in spans), min(span[1] for span in spans)
    if first > last:
        told = "; ".join(
            f"{side.source} {begin} to {end}"
            for side, (begin, end) in zip((one, other), spans, strict=True)
        )
        raise OptionError(f"the two have no day in common: {told}")
    return first, last


def compare(
    one: Side,
    other: Side,
    *,
    by: str = "week",
    dyad: Dyad | None = None,
    settings: AlarmSettings | None = None,
) -> Iterator[Likeness]:
    """How alike two series are, for one dyad or for each of two countries of which both have acts
    enough on the common days. OptionError where they have no day in common."""
    if by not in BY:
        raise OptionError(f"series cannot be compared by {by!r}; by: {', '.join(BY)}")
    settings = settings or load_alarms()
    first, last = common_days(one, other)
    chosen = [dyad] if dyad is not None else _shared(one, other, first, last, settings.least_acts)
    cuts = [cut for cut in periods(first, last, by) if _read(one, cut) and _read(other, cut)]
    for pair in chosen:
        yield from _of_dyad(one, other, pair, cuts, first, last, settings)


def pearson(one: Floats, other: Floats) -> float | None:
    """Pearson's correlation; None where one never changes."""
    left, right = one - one.mean(), other - other.mean()
    size = float(np.sqrt((left**2).sum() * (right**2).sum()))
    # What differs by a rounding error never changes.
    if np.ptp(one) < 1e-9 or np.ptp(other) < 1e-9:
        return None
    return float((left * right).sum() / size)


def agreement(one: Sequence[int], other: Sequence[int], *, within: int = 1) -> float | None:
    """The share of places of the one that lie within so many of one of the other; None where there
    are none."""
    if not one:
        return None
    return sum(any(abs(at - place) <= within for place in other) for at in one) / len(one)


def _of_dyad(
    one: Side, other: Side, dyad: Dyad, cuts: list[Period], first: date, last: date,
    settings: AlarmSettings,
) -> Iterator[Likeness]:  # fmt: skip
    axis = Axis(first, last)
    acts = [[act for act in side.observations if belongs(act, dyad)] for side in (one, other)]
    kinds: list[tuple[str, Callable[[Observation], bool]]] = [
        (name, partial(_is_of_quad, quad)) for quad, name in QUADS.items()
    ]
    kinds += [(type_, partial(_is_of_type, type_)) for type_ in load_ontology().types]
    for name, fits in kinds:
        mine, theirs = (
            _sums([act for act in own if fits(act)], None, axis, cuts) for own in acts
        )  # fmt: skip
        if mine.any() or theirs.any():
            yield _alike(dyad, name, mine, theirs, float(mine.sum()), float(theirs.sum()))
    values = [
        _index(own, side, dyad, cuts, first, last)
        for own, side in zip(acts, (one, other), strict=True)
    ]
    if cuts:
        means = [float(value.mean()) for value in values]
        yield _alike(dyad, "tension", values[0], values[1], means[0], means[1])
        if has_ruptures():
            flows = [
                _inflow(own, side, axis, cuts) for own, side in zip(acts, (one, other), strict=True)
            ]
            places = [steps_of(flow, settings) for flow in flows]
            yield Likeness(
                dyad=dyad, what="change points", n=len(cuts), total=len(places[0]),
                other_total=len(places[1]), share=agreement(places[0], places[1]),
                other_share=agreement(places[1], places[0]),
            )  # fmt: skip


def _is_of_quad(quad: int, act: Observation) -> bool:
    return act.quad == quad


def _is_of_type(type_: str, act: Observation) -> bool:
    return act.type == type_


def _alike(
    dyad: Dyad, what: str, one: Floats, other: Floats, total: float, other_total: float
) -> Likeness:
    enough = len(one) >= _LEAST
    return Likeness(
        dyad=dyad, what=what, n=len(one), total=total, other_total=other_total,
        pearson=pearson(one, other) if enough else None,
        spearman=spearman(one, other) if enough else None,
    )  # fmt: skip


def _sums(
    acts: list[Observation], amounts: Floats | None, axis: Axis, cuts: list[Period]
) -> Floats:
    """What of acts falls into each period: how many, or the sum of their amounts."""
    amounts = np.ones(len(acts)) if amounts is None else amounts
    daily = axis.spread(spans_of(acts), amounts)
    return np.array([daily[axis.place(cut.start) : axis.place(cut.end) + 1].sum() for cut in cuts])


def _index(
    acts: list[Observation], side: Side, dyad: Dyad, cuts: list[Period], first: date, last: date
) -> Floats:
    index = tension(acts, side.effort, dyad, since=first, until=last, interval=False)
    return np.array([index.value(cut.end) or 0.0 for cut in cuts])


def _inflow(acts: list[Observation], side: Side, axis: Axis, cuts: list[Period]) -> Floats:
    """Conflict, by weight and severity, of each period for what was read in it."""
    weigh, of = weighing(), severity("plover", "conflict")
    amounts = np.array([weigh.weight(act) * of(act) for act in acts], dtype=np.float64)
    read = np.array([_read(side, cut) for cut in cuts], dtype=np.float64)
    found: Floats = _sums(acts, amounts, axis, cuts) / read
    return found


def _read(side: Side, cut: Period) -> int:
    days = range(cut.start.toordinal(), cut.end.toordinal() + 1)
    return sum(side.effort.days.get(date.fromordinal(day), 0) for day in days)


def _shared(one: Side, other: Side, first: date, last: date, least: int) -> list[Dyad]:
    """The dyads of two countries of which both have so many acts on the common days."""
    kept = []
    for side in (one, other):
        counts: dict[Dyad, int] = defaultdict(int)
        for act in side.observations:
            if act.end >= first and act.start <= last:
                for dyad in dyads(act):
                    counts[dyad] += dyad[0] != dyad[1]
        kept.append({dyad for dyad, number in counts.items() if number >= least})
    return sorted(kept[0] & kept[1])
