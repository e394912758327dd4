"""Histories out of a store: each incident in the versions that its reports made of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING

from tocsin.series.alarms.history import History, Version
from tocsin.series.alarms.retelling import Retelling, load_retellings
from tocsin.series.effort import Effort, load_effort
from tocsin.series.loading import INCIDENTS, is_sum, load_observations, of_incidents
from tocsin.series.observations import ANY, Dyad, Observation, belongs
from tocsin.series.tension import bounds_of

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore


def load_history(
    store: TableStore,
    dyad: Dyad,
    *,
    source: str = INCIDENTS,
    since: date | None = None,
    until: date | None = None,
) -> History:
    """What was known of a dyad on each day. OptionError where nothing was read, and for an unknown
    source."""
    effort = load_effort(store, source)
    versions, undated = load_versions(store, dyad, source=source)
    return history_of(versions, effort, dyad, source, since, until, undated)


def history_of(
    versions: Iterable[Version],
    effort: Effort,
    dyad: Dyad,
    source: str,
    since: date | None = None,
    until: date | None = None,
    undated: int = 0,
) -> History:
    """The history of the versions that belong to a dyad. OptionError where nothing was read."""
    first, last = bounds_of(effort, since, until)
    kept = tuple(one for one in versions if belongs(one.observation, dyad))
    return History(
        dyad=dyad, source=source, versions=kept, effort=effort, first=first, last=last,
        undated=undated,
    )  # fmt: skip


def load_versions(
    store: TableStore, dyad: Dyad = (ANY, ANY), *, source: str = INCIDENTS
) -> tuple[list[Version], int]:
    """The versions of all that belongs to a dyad, and how many are left out as nobody can say when
    they were known or when they happened."""
    observed = load_observations(store, dyad=dyad, source=source)
    if source != INCIDENTS:
        return [Version(one, one.start) for one in observed.observations], observed.undated
    again = {one.id: one for one in load_retellings(store, dyad)}
    found = []
    undated = observed.undated
    for one in observed.observations:
        if one.id in again:
            continue
        if one.reported is None:
            undated += 1
        else:
            found.append(Version(one, one.reported))
    undated += sum(not one.versions for one in again.values())
    now = {one.id: one for one in observed.observations if one.id in again}
    for retelling in again.values():
        versions = _versions(retelling, now.get(retelling.id))
        found += [one for one in versions if belongs(one.observation, dyad)]
    return found, undated


def _versions(retelling: Retelling, now: Observation | None) -> Iterator[Version]:
    """``now`` is what is known now where that is anything that can be observed."""
    ends: list[date | None] = [day for day, _, _ in retelling.versions[1:]]
    for (day, row, sentence), until in zip_longest(retelling.versions, ends):
        if row is None:
            if now is not None:
                yield Version(now, day, until, sentence)
        elif not is_sum(row):
            for observation, dated in of_incidents([row]):
                if dated:
                    yield Version(observation, day, until, sentence)
