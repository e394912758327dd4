"""The description of the API: whole, true, and what it describes is what is answered."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from fastapi.routing import APIRoute
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tocsin.web.app import ROUTERS
from tocsin.web.problems import MEDIA_TYPE

METHODS = ("get", "post", "put", "delete", "patch", "head", "options", "trace")


@pytest.fixture(scope="module")
def described(reader: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = reader.get("/openapi.json").json()
    return found


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def refs(value: Any) -> set[str]:
    """Every reference in a description."""
    if isinstance(value, dict):
        own = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return own.union(*map(refs, value.values()))
    return set().union(*map(refs, value)) if isinstance(value, list) else set()


def test_it_is_whole(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    assert described["info"]["title"] == "Tocsin desk"
    for path, method, operation in operations(described):
        assert method in METHODS
        assert operation["summary"], path
        assert operation["operationId"]
        placed = {one["name"] for one in operation.get("parameters", ()) if one["in"] == "path"}
        assert placed == {
            part[1:-1] for part in path.replace(".json", "").split("/") if "{" in part
        }
        for parameter in operation.get("parameters", ()):
            assert parameter["schema"]
            if parameter["in"] == "query":
                assert parameter["description"], (path, parameter["name"])
                assert not parameter.get("required")
    for ref in refs(described):
        assert ref.removeprefix("#/components/schemas/") in described["components"]["schemas"]


def test_every_schema_is_one(described: dict[str, Any]) -> None:
    for schema in described["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)


def test_every_name_is_used_once(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(names) == len(set(names))
    assert all(name.isidentifier() for name in names)


def test_every_json_route_is_described_and_no_page(described: dict[str, Any]) -> None:
    routes = {
        (route.path_format, method.lower())
        for router in ROUTERS
        for route in router.routes
        if isinstance(route, APIRoute) and route.path.endswith(".json")
        for method in route.methods - {"HEAD"}
    }
    assert {(path, method) for path, method, _ in operations(described)} == routes
    assert len(routes) > 15


def test_problems_are_described_as_they_are_told(described: dict[str, Any]) -> None:
    for path, _, operation in operations(described):
        responses = operation["responses"]
        assert "422" not in responses, path
        for status in ("400", "401", "403", "404", "413", "429", "503", "default"):
            (kind,) = responses[status]["content"]
            assert kind == MEDIA_TYPE
            schema = responses[status]["content"][kind]["schema"]
            assert schema["$ref"].endswith("/Problem")


def valid(described: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    jsonschema.Draft202012Validator(schema | {"components": described["components"]}).validate(
        value
    )


def answered(client: TestClient, described: dict[str, Any], path: str, **query: Any) -> int:
    """Ask for a path of the description; what comes is what is described."""
    there = {"{pair}": "RUR:GRA", "/incidents/{id}": "/incidents/i-x", "{id}": "r"}
    address = path
    for name, value in there.items():
        address = address.replace(name, value)
    answer = client.get(address, params=query)
    responses = described["paths"][path]["get"]["responses"]
    found = responses.get(str(answer.status_code), responses["default"])
    kind = answer.headers["content-type"]
    assert kind in found["content"]
    valid(described, found["content"][kind]["schema"], answer.json())
    return answer.status_code


def test_every_answer_is_what_is_described(reader: TestClient, described: dict[str, Any]) -> None:
    statuses = {
        path: answered(reader, described, path)
        for path, method, _ in operations(described)
        if method == "get"
    }
    assert set(statuses.values()) == {200, 404}
    assert [path for path, status in statuses.items() if status == 404] == [
        path for path in statuses if path.startswith(("/incidents/", "/channels/", "/add/"))
    ]


VALUES = st.one_of(
    st.text(max_size=12),
    st.integers().map(str),
    st.dates().map(str),
    st.sampled_from(["RUR:GRA", "ASSAULT", "actual", "-day", "closed", "Zenda", "asserts", ""]),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_whatever_is_asked_is_answered_as_described(
    reader: TestClient, described: dict[str, Any], data: st.DataObject
) -> None:
    paths = [path for path, method, _ in operations(described) if method == "get"]
    # What is measured takes its time; the rest is asked often.
    path = data.draw(st.sampled_from([one for one in paths if "{pair}" not in one]))
    names = [one["name"] for one in described["paths"][path]["get"].get("parameters", ())
             if one["in"] == "query"]  # fmt: skip
    query = {
        name: data.draw(VALUES)
        for name in data.draw(st.sets(st.sampled_from(names or ["x"]), max_size=3))
    }
    assert answered(reader, described, path, **query) in (200, 400, 404)


def test_the_page_of_the_api_is_made_of_it(reader: TestClient, described: dict[str, Any]) -> None:
    page = reader.get("/api").text
    for path, method, operation in operations(described):
        assert f"{method.upper()} {path}" in page
        for parameter in operation.get("parameters", ()):
            assert f"<code>{parameter['name']}</code>" in page
