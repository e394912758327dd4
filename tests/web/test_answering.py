"""A page and its JSON: from one view, with the same values, and not sent twice."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import OURS

from tocsin.web.app import ROUTERS

#: What has both: every route whose path has one with ``.json`` beside it.
PATHS = sorted(
    path
    for router in ROUTERS
    for path in {getattr(route, "path", "") for route in router.routes}
    if path == "/"
    or (
        (f"{path}.json" in {getattr(route, "path", "") for route in router.routes})
        and path != "/explain"
    )
)


def json_of(path: str) -> str:
    return "/overview.json" if path == "/" else f"{path}.json"


def ids(value: Any) -> Iterator[str]:
    """Every id in the lists of an answer."""
    if isinstance(value, dict):
        if "id" in value and isinstance(value["id"], str):
            yield value["id"]
        for inner in value.values():
            yield from ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from ids(inner)


def shown(page: str) -> str:
    """What stands on a page, its addresses too."""
    return re.sub(r"\s+", " ", html.unescape(page))


def addresses(client: TestClient) -> list[str]:
    """Every page that has JSON, of something that is there."""
    incident = client.get("/incidents.json").json()["incidents"][0]["id"]
    channel = client.get("/channels.json").json()["channels"][0]["id"]
    there = {
        "/incidents/{id}": f"/incidents/{incident}",
        "/articles/{id:path}": "/articles/r",
        "/channels/{id}": f"/channels/{channel}",
        "/dyads/{pair}": "/dyads/RUR:GRA",
        "/search": "/search",
    }
    found = [there.get(path, path) for path in PATHS if path != "/add/{id}"]
    assert "{" not in "".join(found)
    for path in found:
        # A page does not wait for what a program waits for, and shows it when it is there.
        assert client.get(json_of(path)).status_code == 200, path
    return found


def test_there_are_pages_and_all_are_known() -> None:
    assert {"/", "/incidents", "/articles", "/threats", "/claims", "/channels"} <= set(PATHS)
    assert len(PATHS) > 15


def test_a_page_and_its_json_hold_the_same(reader: TestClient) -> None:
    for path in addresses(reader):
        query = "?words=bridge" if path == "/search" else ""
        page = reader.get(f"{path}{query}")
        values = reader.get(f"{json_of(path)}{query}")
        assert (page.status_code, values.status_code) == (200, 200), path
        stands = shown(page.text)
        # The queue shows what waits by its place in it, and alarms are no things with pages.
        unnamed = ("waiting", "alarms")
        shows = {name: value for name, value in values.json().items() if name not in unnamed}
        for id_ in ids(shows):
            assert id_ in stands, (path, id_)


@pytest.mark.parametrize(
    ("path", "name", "fields"),
    [
        ("/incidents", "incidents", ("sentence", "kind", "place", "status", "object")),
        ("/articles", "articles", ("title", "outlet", "events")),
        ("/threats", "threats", ("sentence", "outcome", "reason", "lag_least")),
        ("/claims", "claims", ("speaker", "stance", "kind", "reports")),
        ("/channels", "channels", ("name", "state", "kind")),
        ("/actors", "actors", ("name", "as_actor", "as_recipient", "as_speaker")),
        ("/map", "places", ("name", "conflict", "cooperation")),
        ("/sources", "outlets", ("name", "articles", "events")),
    ],
)
def test_every_row_of_the_json_stands_on_the_page(
    reader: TestClient, path: str, name: str, fields: tuple[str, ...]
) -> None:
    from tocsin.report.crisis.wording import line

    stands = shown(reader.get(path).text)
    rows = reader.get(f"{path}.json").json()[name]
    assert rows
    for row in rows:
        for field in fields:
            if row[field] is not None:
                assert line(str(row[field])) in stands, (field, row)


@pytest.mark.parametrize(
    "path", ["/incidents", "/articles", "/threats", "/claims", "/channels", "/actors"]
)
def test_every_list_says_how_many_there_are(reader: TestClient, path: str) -> None:
    place = reader.get(f"{path}.json").json()["place"]
    assert (place["page"], place["pages"], place["total"] > 0) == (1, 1, True)
    assert f'role="status">{place["total"]} ' in reader.get(path).text


def test_every_page_names_its_json_with_the_same_filters(reader: TestClient) -> None:
    for path in addresses(reader):
        page = reader.get(path).text
        href = re.search(r'rel="alternate" type="application/json" href="([^"]+)"', page)
        assert href is not None, path
        assert reader.get(html.unescape(href[1])).json() == reader.get(json_of(path)).json()
    page = reader.get("/incidents?type=ASSAULT&words=a%26b").text
    assert 'href="/incidents.json?type=ASSAULT&amp;words=a%26b"' in page


def test_what_one_has_already_is_not_sent_again(reader: TestClient) -> None:
    for path in addresses(reader):
        for one in (path, json_of(path)):
            tag = reader.get(one).headers["etag"]
            again = reader.get(one, headers={"If-None-Match": tag})
            assert (again.status_code, again.content) == (304, b""), one
            assert again.headers["etag"] == tag


@pytest.mark.parametrize("path", ["/articles", "/articles.json"])
def test_a_tag_is_known_in_every_form(reader: TestClient, path: str) -> None:
    tag = reader.get(path).headers["etag"]
    for sent in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        assert reader.get(path, headers={"If-None-Match": sent}).status_code == 304, sent
    for sent in ('"other"', tag.strip('"'), ""):
        assert reader.get(path, headers={"If-None-Match": sent}).status_code == 200, sent


def test_other_answers_have_other_tags(reader: TestClient) -> None:
    tags = [reader.get(path).headers["etag"] for path in addresses(reader)]
    assert len(set(tags)) == len(tags)


def test_the_head_is_that_of_the_answer(reader: TestClient) -> None:
    more = ["/add", "/explain", "/api", "/incidents.csv", "/actors.csv", "/static/desk.css",
            "/decisions/sheet.csv", "/openapi.json"]  # fmt: skip
    for path in [*addresses(reader), "/incidents.json", *more]:
        head, answer = reader.head(path), reader.get(path)
        assert head.status_code == 200, path
        assert head.headers["content-type"] == answer.headers["content-type"]
        assert head.headers.get("etag") == answer.headers.get("etag")


def test_numbers_that_json_does_not_know_are_none(reader: TestClient) -> None:
    for path in addresses(reader):
        json.loads(reader.get(json_of(path)).text, parse_constant=pytest.fail)


def test_a_page_is_another_after_a_decision(writer: TestClient) -> None:
    incident = writer.get("/incidents.json").json()["incidents"][0]["id"]
    before = writer.get(f"/incidents/{incident}").headers["etag"]
    said = {"action": "accept", "ids": [incident], "who": "ana"}
    assert writer.post("/decisions.json", json=said, headers=OURS).status_code == 201
    again = writer.get(f"/incidents/{incident}", headers={"If-None-Match": before})
    assert again.status_code == 200
    assert "found right" in again.text


def test_a_page_behind_the_end_of_a_list_leads_to_its_last(reader: TestClient) -> None:
    total = reader.get("/incidents.json").json()["place"]["total"]
    asked = {"page": "999", "per": "2", "type": "ASSAULT"}
    found = reader.get("/incidents", params=asked)
    last = reader.get("/incidents.json", params=asked).json()
    assert (last["incidents"], last["place"]["page"]) == ([], 999)
    assert found.status_code == 303
    leads = found.headers["location"]
    assert leads == f"/incidents?page={last['place']['pages']}&per=2&type=ASSAULT"
    assert reader.get(leads).status_code == 200
    assert total > 2
    assert reader.get("/incidents?words=nowhere&page=999").status_code == 200
