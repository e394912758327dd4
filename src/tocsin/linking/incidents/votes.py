"""Votes: which values do the reports give, and which of them give each?

Each article has one vote for a value, as heavy as its surest report that gives it; copies have
none, for they are not coded.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from tocsin.linking.incidents.reports import Report

Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Given(Generic[Value]):
    """A value, the reports that give it, and how heavy their votes are."""

    value: Value
    reports: tuple[Report, ...]
    weight: float

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the reports."""
        return tuple(report.id for report in self.reports)


def votes(
    reports: Sequence[Report], values: Callable[[Report], Iterable[Value]]
) -> list[Given[Value]]:
    """What the reports give, heaviest first; ties in the order of the values' own words."""
    found: dict[Value, dict[str, Report]] = {}
    for report in reports:
        for value in values(report):
            found.setdefault(value, {})[report.id] = report
    if not found:
        return []
    given = [
        Given(
            value,
            tuple(by.values()),
            weight_of((report.article, report.event.confidence) for report in by.values()),
        )
        for value, by in found.items()
    ]
    if len(given) == 1:
        return given
    return sorted(given, key=lambda one: (-one.weight, in_order(one.value)))


def weight_of(reports: Iterable[tuple[str, float]]) -> float:
    """How heavy the votes of reports are, each given by its article and how sure it is."""
    surest: dict[str, float] = {}
    for article, confidence in reports:
        surest[article] = max(surest.get(article, 0.0), confidence)
    return round(sum(sorted(surest.values())), 9)


def in_order(value: Any) -> str:
    """By what values stand in order that have as heavy votes."""
    return repr(sorted(value)) if isinstance(value, frozenset) else repr(value)
