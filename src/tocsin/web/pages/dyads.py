"""A relation between two countries, both directions side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.errors import OptionError
from tocsin.model.alarm import Alarm
from tocsin.report.crisis.index import IndexSection
from tocsin.report.crisis.ladder import LadderSection
from tocsin.report.crisis.references import Reference
from tocsin.report.crisis.wording import country
from tocsin.series.observations import ANY, Dyad
from tocsin.series.tension import bounds_of
from tocsin.store.filters import Filters
from tocsin.store.narrowing import dyad_of
from tocsin.web.answering import page
from tocsin.web.asked import AskedDyad
from tocsin.web.board import alarms_known
from tocsin.web.desk import DRAWN, Desk, Reading, TheDesk
from tocsin.web.drawing import index_charts
from tocsin.web.measuring import effort, measured
from tocsin.web.problems import NotFoundError
from tocsin.web.views.alarms import AlarmLine, alarm_lines
from tocsin.web.views.dyad import Sections, sections
from tocsin.web.views.ledgers import ChannelLine, ThreatLine, channel_lines, threat_lines
from tocsin.web.views.lines import IncidentLine, incident_line

router = APIRouter(tags=["dyads"])
_INCIDENTS, _THREATS, _ALARMS = 12, 8, 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Direction:
    """What one side did to the other in the period: ``incidents`` are the newest of ``total``;
    ``alarms_total`` is None while alarms are being worked out."""

    actor: str
    recipient: str
    total: int
    incidents: tuple[IncidentLine, ...]
    threats_total: int
    threats: tuple[ThreatLine, ...]
    alarms_total: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadPage:
    """A relation in the days from ``since`` to ``until``. ``index`` and ``ladder`` are None
    while they are being worked out, and so is ``alarms``. Their numbers lead to ``evidence``. Where
    no article has a day of publication there is no series: then the days are None too."""

    one: str
    other: str
    since: date | None
    until: date | None
    index: IndexSection | None
    ladder: LadderSection | None
    evidence: tuple[Reference, ...]
    alarms: tuple[AlarmLine, ...] | None
    more_alarms: int
    directions: tuple[Direction, ...]
    channels: tuple[ChannelLine, ...]


@page(router, "/dyads/{pair}", "dyad.html.j2")
def dyad(desk: TheDesk, pair: str, asked: Annotated[AskedDyad, Query()]) -> DyadPage:
    """One relation, as PRK:KOR: tension both ways, ladder, incidents, threats, channels."""
    one = dyad_of(pair)
    if one == (ANY, ANY):
        raise OptionError("a relation is of one country at least, such as PRK:KOR or PRK:*")
    if one[0] == one[1]:
        raise OptionError(f"a relation is between two, such as PRK:KOR; {pair} is one")
    asked.filters()
    with desk.reading() as reading:
        check_known(reading, one)
        return _page(desk, reading, one, asked)


def check_known(reading: Reading, dyad: Dyad) -> None:
    """NotFoundError for a code that stands for no country and that nothing in the record has."""
    for code in dyad:
        if code == ANY or country(code) != code:
            continue
        sides = Filters(dyad=(code, ANY)), Filters(dyad=(ANY, code))
        if not any(reading.store.count("incidents", side) for side in sides):
            raise NotFoundError(
                f"{code} is no country that is known, and nothing in the record is of it; "
                "codes are those of ISO 3166, such as PRK and KOR"
            )


def _page(desk: Desk, reading: Reading, one: Dyad, asked: AskedDyad) -> DyadPage:
    since, until = asked.since, asked.until
    directions = tuple(dict.fromkeys((one, (one[1], one[0]))))
    read = effort(reading)
    if read.first is None:
        return _without_series(reading, one, directions, asked)
    first, last = bounds_of(read, since, until)
    # The lists come first: what is worked out in the background would keep the store from them.
    lists = [_direction(reading, each, first, last) for each in directions]
    channels = channel_lines(reading.store.ask("channels", Filters(dyad=one)))
    rung = [alarms_known(desk, reading, each) for each in directions]
    there = [found for found in rung if found is not None]
    known = [one for found in there for one in found] if len(there) == len(rung) else None
    shown = None
    if known is not None:
        shown = alarm_lines(alarm for alarm in known if _within(alarm, first, last))

    drawn = DRAWN.get()

    def make(reading: Reading) -> Sections:
        sides = tuple(measured(reading, each, since, until) for each in directions)
        made = sections(reading.store, one, sides, known)
        if drawn and made.index is not None:
            # The page finds the chart drawn, and is there as soon as it is asked for.
            index_charts(made.index)
        return made

    key = "sections", one, since, until, tuple(alarm.id for alarm in known or ())
    made = desk.soon(reading, key, make)
    return DyadPage(
        one=one[0],
        other=one[1],
        since=first,
        until=last,
        index=made.index if made else None,
        ladder=made.ladder if made else None,
        evidence=made.evidence if made else (),
        alarms=None if shown is None else shown[:_ALARMS],
        more_alarms=max(0, len(shown or ()) - _ALARMS),
        directions=tuple(
            replace(listed, alarms_total=_number(found, first, last))
            for listed, found in zip(lists, rung, strict=True)
        ),
        channels=channels,
    )


def _number(alarms: Iterable[Alarm] | None, since: date | None, until: date | None) -> int | None:
    return None if alarms is None else sum(_within(alarm, since, until) for alarm in alarms)


def _without_series(
    reading: Reading, one: Dyad, directions: tuple[Dyad, ...], asked: AskedDyad
) -> DyadPage:
    """What there is of a relation where nothing tells when articles were published."""
    since, until = asked.since, asked.until
    return DyadPage(
        one=one[0],
        other=one[1],
        since=None,
        until=None,
        index=None,
        ladder=None,
        evidence=(),
        alarms=(),
        more_alarms=0,
        directions=tuple(
            replace(_direction(reading, each, since, until), alarms_total=0) for each in directions
        ),
        channels=channel_lines(reading.store.ask("channels", Filters(dyad=one))),
    )


def _direction(reading: Reading, one: Dyad, since: date | None, until: date | None) -> Direction:
    """What is listed of a direction; of its alarms nothing is known yet."""
    own = Filters(dyad=one, since=since, until=until, sort="-day", limit=_INCIDENTS)
    made = Filters(dyad=one, since=since, until=until, sort="-made_start", limit=_THREATS)
    total, incidents = reading.page("incidents", own)
    threats_total, threats = reading.page("threats", made)
    return Direction(
        actor=one[0],
        recipient=one[1],
        total=total,
        incidents=tuple(map(incident_line, incidents)),
        threats_total=threats_total,
        threats=threat_lines(threats),
        alarms_total=None,
    )


def _within(alarm: Alarm, since: date | None, until: date | None) -> bool:
    return (since is None or alarm.day >= since) and (until is None or alarm.day <= until)
