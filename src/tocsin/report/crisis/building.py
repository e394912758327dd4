"""The report as a plain record, section by section, before it has any form."""

from __future__ import annotations

from dataclasses import dataclass

from tocsin.report.crisis import wording
from tocsin.report.crisis.alarms import AlarmRow, alarm_rows
from tocsin.report.crisis.channels import Channels, channels
from tocsin.report.crisis.claims import ClaimSection, claim_section
from tocsin.report.crisis.incidents import IncidentSection, incident_section
from tocsin.report.crisis.index import IndexSection, index_section
from tocsin.report.crisis.ladder import LadderSection, ladder_section
from tocsin.report.crisis.limits import Limits, limits
from tocsin.report.crisis.material import Material
from tocsin.report.crisis.places import MapSection, map_section
from tocsin.report.crisis.references import Reference, References
from tocsin.report.crisis.sources import Sources, sources
from tocsin.report.crisis.summary import Summary, summary
from tocsin.report.crisis.threats import Ledger, ledgers
from tocsin.report.view import day_words, days_words

#: How many incidents the timeline shows.
MOST_INCIDENTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class CrisisReport:
    """All sections, and the evidence to which their references lead. ``alarms`` is None where none
    were made. ``shown`` are the ids of the incidents that the timeline shows."""

    title: str
    period: str
    last_read: str
    store: str
    dyad: str
    summary: Summary
    index: IndexSection
    ladder: LadderSection
    alarms: tuple[AlarmRow, ...] | None
    incidents: IncidentSection
    threats: tuple[Ledger, ...]
    claims: ClaimSection
    channels: Channels
    places: MapSection
    sources: Sources
    limits: Limits
    references: tuple[Reference, ...]
    shown: frozenset[str]


def build(material: Material, *, most: int = MOST_INCIDENTS) -> CrisisReport:
    """Make every section; the same material gives the same report."""
    references = References(material)
    read = sources(material)
    # The summary comes first, and so do the numbers of its references.
    told = summary(material, read, references)
    index = index_section(material, references)
    ladder = ladder_section(material, references)
    alarms = None if material.alarms is None else alarm_rows(material.alarms, references)
    incidents = incident_section(material, most)
    claims = claim_section(material, references)
    last = material.sides[0].measured.effort.last
    one, other = (wording.country(code) for code in material.dyad)
    return CrisisReport(
        title=one if one == other else f"{one} and {other}",
        period=days_words(material.since, material.until),
        last_read=day_words(last) if last else "",
        store=material.store,
        dyad=":".join(material.dyad),
        summary=told,
        index=index,
        ladder=ladder,
        alarms=alarms,
        incidents=incidents,
        threats=ledgers(material),
        claims=claims,
        channels=channels(material),
        places=map_section(material),
        sources=read,
        limits=limits(material, read),
        references=references.rows(),
        shown=frozenset(row.anchor for month in incidents.months for row in month.rows),
    )
