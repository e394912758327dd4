"""The alarm of threats and demands that are due: open, with a deadline that is near."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tocsin.knowledge.alarms import AlarmSettings
from tocsin.linking.threats import follow
from tocsin.linking.traits import sides
from tocsin.model.alarm import Alarm
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
    wanted = [one for one in tellings if only is None or one.versions[-1].id in only]
    for telling in wanted:
        for day, deadline in _days(telling, settings):
            if day > last:
                continue
            known = _near(tellings, telling, day)
            threats = follow(known, as_of=day, only=(telling.versions[-1].id,))
            found += [Due(one, deadline, day) for one in threats if one.outcome == "open"]
    return sorted(found, key=lambda one: (one.day, one.threat.id))


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


def _days(telling: Telling, settings: AlarmSettings) -> Iterator[tuple[date, date]]:
    """The days on which it may ring, with the deadline that was known then."""
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


def _near(tellings: Sequence[Telling], own: Telling, day: date) -> Iterator[Incident]:
    """What was known of the sides of a threat: what others did to each other does not settle it."""
    told_ = own.at(day)
    if told_ is None:
        return
    asked = sides(told_.actors) | sides(told_.recipients)
    for telling in tellings:
        one = telling.at(day)
        if one is not None and asked & (sides(one.actors) | sides(one.recipients)):
            yield one


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
