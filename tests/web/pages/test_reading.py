"""Pages that are read: on an empty store, on one with a few articles, and of what is not there."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from tests.linking.telling import day, deed, told
from tests.report.crisis.conftest import entry
from tests.web.conftest import Visit, filled, visitor

from tocsin.web.measuring import Standing

PAGES = ("/", "/incidents", "/articles", "/threats", "/claims", "/channels", "/map", "/actors",
         "/sources", "/search", "/explain", "/review", "/decisions", "/add", "/api")  # fmt: skip
ODD_IDS = (
    "http://example.org/news/1?p=2&q=3#top",
    "http://example.org/news/",
    "a/b.json",
    "a.json",
    "x.json.json",
    'it\'s "quoted" <b>',
    "two words",
    "100%",
    "ü한글🙂",
    "a\\b",
    "a;b,c",
    "..a",
    "{{7*7}}",
    "a?b",
)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of articles whose ids are whatever an archive calls its articles."""
    stories = ("the mill", "the old bridge", "the harbour of Zenda", "a school")
    return filled(
        tmp_path_factory.mktemp("odd") / "odd.duckdb",
        [
            entry(told(id_, deed(f"Ruritania razed {stories[n % 4]} number {n} of Graustark."),
                       published=day(n + 1), title=f"Story {n}"))
            for n, id_ in enumerate(ODD_IDS)
        ],
    )  # fmt: skip


@pytest.fixture(scope="module")
def odd_reader(odd: Path) -> Iterator[TestClient]:
    with ExitStack() as stack:
        yield visitor(stack, odd)


def text(page: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page)))


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/", "Nothing is in this store yet. Add articles with tocsin add PATH --db empty.duckdb"),
        ("/incidents", "Nothing is in this store yet."),
        ("/incidents?type=AID", "No incident is like that. Take a filter away, or see all"),
        ("/articles", "No article is like that."),
        ("/threats", "None is like that."),
        ("/claims", "No claim is like that."),
        ("/channels", "None is like that."),
        ("/map", "No incident with a place is like that."),
        ("/actors", "0 actors"),
        ("/sources", "Nothing was read in these days."),
        ("/search", "Words find articles that hold all of them"),
        ("/search?words=bridge", "No article has all of these words."),
        ("/review", "Nothing waits: there is no incident, or every one was decided about."),
        ("/decisions", "Nobody has decided anything yet. Review the incidents"),
        ("/add", "Paste one"),
        ("/explain", "Paste a sentence or an article"),
    ],
)
def test_an_empty_store_says_what_to_do(nobody: TestClient, path: str, words: str) -> None:
    page = nobody.get(path)
    assert page.status_code == 200
    assert words in text(page.text)


def test_every_page_is_whole(reader: TestClient) -> None:
    for path in PAGES:
        page = reader.get(path)
        assert page.status_code == 200, path
        assert page.text.startswith("<!doctype html>")
        assert page.text.rstrip().endswith("</html>")
        assert page.text.count("<h1") == 1, path
        assert 'lang="en"' in page.text
        ids = re.findall(r' id="([^"]+)"', page.text)
        assert len(ids) == len(set(ids)), path


def test_every_link_of_a_page_leads_somewhere(reader: TestClient) -> None:
    seen: set[str] = set()
    for path in PAGES:
        for href in re.findall(r'(?:href|src)="(/[^"]*)"', reader.get(path).text):
            seen.add(html.unescape(href).partition("#")[0])
    assert len(seen) > 40
    # Of each kind of page a few.
    kinds: dict[str, list[str]] = {}
    for href in sorted(seen):
        kinds.setdefault(href.split("/")[1].partition("?")[0], []).append(href)
    some = [href for found in kinds.values() for href in found[:4] if "/dyads/" not in href]
    assert {href: reader.get(href).status_code for href in some} == dict.fromkeys(some, 200)


def test_an_incident_shows_all_that_is_held_of_it(reader: TestClient) -> None:
    found = reader.get("/incidents.json", params={"where": "Zenda"}).json()["incidents"]
    (bridge,) = [one for one in found if one["reports"] == 2]
    page = reader.get(f"/incidents/{bridge['id']}.json").json()
    assert (page["type"], page["mode"], page["sources"]) == ("ASSAULT", "destroy", 2)
    counts = next(field for field in page["fields"] if field["name"] == "Counts")
    assert counts["disagree"]
    assert {value["words"] for value in counts["values"]} == {"1500 man", "3000 man"}
    assert [(one["outcome"], one["words"]) for one in page["settles"]] == [
        ("carried out", "Ruritania threatened to raze the Zenda bridge of Graustark."),
    ]
    pieces = "".join(piece["text"] for piece in page["reports"][0]["pieces"])
    assert pieces.startswith("Ruritania razed the Zenda bridge")
    words = text(reader.get(f"/incidents/{bridge['id']}").text)
    assert "reports disagree" in words
    assert "Settles a threat" in words


