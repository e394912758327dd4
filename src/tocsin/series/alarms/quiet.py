"""The alarm of silence: much is read, and little of the dyad."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from tocsin.knowledge.alarms import AlarmSettings
from tocsin.model.alarm import Alarm
from tocsin.series.alarms.history import History, Version
from tocsin.series.alarms.making import alarm, words
from tocsin.series.axis import Axis, Floats

# That there are as many as are usual, or fewer, has at least this chance.
_HALF = 0.5


def silences(history: History, settings: AlarmSettings) -> Iterator[Alarm]:
    """The days on which a silence is first seen; the next one rings when this has ended, and its
    days are over."""
    axis, days = history.axis, settings.silence_days
    read = np.cumsum([0, *_read(history, axis)])
    acts = np.cumsum([0, *_acts(history, axis, settings)])
    silent, rest = False, 0
    for place in range(len(axis)):
        rest -= 1
        begin = place + 1 - days
        first = max(0, begin - settings.look_back)
        if begin - first < settings.least_history or not history.was_read(
            axis.day(place), settings
        ):
            continue
        articles, usual_articles = read[place + 1] - read[begin], read[begin] - read[first]
        number, usual = int(acts[place + 1] - acts[begin]), acts[begin] - acts[first]
        share = usual_articles * days / (begin - first)
        chance = 1.0
        expected = 0.0
        if usual_articles and articles >= settings.silence_effort * share:
            expected = float(usual * articles / usual_articles)
            if number < expected or settings.silence_chance > _HALF:
                chance = poisson_below(number, expected)
        was, silent = silent, chance < settings.silence_chance
        if not silent or was or rest > 0:
            continue
        rest = days
        day = axis.day(place)
        last = _last(history, place, axis)
        if day < history.first or last is None:
            continue
        reason = (
            f"{number} {'act' if number == 1 else 'acts'} in {days} days in which {articles:,.0f} "
            f"articles or rows were read; by the {begin - first} days before {expected:.1f} would "
            f"be usual, and so few have a chance of {chance:.2g}; the last was {words(last)}"
        )
        yield alarm(
            history, "silence", day, reason, [last],
            level=-math.log10(chance) if chance > 0 else None,
        )  # fmt: skip


def poisson_below(number: int, mean: float) -> float:
    """The chance that a Poisson number with this mean is at most ``number``."""
    if mean <= 0:
        return 1.0
    terms = (n * math.log(mean) - mean - math.lgamma(n + 1) for n in range(number + 1))
    return min(1.0, math.fsum(math.exp(term) for term in terms))


def _read(history: History, axis: Axis) -> Floats:
    found = np.zeros(len(axis))
    for day, number in history.effort.days.items():
        if 0 <= (place := axis.place(day)) < len(axis):
            found[place] = number
    return found


def _acts(history: History, axis: Axis, settings: AlarmSettings) -> Floats:
    """How many acts came to be known as news on each day, each on the first of its days."""
    found = np.zeros(len(axis))
    seen: set[str] = set()
    for at, one in enumerate(history.versions):
        fresh = history.end[at] >= history.since[at] - settings.fresh
        if one.observation.id in seen or not fresh or not history.weight[at] > 0:
            continue
        seen.add(one.observation.id)
        if 0 <= (place := axis.place(one.since)) < len(axis):
            found[place] += 1
    return found


def _last(history: History, place: int, axis: Axis) -> Version | None:
    """The last act that was known on a day."""
    known = history.known(axis.day(place)) & (history.weight > 0)
    there = [history.versions[at] for at in np.flatnonzero(known)]
    return max(
        there,
        key=lambda one: (one.observation.end, one.since, one.observation.id),
        default=None,
    )
