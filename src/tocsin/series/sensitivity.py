"""What the choices behind the index change: the same index by other choices, beside the usual."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np

from tocsin.knowledge.measure import load_tension
from tocsin.series.axis import Axis, Floats
from tocsin.series.effort import UNKNOWN, Effort
from tocsin.series.observations import Dyad, Observation, belongs
from tocsin.series.scales import SCALES
from tocsin.series.tension import Index, tension
from tocsin.series.weighing import weighing

#: Half-lives, in days, beside the usual one.
HALF_LIVES = (7.0, 14.0, 30.0)
#: How many times the usual prior effort.
PRIORS = (0.2, 5.0)
#: So many outlets are left out in turn, those of which most was read first.
OUTLETS = 10
USUAL = "as it is"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """The index by one other choice.

    ``last`` is its value on the last day on which something was read, ``at_peak`` that on the day
    on which the usual index was highest, ``peak`` its own highest, on ``peak_day``. Levels by other
    scales are not on one scale; what can be compared is ``rank_correlation``, Spearman's with the
    usual index over all days on which something was read: None where one of them never changes.
    """

    choice: str
    last: float
    at_peak: float
    peak: float
    peak_day: date
    rank_correlation: float | None


def sensitivity(
    observations: Sequence[Observation],
    effort: Effort,
    dyad: Dyad,
    *,
    since: date | None = None,
    until: date | None = None,
    **usual: Any,
) -> list[Variant]:
    """The index as it is and by other half-lives, scales and weights, without each of the largest
    outlets, and without dividing by effort. ``usual`` are options of
    :func:`~tocsin.series.tension.tension`; OptionError where nothing was read."""
    own = [one for one in observations if belongs(one, dyad)]
    base = tension(own, effort, dyad, since=since, until=until, interval=False, **usual)
    days = _days(effort, base.axis)
    if not len(days):
        return []
    bounds: dict[str, Any] = {"since": base.axis.first, "until": base.axis.last}
    first = base.values[days]
    peak = int(np.argmax(first))
    found = [_variant(USUAL, base, days, first, peak)]
    for name, kept, read, options in _choices(own, effort, usual):
        index = tension(kept, read, dyad, interval=False, **(bounds | usual | options))
        found.append(_variant(name, index, days, first, peak))
    return found


Choice = tuple[str, Sequence[Observation], Effort, dict[str, Any]]


def _choices(own: Sequence[Observation], effort: Effort, usual: dict[str, Any]) -> Iterator[Choice]:
    settings = usual.get("settings") or load_tension()
    weigh = usual.get("weigh") or weighing()
    for days in HALF_LIVES:
        if days != settings.half_life:
            other = replace(settings, half_life=days, effort_half_life=days)
            yield f"half-life {days:g} days", own, effort, {"settings": other}
    for times in PRIORS:
        other = replace(settings, prior_effort=settings.prior_effort * times)
        yield f"prior effort {other.prior_effort:g}", own, effort, {"settings": other}
    for scale in SCALES:
        if scale != usual.get("scale", SCALES[0]):
            yield f"severity by {scale}", own, effort, {"scale": scale}
    actual, equal = replace(weigh, statuses="actual"), replace(weigh, statuses="equal")
    yield "only what is a fact", own, effort, {"weigh": actual}
    yield "every status alike", own, effort, {"weigh": equal}
    yield "no corroboration", own, effort, {"weigh": replace(weigh, corroborated=False)}
    yield "not divided by effort", own, effort, {"normalised": False}
    outlets = effort.outlets()
    for name in outlets[:OUTLETS] if len(outlets) > 1 else ():
        yield f"without {name}", without(own, name), effort.without(name), {}


def without(observations: Sequence[Observation], outlet: str) -> list[Observation]:
    """The observations had an outlet not been read: what it alone tells is gone, and what others
    tell too has one source less where it was one of several. Which sources are independent is not
    looked up anew."""
    kept = []
    for one in observations:
        if outlet == UNKNOWN and not one.outlets:
            continue
        if outlet not in one.outlets:
            kept.append(one)
        elif len(one.outlets) > 1:
            left = tuple(name for name in one.outlets if name != outlet)
            fewer = max(1, min(one.sources, len(left)))
            kept.append(replace(one, outlets=left, sources=fewer))
    return kept


def spearman(one: Floats, other: Floats) -> float | None:
    """Spearman's rank correlation, ties with their mean rank; None where one never changes."""
    left, right = _ranks(one), _ranks(other)
    left, right = left - left.mean(), right - right.mean()
    size = float(np.sqrt((left**2).sum() * (right**2).sum()))
    return float((left * right).sum() / size) if size else None


def _ranks(values: Floats) -> Floats:
    # What differs by a rounding error is a tie.
    _, where, many = np.unique(np.round(values, 9), return_inverse=True, return_counts=True)
    last = np.cumsum(many)
    found: Floats = (last - (many - 1) / 2)[where]
    return found


def _days(effort: Effort, axis: Axis) -> list[int]:
    """The places of the days on which something was read."""
    places = (axis.place(day) for day in effort.days)
    return [place for place in places if 0 <= place < len(axis)]


def _variant(name: str, index: Index, days: list[int], usual: Floats, peak: int) -> Variant:
    values = index.values[days]
    highest = int(np.argmax(values))
    return Variant(
        choice=name,
        last=float(values[-1]),
        at_peak=float(values[peak]),
        peak=float(values[highest]),
        peak_day=index.axis.day(days[highest]),
        rank_correlation=spearman(usual, values),
    )
