"""Incidents: what the reports of one happening come to when they are put together.

An incident keeps every report, and beside each best value which reports give it, so that
disagreement stays to be seen. Days and spans are those of the events that it is made of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tocsin.model.event import Cardinality, Stance, Status
from tocsin.model.mention import EntityId

#: Before the id of an incident stands this; behind it the id of its first report.
PREFIX = "i-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Someone who acted, was acted upon, or spoke: ``name`` as the reports call them most fully.

    ``reports`` are the ids of the events that say so. ``country``, ``sectors`` and ``entity`` are
    those of :class:`~tocsin.model.event.Actor`.
    """

    name: str
    country: str | None
    sectors: tuple[str, ...]
    entity: EntityId | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one party says of an incident: it asserts it, denies it, or neither.

    ``speaker`` is None where a report names nobody ("according to reports"); ``first`` is the day
    of the first report of the claim.
    """

    speaker: Party | None
    stance: Stance
    state_media: bool
    anonymous: bool
    reports: tuple[str, ...]
    first: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A count that reports give, with those that give it: ``value`` (to ``upper``) of ``unit``.

    ``casualty`` is what became of people; ``total`` says that the count sums up more than this
    incident. Other counts of the same unit stand beside it: reports disagree.
    """

    value: float | None
    upper: float | None
    unit: str
    qualifier: str | None
    casualty: str | None
    total: bool
    reports: tuple[str, ...]

    @property
    def words(self) -> str:
        """The count in words, such as ``about 1500 soldier``."""
        value = f"{self.value:.15g}" if self.value is not None else None
        upper = f"to {self.upper:.15g}" if self.upper is not None else None
        casualty = self.casualty if self.casualty != self.unit else None
        total = "in all" if self.total else None
        return " ".join(filter(None, (self.qualifier, value, upper, self.unit, casualty, total)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place that reports give: degrees (WGS 84), and ``radius_km`` how uncertain they are."""

    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    radius_km: float | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days that reports give, first and last, both included; None where unknown."""

    start: date | None
    end: date | None
    reports: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """All reports of one happening, and what they come to.

    ``reports`` are the ids of its events in the order in which they were published, ``documents``
    those of their articles. ``type`` to ``score`` are the best of what the reports say, as are the
    first of ``actors``, ``recipients``, ``sites``, ``days`` and of the ``counts`` of each unit.
    ``status_reason`` says in words why the status is what it is. ``content_type`` to ``deadline``
    are those of a threat, demand, agreement or refusal. ``families`` counts texts, copies as one;
    ``sources`` independent sources; ``first_report`` and ``last_report`` are days of publication.
    ``sentence`` is the report that tells most. ``object`` is what was acted upon where that is no
    actor, ``content_actors`` and ``content_recipients`` who is to do what is threatened or asked
    for, and to whom. ``cardinality`` is that of the event: what reports tell only as several
    happenings taken together, or as a habit, is no single incident.
    """

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: int
    score: float
    status: Status
    status_reason: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    days: tuple[Days, ...]
    sites: tuple[Site, ...]
    counts: tuple[Count, ...]
    content_type: str | None
    content_mode: str | None
    content_text: str | None
    condition: str | None
    deadline: Days | None
    claims: tuple[Claim, ...]
    reports: tuple[str, ...]
    documents: tuple[str, ...]
    families: int
    sources: int
    first_report: date | None
    last_report: date | None
    sentence: str
    object: str | None = None
    content_actors: tuple[Party, ...] = ()
    content_recipients: tuple[Party, ...] = ()
    cardinality: Cardinality = "one"

    @property
    def start(self) -> date | None:
        """The first day on which it may have happened, by the best of the reports."""
        return self.days[0].start if self.days else None

    @property
    def end(self) -> date | None:
        """The last day on which it may have happened."""
        return self.days[0].end if self.days else None
