"""One relation, both directions side by side: index, ladder, and what is known of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from tocsin.model.channel import Thing
from tocsin.model.codec import record_from_dict
from tocsin.report.crisis.index import IndexSection, index_section
from tocsin.report.crisis.ladder import LadderSection, ladder_section
from tocsin.report.crisis.material import Material, Report, Side
from tocsin.report.crisis.references import Reference, References
from tocsin.series.measure import Measured
from tocsin.series.observations import Dyad
from tocsin.store.filters import Filters
from tocsin.store.tables import TableStore

Found = TypeVar("Found")
# The acts that make the value of a day, so many of which are shown.
_CITED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Sections:
    """The sections that the crisis report has too, and the rows to which their numbers lead."""

    index: IndexSection
    ladder: LadderSection
    evidence: tuple[Reference, ...]


def sections(store: TableStore, dyad: Dyad, sides: tuple[Measured, ...], alarms: Any) -> Sections:
    """The sections of a relation, of incidents that are looked up as they are cited: there may be
    ten thousands of them, and a page names a dozen."""
    incidents = _Lazily(lambda ids: {one.id: one for one in store.links.incidents_by_id(ids)})
    reports = _Lazily(lambda ids: _reports(store, ids))
    cited = [
        share.observation.id for one in sides for share in one.tension.explain(one.last)[:_CITED]
    ]
    incidents.want(cited)
    reports.want(cited)
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
        incidents=incidents,
        reports=reports,
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
    """Things of a store by id: those that are ``wanted`` are looked up at once, others when they
    are asked for."""

    def __init__(self, look_up: Callable[[Sequence[str]], Mapping[str, Found]]) -> None:
        self._look_up = look_up
        self._known: dict[str, Found | None] = {}

    def want(self, ids: Iterable[str]) -> None:
        """Look these up."""
        ids = [id_ for id_ in dict.fromkeys(ids) if id_ not in self._known]
        if ids:
            found = self._look_up(ids)
            self._known |= {id_: found.get(id_) for id_ in ids}

    def __getitem__(self, id_: str) -> Found:
        self.want([id_])
        found = self._known[id_]
        if found is None:
            raise KeyError(id_)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter([id_ for id_, found in self._known.items() if found is not None])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _reports(store: TableStore, ids: Sequence[str]) -> dict[str, tuple[Report, ...]]:
    found: dict[str, list[Report]] = {}
    for row in store.reports_of(ids):
        found.setdefault(row["incident"], []).append(
            Report(
                event=row["event"], document=row["document"], sentence=row["sentence"],
                status=row["status"], day=row["published"], outlet=row["outlet"], url=row["url"],
            )
        )  # fmt: skip
    return {id_: tuple(reports) for id_, reports in found.items()}
