"""The description of the API for people: what the OpenAPI document says, as a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from tocsin.web.answering import READ, tagged
from tocsin.web.rendering import render

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What an address takes."""

    name: str
    where: str
    words: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One address."""

    method: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]


@router.api_route("/api", methods=[*READ])
def api(request: Request) -> Response:
    """Every address of the API."""
    described = request.app.openapi()
    operations = [
        Operation(
            method=method.upper(),
            path=path,
            summary=told.get("description") or told.get("summary", ""),
            parameters=tuple(map(_parameter, told.get("parameters", ()))),
        )
        for path, methods in described["paths"].items()
        for method, told in methods.items()
    ]
    body = render(request, "api.html.j2", operations=operations, words=described["info"])
    return tagged(request, body, "text/html; charset=utf-8")


def _parameter(told: dict[str, Any]) -> Parameter:
    schema = told.get("schema", {})
    kinds = [one for one in schema.get("anyOf", (schema,)) if one.get("type") != "null"]
    return Parameter(
        name=told["name"],
        where=told["in"],
        words=told.get("description", ""),
        kind=" or ".join(one.get("format", one.get("type", "")) for one in kinds),
    )
