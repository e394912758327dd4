"""What a crisis report is made of: the records that a store gave, and nothing worked out yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tocsin.model.alarm import Alarm
from tocsin.model.channel import Thing
from tocsin.model.incident import Incident
from tocsin.model.threat import Threat
from tocsin.series.measure import Measured
from tocsin.series.observations import Dyad, Observation
from tocsin.series.weighing import weighing


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report of an incident: its sentence and where that stands. ``day`` is the day of
    publication."""

    event: str
    document: str
    sentence: str
    status: str
    day: date | None
    outlet: str | None
    url: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An article that was read; ``copy_of`` is what it copies, ``events`` how many it has."""

    id: str
    day: date | None
    outlet: str | None
    url: str | None
    copy_of: str | None
    events: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One direction: what is measured of it, and its threats and demands made in the period.

    ``observations`` are those that may have happened in the period.
    """

    measured: Measured
    observations: tuple[Observation, ...]
    threats: tuple[Threat, ...]

    @property
    def dyad(self) -> Dyad:
        """Who does it, to whom."""
        return self.measured.dyad


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All of it. ``dyad`` is the pair that was asked for; ``sides`` are its directions, one where a
    country is asked for with itself.

    ``incidents`` are those of the period in either direction, and those that ended a threat of it;
    ``reports`` are theirs, by incident. ``articles`` are those published in the period and those by
    which anything else here is told. ``aside`` counts what could not be used, in the whole store.
    ``alarms`` is None where none were asked for.
    """

    store: str
    dyad: Dyad
    since: date
    until: date
    sides: tuple[Side, ...]
    incidents: Mapping[str, Incident]
    reports: Mapping[str, tuple[Report, ...]]
    things: tuple[Thing, ...]
    articles: Mapping[str, Article]
    aside: int
    alarms: tuple[Alarm, ...] | None = None

    @property
    def observations(self) -> dict[str, Observation]:
        """The observations of both directions, each once."""
        return {one.id: one for side in self.sides for one in side.observations}

    def published(self) -> list[Article]:
        """The articles published in the period."""
        return [
            one
            for one in self.articles.values()
            if one.day is not None and self.since <= one.day <= self.until
        ]


def weight_of(observation: Observation) -> float:
    """How much an observation counts: its status times the probability that it is right, as in all
    series."""
    return weighing().weight(observation)


def gravity_of(observation: Observation) -> float:
    """By what incidents are chosen where not all are shown: weight times how far their score is
    from the middle."""
    return weight_of(observation) * abs(observation.score) / 10
