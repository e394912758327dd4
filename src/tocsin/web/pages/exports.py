"""Exports: every row of a list as CSV, a relation as a report, the record in layouts of others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query
from starlette.responses import Response, StreamingResponse

from tocsin.report.exports.writing import csv_line
from tocsin.store.filters import Filters
from tocsin.store.narrowing import dyad_of
from tocsin.web.answering import READ
from tocsin.web.asked import (
    Asked,
    AskedActors,
    AskedChannels,
    AskedClaims,
    AskedDocuments,
    AskedDyad,
    AskedIncidents,
    AskedPlaces,
    AskedSources,
    AskedThreats,
)
from tocsin.web.desk import Desk, TheDesk

router = APIRouter(include_in_schema=False)
_CSV = "text/csv; charset=utf-8"


def _rows(desk: Desk, question: str, filters: Filters, name: str) -> Response:
    with desk.reading() as reading:
        rows = reading.store.ask(question, filters)
        header = list(rows[0]) if rows else []

    def lines() -> Iterator[bytes]:
        if header:
            yield csv_line(header).encode()
        for row in rows:
            yield csv_line(row.values()).encode("utf-8", "replace")

    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return StreamingResponse(lines(), media_type=_CSV, headers=headers)


def _add(path: str, question: str, kind: type[Asked]) -> None:
    """A list at ``path`` as CSV, with the filters and the order of its page, all of its rows."""

    def rows(desk: TheDesk, asked: Any) -> Response:
        order = getattr(asked, "sort", None)
        return _rows(desk, question, asked.filters(sort=order), path.strip("/"))

    rows.__annotations__ = {"desk": TheDesk, "asked": Annotated[kind, Query()], "return": Response}
    router.add_api_route(f"{path}.csv", rows, methods=[*READ])


for _path, _question, _kind in (
    ("/incidents", "incidents", AskedIncidents),
    ("/articles", "documents", AskedDocuments),
    ("/threats", "threats", AskedThreats),
    ("/claims", "claims", AskedClaims),
    ("/channels", "channels", AskedChannels),
    ("/map", "places", AskedPlaces),
    ("/sources", "outlets", AskedSources),
):
    _add(_path, _question, _kind)


@router.api_route("/actors.csv", methods=[*READ])
def actors(desk: TheDesk, asked: Annotated[AskedActors, Query()]) -> Response:
    """Every actor of the list."""
    from tocsin.web.pages.actors import filters_of

    return _rows(desk, "actors", filters_of(asked), "actors")


@router.api_route("/dyads/{pair}/report.html", methods=[*READ])
def report(desk: TheDesk, pair: str, asked: Annotated[AskedDyad, Query()]) -> Response:
    """The crisis report of a relation: one file that says everything with its evidence."""
    from tocsin.report.crisis.building import build
    from tocsin.report.crisis.gathering import gather
    from tocsin.report.crisis.rendering import render_html
    from tocsin.web.measuring import alarms
    from tocsin.web.pages.dyads import check_known

    one = dyad_of(pair)
    with desk.reading() as reading:
        check_known(reading, one)
        rung = [
            alarm
            for each in dict.fromkeys((one, (one[1], one[0])))
            if "*" not in each
            for alarm in alarms(reading, each)
            if (asked.since is None or alarm.day >= asked.since)
            and (asked.until is None or alarm.day <= asked.until)
        ]
        material = gather(
            reading.store, one, since=asked.since, until=asked.until,
            alarms=None if "*" in one else rung,
        )  # fmt: skip
    body = render_html(build(material)).encode("utf-8", "replace")
    name = f"{'-'.join(one)}.html".replace("*", "all")
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)
