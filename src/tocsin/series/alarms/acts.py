"""Alarms that one act rings: a new rung, and the first deed after words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from tocsin.knowledge.alarms import AlarmSettings
from tocsin.knowledge.ladder import load_ladder
from tocsin.model.alarm import Alarm
from tocsin.series.alarms.history import Flags, History, Version
from tocsin.series.alarms.making import alarm, words
from tocsin.series.axis import Floats, Ints


def new_rungs(history: History, settings: AlarmSettings, severe: Floats) -> Iterator[Alarm]:
    """Acts on a rung that is higher than any known of the look-back, once for each day."""
    ladder = load_ladder().rungs
    for day, fresh in _news(history, settings):
        if not history.was_read(day, settings):
            continue
        ringing = fresh & (history.rung >= settings.least_rung)
        if not ringing.any():
            continue
        first = day.toordinal() - settings.look_back
        top = int(history.rung[ringing].max())
        late = _lately(history, day, settings.look_back)
        as_high = (history.rung[late] >= top) & (history.end[late] >= first)
        if (as_high & _known(history, day, late)).any():
            continue
        usual = _before(history, day, ringing) & (history.end >= first)
        highest = int(history.rung[usual].max(initial=0))
        if top <= highest:
            continue
        places = np.flatnonzero(ringing & (history.rung == top))
        evidence = _heaviest(history, places, severe)[: settings.evidence]
        what = ladder[highest - 1].name.lower() if highest else "nothing"
        reason = (
            f"{words(evidence[0])} stands on rung {top} ({ladder[top - 1].name.lower()}); the "
            f"highest known of the {settings.look_back} days before is "
            + (f"rung {highest} ({what})" if highest else what)
        )
        # Where nothing was known it rose above the rung below the lowest that rings.
        above = top - max(highest, settings.least_rung - 1)
        yield alarm(history, "new rung", day, reason, evidence, about=str(top), level=float(above))


def first_deeds(history: History, settings: AlarmSettings, severe: Floats) -> Iterator[Alarm]:
    """Deeds of conflict of which none was known for a while, after words of conflict."""
    numbers = [one.number for one in load_ladder().rungs if one.id in settings.deed_rungs]
    spoken = np.isin(history.rung, numbers) & history.fact
    for day, fresh in _news(history, settings):
        deeds = fresh & history.deed
        if not deeds.any() or history.age(day) < settings.deed_quiet:
            continue
        begin = int(history.start[deeds].min())
        late = _lately(history, day, settings.deed_quiet)
        done = history.deed[late] & (history.end[late] >= begin - settings.deed_quiet)
        if (done & _known(history, day, late)).any():
            continue
        before = _before(history, day, deeds)
        if (before & history.deed & (history.end >= begin - settings.deed_quiet)).any():
            continue
        said = before & spoken & (history.end >= begin - settings.deed_before)
        if not said.any():
            continue
        acts = _heaviest(history, np.flatnonzero(deeds), severe)
        latest = [history.versions[at] for at in np.flatnonzero(said)]
        latest.sort(key=lambda one: (one.observation.end, one.since, one.observation.id))
        last = latest[-1]
        reason = (
            f"{words(acts[0])} is the first deed of conflict known in more than "
            f"{settings.deed_quiet} days, after {len(latest)} "
            f"{'act' if len(latest) == 1 else 'acts'} of words in {settings.deed_before} days, "
            f"the last {words(last)}"
        )
        evidence = [*acts[: max(1, settings.evidence - 1)], last]
        yield alarm(history, "first deed", day, reason, evidence)


def _news(history: History, settings: AlarmSettings) -> Iterator[tuple[date, Flags]]:
    """The days on which something came to be known that may ring, and which versions that is."""
    sure = history.news & (history.right >= settings.least_right) & (history.weight > 0)
    recent = history.end >= history.since - settings.fresh
    fit = sure & recent & (history.start <= history.since)
    first, last = history.first.toordinal(), history.last.toordinal()
    for ordinal in np.unique(history.since[fit]):
        if first <= ordinal <= last:
            fresh = np.zeros(len(fit), dtype=np.bool_)
            low, high = np.searchsorted(history.since, (ordinal, ordinal + 1))
            fresh[low:high] = fit[low:high]
            yield date.fromordinal(int(ordinal)), fresh


def _lately(history: History, day: date, days: int) -> slice:
    """The places of what became known in so many days before a day: to look there first finds most
    of what speaks against an alarm."""
    ordinal = day.toordinal()
    low, high = np.searchsorted(history.since, (ordinal - days, ordinal))
    return slice(int(low), int(high))


def _known(history: History, day: date, late: slice) -> Flags:
    """Which of these, known before a day, are facts that held until then."""
    found: Flags = history.fact[late] & (history.until[late] >= day.toordinal())
    return found


def _before(history: History, day: date, ringing: Flags) -> Flags:
    """Which facts were known before a day; and of what became known on it with others, those that
    happened before all that may ring."""
    ordinal = day.toordinal()
    known: Flags = history.fact & (history.since < ordinal) & (history.until >= ordinal)
    begin = int(history.start[ringing].min())
    told = history.fact & (history.since == ordinal) & ~ringing & (history.end < begin)
    found: Flags = known | told
    return found


def _heaviest(history: History, places: Ints, severe: Floats) -> list[Version]:
    """Versions by their weight times their severity, then by their ids."""
    order = sorted(
        (int(at) for at in places),
        key=lambda at: (
            -float(history.weight[at] * severe[at]), history.versions[at].observation.id,
        ),
    )  # fmt: skip
    return [history.versions[at] for at in order]
