"""Asking a store for all that a crisis report is made of."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from tocsin.errors import OptionError
from tocsin.model.alarm import Alarm
from tocsin.model.channel import Thing
from tocsin.model.codec import record_from_dict
from tocsin.model.incident import PREFIX, Incident
from tocsin.model.threat import Threat
from tocsin.report.crisis.material import Article, Material, Report, Side
from tocsin.series.measure import Measured, measure
from tocsin.series.observations import ANY, Dyad
from tocsin.store.filters import Filters
from tocsin.store.tables import TableStore

# An incident without a day may have happened some days before its first report.
_MARGIN = timedelta(days=10)


def gather(
    store: TableStore,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    alarms: Sequence[Alarm] | None = None,
) -> Material:
    """All that the store holds of a dyad, in both directions, from ``since`` to ``until``.

    Without days: from the first to the last day on which something was read. OptionError where
    nothing was, and where both sides are "*".
    """
    if dyad == (ANY, ANY):
        raise OptionError("a report is of one country at least; name it, such as PRK:KOR or PRK:*")
    directions = dict.fromkeys((dyad, (dyad[1], dyad[0])))
    measured = [measure(store, one, since=since, until=until) for one in directions]
    first, last = measured[0].first, measured[0].last
    sides = tuple(_side(store, one, first, last) for one in measured)
    seen = {one.id for side in sides for one in side.observations}
    around = Filters(dyad=dyad, since=_before(first), until=last)
    incidents = {
        one.id: one
        for one in _records(Incident, store.ask("between_records", around))
        if one.id in seen
    }
    reports = _reports(store.ask("evidence", around), incidents)
    _add_others(store, sides, alarms or (), incidents, reports)
    things = tuple(_records(Thing, store.ask("channel_records", Filters(dyad=dyad))))
    articles = _articles(store, first, last, things, incidents)
    return Material(
        store=store.path,
        dyad=dyad,
        since=first,
        until=last,
        sides=sides,
        incidents=incidents,
        reports={id_: tuple(found) for id_, found in reports.items()},
        things=things,
        articles=articles,
        aside=len(store.ask("set_aside")),
        alarms=None if alarms is None else tuple(alarms),
    )


def _before(day: date) -> date:
    return day - _MARGIN if day - date.min > _MARGIN else date.min


def _side(store: TableStore, measured: Measured, since: date, until: date) -> Side:
    threats = _records(
        Threat, store.ask("threat_records", Filters(dyad=measured.dyad, since=since, until=until))
    )
    return Side(
        measured=measured,
        observations=tuple(
            one for one in measured.observations if one.start <= until and one.end >= since
        ),
        threats=tuple(threats),
    )


def _records(kind: type[Any], rows: Iterable[dict[str, Any]]) -> list[Any]:
    return [record_from_dict(kind, json.loads(row["record"])) for row in rows]


def _reports(
    rows: Iterable[dict[str, Any]], incidents: dict[str, Incident]
) -> dict[str, list[Report]]:
    """The reports of each incident, in its own order."""
    found: dict[str, dict[str, Report]] = {}
    for row in rows:
        if (id_ := row["incident"]) in incidents:
            found.setdefault(id_, {})[row["event"]] = Report(
                event=row["event"], document=row["document"], sentence=row["sentence"],
                status=row["status"], day=row["published"], outlet=row["outlet"], url=row["url"],
            )  # fmt: skip
    return {
        id_: [found[id_][event] for event in incidents[id_].reports if event in found[id_]]
        for id_ in found
    }


def _add_others(
    store: TableStore,
    sides: Sequence[Side],
    alarms: Sequence[Alarm],
    incidents: dict[str, Incident],
    reports: dict[str, list[Report]],
) -> None:
    """Add what threats are, what ended them and what alarms rest on, where that is no incident of
    the period."""
    wanted = [
        id_
        for side in sides
        for threat in side.threats
        for id_ in (threat.id, threat.outcome_incident)
    ]
    wanted += [id_ for alarm in alarms for id_ in alarm.evidence if id_.startswith(PREFIX)]
    for id_ in dict.fromkeys(wanted):
        if id_ is None or id_ in incidents:
            continue
        incident = store.incident(id_)
        if incident is None:
            continue
        incidents[id_] = incident
        documents = store.links.documents(incident.documents)
        events = {one.id: one for one in store.links.events_by_id(incident.reports)}
        told = (events[event] for event in incident.reports if event in events)
        reports[id_] = [
            Report(
                event=one.id, document=one.document, sentence=one.sentence.text, status=one.status,
                day=one.published, outlet=documents[one.document].outlet,
                url=documents[one.document].url,
            )
            for one in told
        ]  # fmt: skip


def _articles(
    store: TableStore,
    since: date,
    until: date,
    things: Sequence[Thing],
    incidents: dict[str, Incident],
) -> dict[str, Article]:
    """The articles of the period, and those that tell of channels and incidents."""
    found = {
        row["id"]: Article(
            id=row["id"], day=row["published"], outlet=row["outlet"], url=row["url"],
            copy_of=row["copy_of"], events=row["events"],
        )
        for row in store.ask("documents", Filters(since=since, until=until))
    }  # fmt: skip
    told = {id_ for thing in things for step in thing.steps for id_ in step.documents}
    told.update(id_ for one in incidents.values() for id_ in one.documents)
    for id_, document in sorted(store.links.documents(sorted(told - found.keys())).items()):
        found[id_] = Article(
            id=id_, day=document.published, outlet=document.outlet, url=document.url,
            copy_of=None, events=None,
        )  # fmt: skip
    return found
