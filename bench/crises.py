"""Known crises held against the index and the alarms.

::

    python -m bench.crises DB [--source icews-kg]

``crises.yaml`` names crises and easings from general knowledge; it was written before anybody had
looked at a series, and no setting was made by it. For each entry and dyad: is the index of its
side, by all that is known now, above its own 90 % quantile of the year on one of its days or the
seven after; and did an alarm ring on its first day or in the seven after? Alarms are of conflict,
so that of easings only the first is asked. Beside it stands how often the same is so of any days
of the year. Then how many alarms of these dyads in these years were false: neither within seven
days of a listed crisis of the dyad nor followed by an escalation, of those of which that can be
judged.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import yaml

from tocsin.knowledge.alarms import load_alarms
from tocsin.linking.follow_through import wilson
from tocsin.model.alarm import Alarm
from tocsin.series.alarms.aftermath import aftermath
from tocsin.series.alarms.ringing import Watched
from tocsin.series.alarms.watching import watch_dyad
from tocsin.series.observations import Dyad
from tocsin.series.tension import Index, tension
from tocsin.store import open_store
from tocsin.store.tables import TableStore

_LIST = Path(__file__).parent / "crises.yaml"
_NEAR = timedelta(days=7)
_SHARE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """An entry of the list."""

    day: date
    until: date
    kind: str
    dyads: tuple[Dyad, ...]
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found of a crisis in one dyad: the highest index of its days, the quantile of the
    year, and the alarms; None where the days are not covered."""

    highest: float | None
    line: float | None
    alarms: tuple[Alarm, ...]

    @property
    def above(self) -> bool | None:
        """Whether the index was above the quantile."""
        if self.highest is None or self.line is None:
            return None
        return self.highest > self.line


def crises(source: str) -> list[Crisis]:
    """The entries of a source."""
    listed = yaml.safe_load(_LIST.read_text(encoding="utf-8"))
    return [
        Crisis(
            day=one["day"], until=one.get("until", one["day"]), kind=one["kind"],
            dyads=tuple(_dyad(code) for code in one["dyads"]), what=one["what"],
        )
        for one in listed[source]
    ]  # fmt: skip


def _dyad(code: str) -> Dyad:
    first, second = code.split(":")
    return first, second


def held(crisis: Crisis, watched: Watched, index: Index) -> Found:
    """A crisis held against the index of its side and the alarms of a dyad."""
    covered = [value for day in _year(crisis) if (value := index.value(day)) is not None]
    rang = _rang(watched, crisis.day)
    return Found(
        highest=_highest(index, crisis.day, crisis.until),
        line=float(np.quantile(covered, _SHARE)) if covered else None,
        alarms=rang if crisis.kind == "conflict" else (),
    )


def by_chance(crisis: Crisis, watched: Watched, index: Index) -> tuple[float, float]:
    """Of how large a share of the days of the year the same is so: the index above the line on one
    of as many days, an alarm within seven days."""
    days = [day for day in _year(crisis) if index.value(day) is not None]
    line = float(np.quantile([index.value(day) or 0.0 for day in days], _SHARE))
    length = crisis.until - crisis.day
    above = [(_highest(index, day, day + length) or 0.0) > line for day in days]
    rang = [bool(_rang(watched, day)) for day in days]
    return float(np.mean(above)), float(np.mean(rang))


def _highest(index: Index, first: date, last: date) -> float | None:
    values = [index.value(day) for day in _days(first, last + _NEAR)]
    return max((value for value in values if value is not None), default=None)


def _rang(watched: Watched, day: date) -> tuple[Alarm, ...]:
    return tuple(one for one in watched.alarms if day <= one.day <= day + _NEAR)


def _year(crisis: Crisis) -> Iterator[date]:
    return _days(date(crisis.day.year, 1, 1), date(crisis.day.year, 12, 31))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def false_alarms(watched: Watched, listed: list[Crisis]) -> tuple[int, int, int]:
    """Of the alarms of a dyad in the years of the list: how many are false, how many can be judged,
    and how many there are."""
    dyad = watched.history.dyad
    own = [one for one in listed if one.kind == "conflict" and dyad in one.dyads]
    years = {one.day.year for one in listed}
    after = aftermath(watched.history, load_alarms())
    false = judged = number = 0
    for alarm in watched.alarms:
        if alarm.day.year not in years:
            continue
        number += 1
        near = any(one.day - _NEAR <= alarm.day <= one.until + _NEAR for one in own)
        followed = after.escalated(alarm.day, frozenset(alarm.evidence))
        if near or followed is not None:
            judged += 1
            false += not near and not followed
    return false, judged, number


def _line(crisis: Crisis, dyad: Dyad, found: Found) -> str:
    rang = ", ".join(f"{one.kind} {one.day:%m-%d}" for one in found.alarms) or "-"
    above = {None: "not covered", True: "above", False: "below"}[found.above]
    values = (
        f"{found.highest:7.2f} {found.line:7.2f}"
        if found.highest is not None and found.line is not None
        else " " * 15
    )
    kind = f"{crisis.day} {':'.join(dyad)} {crisis.kind:11} {above:11}"
    return f"{kind} {values}  {rang:30} {crisis.what}"


def report(store: TableStore, source: str) -> Iterator[str]:
    """What was found, line by line."""
    listed = crises(source)
    names = sorted({dyad for one in listed for dyad in one.dyads})
    watched = {dyad: watch_dyad(store, dyad, source=source) for dyad in names}
    tally: dict[str, list[bool]] = {"conflict": [], "cooperation": [], "rang": []}
    chance: dict[str, list[float]] = {name: [] for name in tally}
    yield "day        dyad    side        index       highest  90 %     alarms"
    for crisis in listed:
        for dyad in crisis.dyads:
            own = watched[dyad]
            acts = [one.observation for one in own.history.versions if one.until is None]
            side = "conflict" if crisis.kind == "conflict" else "cooperation"
            index = tension(acts, own.history.effort, dyad, side=side, interval=False)
            found = held(crisis, own, index)
            yield _line(crisis, dyad, found)
            if found.above is not None:
                tally[side].append(found.above)
                above, rang = by_chance(crisis, own, index)
                chance[side].append(above)
                if side == "conflict":
                    tally["rang"].append(bool(found.alarms))
                    chance["rang"].append(rang)
    yield ""
    for name, words in (
        ("conflict", "crises with the index of conflict above its 90 % quantile"),
        ("cooperation", "easings with the index of cooperation above its 90 % quantile"),
        ("rang", "crises in which an alarm rang"),
    ):
        if tally[name]:
            usual = f"of any days of these years {np.mean(chance[name]):.2f}"
            yield f"{words}: {_share(sum(tally[name]), len(tally[name]))}; {usual}"
    counts = [false_alarms(one, listed) for one in watched.values()]
    false, judged, number = (sum(column) for column in zip(*counts, strict=True))
    if judged:
        yield f"false alarms: {_share(false, judged)}; {number - judged} more cannot be judged"


def _share(some: int, n: int) -> str:
    low, high = wilson(some, n)
    return f"{some} of {n}, {some / n:.2f} ({low:.2f} to {high:.2f})"


def main() -> None:
    """The crises of a source held against a store."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("db")
    parser.add_argument("--source", default="icews-kg", choices=("icews-kg", "incidents"))
    args = parser.parse_args()
    with open_store(args.db, read_only=True) as store:
        for line in report(store, args.source):
            print(line)


if __name__ == "__main__":
    main()