def test_an_incident_is_found_by_any_of_its_reports(reader: TestClient) -> None:
    (bridge,) = [
        one for one in reader.get("/incidents.json").json()["incidents"] if one["reports"] == 2
    ]
    page = reader.get(f"/incidents/{bridge['id']}.json").json()
    for report in page["reports"]:
        assert reader.get(f"/incidents/{report['event']}.json").json() == page


def test_an_article_shows_its_text_and_its_events(reader: TestClient) -> None:
    page = reader.get("/articles/r.json").json()
    assert (page["outlet"], len(page["events"])) == ("Courier", 1)
    assert page["events"][0]["incident"].startswith("i-")
    shown = reader.get("/articles/r").text
    assert 'data-r="1t 1e' in shown or 'data-r="' in shown
    assert 'href="https://example.org/r"' in shown
    copy = reader.get("/articles/copy").text
    assert "it is a copy of another" in copy
    assert 'href="/articles/r"' in copy


def test_the_address_of_a_script_is_no_link(reader: TestClient) -> None:
    page = reader.get("/articles/h")
    assert "javascript:alert(3)" not in page.text
    assert reader.get("/articles/h.json").json()["url"] is None


def test_a_channel_is_shown_step_by_step(reader: TestClient) -> None:
    (one,) = reader.get("/channels.json").json()["channels"]
    assert (one["name"], one["state"]) == ("Zenda road", "closed")
    page = reader.get(f"/channels/{quote(one['id'], safe='')}.json").json()
    assert [step["state"] for step in page["steps"]] == ["closed"]
    assert page["steps"][0]["sources"][0]["document"] == "r"
    assert "Step by step" in reader.get(f"/channels/{one['id']}").text


def test_a_relation_shows_both_directions(reader: TestClient) -> None:
    page = reader.get("/dyads/RUR:GRA.json").json()
    assert [(one["actor"], one["recipient"]) for one in page["directions"]] == [
        ("RUR", "GRA"), ("GRA", "RUR"),
    ]  # fmt: skip
    assert page["index"] is not None
    assert page["directions"][0]["total"] == reader.get(
        "/incidents.json", params={"dyad": "RUR:GRA"}
    ).json()["place"]["total"]  # fmt: skip
    assert "The ladder" in reader.get("/dyads/rur:gra").text
    assert reader.get("/dyads/RUR:*.json").status_code == 200


def test_what_was_set_aside_is_told(reader: TestClient) -> None:
    assert "b.jsonl:7 is no text in English" in text(reader.get("/sources").text)
    assert reader.get("/sources.json").json()["aside_total"] == 1


def test_days_far_away_cost_nothing(reader: TestClient) -> None:
    days = {"since": "0001-01-01", "until": "9999-12-31"}
    assert len(reader.get("/sources.json", params=days).json()["effort"]) < 40
    for path in ("/incidents", "/articles", "/threats", "/claims", "/map", "/actors"):
        assert reader.get(f"{path}.json", params=days).status_code == 200


def test_words_are_found_in_articles_incidents_and_names(reader: TestClient) -> None:
    found = reader.get("/search.json", params={"words": "zenda BRIDGE"}).json()
    assert found["place"]["total"] == len(found["articles"]) > 1
    assert found["incidents_total"] > 0
    snippet = found["articles"][0]["snippets"][0]
    assert snippet["found"].casefold() == "zenda"
    assert reader.get("/search.json", params={"words": "Ruritania"}).json()["actors"]
    assert reader.get("/search.json", params={"words": "mill .* ("}).json()["articles"] == []


@pytest.mark.parametrize("id_", ODD_IDS)
def test_an_article_is_found_whatever_its_id(odd_reader: TestClient, id_: str) -> None:
    client = odd_reader
    by_id = client.get("/articles.json", params={"per": "500"}).json()["articles"]
    place = next(n for n, one in enumerate(by_id) if one["id"] == id_)
    listed = client.get("/articles", params={"per": "500"}).text
    links = re.findall(r'<th scope="row"><a href="(/articles/[^"]+)">', listed)
    page = client.get(html.unescape(links[place]))
    assert page.status_code == 200
    assert f"<h1>{by_id[place]['title']}</h1>" in page.text
    json = re.search(r'rel="alternate" type="application/json" href="([^"]+)"', page.text)
    assert json is not None
    assert client.get(html.unescape(json[1])).json()["id"] == id_


