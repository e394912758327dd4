"""From the reports of one happening to the record of an incident."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from tocsin.linking.corroboration import independent_sources, origin_of
from tocsin.linking.incidents.claims import claims
from tocsin.linking.incidents.parties import parties
from tocsin.linking.incidents.reports import Report
from tocsin.linking.incidents.status import status_of
from tocsin.linking.incidents.votes import Given, votes
from tocsin.model.document import Document
from tocsin.model.event import Actor, Cardinality, Quantity, When
from tocsin.model.incident import PREFIX, Count, Days, Incident, Site

#: Contexts that at least so large a share of the votes gives are the incident's.
CONTEXTS = 1 / 3

_Where = tuple[str, str | None, float | None, float | None, int | None, float | None]
_HowMany = tuple[str, str | None, float | None, float | None, str | None, bool]


def incident_of(reports: Iterable[Report], families: Mapping[str, str] | None = None) -> Incident:
    """The incident that these reports are of.

    ``families`` gives the family of copies of an article by its id, where it has one.
    """
    reports = sorted(reports, key=_order)
    kinds = votes(reports, lambda one: [(one.event.type, one.event.mode)])
    type_ = votes(reports, lambda one: [one.event.type])[0].value
    mode = next(kind.value[1] for kind in _with_mode_first(kinds) if kind.value[0] == type_)
    like = next(one.event for one in reports if (one.event.type, one.event.mode) == (type_, mode))
    contents = votes(reports, _content)
    texts = votes(
        reports, lambda one: [one.event.content.trigger.text] if one.event.content else []
    )
    conditions = votes(reports, lambda one: [_one_line(one.event.condition.text)]
                       if one.event.condition else [])  # fmt: skip
    deadlines = votes(reports, lambda one: _days(one.event.deadline))
    said = claims(reports)
    status, reason = status_of(reports, said)
    documents = {report.document.id: report.document for report in reports}
    family = {id_: (families or {}).get(id_, id_) for id_ in documents}
    objects = votes(reports, _object)
    numbers = {name: number for number, name in enumerate(dict.fromkeys(family.values()))}
    published = [one.event.published for one in reports if one.event.published is not None]
    content = contents[0].value if contents else (None, None)
    return Incident(
        id=PREFIX + reports[0].id,
        type=type_,
        mode=mode,
        contexts=_contexts(reports),
        quad=like.quad,
        score=like.score,
        status=status,
        status_reason=reason,
        actors=parties(reports, lambda one: one.event.actors),
        recipients=parties(reports, lambda one: one.event.recipients),
        days=_all_days(votes(reports, lambda one: _days(one.event.date))),
        sites=tuple(_site(given) for given in votes(reports, _place)),
        counts=_counts(reports),
        content_type=content[0],
        content_mode=content[1],
        content_text=texts[0].value if texts else None,
        condition=conditions[0].value if conditions else None,
        deadline=_all_days(deadlines)[0] if deadlines else None,
        claims=said,
        reports=tuple(report.id for report in reports),
        documents=tuple(documents),
        families=len(numbers),
        sources=_sources(documents.values(), [numbers[family[id_]] for id_ in documents]),
        first_report=min(published, default=None),
        last_report=max(published, default=None),
        sentence=_one_line(max(reports, key=_telling).event.sentence.text),
        object=objects[0].value if objects else None,
        content_actors=parties(reports, lambda one: _of_content(one, "actors")),
        content_recipients=parties(reports, lambda one: _of_content(one, "recipients")),
        cardinality=_cardinality(reports),
    )


def _sources(documents: Collection[Document], families: Sequence[int]) -> int:
    """How many independent sources these articles have; of one it need not be asked."""
    if len(documents) == 1:
        return 1
    return len(independent_sources([origin_of(document) for document in documents], families))


def _order(report: Report) -> tuple[date, str, int, str]:
    event = report.event
    return event.published or date.max, event.document, event.sentence.start, event.id


def _with_mode_first(
    kinds: Sequence[Given[tuple[str, str | None]]],
) -> list[Given[tuple[str, str | None]]]:
    """A mode says more than none: what reports without one mean is left open."""
    return sorted(kinds, key=lambda kind: kind.value[1] is None)


def _contexts(reports: Sequence[Report]) -> tuple[str, ...]:
    given = votes(reports, lambda one: one.event.contexts)
    whole = votes(reports, lambda one: [None])[0].weight
    return tuple(one.value for one in given if one.weight >= whole * CONTEXTS)


def _content(report: Report) -> list[tuple[str, str | None]]:
    content = report.event.content
    return [(content.type, content.mode)] if content is not None else []


def _cardinality(reports: Sequence[Report]) -> Cardinality:
    """That of most; one where as many say so: they single it out."""
    said = votes(reports, lambda one: [one.event.cardinality])
    return max(said, key=lambda given: (given.weight, given.value == "one")).value


def _object(report: Report) -> list[str]:
    return [_one_line(report.event.object.text)] if report.event.object is not None else []


def _of_content(report: Report, side: Literal["actors", "recipients"]) -> tuple[Actor, ...]:
    content = report.event.content
    if content is None:
        return ()
    return content.actors if side == "actors" else content.recipients


def _days(when: When | None) -> list[tuple[date | None, date | None]]:
    if when is None or (when.start is None and when.end is None):
        return []
    return [(when.start, when.end)]


def _all_days(
    given: Sequence[Given[tuple[date | None, date | None]]],
) -> tuple[Days, ...]:
    """The days that most give first; of those that as many give, the narrower."""
    found = sorted(given, key=lambda one: (-one.weight, length(*one.value)))
    return tuple(Days(start=one.value[0], end=one.value[1], reports=one.ids) for one in found)


def length(start: date | None, end: date | None) -> int:
    """Days between two; where one is open more than of any that are told."""
    return (end - start).days if start is not None and end is not None else 100_000


def _place(report: Report) -> list[_Where]:
    place = report.event.place
    if place is None:
        return []
    return [(place.name, place.country, place.lat, place.lon, place.geonameid, place.radius_km)]


def _site(given: Given[_Where]) -> Site:
    name, country, lat, lon, geonameid, radius = given.value
    return Site(
        name=name, country=country, lat=lat, lon=lon, geonameid=geonameid, radius_km=radius,
        reports=given.ids,
    )  # fmt: skip


def _counts(reports: Sequence[Report]) -> tuple[Count, ...]:
    """All counts, those of one unit together, the one that most give first; sums behind."""
    given = votes(reports, _how_many)
    heaviest: dict[tuple[str, str | None], float] = {}
    for one in given:
        heaviest.setdefault(one.value[:2], one.weight)
    found = sorted(
        given,
        key=lambda one: (one.value[5], -heaviest[one.value[:2]], str(one.value[:2]), -one.weight),
    )
    return tuple(
        Count(
            unit=one.value[0], casualty=one.value[1], value=one.value[2], upper=one.value[3],
            qualifier=one.value[4], total=one.value[5], reports=one.ids,
        )
        for one in found
    )  # fmt: skip


def _how_many(report: Report) -> list[_HowMany]:
    return [
        (
            one.unit, one.casualty, one.value, one.upper, one.qualifier, is_sum(one),
        )
        for one in report.event.quantities
    ]  # fmt: skip


def is_sum(quantity: Quantity) -> bool:
    """Whether a count is that of several happenings."""
    return quantity.part == "total" or quantity.occasions is not None


def _telling(report: Report) -> tuple[float, str]:
    """How much a report tells: what a reader wants to know of it, and how sure it is."""
    event = report.event
    said = [event.actors, event.recipients, event.date, event.place, event.quantities]
    return sum(map(bool, said)) + event.confidence, report.id


def _one_line(text: str) -> str:
    return " ".join(text.split())
