"""Observations out of a store: of its incidents, or of the rows of others' series."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from tocsin.errors import OptionError
from tocsin.knowledge.goldstein import load_goldstein
from tocsin.knowledge.ladder import Rung
from tocsin.knowledge.ontology import load_ontology
from tocsin.linking.traits import window_of
from tocsin.model.imported import SERIES
from tocsin.series.ladder import rung_of
from tocsin.series.observations import ANY, INCIDENT, Dyad, Observation, belongs
from tocsin.store.base import Row
from tocsin.store.filters import Filters

#: Where observations may come from.
INCIDENTS = "incidents"
SOURCES = (INCIDENTS, *SERIES)


class Asks(Protocol):
    """What is asked of a store."""

    def ask(self, question: str, filters: Filters | None = None) -> list[Row]:
        """The rows that answer a named question."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The observations of a dyad, by their days, and how many were left out: ``undated`` have no
    day on which they may have happened, ``untyped`` are rows of which PLOVER has no event,
    ``summed`` are told only as a habit, or as several happenings of which no day is told: the
    single ones have incidents of their own."""

    observations: tuple[Observation, ...]
    undated: int = 0
    untyped: int = 0
    summed: int = 0


def load_observations(
    store: Asks, *, dyad: Dyad = (ANY, ANY), source: str = INCIDENTS, type_: str | None = None
) -> Observed:
    """The observations of ``source`` that belong to ``dyad``; OptionError for an unknown source."""
    if source not in SOURCES:
        raise OptionError(f"there is no source {source!r}; there are {', '.join(SOURCES)}")
    wanted = None if dyad == (ANY, ANY) else dyad
    if source == INCIDENTS:
        rows = store.ask("measured_incidents", Filters(dyad=wanted, type=type_))
        single = [row for row in rows if not is_sum(row)]
        found, aside = list(of_incidents(single)), 0
        summed = sum(belongs(one, dyad) for one, _ in of_incidents(filter(is_sum, rows)))
    else:
        rows = store.ask("measured_imported", Filters(series=source, dyad=wanted, type=type_))
        typed = [row for row in rows if row["type"] is not None]
        aside = sum(_has(row, dyad) for row in rows if row["type"] is None)
        found, summed = [(_of_row(row, source), True) for row in typed], 0
    chosen = [(one, dated) for one, dated in found if belongs(one, dyad)]
    kept = sorted((one for one, dated in chosen if dated), key=lambda one: (one.start, one.id))
    return Observed(tuple(kept), len(chosen) - len(kept), aside, summed)


def is_sum(row: Row) -> bool:
    """Whether an incident is none that a day has: a habit, or a sum without a day of its own."""
    if row["cardinality"] == "several":
        return row["date_start"] is None and row["date_end"] is None
    return bool(row["cardinality"] == "habitual")


def _has(row: Row, dyad: Dyad) -> bool:
    """Whether the sides of a row are those of a dyad, in this direction."""
    sides = row["actor_country"], row["recipient_country"]
    return all(
        side is not None and want in (ANY, side) for side, want in zip(sides, dyad, strict=True)
    )


def of_incidents(rows: Iterable[Row]) -> Iterator[tuple[Observation, bool]]:
    """Observations of the rows of ``measured_incidents``, each with whether it has days; where it
    has none those of the observation mean nothing."""
    for row in rows:
        when = window_of(row["date_start"], row["date_end"], row["first_report"], row["status"])
        dated = when.start is not None and when.end is not None
        start, end = when.start or date.max, when.end or date.max
        killed, wounded = _casualties(row["counts"])
        contexts = (row["contexts"] or "").split(";")
        yield Observation(
            id=row["id"],
            source=INCIDENT,
            start=min(start, end),
            end=max(start, end),
            actors=frozenset(row["actor_countries"]),
            recipients=frozenset(row["recipient_countries"]),
            type=row["type"],
            mode=row["mode"],
            quad=row["quad"],
            score=row["score"],
            goldstein=_goldstein(row["cameo"], row["type"], row["mode"]),
            rung=_rung(
                row["type"], row["mode"], killed, wounded, row["content_type"],
                frozenset(filter(None, contexts)), row["condition"], row["deadline"],
                row["channel"],
            ),
            status=row["status"],
            sources=max(1, row["sources"]),
            confidence=row["confidence"],
            families=row["families"],
            documents=row["documents"],
            outlets=tuple(row["outlets"] or ()),
            reported=row["first_report"],
        ), dated  # fmt: skip


def _of_row(row: Row, source: str) -> Observation:
    type_, mode = row["type"], row["mode"]
    own = row["score"] if row["scale"] == "goldstein" else None
    return Observation(
        id=row["key"],
        source=source,
        start=row["day"],
        end=row["day"],
        actors=_side(row["actor_country"]),
        recipients=_side(row["recipient_country"]),
        type=type_,
        mode=mode,
        quad=row["quad"] or load_ontology().types[type_].quad,
        score=load_ontology().types[type_].score_of(mode),
        goldstein=own if own is not None else _goldstein(row["cameo"], type_, mode),
        rung=_rung(type_, _known(type_, mode), 0, 0, None, frozenset(), False, False, False),
        status="actual",
        sources=max(1, row["sources"] or 1),
        confidence=None,
        families=1,
        documents=row["articles"] or 1,
        outlets=_outlets(row["publisher"]),
        reported=None,
    )


def _known(type_: str, mode: str | None) -> str | None:
    """A mode that is PLOVER's; others' series have some of their own."""
    return mode if mode in load_ontology().types[type_].mode_scores else None


@lru_cache(maxsize=4096)
def _side(country: str | None) -> frozenset[str]:
    return frozenset() if country is None else frozenset((country,))


@lru_cache(maxsize=4096)
def _outlets(name: str | None) -> tuple[str, ...]:
    return () if name is None else (name,)


@lru_cache(maxsize=4096)
def _goldstein(cameo: str | None, type_: str, mode: str | None) -> float:
    """By the code where there is one, else by type and mode."""
    scale = load_goldstein()
    score = scale.of_code(cameo) if cameo else None
    return scale.of_kind(type_, mode) if score is None else score


@lru_cache(maxsize=4096)
def _rung(
    type_: str,
    mode: str | None,
    killed: float,
    wounded: float,
    content: str | None,
    contexts: frozenset[str],
    condition: bool,
    deadline: bool,
    channel: bool,
) -> Rung:
    return rung_of(
        type_, _known(type_, mode), killed=killed, wounded=wounded, content=content,
        contexts=contexts, condition=condition, deadline=deadline, channel=channel,
    )  # fmt: skip


def _casualties(counts: str | None) -> tuple[float, float]:
    """The most killed and wounded that a report counts; sums over other happenings do not count."""
    most = {"killed": 0.0, "wounded": 0.0}
    for count in json.loads(counts) if counts else ():
        kind = count["casualty"]
        if kind in most and not count["total"] and count["value"] is not None:
            most[kind] = max(most[kind], float(count["value"]))
    return most["killed"], most["wounded"]
