"""The overview: how every relation stands, what rang last, what was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter

from tocsin.store.filters import Filters
from tocsin.web.answering import page
from tocsin.web.board import followed
from tocsin.web.desk import Reading, TheDesk
from tocsin.web.measuring import Standing
from tocsin.web.views.alarms import AlarmLine, alarm_lines
from tocsin.web.views.lines import IncidentLine, incident_line

router = APIRouter(tags=["overview"])
_ALARMS, _INCIDENTS = 8, 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the store holds, and the days between which its articles were published."""

    articles: int
    copies: int
    outlets: int
    first: date | None
    last: date | None
    incidents: int
    threats: int
    channels: int
    set_aside: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """``dyads`` by how tense they are; ``pending`` ones are still being worked out, and so are the
    alarms of so many ``unwatched`` ones. Of so many ``stale`` ones tension or alarms are as of
    before the last change, and being worked out anew."""

    read: Read
    dyads: tuple[Standing, ...]
    pending: tuple[tuple[str, str], ...]
    alarms: tuple[AlarmLine, ...]
    unwatched: int
    stale: int
    newest: tuple[IncidentLine, ...]


@page(router, "/", "overview.html.j2", json="/overview.json")
def overview(desk: TheDesk) -> OverviewPage:
    """How every relation stands, the newest alarms, and what was read."""
    with desk.reading() as reading:
        dyads = followed(reading)
        known = {dyad: reading.latest(("standing", dyad)) for dyad in dyads}
        rung = {dyad: reading.latest(("alarms", dyad)) for dyad in dyads}
        stale = sum(
            any(reading.ready((name, dyad)) is None for name in ("standing", "alarms"))
            and None not in (known[dyad], rung[dyad])
            for dyad in dyads
        )
        newest = reading.store.ask("incidents", Filters(sort="-day", limit=_INCIDENTS))
        read = reading.once("read", lambda: _read(reading))
    alarms = [one for found in rung.values() if found is not None for one in found]
    return OverviewPage(
        read=read,
        dyads=tuple(
            sorted(
                (one for one in known.values() if one is not None),
                key=lambda one: (-(one.value or 0.0), -one.incidents, one.actor, one.recipient),
            )
        ),
        pending=tuple(dyad for dyad, one in known.items() if one is None),
        alarms=alarm_lines(alarms)[:_ALARMS],
        unwatched=sum(one is None for one in rung.values()),
        stale=stale,
        newest=tuple(map(incident_line, newest)),
    )


def _read(reading: Reading) -> Read:
    store = reading.store
    outlets = store.ask("outlets")
    days = [row[name] for row in outlets for name in ("first", "last") if row[name] is not None]
    return Read(
        articles=sum(row["articles"] for row in outlets),
        copies=sum(row["copies"] for row in outlets),
        outlets=len(outlets),
        first=min(days, default=None),
        last=max(days, default=None),
        incidents=store.count("incidents"),
        threats=store.count("threats"),
        channels=store.count("channels"),
        set_aside=store.count("set_aside"),
    )
