"""Alarms of what a store holds: of one dyad, or of all that it holds enough of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tocsin.knowledge.alarms import AlarmSettings, load_alarms
from tocsin.linking.incidents.reports import NEWS_DAYS
from tocsin.series.alarms.due import Due, Telling, due, looked_at
from tocsin.series.alarms.history import History, Version
from tocsin.series.alarms.retold import load_retold
from tocsin.series.alarms.ringing import Watched, watch
from tocsin.series.alarms.states import Lost, lost
from tocsin.series.alarms.versions import history_of, load_versions
from tocsin.series.effort import load_effort
from tocsin.series.loading import INCIDENTS
from tocsin.series.observations import ANY, Dyad, dyads
from tocsin.store.filters import Filters

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """All that the alarms of a dyad are rung from, so that the store is not needed meanwhile.

    ``lost`` are the steps of channels and agreements that ring; ``tellings`` the incidents that may
    be due (those of the ids ``named``), and those that may have settled them.
    """

    history: History
    lost: Sequence[Lost]
    tellings: Sequence[Telling]
    named: frozenset[str]
    settings: AlarmSettings


def watch_dyad(
    store: TableStore,
    dyad: Dyad,
    *,
    source: str = INCIDENTS,
    since: date | None = None,
    until: date | None = None,
    settings: AlarmSettings | None = None,
) -> Watched:
    """The alarms of one dyad, from the first to the last day on which something was read unless
    other days are given. OptionError where nothing was read, and for an unknown source."""
    loaded = load_watch(store, dyad, source=source, since=since, until=until, settings=settings)
    return tell(store, ring(loaded))


def load_watch(
    store: TableStore,
    dyad: Dyad,
    *,
    source: str = INCIDENTS,
    since: date | None = None,
    until: date | None = None,
    settings: AlarmSettings | None = None,
) -> Watch:
    """What the alarms of a dyad are rung from; errors as of :func:`watch_dyad`."""
    settings = settings or load_alarms()
    effort = load_effort(store, source)
    versions, undated = load_versions(store, dyad, source=source)
    history = history_of(versions, effort, dyad, source, since, until, undated)
    tellings, named = _tellings(store, source, settings, history.last, dyad)
    return Watch(
        history=history,
        lost=_lost(store, source, settings, dyad),
        tellings=tellings,
        named=named,
        settings=settings,
    )


def ring(loaded: Watch) -> Watched:
    """The alarms, for the most part with the sentences that they are of."""
    return watch(
        loaded.history, settings=loaded.settings, lost=loaded.lost,
        due=due(loaded.tellings, loaded.settings, loaded.history.last, only=loaded.named),
    )  # fmt: skip


def tell(store: TableStore, watched: Watched) -> Watched:
    """The same with all sentences: of an incident that was told on one day only it stands in the
    store."""
    found = []
    for one in watched.alarms:
        if one.sentence is None and one.source == INCIDENTS and one.evidence:
            incident = store.incident(one.evidence[0])
            found.append(replace(one, sentence=incident.sentence if incident else None))
        else:
            found.append(one)
    return replace(watched, alarms=tuple(found))


def watch_all(
    store: TableStore,
    *,
    source: str = INCIDENTS,
    since: date | None = None,
    until: date | None = None,
    least: int | None = None,
    settings: AlarmSettings | None = None,
) -> Iterator[Watched]:
    """The same of every dyad of two countries of which at least so many acts are known, by default
    as many as the settings say; by their codes."""
    settings = settings or load_alarms()
    least = settings.least_acts if least is None else least
    effort = load_effort(store, source)
    versions, _ = load_versions(store, source=source)
    by_dyad: dict[Dyad, list[Version]] = defaultdict(list)
    for one in versions:
        for dyad in dyads(one.observation):
            if dyad[0] != dyad[1]:
                by_dyad[dyad].append(one)
    states = _lost(store, source, settings)
    threats: Sequence[Due] | None = None
    for dyad in sorted(by_dyad):
        own = by_dyad[dyad]
        if len({one.observation.id for one in own}) < least:
            continue
        history = history_of(own, effort, dyad, source, since, until)
        if threats is None:
            tellings, named = _tellings(store, source, settings, history.last)
            threats = due(tellings, settings, history.last, only=named)
        yield tell(store, watch(history, settings=settings, lost=states, due=threats))


def _lost(
    store: TableStore, source: str, settings: AlarmSettings, dyad: Dyad = (ANY, ANY)
) -> Sequence[Lost]:
    """The steps that ring, of the things between the countries that a dyad names."""
    if source != INCIDENTS:
        return ()
    return lost(store.links.states_of([one for one in dyad if one != ANY]), settings)


def _tellings(
    store: TableStore, source: str, settings: AlarmSettings, last: date, dyad: Dyad = (ANY, ANY)
) -> tuple[list[Telling], frozenset[str]]:
    """The incidents that may be due, of those whose parties a dyad names, and those that may have
    settled them; and the ids of the first."""
    if source != INCIDENTS:
        return [], frozenset()
    wanted = None if dyad == (ANY, ANY) else dyad
    asked = store.ask("incidents_with_deadline", Filters(dyad=wanted))
    named = frozenset(row["incident"] for row in asked)
    own = _load_tellings(store, named)
    countries = {country for row in asked for country in row["countries"]}
    near = store.links.may_act(looked_at(own, settings, last), countries, news_days=NEWS_DAYS)
    return [*own, *_load_tellings(store, set(near) - named)], named


def _load_tellings(store: TableStore, incidents: Collection[str]) -> list[Telling]:
    """These incidents with their versions, without those of which nobody knows a day of report."""
    again = {one.id: one for one in load_retold(store, incidents)}
    found = [
        Telling((one.first_report,), (one,))
        for one in store.links.incidents_by_id(id_ for id_ in incidents if id_ not in again)
        if one.first_report is not None
    ]
    found += [
        Telling(tuple(day for day, _, _ in one.versions), tuple(v for _, v, _ in one.versions))
        for one in again.values()
        if one.versions
    ]
    return found
