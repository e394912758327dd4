"""Sources: what was read, of whom, how much of it copies, and who speaks for a state."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query

from tocsin.knowledge.outlets import load_outlets
from tocsin.series.periods import periods
from tocsin.store.filters import Filters
from tocsin.web.answering import page
from tocsin.web.asked import AskedSources
from tocsin.web.desk import Reading, TheDesk
from tocsin.web.measuring import effort as read_effort
from tocsin.web.views.lines import Row
from tocsin.web.views.sources import AsideLine, EffortColumn, OutletLine, SourcesPage

router = APIRouter(tags=["sources"])
_COLUMNS = 30


@page(router, "/sources", "sources.html.j2")
def sources(desk: TheDesk, asked: Annotated[AskedSources, Query()]) -> SourcesPage:
    """What was read: outlets, copies, state media, days on which nothing was read."""
    filters = asked.filters()
    with desk.reading() as reading:
        rows = reading.store.ask("outlets", filters)
        aside = reading.store.ask("set_aside", Filters(limit=50))
        aside_total = reading.store.count("set_aside")
        by, effort, undated = _effort(reading, asked.since, asked.until)
    lines = tuple(map(_line, rows))
    articles = sum(one.articles for one in lines)
    of_states = sum(one.articles for one in lines if one.state == "state")
    return SourcesPage(
        outlets=lines,
        articles=articles,
        copies=sum(one.copies for one in lines),
        state_share=of_states / articles if articles else 0.0,
        by=by,
        effort=effort,
        undated=undated,
        aside=tuple(
            AsideLine(path=row["path"], line=row["line"], reason=row["reason"]) for row in aside
        ),
        aside_total=aside_total,
    )


def _line(row: Row) -> OutletLine:
    known = load_outlets().named(row["outlet"])
    return OutletLine(
        name=row["outlet"],
        country=known.country if known else None,
        owner=known.owner if known else None,
        kind=known.kind if known else None,
        state=known.state or None if known else None,
        articles=row["articles"],
        copies=row["copies"],
        events=row["events"],
        first=row["first"],
        last=row["last"],
    )


def _effort(
    reading: Reading, since: date | None, until: date | None
) -> tuple[str, tuple[EffortColumn, ...], int]:
    effort = read_effort(reading)
    if effort.first is None or effort.last is None:
        return "month", (), effort.undated
    first, last = max(since or effort.first, effort.first), min(until or effort.last, effort.last)
    if first > last:
        return "month", (), effort.undated
    days = (last - first).days + 1
    by = next((one for one, size in (("day", 1), ("week", 7), ("month", 31))
               if days <= _COLUMNS * size), "month")  # fmt: skip
    columns = tuple(
        EffortColumn(
            start=one.start,
            end=one.end,
            articles=sum(
                number for day, number in effort.days.items() if one.start <= day <= one.end
            ),
            unread_days=sum(
                date.fromordinal(day) not in effort.days
                for day in range(one.start.toordinal(), one.end.toordinal() + 1)
            ),
        )
        for one in periods(first, last, by)
    )
    return by, columns, effort.undated
