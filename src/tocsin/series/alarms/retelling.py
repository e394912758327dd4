"""What series are made of, of incidents that were reported on several days, as of each of them.

:mod:`tocsin.series.alarms.retold` makes whole incidents of whole events. A series needs a few
values of each, and these are told here from the columns of the events, many times as fast, by the
same votes. Where the columns do not tell enough, of what a person has relabelled and of parties
that are not of one country in all reports, the whole incidents are made.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, TypeVar

from tocsin.linking.corroboration import FIRST_LINES, Origin, independent_sources, origin_of
from tocsin.linking.incidents.status import status_of
from tocsin.linking.incidents.summary import CONTEXTS, is_sum, length
from tocsin.linking.incidents.votes import in_order, weight_of
from tocsin.model.event import Event, Status
from tocsin.model.flat_incident import countries, incident_row
from tocsin.model.incident import PREFIX, Incident
from tocsin.series.alarms.retold import Retold, load_decided, load_retold
from tocsin.series.observations import ANY, Dyad
from tocsin.store.base import Row
from tocsin.store.filters import Filters

if TYPE_CHECKING:
    from tocsin.store.tables import TableStore

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Retelling:
    """An incident by the days from which it was known so: rows as the question
    ``measured_incidents`` gives them, None where that gives this one, as it is known now; each with
    the sentence that tells most."""

    id: str
    versions: tuple[tuple[date, Row | None, str], ...]


@dataclass(slots=True, kw_only=True)
class _Report:
    """A row of the question ``retold_reports``."""

    incident: str
    id: str
    article: str
    published: date | None
    type: str
    mode: str | None
    contexts: str | None
    quad: int
    score: float
    cameo: str | None
    status: Status
    cardinality: str
    date_start: date | None
    date_end: date | None
    content_type: str | None
    content_mode: str | None
    condition: bool
    deadline: bool
    actor_countries: list[str]
    recipient_countries: list[str]
    sentence: str
    confidence: float
    counted: bool
    told: int
    torn: bool


def load_retellings(store: TableStore, dyad: Dyad = (ANY, ANY)) -> Iterator[Retelling]:
    """The incidents that name both of a dyad and were reported on several days."""
    wanted = None if dyad == (ANY, ANY) else dyad
    rows = [_Report(**row) for row in store.ask("retold_reports", Filters(dyad=wanted))]
    reports = {id_: list(own) for id_, own in groupby(rows, lambda one: one.incident)}
    shutting = {row["event"] for row in store.ask("shutting_events")}
    labels = load_decided(store).labels
    whole = [
        id_
        for id_, own in reports.items()
        if own[0].torn or any(report.id in labels for report in own)
    ]
    for retold in load_retold(store, whole):
        yield Retelling(retold.id, tuple(of_whole(retold, shutting)))
        del reports[retold.id]
    tells = _Teller(store, rows, shutting)
    for id_, own in reports.items():
        yield Retelling(id_, tuple(tells.versions(own)))


class _Teller:
    """Tells rows of reports; what is the same of all their versions is looked up once."""

    def __init__(self, store: TableStore, reports: Sequence[_Report], shutting: set[str]) -> None:
        articles = {one.article for one in reports}
        self._heads = store.links.heads(articles, lines=FIRST_LINES)
        self._families = store.links.families(articles)
        self._origins: dict[str, Origin] = {}
        self._shutting = shutting
        # Only of assaults it is told how many were killed.
        assaults = {one.incident for one in reports if one.type == "ASSAULT"}
        counted = [one.id for one in reports if one.counted and one.incident in assaults]
        self._counts = {one.id: _counts_of(one) for one in store.links.events_by_id(counted)}

    def versions(self, reports: Sequence[_Report]) -> Iterator[tuple[date, Row | None, str]]:
        """An incident by each day on which a report of it was published."""
        dated = [(one.published, one) for one in reports if one.published is not None]
        for day in sorted({published for published, _ in dated}):
            known = [one for published, one in dated if published <= day]
            told = [one for one in known if one.status != "hypothetical"]
            if told:
                sentence = max(told, key=lambda one: (one.told + one.confidence, one.id)).sentence
                row = self._row(told, known) if len(known) < len(reports) else None
                yield day, row, " ".join(sentence.split())

    def _row(self, told: Sequence[_Report], known: Sequence[_Report]) -> Row:
        type_, mode = _kind(told)
        like = next(one for one in told if (one.type, one.mode) == (type_, mode))
        contents = _ranked(
            told,
            lambda one: (one.content_type, one.content_mode) if one.content_type else None,
        )
        start, end = _days(told)
        best = max(known, key=lambda one: (one.confidence, one.id))
        coded = max(
            (one for one in known if one.cameo is not None),
            key=lambda one: (one.confidence, one.id),
            default=best,
        )
        articles = list(dict.fromkeys(one.article for one in told))
        families = [self._families.get(id_, id_) for id_ in articles]
        counts = [count for one in told for count in self._counts.get(one.id, ())]
        return {
            "id": PREFIX + told[0].id,
            "type": type_,
            "mode": mode,
            "quad": like.quad,
            "score": like.score,
            "status": status_of(told, ())[0],
            "contexts": ";".join(_contexts(told)),
            "content_type": contents[0][0][0] if contents else None,
            "cardinality": _cardinality(told),
            "condition": any(one.condition for one in told),
            "deadline": any(one.deadline for one in told),
            "channel": any(one.id in self._shutting for one in known),
            "date_start": start,
            "date_end": end,
            "first_report": told[0].published,
            "actor_countries": _all(one.actor_countries for one in told),
            "recipient_countries": _all(one.recipient_countries for one in told),
            "documents": len(articles),
            "families": len(set(families)),
            "sources": self._sources(articles, families),
            "counts": json.dumps(counts) if type_ == "ASSAULT" else None,
            "confidence": best.confidence,
            "cameo": coded.cameo,
            "outlets": sorted({name for one in known if (name := self._outlet(one)) is not None}),
        }

    def _sources(self, articles: Sequence[str], families: Sequence[str]) -> int:
        if len(articles) == 1:
            return 1
        numbers = {name: number for number, name in enumerate(dict.fromkeys(families))}
        return len(
            independent_sources(
                [self._origin(id_) for id_ in articles], [numbers[name] for name in families]
            )
        )

    def _origin(self, article: str) -> Origin:
        if article not in self._origins:
            self._origins[article] = origin_of(self._heads[article])
        return self._origins[article]

    def _outlet(self, report: _Report) -> str | None:
        return self._heads[report.article].outlet


def _kind(told: Sequence[_Report]) -> tuple[str, str | None]:
    """Type and mode, as an incident has them: a mode says more than none."""
    type_ = _ranked(told, lambda one: one.type)[0][0]
    kinds = [kind for kind, _ in _ranked(told, lambda one: (one.type, one.mode))]
    of_type = [mode for kind, mode in kinds if kind == type_]
    return type_, next((mode for mode in of_type if mode is not None), None)


def _days(told: Sequence[_Report]) -> tuple[date | None, date | None]:
    """The days that most give; of those that as many give, the narrower."""
    found = _ranked(
        told,
        lambda one: (one.date_start, one.date_end) if one.date_start or one.date_end else None,
    )
    best = min(found, key=lambda one: (-one[1], length(*one[0])), default=None)
    return best[0] if best is not None else (None, None)


def _contexts(told: Sequence[_Report]) -> list[str]:
    by: dict[str, list[_Report]] = {}
    for one in told:
        for context in filter(None, (one.contexts or "").split(";")):
            by.setdefault(context, []).append(one)
    if len(told) == 1:
        return list(by)
    least = _weight(told) * CONTEXTS
    return [context for context, own in by.items() if _weight(own) >= least]


def _cardinality(told: Sequence[_Report]) -> str:
    said = _ranked(told, lambda one: one.cardinality)
    return max(said, key=lambda one: (one[1], one[0] == "one"))[0]


def _ranked(
    told: Sequence[_Report], of: Callable[[_Report], Value | None]
) -> list[tuple[Value, float]]:
    """What reports give and how heavy their votes are, in the order of votes; of one value alone
    nobody asks how heavy."""
    by: dict[Value, list[_Report]] = {}
    for one in told:
        value = of(one)
        if value is not None:
            by.setdefault(value, []).append(one)
    if len(by) < 2:
        return [(value, 1.0) for value in by]
    found = [(value, _weight(own)) for value, own in by.items()]
    return sorted(found, key=lambda one: (-one[1], in_order(one[0])))


def _weight(reports: Iterable[_Report]) -> float:
    return weight_of((one.article, one.confidence) for one in reports)


def _all(lists: Iterable[Iterable[str]]) -> set[str]:
    return {one for own in lists for one in own}


def _counts_of(event: Event) -> list[Row]:
    return [
        {"casualty": one.casualty, "total": is_sum(one), "value": one.value}
        for one in event.quantities
        if one.casualty is not None
    ]


def of_whole(retold: Retold, shutting: set[str]) -> Iterator[tuple[date, Row, str]]:
    """The versions of a whole incident; ``shutting`` are the events that shut a channel."""
    for day, incident, events in retold.versions:
        row = _row_of(incident, events, shutting, retold.outlets)
        yield day, row, incident.sentence


def _row_of(
    incident: Incident,
    events: Sequence[Event],
    shutting: set[str],
    outlets: Mapping[str, str | None],
) -> Row:
    best = max(events, key=lambda one: (one.confidence, one.id))
    coded = max(
        (one for one in events if one.cameo is not None),
        key=lambda one: (one.confidence, one.id),
        default=best,
    )
    named = {outlets.get(one.document) for one in events}
    counts = [
        {"casualty": one.casualty, "total": one.total, "value": one.value}
        for one in incident.counts
    ]
    return incident_row(incident) | {
        "condition": incident.condition is not None,
        "deadline": incident.deadline is not None,
        "channel": any(one.id in shutting for one in events),
        "actor_countries": countries(incident.actors),
        "recipient_countries": countries(incident.recipients),
        "counts": json.dumps(counts) if incident.type == "ASSAULT" else None,
        "confidence": best.confidence,
        "cameo": coded.cameo,
        "outlets": sorted(name for name in named if name is not None),
    }
