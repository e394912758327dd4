"""Review: the incidents that most want a human eye, one after the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from tocsin.report.crisis import wording
from tocsin.report.view import days_words
from tocsin.store.filters import Filters
from tocsin.web.answering import page
from tocsin.web.asked import Asked, Day, Words
from tocsin.web.desk import Reading, TheDesk
from tocsin.web.pages.incidents import page_of_incident
from tocsin.web.views.incident import IncidentPage
from tocsin.web.views.lines import IncidentLine, incident_line
from tocsin.work.queue import Unsure, queue

router = APIRouter(tags=["decisions"])
# So many are shown, of a top of the queue that is kept; names of a side of the one that it is near.
_SHOWN, _TOP, _NAMES = 12, 100, 2


class AskedReview(Asked):
    """Which incidents are to be reviewed, and the how manieth is shown."""

    dyad: str | None = Field(None, max_length=100, description="What A did to B, as PRK:KOR.")
    type: str | None = Field(None, max_length=20, description="PLOVER's type.")
    status: str | None = Field(None, max_length=20, description="Such as alleged.")
    words: str | None = Words
    since: Day = Field(None, description="Only from this day on.")
    until: Day = Field(None, description="Only up to this day.")
    at: int = Field(0, ge=0, le=10**6, description="How many of the queue to pass over.")
    done: int | None = Field(None, ge=1, le=10**9, description="The decision just made.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtView:
    """One reason to look, and what it adds to the score."""

    name: str
    adds: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """An incident of the queue with the reasons why it stands there; ``near`` is one that it was
    nearly put together with."""

    incident: IncidentLine
    score: float
    doubts: tuple[DoubtView, ...]
    near: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The queue from ``at`` on, its first incident whole, and the one that that is near to. The
    score adds up named doubts by weights set by judgement; it is no probability of a fault."""

    at: int
    waiting: tuple[Waiting, ...]
    incident: IncidentPage | None
    near: IncidentLine | None


@page(router, "/review", "review.html.j2")
def review(desk: TheDesk, asked: Annotated[AskedReview, Query()]) -> ReviewPage:
    """The incidents that are most in doubt and that nobody has decided about yet."""
    given = {name: value for name, value in asked.given().items() if name not in ("at", "done")}
    filters = AskedReview(**given).filters()
    with desk.reading() as reading:
        store = reading.store
        waiting = _waiting_from(reading, filters, asked.at)
        found = store.incident(waiting[0].incident["id"]) if waiting else None
        near = waiting[0].near if waiting else None
        rows = store.incident_rows([one.near for one in waiting if one.near is not None])
        others = {id_: incident_line(row) for id_, row in rows.items()}
        return ReviewPage(
            at=asked.at,
            waiting=tuple(_waiting(one, others.get(one.near or "")) for one in waiting),
            incident=page_of_incident(store, found) if found is not None else None,
            near=others.get(near or ""),
        )


def _waiting_from(reading: Reading, filters: Filters, at: int) -> list[Unsure]:
    """The queue from ``at`` on: who works from its top does not wait for it at every step."""
    if at + _SHOWN > _TOP:
        return queue(reading.store, filters, _SHOWN, at)
    top = reading.once(("queue", filters), lambda: queue(reading.store, filters, _TOP))
    return top[at : at + _SHOWN]


def _waiting(one: Unsure, near: IncidentLine | None) -> Waiting:
    return Waiting(
        incident=incident_line(one.incident),
        score=one.score,
        doubts=tuple(
            DoubtView(
                name=doubt.name,
                adds=doubt.adds,
                reason=_near(near) if near and doubt.name == "near another" else doubt.reason,
            )
            for doubt in one.doubts
        ),
        near=one.near,
    )


def _near(other: IncidentLine) -> str:
    """The reason that another incident is near, by what that is and not by its id."""
    who, whom = (
        wording.listed([*names[:_NAMES], *(["others"] if len(names) > _NAMES else [])])
        or "nobody named"
        for names in (other.actors, other.recipients)
    )
    when = days_words(other.start, other.end) or "day not told"
    return f"a report of it is near one of another incident: {other.kind}, {who} → {whom}, {when}"