@pytest.mark.parametrize(
    "id_", ["none", "a/b", "it's", '"', "two words", "ü", "%00", "none.json", "..", "x" * 3000, " "]
)
@pytest.mark.parametrize("kind", ["incidents", "articles", "channels", "add"])
def test_what_is_not_there_is_told(reader: TestClient, kind: str, id_: str) -> None:
    for path in (f"/{kind}/{quote(id_, safe='')}", f"/{kind}/{quote(id_, safe='')}.json"):
        assert reader.get(path).status_code in (404, 200 if id_ == ".." else 404), path


def test_the_style_and_the_script_have_addresses_for_ever(reader: TestClient) -> None:
    page = reader.get("/").text
    for name, kind in (("desk.css", "text/css"), ("desk.js", "text/javascript")):
        address = re.search(rf'"(/static/{name}\?[0-9a-f]+)"', page)
        assert address is not None
        found = reader.get(address[1])
        assert found.headers["content-type"].startswith(kind)
        assert "@import" not in found.text
        assert "http://" not in re.sub(r"http://www\.w3\.org/\S+", "", found.text)
    for name in ("..%2fguard.py", "desk.html", "", "desk.css/x", "%2e%2e/app.py"):
        assert reader.get(f"/static/{name}").status_code == 404


def test_the_page_of_the_api_names_every_address(reader: TestClient) -> None:
    page = text(reader.get("/api").text)
    for path, methods in reader.get("/openapi.json").json()["paths"].items():
        for method in methods:
            assert f"{method.upper()} {path}" in page


def test_without_days_of_publication_there_is_no_series_and_that_is_said(
    tmp_path: Path, visit: Visit
) -> None:
    path = filled(tmp_path / "undated.duckdb", [entry(told("g", deed(), published=None))])
    client = visit(path)
    page = client.get("/overview.json").json()
    assert (page["pending"], page["dyads"], page["unwatched"]) == ([], [], 0)
    assert "No article has a day of publication" in client.get("/").text
    found = client.get("/dyads/RUR:GRA.json").json()
    assert (found["since"], found["index"], found["alarms"]) == (None, None, [])
    assert found["directions"][0]["total"] == 1
    text = client.get("/dyads/RUR:GRA").text
    assert "No article has a day of publication" in text
    assert "data-pending" not in text
    assert (
        client.get(f"/incidents/{found['directions'][0]['incidents'][0]['id']}").status_code == 200
    )


def test_alarms_of_a_relation_that_the_board_does_not_follow_are_made_for_its_page(
    reader: TestClient,
) -> None:
    found = reader.get("/dyads/GRA:ISR.json").json()
    assert found["alarms"] == []


def test_what_is_no_fact_has_a_hollow_mark(reader: TestClient) -> None:
    (alleged,) = reader.get("/incidents.json?status=alleged").json()["incidents"]
    head = reader.get(f"/incidents/{alleged['id']}").text
    assert f'class="sw b{alleged["quad"]} weak"' in head


def test_a_relation_without_tension_now_and_a_month_ago_is_at_rest() -> None:
    def standing(value: float, before: float, number: int) -> Standing:
        return Standing(
            actor=f"A{number:02}", recipient="RUR", day=day(18), value=value, low=None, high=None,
            before=before, change=value - before, weeks=(0.0, value), incidents=3,
        )  # fmt: skip

    tense, eased, *still = (
        standing(*values, number)
        for number, values in enumerate([(2.0, 1.0), (0.0, 1.0), *[(0.004, 0.0)] * 6])
    )
    assert [one.still for one in (tense, eased, *still)] == [False, False] + [True] * 6


def test_alarms_are_told_of_the_relations_that_are_asked_for(reader: TestClient) -> None:
    found = reader.get("/alarms.json", params={"dyad": "RUR:GRA"}).json()
    assert found["watched"] + found["unwatched"] == 1
    of_another = reader.get("/alarms.json", params={"dyad": "GRA:ISR"}).json()
    assert of_another["watched"] + of_another["unwatched"] == 1
    assert "relations" not in text(reader.get("/alarms?dyad=GRA:ISR").text)


def test_a_relation_counts_the_alarms_of_each_direction(reader: TestClient) -> None:
    found = reader.get("/dyads/GRA:ISR.json").json()
    assert [one["alarms_total"] for one in found["directions"]] == [0, 0]
