"""Alarms: what rang in the relations that the desk follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.errors import OptionError
from tocsin.model.alarm import KINDS
from tocsin.series.observations import ANY, Dyad
from tocsin.web.answering import page
from tocsin.web.asked import AskedAlarms
from tocsin.web.board import alarms_known, followed
from tocsin.web.desk import TheDesk
from tocsin.web.measuring import effort
from tocsin.web.pages.dyads import check_known
from tocsin.web.views.alarms import AlarmLine, alarm_lines
from tocsin.web.views.lines import Page, page_of

router = APIRouter(tags=["alarms"])


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmsPage:
    """Alarms by pages, the newest first, of so many ``watched`` relations of those asked for; so
    many ``unwatched`` ones are still being watched through."""

    place: Page
    alarms: tuple[AlarmLine, ...]
    watched: int
    unwatched: int


@page(router, "/alarms", "alarms.html.j2")
def alarms(desk: TheDesk, asked: Annotated[AskedAlarms, Query()]) -> AlarmsPage:
    """What rang, why, and on what evidence, in the relations of which most is known, or in the one
    that is asked for."""
    if asked.kind is not None and asked.kind not in KINDS:
        raise OptionError(f"kind {asked.kind!r} is unknown; allowed: {', '.join(KINDS)}")
    wanted = asked.filters().dyad or (ANY, ANY)
    with desk.reading() as reading:
        watched = [dyad for dyad in followed(reading) if _among(dyad, wanted)]
        if not watched and ANY not in wanted and effort(reading).first is not None:
            check_known(reading, wanted)
            watched = [wanted]
        rung = [alarms_known(desk, reading, dyad) for dyad in watched]
    known = [found for found in rung if found is not None]
    chosen = [
        one
        for found in known
        for one in found
        if asked.kind in (None, one.kind)
        and (asked.since is None or one.day >= asked.since)
        and (asked.until is None or one.day <= asked.until)
    ]
    lines = alarm_lines(chosen)
    return AlarmsPage(
        place=page_of(asked.page, asked.per, len(lines)),
        alarms=lines[asked.offset : asked.offset + asked.per],
        watched=len(known),
        unwatched=len(rung) - len(known),
    )


def _among(dyad: Dyad, wanted: Dyad) -> bool:
    return all(want in (ANY, side) for want, side in zip(wanted, dyad, strict=True))
