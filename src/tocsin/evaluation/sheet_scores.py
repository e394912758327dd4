"""Figures from a judged sheet: precision per field, a recall estimate, agreement of two judges.

What counts. A row whose ``is_event`` is n is wrong in every field. "At once" is right where the
event, its type, its actors and its status are right, and wrong where one of them is wrong. Unsure
judgements are in no share; how many there are stands beside it. ``precision`` is the plain share
of the judged rows, ``weighted`` that of all events of the articles, in which each row counts for
as many as it was drawn from (the sample spreads over articles, see
:mod:`tocsin.evaluation.sampling`). Intervals are Wilson's, 95 %; that rows of one article resemble
each other is not in them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tocsin.errors import InputError
from tocsin.evaluation.agreement import Agreement, agreement
from tocsin.evaluation.intervals import (
    Estimate,
    ratio_limits,
    weighted_rate,
    weighted_wilson,
    wilson,
)
from tocsin.evaluation.judged import Judged, Sheet, Verdict
from tocsin.evaluation.sheet import EVENT, SENTENCE

#: The fields of the figures and the columns that they come from.
FIELDS: dict[str, str] = {
    "event": "is_event",
    "type": "type_right",
    "actors": "actors_right",
    "recipients": "recipients_right",
    "status": "status_right",
    "date": "date_right",
    "place": "place_right",
    "quantities": "quantities_right",
    "speaker": "speaker_right",
}
AT_ONCE = "type, actors and status at once"
_AT_ONCE_COLUMNS = ("is_event", "type_right", "actors_right", "status_right")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The judgements on one field over some rows; the shares are None where none is decided."""

    right: int
    wrong: int
    unsure: int
    precision: Estimate | None
    weighted: Estimate | None

    @property
    def unsure_share(self) -> float:
        """Share of the judgements that are unsure."""
        judged = self.right + self.wrong + self.unsure
        return self.unsure / judged if judged else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Numbers for JSON."""
        return {
            "right": self.right,
            "judged": self.right + self.wrong,
            "unsure": self.unsure,
            "unsure_share": round(self.unsure_share, 4),
            "precision": self.precision and self.precision.as_dict(),
            "weighted": self.weighted and self.weighted.as_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """How many of the events that the articles report were coded; see :func:`recall_of`."""

    recall: float
    low: float
    high: float
    coded_right: float
    missed: float
    sentences: int
    coded_sentences: int

    def as_dict(self) -> dict[str, Any]:
        """Numbers for JSON."""
        return {
            "value": round(self.recall, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "estimated_coded_right": round(self.coded_right, 1),
            "estimated_missed": round(self.missed, 1),
            "judged_sentences": self.sentences,
            "judged_coded_sentences": self.coded_sentences,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetScores:
    """All figures of one sheet."""

    sheet: Sheet
    fields: dict[str, Score]
    types: dict[str, dict[str, Score]]
    outlets: dict[str, dict[str, Score]]
    recall: Recall | None

    def as_dict(self) -> dict[str, Any]:
        """Numbers for JSON."""
        return {
            "file": self.sheet.path,
            "sample": self.sheet.sample,
            **{
                f"{kind}s": {
                    "rows": len(rows := self.sheet.of(kind)),
                    "judged": sum(map(_is_judged, rows)),
                    "population": rows[0].population if rows else 0,
                }
                for kind in (EVENT, SENTENCE)
            },
            "fields": {name: score.as_dict() for name, score in self.fields.items()},
            **{
                name: {
                    group: {field: score.as_dict() for field, score in scores.items()}
                    for group, scores in groups.items()
                }
                for name, groups in (("types", self.types), ("outlets", self.outlets))
            },
            "recall": self.recall and self.recall.as_dict(),
        }


def score_sheet(sheet: Sheet) -> SheetScores:
    """Compute the figures. InputError where no row at all is judged."""
    events = sheet.of(EVENT)
    if not any(map(_is_judged, sheet.rows)):
        raise InputError("no row is judged yet; fill in y, n or u", path=sheet.path)
    fields = {name: _score(events, _field(column)) for name, column in FIELDS.items()}
    fields[AT_ONCE] = _score(events, at_once)
    return SheetScores(
        sheet=sheet,
        fields=fields,
        types=_by_group(events, lambda row: row.type),
        outlets=_by_group(events, lambda row: row.outlet or "(no outlet)"),
        recall=recall_of(events, sheet.of(SENTENCE)),
    )


def recall_of(events: Sequence[Judged], sentences: Sequence[Judged]) -> Recall | None:
    """Estimate recall: of the political events that the articles report, the share that is coded.

    With E coded events, of which the (weighted) share p are events, E p were coded rightly. With
    U sentences without any coded event, and m missed events in each on (weighted) average, U m
    were missed there. Where ``missed`` was filled in on event rows too, those of the coded
    sentences are added: E times the average of the row's count over the events of its sentence,
    by which a sentence counts once however many events it has. Then recall is
    E p / (E p + U m + ...). Without that part, what was overlooked beside a coded event is not
    seen, and recall is an upper estimate.

    The interval: Wilson's for p and the score interval of a Poisson mean for m, both at their
    effective numbers, put together by MOVER (:func:`tocsin.evaluation.intervals.ratio_limits`).
    None where no event or no sentence is judged, or where nothing was right and nothing missed.
    """
    decided = _cases(events, _field("is_event"))
    counted = [(row.weight, row.missed) for row in sentences if isinstance(row.missed, int)]
    beside = [
        (row.weight, row.missed / max(1, row.events_here))
        for row in events
        if isinstance(row.missed, int)
    ]
    precision, rate = weighted_wilson(decided), weighted_rate(counted)
    if precision is None or rate is None:
        return None
    coded, without = events[0].population, sentences[0].population
    right = _times(precision, coded)
    missed = _times(rate, without)
    if (rate_beside := weighted_rate(beside)) is not None:
        missed = _sum(missed, _times(rate_beside, coded))
    if right.value + missed.value == 0:
        return None
    low, high = ratio_limits(missed, right) if right.value else (math.inf, math.inf)
    return Recall(
        recall=right.value / (right.value + missed.value),
        low=1 / (1 + high),
        high=1 / (1 + low),
        coded_right=right.value,
        missed=missed.value,
        sentences=len(counted),
        coded_sentences=len(beside),
    )


def agreement_of(one: Sheet, two: Sheet) -> dict[str, Agreement]:
    """The agreement of two judges of one sample, per field.

    Compared is what both filled in; unsure and empty count as nothing said. "At once" and
    ``missed`` (the counts, as names) come last. InputError where the samples differ.
    """
    others = {row.id: row for row in two.rows}
    if one.sample != two.sample or {row.id for row in one.rows} != set(others):
        raise InputError(
            f"is no judgement of the sample of {one.path}; both must come from one sheet",
            path=two.path,
        )
    pairs = [(row, others[row.id]) for row in one.rows]

    def compare(of: Callable[[Judged], Verdict | int | None]) -> Agreement:
        return agreement((_said(of(a)), _said(of(b))) for a, b in pairs)

    found = {name: compare(_filled_in(column)) for name, column in FIELDS.items()}
    found[AT_ONCE] = compare(at_once)
    found["missed"] = compare(lambda row: row.missed)
    return found


def at_once(row: Judged) -> Verdict | None:
    """Whether event, type, actors and status are all right; None where that is not judged."""
    said = [row.verdicts.get(column) for column in _AT_ONCE_COLUMNS]
    if "n" in said:
        return "n"
    if None in said:
        return None
    return "u" if "u" in said else "y"


def _field(column: str) -> Callable[[Judged], Verdict | None]:
    def verdict(row: Judged) -> Verdict | None:
        return "n" if row.verdicts.get("is_event") == "n" else row.verdicts.get(column)

    return verdict


def _filled_in(column: str) -> Callable[[Judged], Verdict | None]:
    return lambda row: row.verdicts.get(column)


def _said(value: Verdict | int | None) -> Verdict | int | None:
    return None if value == "u" else value


def _is_judged(row: Judged) -> bool:
    return bool(row.verdicts) or row.missed is not None


def _cases(
    rows: Iterable[Judged], verdict: Callable[[Judged], Verdict | None]
) -> list[tuple[float, bool]]:
    said = ((row.weight, verdict(row)) for row in rows)
    return [(weight, value == "y") for weight, value in said if value in ("y", "n")]


def _score(rows: Sequence[Judged], verdict: Callable[[Judged], Verdict | None]) -> Score:
    cases = _cases(rows, verdict)
    right = sum(value for _, value in cases)
    return Score(
        right=right,
        wrong=len(cases) - right,
        unsure=sum(verdict(row) == "u" for row in rows),
        precision=wilson(right, len(cases)),
        weighted=weighted_wilson(cases),
    )


def _by_group(
    rows: Sequence[Judged], group: Callable[[Judged], str]
) -> dict[str, dict[str, Score]]:
    """The score of the event and of "at once" for each group with a judged row."""
    found = {}
    for name in sorted(set(map(group, rows))):
        inside = [row for row in rows if group(row) == name]
        if any(map(_is_judged, inside)):
            found[name] = {
                "event": _score(inside, _field("is_event")),
                AT_ONCE: _score(inside, at_once),
            }
    return found


def _times(estimate: Estimate, factor: float) -> Estimate:
    return Estimate(
        estimate.value * factor, estimate.low * factor, estimate.high * factor, estimate.n
    )


def _sum(one: Estimate, two: Estimate) -> Estimate:
    """The sum of two independent estimates, its limits by MOVER."""
    value = one.value + two.value
    down = math.hypot(one.value - one.low, two.value - two.low)
    up = math.hypot(one.high - one.value, two.high - two.value)
    return Estimate(value, max(0.0, value - down), value + up, one.n + two.n)
