"""What an address asks for: the filters of the command line, and pages that lose no row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from bench.made_reports import articles
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from starlette.testclient import TestClient
from tests.web.conftest import filled, visitor
from typer.main import get_command
from typer.testing import CliRunner

from tocsin.cli.main import app
from tocsin.errors import OptionError
from tocsin.store import Entry
from tocsin.web.asked import (
    Asked,
    AskedActors,
    AskedChannels,
    AskedClaims,
    AskedDocuments,
    AskedIncidents,
    AskedPlaces,
    AskedSearch,
    AskedThreats,
)
from tocsin.web.pages.review import AskedReview

KINDS: tuple[type[Asked], ...] = (
    AskedActors, AskedChannels, AskedClaims, AskedDocuments, AskedIncidents, AskedPlaces,
    AskedReview, AskedSearch, AskedThreats,
)  # fmt: skip
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("incidents", AskedIncidents),
        ("documents", AskedDocuments),
        ("threats", AskedThreats),
        ("claims", AskedClaims),
        ("channels", AskedChannels),
    ],
)
def test_the_filters_are_those_of_the_command_line(command: str, kind: type[Asked]) -> None:
    commands: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    options = {
        option.removeprefix("--").replace("-", "_")
        for parameter in commands[command].params
        for option in parameter.opts
    }
    options -= {"db", "limit", "format", "help"}
    assert options - {"rates"} == set(kind.model_fields) - {"page", "per", "sort"}


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ({"type": "ASSAULT"}, ["--type", "ASSAULT"]),
        ({"dyad": "RUR:GRA", "status": "alleged"}, ["--dyad", "RUR:GRA", "--status", "alleged"]),
        ({"where": "Zenda", "min_sources": "2"}, ["--where", "Zenda", "--min-sources", "2"]),
        ({"outlet": "Herald", "since": "2020-06-17"}, ["--outlet", "Herald", "--since",
                                                       "2020-06-17"]),
    ],
)  # fmt: skip
def test_they_find_what_the_command_line_finds(
    reader: TestClient, quarrel: Path, query: dict[str, str], options: list[str]
) -> None:
    arguments = ["incidents", "--db", str(quarrel), "--format", "jsonl", *options]
    printed = CliRunner().invoke(app, arguments).stdout.splitlines()
    found = reader.get("/incidents.json", params=query).json()["incidents"]
    assert {one["id"] for one in found} == {json.loads(line)["id"] for line in printed}
    assert found


@pytest.mark.parametrize("kind", KINDS)
def test_empty_fields_ask_for_nothing(kind: type[Asked]) -> None:
    empty = kind(**dict.fromkeys(kind.model_fields, " "))  # type: ignore[arg-type]
    assert (empty.given(), empty.query()) == ({}, "")
    assert empty == kind()


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_names_are_refused(kind: type[Asked]) -> None:
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        kind(limit=5)


def given_of(kind: type[Asked]) -> st.SearchStrategy[dict[str, Any]]:
    """Values for the fields of one kind of question."""
    fields: dict[str, st.SearchStrategy[Any]] = {}
    for name, field in kind.model_fields.items():
        words = str(field.annotation)
        if "date" in words:
            fields[name] = st.dates()
        elif "int" in words:
            fields[name] = st.integers(1, 500)
        else:
            most = next((m.max_length for m in field.metadata if hasattr(m, "max_length")), 9)
            fields[name] = WORDS.map(lambda text, most=most: text[:most])
    return st.fixed_dictionaries({}, optional=fields)


@given(kind=st.sampled_from(KINDS), data=st.data())
def test_the_address_of_a_question_asks_the_same(kind: type[Asked], data: st.DataObject) -> None:
    asked = kind(**data.draw(given_of(kind)))
    query = asked.query()
    assert query[:1] in ("", "?")
    assert kind(**dict(parse_qsl(query[1:]))) == asked  # type: ignore[arg-type]
    if "words" in kind.model_fields:
        again = kind(**dict(parse_qsl(asked.query(words="a & b")[1:])))  # type: ignore[arg-type]
        assert again.given()["words"] == "a & b"
    assert "since" not in dict(parse_qsl(asked.query(since=None)[1:]))


def test_names_that_the_store_calls_otherwise_are_turned() -> None:
    asked = AskedIncidents(min_sources=2, since=date(2020, 6, 1), page=3, sort="day")
    filters = asked.filters(limit=10)
    assert (filters.sources, filters.since, filters.limit, filters.sort) == (
        2, date(2020, 6, 1), 10, None,
    )  # fmt: skip
    assert asked.offset == 100
    with pytest.raises(OptionError, match="later than"):
        AskedIncidents(since=date(2020, 6, 2), until=date(2020, 6, 1)).filters()


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two hundred made-up incidents."""
    entries = [
        Entry(path="m", outcome="coded", document=document, digest=document.id, events=events)
        for document, events in articles(40, days=60, states=4)
    ]
    return filled(tmp_path_factory.mktemp("many") / "many.duckdb", entries)


@pytest.mark.parametrize("path", ["/incidents", "/articles", "/threats", "/actors", "/search"])
@pytest.mark.parametrize("per", [3, 50])
def test_paging_loses_no_row_and_shows_none_twice(
    many_reader: TestClient, path: str, per: int
) -> None:
    client = many_reader
    name = {"/search": "articles"}.get(path, path[1:])
    found: list[str] = []
    page = pages = total = 1
    while page <= pages:
        query = {"page": str(page), "per": str(per), "words": "the" if path == "/search" else ""}
        answer = client.get(f"{path}.json", params=query).json()
        place = answer["place"]
        assert place["page"] == page
        pages, total = place["pages"], place["total"]
        found += [one.get("id") or repr(one) for one in answer[name]]
        page += 1
    assert len(found) == len(set(found)) == total > 3
    beyond = {"page": str(pages + 1), "per": str(per), "words": query["words"]}
    assert client.get(f"{path}.json", params=beyond).json()[name] == []


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sort=st.sampled_from(["day", "-day", "score", "-reports", "status"]), per=st.integers(1, 90))
def test_any_order_is_cut_into_pages_without_loss(
    many_reader: TestClient, sort: str, per: int
) -> None:
    whole = ids(many_reader, sort, 500, 1)
    at = min(len(whole) // per, 3) + 1
    assert ids(many_reader, sort, per, at) == whole[(at - 1) * per : at * per]


@pytest.fixture(scope="session")
def many_reader(many: Path) -> Iterator[TestClient]:
    with ExitStack() as stack:
        yield visitor(stack, many)


def ids(client: TestClient, sort: str, per: int, page: int) -> list[str]:
    query = {"sort": sort, "per": str(per), "page": str(page)}
    return [one["id"] for one in client.get("/incidents.json", params=query).json()["incidents"]]
