"""One relation, both directions side by side: index, ladder, and what is known of each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from tocsin.model.channel import Thing
from tocsin.model.codec import record_from_dict
from tocsin.model.incident import Incident
from tocsin.report.crisis.index import IndexSection, index_section
from tocsin.report.crisis.ladder import LadderSection, ladder_section
from tocsin.report.crisis.material import Material, Report, Side
from tocsin.report.crisis.references import Reference, References
from tocsin.series.measure import Measured
from tocsin.series.observations import Dyad
from tocsin.store.filters import Filters
from tocsin.store.tables import TableStore

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The sections that the crisis report has too, and the rows to which their numbers lead."""

    index: IndexSection
    ladder: LadderSection
    evidence: tuple[Reference, ...]


def sections(store: TableStore, dyad: Dyad, sides: tuple[Measured, ...], alarms: Any) -> Sections:
    """The sections of a relation, of incidents that are looked up as they are cited: there may be
    ten thousands of them, and a page names a dozen."""
    material = Material(
        store=store.path,
        dyad=dyad,
        since=sides[0].first,
        until=sides[0].last,
        sides=tuple(
            Side(
                measured=one,
                observations=tuple(
                    o for o in one.observations if o.start <= one.last and o.end >= one.first
                ),
                threats=(),
            )
            for one in sides
        ),
        incidents=_Incidents(store),
        reports=_Reports(store),
        things=tuple(
            record_from_dict(Thing, json.loads(row["record"]))
            for row in store.ask("channel_records", Filters(dyad=dyad))
        ),
        articles={},
        aside=0,
        alarms=alarms,
    )
    references = References(material)
    index = index_section(material, references)
    ladder = ladder_section(material, references)
    return Sections(index=index, ladder=ladder, evidence=references.rows())


class _Lazily(Mapping[str, Found]):
    """Things of a store by id, each looked up when it is asked for."""

    def __init__(self, store: TableStore) -> None:
        self._store = store
        self._known: dict[str, Found | None] = {}

    def _look_up(self, id_: str) -> Found | None:
        raise NotImplementedError

    def __getitem__(self, id_: str) -> Found:
        if id_ not in self._known:
            self._known[id_] = self._look_up(id_)
        found = self._known[id_]
        if found is None:
            raise KeyError(id_)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter([id_ for id_, found in self._known.items() if found is not None])

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Incidents(_Lazily[Incident]):
    def _look_up(self, id_: str) -> Incident | None:
        return self._store.incident(id_)


class _Reports(_Lazily[tuple[Report, ...]]):
    def _look_up(self, id_: str) -> tuple[Report, ...] | None:
        rows = self._store.ask("incident_reports", Filters(id=id_))
        found = tuple(
            Report(
                event=row["event"], document=row["document"], sentence=row["sentence"],
                status=row["status"], day=row["published"], outlet=row["outlet"], url=row["url"],
            )
            for row in rows
        )  # fmt: skip
        return found or None


def bounds(sides: tuple[Measured, ...]) -> tuple[date, date]:
    """First and last day of what is shown."""
    return sides[0].first, sides[0].last
