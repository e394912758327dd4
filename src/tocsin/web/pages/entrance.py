"""The way in, where the desk asks for its token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tocsin.web.addresses import within
from tocsin.web.answering import READ
from tocsin.web.guard import COOKIE, ENTER, LONGEST_TO, Rules, same_token
from tocsin.web.rendering import render

router = APIRouter(include_in_schema=False)
_LONGEST = 200


@router.api_route(ENTER, methods=[*READ])
def entrance(
    request: Request,
    token: Annotated[str | None, Query(max_length=_LONGEST)] = None,
    to: Annotated[str, Query(max_length=LONGEST_TO)] = "/",
) -> Response:
    """Ask for the token, or let in who brings it in the address that was shown at the start;
    ``to`` is the page that was asked for."""
    rules: Rules = request.app.state.rules
    if rules.token is None:
        return RedirectResponse("/", 303)
    if token is not None:
        return _entered(request, rules.token, token, to)
    return HTMLResponse(render(request, "enter.html.j2", wrong=False, to=to))


@router.post(ENTER)
def enter(
    request: Request,
    token: Annotated[str, Form(max_length=_LONGEST)],
    to: Annotated[str, Form(max_length=LONGEST_TO)] = "/",
) -> Response:
    """Let in who knows the token."""
    rules: Rules = request.app.state.rules
    if rules.token is None:
        return RedirectResponse("/", 303)
    return _entered(request, rules.token, token, to)


def _entered(request: Request, token: str, shown: str, to: str) -> Response:
    if not same_token(shown.strip(), token):
        return HTMLResponse(render(request, "enter.html.j2", wrong=True, to=to), 401)
    path, query = within(to)
    answer = RedirectResponse(path + (f"?{query}" if query else ""), 303)
    secure = request.url.scheme == "https"
    answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", secure=secure)
    return answer
