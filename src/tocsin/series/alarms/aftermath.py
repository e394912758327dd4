"""What came after a day: was there an escalation? By all that is known now.

An escalation of a day is an act that surely happened after it, on a rung (from ``least_rung`` on)
higher than any of the days before, or a tension index that is higher than on any of them; how many
days before and after says ``data/series/alarms.yaml``. The act that rang an alarm is never what
followed it: only what happened after the day counts, and of an act that rang, and may have happened
later still, nothing does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tocsin.knowledge.alarms import AlarmSettings
from tocsin.series.alarms.history import FACTS, History
from tocsin.series.axis import Axis, Floats, Ints
from tocsin.series.observations import Observation
from tocsin.series.tension import tension

# Before the id of an event that is an incident's first report stands this.
_INCIDENT = "i-"


@dataclass(frozen=True, kw_only=True)
class Aftermath:
    """The acts of a dyad as they are known now, which of them are ``facts``, and the ``index`` that
    they make on each day of ``axis``. Arrays have one place for each fact: ordinals of days,
    numbers of rungs."""

    history: History
    settings: AlarmSettings
    acts: tuple[Observation, ...]
    facts: tuple[Observation, ...]
    axis: Axis
    index: Floats
    start: Ints
    end: Ints
    rung: Ints

    def judged(self, day: date) -> bool:
        """Whether as many days as it takes were read before and after."""
        begin = self.axis.first + timedelta(days=self.settings.before)
        return begin <= day <= self.axis.last - timedelta(days=self.settings.after)

    def escalated(self, day: date, rang: Collection[str] = ()) -> bool | None:
        """Whether an escalation followed a day; None where that cannot be judged. ``rang`` are the
        ids of what rang on it."""
        if not self.judged(day):
            return None
        return self._higher_rung(day, rang) or self._higher_index(day, rang)

    def share(self, first: date, last: date) -> tuple[int, int]:
        """Of how many days that can be judged an escalation followed, and how many these are."""
        days = (first + timedelta(days=n) for n in range((last - first).days + 1))
        found = [said for day in days if (said := self.escalated(day)) is not None]
        return sum(found), len(found)

    def _higher_rung(self, day: date, rang: Collection[str]) -> bool:
        place, settings = day.toordinal(), self.settings
        before = (self.start <= place) & (self.end > place - settings.before)
        highest = max(int(self.rung[before].max(initial=0)), settings.least_rung - 1)
        after = (self.start > place) & (self.start <= place + settings.after)
        return any(
            not _is_one(self.facts[at], rang)
            for at in np.flatnonzero(after & (self.rung > highest))
        )

    def _higher_index(self, day: date, rang: Collection[str]) -> bool:
        at = self.axis.place(day)
        usual = float(self.index[at - self.settings.before + 1 : at + 1].max())
        later = [one for one in self.acts if one.end > day and _is_one(one, rang)]
        values = _index(self.history, self.acts, self.axis, later) if later else self.index
        # What differs by a rounding error is no rise.
        return float(values[at + 1 : at + 1 + self.settings.after].max()) > usual + 1e-9


def aftermath(history: History, settings: AlarmSettings) -> Aftermath:
    """What is known now of a history's dyad."""
    acts = tuple(one.observation for one in history.versions if one.until is None)
    # A day beyond the last that was read has nothing after it that could be known.
    last = history.effort.last or history.last
    axis = Axis(min(history.axis.first, last), last)
    facts = tuple(one for one in acts if one.status in FACTS)
    return Aftermath(
        history=history,
        settings=settings,
        acts=acts,
        facts=facts,
        axis=axis,
        index=_index(history, acts, axis, ()),
        start=np.array([one.start.toordinal() for one in facts], dtype=np.int64),
        end=np.array([one.end.toordinal() for one in facts], dtype=np.int64),
        rung=np.array([one.rung.number for one in facts], dtype=np.int64),
    )


def _index(
    history: History, acts: Collection[Observation], axis: Axis, without: Collection[Observation]
) -> Floats:
    left_out = {one.id for one in without}
    kept = [one for one in acts if one.id not in left_out]
    return tension(
        kept, history.effort, history.dyad, since=axis.first, until=axis.last, interval=False
    ).values


def _is_one(act: Observation, rang: Collection[str]) -> bool:
    return act.id in rang or act.id.removeprefix(_INCIDENT) in rang
