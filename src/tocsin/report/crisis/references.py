"""References: every figure of the report leads to a numbered row of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tocsin.knowledge.outlets import load_outlets
from tocsin.report.crisis import wording
from tocsin.report.crisis.material import Material, Report

#: What the table of channels is called among the evidence.
CHANNELS = "Channels and agreements, step by step"
ALARMS = "What rang, and why"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One row of evidence: an incident with the sentence that tells most, its outlet, day of
    publication and address; or a table of this report, with ``anchor`` where that is."""

    number: int
    anchor: str | None
    incident: str | None
    what: str
    sentence: str | None
    source: str
    url: str | None


class References:
    """Numbers references in the order in which they are first named."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._rows: dict[str, Reference] = {}

    def cite(self, incident: str) -> int | None:
        """The number of an incident's row; None where nothing is known of it."""
        if incident not in self._rows:
            found = self._material.incidents.get(incident)
            report = telling(self._material, incident)
            if found is None or report is None:
                return None
            self._add(
                incident,
                anchor=None,
                incident=incident,
                what=f"{wording.deed(found)}; {wording.when(found)}; {found.status}",
                sentence=report.sentence,
                source=source_words(report.outlet, report.day),
                url=wording.web_address(report.url),
            )
        return self._rows[incident].number

    def all(self, incidents: Iterable[str]) -> tuple[int, ...]:
        """The numbers of several incidents, without those of which nothing is known."""
        return tuple(number for id_ in incidents if (number := self.cite(id_)) is not None)

    def evidence(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of what an alarm rests on: incidents, and the table of channels for these."""
        things = {thing.id for thing in self._material.things}
        numbers = [
            self.table("channels-table", CHANNELS) if id_ in things else self.cite(id_)
            for id_ in ids
        ]
        return tuple(dict.fromkeys(number for number in numbers if number is not None))

    def table(self, anchor: str, what: str) -> int:
        """The number of a table of this report."""
        key = f"#{anchor}"
        if key not in self._rows:
            self._add(
                key, anchor=anchor, incident=None, what=what, sentence=None, source="", url=None
            )
        return self._rows[key].number

    def rows(self) -> tuple[Reference, ...]:
        """All rows, by their numbers."""
        return tuple(self._rows.values())

    def _add(self, key: str, **fields: str | None) -> None:
        self._rows[key] = Reference(number=len(self._rows) + 1, **fields)  # type: ignore[arg-type]


def telling(material: Material, incident: str) -> Report | None:
    """The report whose sentence stands for the incident, else its first."""
    reports = material.reports.get(incident, ())
    sentence = material.incidents[incident].sentence if incident in material.incidents else None
    same = (report for report in reports if report.sentence == sentence)
    return next(same, next(iter(reports), None))


def source_words(outlet: str | None, day: date | None) -> str:
    """Outlet and day of publication; who speaks for a state is marked."""
    name = outlet or "outlet unknown"
    if is_state_media(outlet):
        name += " (state media)"
    return f"{name}, {day_of(day)}"


def day_of(day: date | None) -> str:
    """A day in words, or that there is none."""
    from tocsin.report.view import day_words

    return day_words(day) if day is not None else "day unknown"


def is_state_media(outlet: str | None) -> bool:
    """Whether an outlet speaks for its government, by the table of outlets."""
    found = load_outlets().named(outlet)
    return found is not None and found.state == "state"
