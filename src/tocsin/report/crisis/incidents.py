"""The timeline of incidents: newest first, by month, each down to its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tocsin.model.incident import Incident
from tocsin.report.crisis import wording
from tocsin.report.crisis.material import Material, Report, gravity_of
from tocsin.report.crisis.references import source_words, telling
from tocsin.report.view import STATUS_WORDS
from tocsin.series.observations import Observation

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MOST_REPORTS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One report: its sentence, and where and as what it stands."""

    sentence: str
    source: str
    status: str
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentRow:
    """One incident as the timeline shows it; ``anchor`` is its id."""

    anchor: str
    kind: str
    code: str
    quad: int
    deed: bool
    rung: str
    who: str
    whom: str
    when: str
    other_days: str
    status: str
    status_words: str
    reason: str
    corroboration: str
    place: str
    about: str
    counts: tuple[str, ...]
    sentence: str
    source: str
    url: str | None
    others: tuple[ReportRow, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The incidents of a month, newest first."""

    name: str
    rows: tuple[IncidentRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SideCount:
    """How many incidents of a direction may have happened in the period, each as one."""

    direction: str
    towards: str
    incidents: int
    deeds: int
    words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSection:
    """``shown`` of ``total`` incidents, those of most weight."""

    counts: tuple[SideCount, ...]
    months: tuple[Month, ...]
    shown: int
    total: int
    undated: int
    commands: tuple[str, ...]


def side_counts(material: Material) -> tuple[SideCount, ...]:
    """The incidents of each direction."""
    return tuple(
        SideCount(
            direction=wording.direction(side.dyad),
            towards=wording.towards(side.dyad),
            incidents=len(side.observations),
            deeds=sum(one.deed for one in side.observations),
            words=sum(not one.deed for one in side.observations),
        )
        for side in material.sides
    )


def incident_section(material: Material, most: int) -> IncidentSection:
    """The ``most`` weighty incidents of either direction, each once."""
    found = [one for one in material.observations.values() if one.id in material.incidents]
    chosen = sorted(found, key=lambda one: (-gravity_of(one), one.id))[:most]
    ordered = sorted(chosen, key=lambda one: (-_day(one).toordinal(), -gravity_of(one), one.id))
    days = f"--since {material.since} --until {material.until}"
    return IncidentSection(
        counts=side_counts(material),
        months=tuple(
            Month(name=name, rows=tuple(_row(material, one) for one in group))
            for name, group in groupby(ordered, key=lambda one: _month(_day(one)))
        ),
        shown=len(chosen),
        total=len(found),
        undated=sum(side.measured.undated for side in material.sides),
        commands=tuple(
            f"tocsin incidents --db {material.store} --dyad {':'.join(side.dyad)} {days}"
            for side in material.sides
        ),
    )


def _day(one: Observation) -> date:
    """The day by which an incident is put in order: the first on which it may have happened."""
    return one.start


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _row(material: Material, one: Observation) -> IncidentRow:
    incident = material.incidents[one.id]
    best = telling(material, one.id)
    others = [report for report in material.reports.get(one.id, ()) if report is not best]
    return IncidentRow(
        anchor=incident.id,
        kind=wording.kind(incident),
        code=wording.code(incident),
        quad=incident.quad,
        deed=one.deed,
        rung=f"rung {one.rung.number}, {one.rung.name.lower()}",
        who=wording.names(incident.actors),
        whom=wording.names(incident.recipients),
        when=wording.when(incident),
        other_days=wording.other_days(incident),
        status=incident.status,
        status_words=STATUS_WORDS[incident.status],
        reason=incident.status_reason,
        corroboration=wording.corroboration(incident),
        place=wording.where(incident),
        about=_about(incident),
        counts=wording.counts(incident.counts),
        sentence=best.sentence if best else incident.sentence,
        source=source_words(best.outlet, best.day) if best else "",
        url=wording.web_address(best.url) if best else None,
        others=tuple(_reports(others)),
        more=max(0, len(others) - _MOST_REPORTS),
    )


def _reports(reports: Iterable[Report]) -> list[ReportRow]:
    return [
        ReportRow(
            sentence=report.sentence,
            source=source_words(report.outlet, report.day),
            status=report.status,
            url=wording.web_address(report.url),
        )
        for report in list(reports)[:_MOST_REPORTS]
    ]


def _about(incident: Incident) -> str:
    """What was acted upon, and under what condition."""
    words = []
    if incident.object is not None:
        words.append(f"on: “{incident.object}”")
    if incident.content_text is not None:
        words.append(f"about: “{incident.content_text}”")
    if incident.condition is not None:
        words.append(f"condition: “{incident.condition}”")
    if incident.cardinality != "one":
        told = {"several": "several happenings told together", "habitual": "told as a habit"}
        words.append(told[incident.cardinality])
    return "; ".join(words)
