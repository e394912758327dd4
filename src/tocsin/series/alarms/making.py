"""Putting an alarm together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from tocsin.model.alarm import Alarm, Kind
from tocsin.model.ids import content_id
from tocsin.series.alarms.history import History, Version

#: Before the id of an alarm stands this; behind it a hash of what it is about.
PREFIX = "a-"


def alarm(
    history: History,
    kind: Kind,
    day: date,
    reason: str,
    evidence: Sequence[Version],
    *,
    about: str = "",
    level: float | None = None,
) -> Alarm:
    """The alarm of a kind on a day; ``about`` tells it from others of its kind on that day."""
    return told(
        history.dyad, history.source, kind, day, reason,
        [one.observation.id for one in evidence], about=about, level=level,
        sentence=evidence[0].sentence if evidence else None,
    )  # fmt: skip


def told(
    dyad: tuple[str, str],
    source: str,
    kind: Kind,
    day: date,
    reason: str,
    evidence: Sequence[str],
    *,
    about: str = "",
    level: float | None = None,
    sentence: str | None = None,
) -> Alarm:
    """The same, of evidence that has its ids alone."""
    return Alarm(
        id=PREFIX + content_id([kind, *dyad, source, day.isoformat(), about]),
        kind=kind,
        dyad=dyad,
        source=source,
        day=day,
        reason=reason,
        evidence=tuple(dict.fromkeys(evidence)),
        level=None if level is None else round(level, 3),
        sentence=sentence,
    )


def words(version: Version) -> str:
    """An act in words, such as "ASSAULT/destroy on 2020-06-16"."""
    one = version.observation
    kind = one.type + (f"/{one.mode}" if one.mode else "")
    days = f"{one.start}" if one.start == one.end else f"{one.start} to {one.end}"
    return f"{kind} on {days}"


def number(value: float) -> str:
    """A value of the index in words: "2.7", "0.013", and what is next to nothing as 0."""
    return f"{value:.3g}" if value >= 0.001 else "0"
