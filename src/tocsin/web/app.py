"""The desk as a web application."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI

from tocsin.report.html import version_words
from tocsin.web import assets, problems
from tocsin.web.board import Board
from tocsin.web.coders import SharedCoder
from tocsin.web.desk import Desk
from tocsin.web.guard import Guard, Rules
from tocsin.web.jobs import Jobs
from tocsin.web.pages import (
    actors,
    adding,
    alarms,
    api,
    articles,
    decisions,
    dyads,
    entrance,
    explain,
    exports,
    incidents,
    ledgers,
    overview,
    places,
    review,
    search,
    sources,
)

_DESCRIPTION = """The record of one store: who did what to whom, when, where and on whose word.

Every page of the desk has its `.json` with the same values and the same filters. Lists are paged
(`page`, `per`) and say how many rows there are in all (`total`). Errors are problem details
(RFC 9457). Answers carry an `ETag`; send it back as `If-None-Match`."""

#: The routes of the desk, in the order in which they are described.
ROUTERS = tuple(
    one.router
    for one in (
        exports, overview, alarms, dyads, incidents, articles, ledgers, places, actors, sources,
        search, explain, review, decisions, adding, api, entrance, assets,
    )
)  # fmt: skip


class _Application(FastAPI):
    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            problems.describe(super().openapi())
        return super().openapi()


def create_app(
    desk: Desk, rules: Rules, *, follow: bool = True, coder: SharedCoder | None = None
) -> FastAPI:
    """The application over a desk; ``rules`` say who may do what. With ``follow`` False the board
    is not worked out in the background; ``coder`` is by what texts are coded, else the usual one.
    """
    board = Board(desk)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if follow:
            board.start()
        yield
        board.stop()
        app.state.jobs.close()
        desk.close()

    app = _Application(
        title="Tocsin desk",
        description=_DESCRIPTION,
        version=version_words() or "0",
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
        lifespan=lifespan,
    )
    app.state.desk = desk
    app.state.rules = rules
    app.state.coder = coder or SharedCoder()
    app.state.jobs = Jobs(desk, app.state.coder)
    for router in ROUTERS:
        app.include_router(router)
    app.state.pages = frozenset(
        getattr(route, "path", "") for router in ROUTERS for route in router.routes
    )
    problems.install(app)
    app.add_middleware(Guard, rules=rules)
    return app
