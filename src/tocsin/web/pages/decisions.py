"""Decisions: what people said of incidents, who and when, and how to say it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from urllib.parse import quote, unquote

from fastapi import APIRouter, Form, Query
from pydantic import BaseModel, Field
from starlette.responses import RedirectResponse, Response

from tocsin.model.decision import Decision
from tocsin.store.tables import TableStore
from tocsin.web.addresses import within
from tocsin.web.answering import READ, page
from tocsin.web.asked import Paged
from tocsin.web.desk import Desk, TheDesk
from tocsin.web.pages.incidents import incident_at
from tocsin.web.problems import RESPONSES
from tocsin.web.rendering import WHO
from tocsin.web.views.incident import DecisionView, decision_view
from tocsin.web.views.lines import IncidentLine, Page, incident_line, page_of
from tocsin.work.deciding import MOST_NOTE, MOST_WHO, decide, listed

router = APIRouter(tags=["decisions"])
_YEAR = 365 * 24 * 3600


class ToDecide(BaseModel):
    """A decision: ``ids`` are those of incidents, or of events of them."""

    model_config = {"extra": "forbid"}
    action: Literal["accept", "relabel", "reject", "merge", "split", "undo"]
    who: str = Field(max_length=MOST_WHO)
    ids: list[Annotated[str, Field(max_length=300)]] = Field(default_factory=list, max_length=200)
    undoes: int | None = Field(None, ge=1, le=10**9)
    type: str | None = Field(None, max_length=20)
    mode: str | None = Field(None, max_length=40)
    status: str | None = Field(None, max_length=20)
    note: str | None = Field(None, max_length=MOST_NOTE)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLine:
    """A decision with the articles that it speaks of, and the ``incidents`` to which the reports
    that it names belong now; of what was rejected there is none, but the ``sentence`` that told of
    it. One that takes another back is about the same as that."""

    decision: DecisionView
    documents: tuple[str, ...]
    incidents: tuple[IncidentLine, ...]
    sentence: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionsPage:
    """All decisions, the newest first."""

    place: Page
    decisions: tuple[DecisionLine, ...]


class AskedDecisions(Paged):
    """Decisions by pages."""

    done: int | None = Field(None, ge=1, le=10**9, description="The decision just made.")


@page(router, "/decisions", "decisions.html.j2")
def decisions(desk: TheDesk, asked: Annotated[AskedDecisions, Query()]) -> DecisionsPage:
    """What was decided, by whom and when; whatever holds can be taken back."""
    with desk.reading() as reading:
        made = listed(reading.store)[::-1]
        shown = made[asked.offset : asked.offset + asked.per]
        lines = _lines(reading.store, shown, {one.number: one for one, _ in made})
    return DecisionsPage(place=page_of(asked.page, asked.per, len(made)), decisions=lines)


def _lines(
    store: TableStore, shown: Sequence[tuple[Decision, bool]], made: Mapping[int, Decision]
) -> tuple[DecisionLine, ...]:
    """The lines of decisions, given all that were made by their numbers."""
    about = {one.number: _about(one, made) for one, _ in shown}
    standing = store.standing({one.number: one for one in about.values()}.values())
    events = {id_ for found in standing.values() for id_ in found}
    incidents = store.links.incidents_of(events)
    rows = store.incident_rows(list(dict.fromkeys(incidents.values())))
    told = {one.id: one for one in store.links.events_by_id(events - incidents.keys())}

    def line(one: Decision, holds: bool) -> DecisionLine:
        reports = sorted(standing[about[one.number].number])
        ids = sorted({incidents[id_] for id_ in reports if id_ in incidents})
        return DecisionLine(
            decision=decision_view(one, holds),
            documents=tuple(sorted(about[one.number].documents)),
            incidents=tuple(incident_line(rows[id_]) for id_ in ids if id_ in rows),
            sentence=next((told[id_].sentence.text for id_ in reports if id_ in told), None),
        )

    return tuple(line(one, holds) for one, holds in shown)


def _about(one: Decision, made: Mapping[int, Decision]) -> Decision:
    """The decision that one is about in the end: itself, or what it takes back."""
    while (before := made.get(one.undoes or 0)) is not None and before.number < one.number:
        one = before
    return one


@router.post("/decisions.json", status_code=201, responses=RESPONSES, operation_id="decide")
def decide_json(desk: TheDesk, asked: ToDecide) -> DecisionView:
    """Keep a decision; it changes the record at once, and can be undone."""
    with desk.gate.writing() as store:
        return decision_view(_kept(desk, store, **asked.model_dump()), True)


@router.post("/decisions", include_in_schema=False)
def decide_here(
    desk: TheDesk,
    action: Annotated[str, Form(max_length=20)],
    who: Annotated[str, Form(max_length=4 * MOST_WHO)] = "",
    ids: Annotated[list[str] | None, Form()] = None,
    undoes: Annotated[int | None, Form(ge=1, le=10**9)] = None,
    kind: Annotated[str, Form(max_length=80)] = "",
    status: Annotated[str, Form(max_length=20)] = "",
    note: Annotated[str, Form(max_length=4 * MOST_NOTE)] = "",
    back: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """A decision out of a form, and back to where it was made."""
    type_, _, mode = kind.partition("/")
    with desk.gate.writing() as store:
        made = _kept(
            desk, store, action=action, who=who, ids=[one for one in ids or () if one],
            undoes=undoes, type=type_ or None, mode=mode or None, status=status or None,
            note=" ".join(note.split()) or None,
        )  # fmt: skip
        if not _is_there(store, back):
            back = "/decisions"
    answer = RedirectResponse(_address(back, made.number), 303)
    answer.set_cookie(WHO, quote(made.who), max_age=_YEAR, httponly=True, samesite="strict")
    return answer


@router.api_route("/decisions/sheet.csv", methods=[*READ], include_in_schema=False)
def sheet(desk: TheDesk) -> Response:
    """What was decided about single incidents, as a judged sheet for ``tocsin evaluate``."""
    from tocsin.evaluation.decided import judged_events
    from tocsin.evaluation.sheet import sheet_text

    with desk.reading() as reading:
        body = sheet_text(judged_events(reading.store))
    return _download(body, "text/csv; charset=utf-8", "decided.judged.csv")


@router.api_route("/decisions/pairs.jsonl", methods=[*READ], include_in_schema=False)
def pairs(desk: TheDesk) -> Response:
    """What was put together and parted, as judged pairs for ``tocsin evaluate links``."""
    from tocsin.evaluation.decided import judged_pairs

    with desk.reading() as reading:
        lines = judged_pairs(reading.store)
    body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return _download(body, "application/x-ndjson", "decided.pairs.jsonl")


def _kept(desk: Desk, store: TableStore, **said: Any) -> Decision:
    # Articles that are being added are linked at the end of that, and not by who gets between.
    return decide(store, **said, rest=not desk.gate.is_lent)


def _is_there(store: TableStore, back: str) -> bool:
    """Whether the page on which somebody decided is still there: that of an incident goes with it
    where it was rejected."""
    path = back.partition("#")[0].partition("?")[0]
    kind, _, id_ = unquote(path).removeprefix("/").partition("/")
    return kind != "incidents" or not id_ or incident_at(store, id_) is not None


def _address(back: str, number: int) -> str:
    """Where to go on: an address of this desk, with the number of the decision."""
    path, query = within(back, "/decisions")
    kept = [one for one in query.split("&") if one and not one.startswith("done=")]
    return f"{path}?{'&'.join([*kept, f'done={number}'])}"


def _download(body: str, kind: str, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body.encode("utf-8", "replace"), media_type=kind, headers=headers)
