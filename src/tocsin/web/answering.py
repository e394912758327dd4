"""A page and its ``.json`` from one view, so that both hold the same values by construction."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from contextvars import copy_context
from hashlib import blake2b
from typing import Any

from fastapi import APIRouter, Request
from pydantic import TypeAdapter
from starlette.responses import RedirectResponse, Response

from tocsin.web.asked import MOST_PAGES, Paged
from tocsin.web.desk import DRAWN, PATIENCE
from tocsin.web.problems import RESPONSES
from tocsin.web.rendering import render
from tocsin.web.views.lines import Page

View = Callable[..., Any]
#: How whatever can be read is asked for.
READ = ("GET", "HEAD")
# Seconds that a page waits for a part of it; then it shows itself, and that part when it is there.
_PATIENCE = 0.15


def page(
    router: APIRouter, path: str, template: str, *, json: str | None = None
) -> Callable[[View], View]:
    """Put a view at ``path``, shown by ``template`` as ``view``, and at ``path`` with ``.json``, or
    at ``json``.

    The view takes what a route of FastAPI takes and returns a frozen dataclass, whose fields are
    those of the JSON; its docstring describes both.
    """

    def add(view: View) -> View:
        signature = inspect.signature(view, eval_str=True)
        kind = signature.return_annotation
        codec = TypeAdapter(kind)
        request = inspect.Parameter(
            "request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=Request
        )
        asks = signature.replace(
            parameters=[request, *signature.parameters.values()], return_annotation=Response
        )

        def as_json(request: Request, **values: Any) -> Response:
            body = codec.dump_json(view(**values))
            return tagged(request, body, "application/json")

        def as_page(request: Request, **values: Any) -> Response:
            asked = values.get("asked")
            found = copy_context().run(_as_page, view, values)
            if isinstance(asked, Paged) and asked.page > (end := _end(found)):
                # A list that became shorter, or an address that was guessed.
                return RedirectResponse(f"{request.scope['path']}{asked.query(page=end)}", 303)
            body = render(request, template, view=found, asked=asked)
            return tagged(request, body, "text/html; charset=utf-8")

        for made in (as_json, as_page):
            made.__signature__ = asks  # type: ignore[attr-defined]
        name = view.__name__
        address = json or f"{path}.json"
        router.add_api_route(
            address, as_json, methods=["GET"], response_model=kind,
            responses=RESPONSES, name=f"{name}_json", operation_id=name,
            summary=(view.__doc__ or name).splitlines()[0],
            description=inspect.getdoc(view) or "",
        )  # fmt: skip
        hidden: dict[str, Any] = {"include_in_schema": False}
        router.add_api_route(address, as_json, methods=["HEAD"], **hidden)
        router.add_api_route(path, as_page, methods=[*READ], name=name, **hidden)
        return view

    return add


def _end(found: object) -> int:
    """The last page of the list that a view is of; a list without rows is told at any page."""
    place = getattr(found, "place", None)
    return place.pages if isinstance(place, Page) and place.total else MOST_PAGES


def tagged(request: Request, body: bytes, media_type: str) -> Response:
    """The answer with its ETag; without its body where the visitor has it already."""
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    asked = [one.strip() for one in request.headers.get("if-none-match", "").split(",")]
    if tag in asked or f"W/{tag}" in asked or "*" in asked:
        return Response(status_code=304, headers={"ETag": tag})
    return Response(body, media_type=media_type, headers={"ETag": tag})


def _as_page(view: View, values: dict[str, Any]) -> Any:
    PATIENCE.set(_PATIENCE)
    DRAWN.set(True)
    return view(**values)
