"""The alarm of threats and demands that are due: open, with a deadline that is near."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.knowledge.alarms import AlarmSettings
from tocsin.linking.fulfilment import DONE
from tocsin.linking.threats import follow, reaches
from tocsin.linking.traits import sides, window
from tocsin.model.alarm import Alarm
from tocsin.model.following import Reach
from tocsin.model.incident import Incident
from tocsin.model.threat import Threat
from tocsin.series.alarms.making import told
from tocsin.series.observations import ANY, Dyad

SOURCE = "incidents"


@dataclass(frozen=True, slots=True)
class Telling:
    """An incident with its versions, by the days from which they were known."""

    days: tuple[date, ...]
    versions: tuple[Incident, ...]

    def at(self, day: date) -> Incident | None:
        """As it was known at the end of a day; None before its first report."""
        place = bisect_right(self.days, day)
        return self.versions[place - 1] if place else None


@dataclass(frozen=True, slots=True)
class Due:
    """A threat or demand that was open on the day on which its deadline came near, or was there."""

    threat: Threat
    deadline: date
    day: date


def due(
    tellings: Sequence[Telling],
    settings: AlarmSettings,
    last: date,
    *,
    only: Container[str] | None = None,
) -> list[Due]:
    """All that are due on a day up to ``last``: each on the day on which its deadline is first
    known and near, and on that of the deadline. ``only`` are the ids of those to look at, None
    all; the others may have settled them."""
    found = []
    acting = _Acting(tellings)
    for telling in _wanted(tellings, only):
        for day, deadline in _days(telling, settings, last):
            told_ = telling.at(day)
            if told_ is None or not sides((*told_.actors, *told_.recipients)):
                continue
            near = {one.id: one for reach in reaches([told_]) for one in acting.within(reach, day)}
            threats = follow((near | {told_.id: told_}).values(), as_of=day, only=(told_.id,))
            found += [Due(one, deadline, day) for one in threats if one.outcome == "open"]
    return sorted(found, key=lambda one: (one.day, one.threat.id))


def looked_at(
    tellings: Sequence[Telling], settings: AlarmSettings, last: date
) -> list[tuple[Reach, date]]:
    """What has to be known for :func:`due`: what lies within each reach as of a day."""
    return [
        (reach, day)
        for telling in tellings
        for day, _ in _days(telling, settings, last)
        if (told_ := telling.at(day)) is not None
        for reach in reaches([told_])
    ]


def due_alarms(found: Iterable[Due], dyad: Dyad) -> Iterator[Alarm]:
    """Those of a dyad: of who spoke towards whom it was said to."""
    for one in found:
        for pair in pairs(one):
            if all(want in (ANY, own) for own, want in zip(pair, dyad, strict=True)):
                yield _alarm(one, pair)


def pairs(one: Due) -> list[Dyad]:
    """The ordered pairs of countries that a threat belongs to."""
    by = dict.fromkeys(party.country for party in one.threat.speakers)
    to = dict.fromkeys(party.country for party in one.threat.addressees)
    return [(first, second) for first in by for second in to if first and second]


def _wanted(tellings: Sequence[Telling], only: Container[str] | None) -> list[Telling]:
    return [one for one in tellings if only is None or one.versions[-1].id in only]


def _days(telling: Telling, settings: AlarmSettings, last: date) -> Iterator[tuple[date, date]]:
    """The days up to ``last`` on which it may ring, with the deadline that was known then."""
    return ((day, due) for day, due in _all_days(telling, settings) if day <= last)


def _all_days(telling: Telling, settings: AlarmSettings) -> Iterator[tuple[date, date]]:
    ends = [*telling.days[1:], date.max]
    near: dict[date, date] = {}
    for since, until, incident in zip(telling.days, ends, telling.versions, strict=True):
        deadline = incident.deadline.end if incident.deadline is not None else None
        if deadline is None or incident.type not in ("THREATEN", "REQUEST"):
            continue
        first = max(since, deadline - timedelta(days=settings.due))
        if deadline not in near and first <= deadline and first < until:
            near[deadline] = first
            yield first, deadline
        if since <= deadline < until and near[deadline] < deadline:
            yield deadline, deadline


class _Acting:
    """The versions of incidents that may end a threat, by who acts in them and when they begin."""

    def __init__(self, tellings: Sequence[Telling]) -> None:
        self._by_side: dict[str, list[tuple[date, int, Telling, Incident]]] = defaultdict(list)
        number = 0
        for telling in tellings:
            for version in telling.versions:
                begins = window(version).start
                if version.status not in DONE or begins is None:
                    continue
                number += 1  # tells those of one day apart, so that nothing else is compared
                for side in sides(version.actors):
                    self._by_side[side].append((begins, number, telling, version))
        for acts in self._by_side.values():
            acts.sort()

    def within(self, reach: Reach, day: date) -> Iterator[Incident]:
        """Those within a reach that were known in this version at the end of a day."""
        for side in reach.sides:
            acts = self._by_side.get(side, [])
            low = bisect_left(acts, reach.since, key=lambda act: act[0])
            high = bisect_right(acts, reach.until, key=lambda act: act[0])
            for _, _, telling, version in acts[low:high]:
                fits = reach.types is None or version.type in reach.types
                if fits and telling.at(day) is version:
                    yield version


def _alarm(one: Due, pair: Dyad) -> Alarm:
    threat, left = one.threat, (one.deadline - one.day).days
    what = threat.content_type or "something"
    what += f"/{threat.content_mode}" if threat.content_mode else ""
    when = "today" if not left else f"in {left} {'day' if left == 1 else 'days'}"
    unless = f"; condition: {threat.condition}" if threat.condition else ""
    reason = f"an open {threat.kind} ({what}) is due {when}, on {one.deadline}{unless}"
    return told(
        pair, SOURCE, "threat due", one.day, reason, [threat.id],
        about=f"{threat.id} {one.deadline}", sentence=threat.sentence,
    )  # fmt: skip
