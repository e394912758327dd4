"""Claims: who asserts an incident, who denies it, who does neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tocsin.model.incident import Claim, Incident
from tocsin.report.crisis import wording
from tocsin.report.crisis.material import Material, gravity_of
from tocsin.report.crisis.references import References
from tocsin.report.view import day_words
from tocsin.series.observations import Observation

#: Statuses of what is no plain fact.
DISPUTED = ("alleged", "denied", "unconfirmed")
_STANCES = ("asserts", "denies", "neither")
_MOST = 40
_MOST_SPEAKERS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who takes a stance: ``flags`` say that it is state media, or that nobody is named."""

    name: str
    flags: tuple[str, ...]
    first: str
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One disputed incident with those who take each stance."""

    anchor: str
    what: str
    when: str
    status: str
    reason: str
    reference: int | None
    asserts: tuple[Voice, ...]
    denies: tuple[Voice, ...]
    neither: tuple[Voice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRow:
    """In how many incidents a speaker takes each stance."""

    name: str
    flags: tuple[str, ...]
    asserts: int
    denies: int
    neither: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimSection:
    """``shown`` of ``total`` disputed incidents, and who speaks most of all incidents."""

    rows: tuple[ClaimRow, ...]
    total: int
    speakers: tuple[SpeakerRow, ...]
    more_speakers: int
    unnamed: int
    commands: tuple[str, ...]


def is_disputed(incident: Incident) -> bool:
    """Whether it is no plain fact, or somebody does not assert it."""
    return incident.status in DISPUTED or any(one.stance != "asserts" for one in incident.claims)


def claim_section(material: Material, references: References) -> ClaimSection:
    """The claims on the incidents of the period, the most disputed first."""
    observed = [one for one in material.observations.values() if one.id in material.incidents]
    disputed = [one for one in observed if is_disputed(material.incidents[one.id])]
    chosen = sorted(disputed, key=lambda one: _order(material, one))[:_MOST]
    speakers = _speakers([material.incidents[one.id] for one in observed])
    return ClaimSection(
        rows=tuple(_row(material.incidents[one.id], references) for one in chosen),
        total=len(disputed),
        speakers=tuple(speakers[:_MOST_SPEAKERS]),
        more_speakers=max(0, len(speakers) - _MOST_SPEAKERS),
        unnamed=sum(
            any(
                claim.speaker is None or claim.anonymous
                for claim in material.incidents[one.id].claims
            )
            for one in observed
        ),
        commands=tuple(
            f"tocsin claims --db {material.store} --dyad {':'.join(side.dyad)} "
            f"--since {material.since} --until {material.until}"
            for side in material.sides
        ),
    )


def _order(material: Material, one: Observation) -> tuple[bool, float, str]:
    stances = {claim.stance for claim in material.incidents[one.id].claims}
    return len(stances) < 2, -gravity_of(one), one.id


def _row(incident: Incident, references: References) -> ClaimRow:
    voices = {
        stance: tuple(_voice(one) for one in incident.claims if one.stance == stance)
        for stance in _STANCES
    }
    return ClaimRow(
        anchor=incident.id,
        what=wording.deed(incident),
        when=wording.when(incident),
        status=incident.status,
        reason=incident.status_reason,
        reference=references.cite(incident.id),
        asserts=voices["asserts"],
        denies=voices["denies"],
        neither=voices["neither"],
    )


def _voice(claim: Claim) -> Voice:
    return Voice(
        name=wording.names([claim.speaker]) if claim.speaker else "somebody",
        flags=_flags(claim),
        first=day_words(claim.first) if claim.first else "day unknown",
        reports=len(claim.reports),
    )


def _flags(claim: Claim) -> tuple[str, ...]:
    flags = ["state media"] if claim.state_media else []
    if claim.speaker is None or claim.anonymous:
        flags.append("unnamed")
    return tuple(flags)


def _speakers(incidents: Sequence[Incident]) -> list[SpeakerRow]:
    """All who are named, by how many incidents they speak of."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, set[str]]] = {}
    for incident in incidents:
        for claim in incident.claims:
            if claim.speaker is None:
                continue
            key = wording.names([claim.speaker]), _flags(claim)
            found.setdefault(key, {s: set() for s in _STANCES})[claim.stance].add(incident.id)
    rows = [
        SpeakerRow(
            name=name, flags=flags, asserts=len(by["asserts"]), denies=len(by["denies"]),
            neither=len(by["neither"]),
        )
        for (name, flags), by in found.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-(row.asserts + row.denies + row.neither), row.name))
