"""Made-up histories of Ruritania and Graustark, read every day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.series.made_up import DYAD, act, day, read

from tocsin.knowledge.alarms import AlarmSettings, load_alarms
from tocsin.series.alarms.history import History, Version
from tocsin.series.effort import Effort


def version(id: str = "a", type: str = "ACCUSE", mode: str | None = None, *, on: int = 0,  # noqa: A002
            to: int | None = None, told: int | None = None, until: int | None = None,
            sentence: str | None = None, **more: Any) -> Version:  # fmt: skip
    """What happened on day ``on`` and was known from day ``told`` on."""
    known = (on if to is None else to) if told is None else told
    one = act(id, type, mode, on=on, to=to, reported=day(known), **more)
    return Version(one, day(known), None if until is None else day(until), sentence)


def history(
    *versions: Version, days: int = 200, articles: int = 10, since: int | None = None,
    until: int | None = None, effort: Effort | None = None, source: str = "incidents",
) -> History:  # fmt: skip
    """A history of so many days, on each of which so many articles were read."""
    effort = effort or read(dict.fromkeys(range(days), articles))
    last: date = day(days - 1) if until is None else day(until)
    return History(
        dyad=DYAD, source=source, versions=versions, effort=effort,
        first=day(since or 0), last=last,
    )  # fmt: skip


def settings(**more: Any) -> AlarmSettings:
    """Those that ship, with changes."""
    return replace(load_alarms(), **more)


def weekly(type_: str, days: Iterable[int], **more: Any) -> list[Version]:
    """An act on each of these days."""
    return [version(f"{type_}{n}", type_, on=n, **more) for n in days]
