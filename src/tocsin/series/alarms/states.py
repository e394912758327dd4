"""Alarms of channels that are lost and agreements that are broken.

The timeline of a thing is made anew for each day on which something was reported of it, from the
reports up to then; a step rings on the day on which it first stands there as news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import permutations

from tocsin.knowledge.alarms import AlarmSettings
from tocsin.linking.channels import SLACK, timelines
from tocsin.model.alarm import Alarm, Kind
from tocsin.model.channel import PREFIX, Category, StateReport, Step, Thing
from tocsin.series.alarms.making import told
from tocsin.series.observations import ANY, Dyad

_KINDS: dict[Category, Kind] = {"channel": "channel lost", "agreement": "agreement broken"}
SOURCE = "incidents"


@dataclass(frozen=True, slots=True)
class Lost:
    """A step that rings: ``thing`` as it was known on ``day``, and the ``step``."""

    thing: Thing
    step: Step
    day: date


def lost(reports: Iterable[StateReport], settings: AlarmSettings) -> list[Lost]:
    """All steps that ring, by the days on which they do."""
    groups: dict[tuple[str, ...], list[StateReport]] = defaultdict(list)
    for report in reports:
        if report.published is not None:
            # What is of one thing shares its id in a pack, or its parties; the finer grouping is
            # that of the timelines, and depends on what had been read.
            key = (report.known,) if report.known is not None else ("", *report.parties)
            groups[key].append(report)
    found = [one for group in groups.values() for one in _lost(group, settings)]
    return sorted(found, key=lambda one: (one.day, one.thing.name, one.step.state))


def state_alarms(found: Iterable[Lost], dyad: Dyad) -> Iterator[Alarm]:
    """Those of a dyad: of the party that did it towards the others; where nobody is named as having
    done it, of each towards each other."""
    for one in found:
        for pair in pairs(one):
            if _is(pair, dyad):
                yield _alarm(one, pair)


def pairs(one: Lost) -> list[Dyad]:
    """The ordered pairs of states that a step belongs to."""
    parties = one.thing.parties
    by = {country for country, _ in one.step.actors} & set(parties)
    return [pair for pair in permutations(parties, 2) if not by or pair[0] in by]


def _is(pair: Dyad, dyad: Dyad) -> bool:
    return all(want in (ANY, own) for own, want in zip(pair, dyad, strict=True))


def _lost(reports: list[StateReport], settings: AlarmSettings) -> Iterator[Lost]:
    days = sorted({one.published for one in reports if one.published is not None})
    rung: list[tuple[str, str, date]] = []
    for day in days:
        known = [one for one in reports if one.published is not None and one.published <= day]
        news = {one.id for one in known if one.published == day and _rings(one, settings)}
        if not news:
            continue
        for thing in timelines(known):
            for step in thing.steps:
                began = step.start
                # What is told without a day may have been so for years: "he has left the pact".
                if began is None or not step.firm or not news & {*step.reports}:
                    continue
                if began < day - timedelta(days=settings.fresh) or began > day:
                    continue
                if not _again(rung, thing, step, began):
                    rung.append((thing.id, step.state, began))
                    yield Lost(thing, step, day)


def _rings(report: StateReport, settings: AlarmSettings) -> bool:
    """Whether a report can ring: news that a state that rings began."""
    wanted = report.state in settings.states[report.category]
    return wanted and report.status == "actual" and report.change == "began"


def _again(rung: list[tuple[str, str, date]], thing: Thing, step: Step, began: date) -> bool:
    """Whether the same step has rung, be it that a day more or less is given for it now."""
    return any(
        (thing.id, step.state) == (id_, state) and abs(began - other) <= SLACK
        for id_, state, other in rung
    )


def _alarm(one: Lost, pair: Dyad) -> Alarm:
    thing, step = one.thing, one.step
    days = f"on {step.start}" if step.start == step.end else f"from {step.start} to {step.end}"
    who = ", ".join(dict.fromkeys(name for _, name in step.actors))
    reason = (
        f"{thing.name} ({thing.kind}, {'-'.join(thing.parties)}) is {step.state} {days}"
        f"{f', by {who}' if who else ''}; {len(step.reports)} "
        f"{'report' if len(step.reports) == 1 else 'reports'} by {one.day}"
    )
    # What no pack names may have another id when more is read of it.
    own = [] if thing.id.startswith(PREFIX) else [thing.id]
    return told(
        pair, SOURCE, _KINDS[thing.category], one.day, reason,
        [*own, *(step.events[:2] or step.documents[:2])],
        about=f"{thing.id} {step.state} {step.start}", sentence=step.sentence,
    )  # fmt: skip
