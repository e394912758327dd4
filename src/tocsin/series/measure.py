"""All that is measured of one dyad: what a store holds of it, and what is made of that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from tocsin.knowledge.measure import TensionSettings, load_tension
from tocsin.series.counting import Counts, KindCounts, count_kinds, count_series
from tocsin.series.effort import Effort, load_effort
from tocsin.series.loading import INCIDENTS, Asks, Observed, load_observations
from tocsin.series.observations import ANY, Dyad, Observation, narrowed
from tocsin.series.periods import periods
from tocsin.series.sensitivity import Variant, sensitivity
from tocsin.series.tension import Index, bounds_of, tension


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The observations of a dyad from one source, what was read, and by what they are measured.

    ``first`` and ``last`` are the days of the series; ``undated``, ``untyped``,
    ``summed`` (habits and sums) and ``only_supposed`` (predicted) count what was left out.
    """

    dyad: Dyad
    source: str
    observations: tuple[Observation, ...]
    effort: Effort
    first: date
    last: date
    settings: TensionSettings
    scale: str
    undated: int
    untyped: int
    summed: int
    only_supposed: int

    @cached_property
    def tension(self) -> Index:
        """The index of conflict, with its interval."""
        return tension(
            self.observations, self.effort, self.dyad, since=self.first, until=self.last,
            scale=self.scale, settings=self.settings,
        )  # fmt: skip

    @cached_property
    def cooperation(self) -> Index:
        """That of cooperation, without an interval."""
        return tension(
            self.observations, self.effort, self.dyad, since=self.first, until=self.last,
            scale=self.scale, settings=self.settings, side="cooperation", interval=False,
        )  # fmt: skip

    def counts(self, by: str) -> list[Counts]:
        """The series by day, week or month."""
        return count_series(
            self.observations, self.effort, self.dyad, by=by, since=self.first, until=self.last,
            index=self.tension, cooperation=self.cooperation,
        )  # fmt: skip

    def kinds(self, by: str, per: str) -> list[KindCounts]:
        """The series told apart by type or rung."""
        return count_kinds(
            self.observations, self.effort, self.dyad, per=per, by=by, since=self.first,
            until=self.last,
        )  # fmt: skip

    def sensitivity(self) -> list[Variant]:
        """The index by other choices."""
        return sensitivity(
            self.observations, self.effort, self.dyad, since=self.first, until=self.last,
            scale=self.scale, settings=self.settings,
        )  # fmt: skip

    def in_unread(self, by: str) -> int:
        """How many happened up to the last day in days, weeks or months of which nothing was read,
        so that no period counts them; without what happened before a series that begins later than
        what was read."""
        read = {day.toordinal() for day in self.effort.days}
        for period in periods(self.first, self.last, by):
            days = range(period.start.toordinal(), period.end.toordinal() + 1)
            if not read.isdisjoint(days):
                read.update(days)
        return sum(
            one.start <= self.last
            and read.isdisjoint(range(one.start.toordinal(), one.end.toordinal() + 1))
            for one in self.observations
        )


def measure(
    store: Asks,
    dyad: Dyad = (ANY, ANY),
    *,
    source: str = INCIDENTS,
    type_: str | None = None,
    rung: str | None = None,
    status: str | None = None,
    since: date | None = None,
    until: date | None = None,
    half_life: float | None = None,
    scale: str = "plover",
    observed: Observed | None = None,
    effort: Effort | None = None,
) -> Measured:
    """What a store holds of a dyad, narrowed to a type, a rung (its id) or a status.

    ``half_life`` (days) takes the place of both that ship. ``observed`` and ``effort`` are what the
    store was asked for before, by one who measures the same in other days. OptionError for an
    unknown source, and where nothing was read of which a day is known.
    """
    if observed is None:
        observed = load_observations(store, dyad=dyad, source=source, type_=type_)
    effort = load_effort(store, source) if effort is None else effort
    first, last = bounds_of(effort, since, until)
    kept = narrowed(observed.observations, rung=rung, status=status)
    supposed = 0
    if status is None:
        asked = [one for one in observed.observations if rung in (None, one.rung.id)]
        supposed = len(asked) - len(kept)
    settings = load_tension()
    if half_life is not None:
        settings = replace(settings, half_life=half_life, effort_half_life=half_life)
    return Measured(
        dyad=dyad,
        source=source,
        observations=tuple(kept),
        effort=effort,
        first=first,
        last=last,
        settings=settings,
        scale=scale,
        undated=observed.undated,
        untyped=observed.untyped,
        summed=observed.summed,
        only_supposed=supposed,
    )
