"""Errors in one shape: RFC 9457's problem details for programs, a page in words for people.

An error says what is wrong, where, what was available, and what to do.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import Response

from tocsin.errors import InputError, OptionError, StoreError, TocsinError
from tocsin.web.gate import BusyError

MEDIA_TYPE = "application/problem+json"
#: Seconds after which a busy store is worth another try.
AGAIN = 5
# Of what somebody sent, so many characters are sent back.
_SHOWN = 60
_log = logging.getLogger("tocsin.web")


class Problem(BaseModel):
    """What went wrong (RFC 9457): ``title`` names the kind, ``detail`` says what and what to do."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


class NotFoundError(TocsinError):
    """Nothing has this id or address."""


class ForbiddenError(TocsinError):
    """This desk, or this request, may not do that."""


_KINDS: tuple[tuple[type[TocsinError], int], ...] = (
    (NotFoundError, 404),
    (ForbiddenError, 403),
    (BusyError, 503),
    (OptionError, 400),
    (InputError, 400),
    (StoreError, 503),
)

# What a page is headed with; programs get the words of the standard.
_HEADINGS = {
    400: "That cannot be asked",
    403: "That is not allowed here",
    404: "There is nothing here",
    413: "That is too much at once",
    429: "That was too fast",
    500: "A fault",
    503: "The store cannot be read now",
}

#: The responses that every address of the API may give, for its description.
RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words}
    for status, words in (
        (400, "A filter or value that cannot be; the detail lists what is allowed."),
        (401, "The desk asks for its token."),
        (403, "Not allowed here: a desk that is read only, or a request of another site."),
        (404, "Nothing has this id."),
        (413, "More than the desk takes at once."),
        (429, "Too many requests in a short time."),
        (503, "The store is in use by another process, or cannot be read."),
        ("default", "Any other error."),
    )
}


def install(app: FastAPI) -> None:
    """Let every error of ``app`` be told in the one shape."""

    async def ours(request: Request, error: Exception) -> Response:
        assert isinstance(error, TocsinError)
        status = next((one for kind, one in _KINDS if isinstance(error, kind)), 500)
        if status == 500:
            _log.error("%s", error)
        return answer(request, status, str(error))

    async def theirs(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        words = str(error.detail)
        if error.status_code == 404:
            words = f"there is nothing at {request.scope['path']}"
        elif error.status_code == 405:
            allowed = (error.headers or {}).get("allow", "GET")
            words = f"{request.method} is not taken here; allowed: {allowed}"
        return answer(request, error.status_code, words, headers=error.headers)

    async def invalid(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, 400, "; ".join(map(_words, error.errors())))

    app.add_exception_handler(TocsinError, ours)
    app.add_exception_handler(HTTPException, theirs)
    app.add_exception_handler(RequestValidationError, invalid)


def describe(api: Mapping[str, Any]) -> None:
    """Say in the description of an API that problems come under their own media type."""
    for path in api["paths"].values():
        for operation in path.values():
            for status, response in operation["responses"].items():
                if status in map(str, RESPONSES) and "application/json" in response["content"]:
                    response["content"][MEDIA_TYPE] = response["content"].pop("application/json")


def fault(request: Request, error: Exception) -> Response:
    """The answer where we are to blame; what it was stands in the log alone."""
    _log.error("a fault at %s", request.scope["path"], exc_info=error)
    words = "a fault in Tocsin, please report it; the log of tocsin serve tells more"
    return answer(request, 500, words)


def answer(
    request: Request, status: int, detail: str, *, headers: Mapping[str, str] | None = None
) -> Response:
    """The problem in the form that was asked for."""
    sent = dict(headers or {})
    if status == 503:
        sent["Retry-After"] = str(AGAIN)
    if wants_json(request.scope["path"], request.headers.get("accept", "")):
        return Response(problem(status, detail), status, sent, MEDIA_TYPE)
    from tocsin.web.rendering import render

    title = _HEADINGS.get(status, HTTPStatus(status).phrase)
    page = render(
        request, "problem.html.j2", title=title, status=status, detail=detail,
        again=AGAIN if status == 503 and request.method == "GET" else None,
    )  # fmt: skip
    return Response(page, status, sent, "text/html; charset=utf-8")


def problem(status: int, detail: str) -> bytes:
    """The problem as JSON."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail)
    return json.dumps(told.model_dump(), ensure_ascii=False).encode("utf-8", "replace")


def wants_json(path: str, accept: str) -> bool:
    """Whether a program asks: by the address, else by what it says it accepts."""
    return path.endswith(".json") or ("json" in accept and "html" not in accept)


def _words(error: Mapping[str, Any]) -> str:
    where: Sequence[Any] = error.get("loc", ())
    name = ".".join(str(part) for part in where[1:]) or "the request"
    if error.get("type") == "extra_forbidden":
        return f"{name} is not known here; the description of the API lists what is"
    if error.get("type") == "json_invalid":
        return f"the body is no JSON: {error.get('ctx', {}).get('error', '')}, at {name}"
    kind, given = str(error.get("type", "")), error.get("input")
    if isinstance(given, str):
        shown = repr(given if len(given) <= _SHOWN else given[:_SHOWN] + "…")
        if kind.startswith("date"):
            return f"{name}: {shown} is no day such as 2020-06-16"
        if kind.startswith("int_"):
            return f"{name}: {shown} is no whole number"
    words = str(error.get("msg", "cannot be used"))
    return f"{name}: {words[:1].lower()}{words[1:]}"
