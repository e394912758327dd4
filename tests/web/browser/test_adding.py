"""An article comes in: pasted or uploaded, followed without a reload, found again."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.web.browser.desks import Running

TEXT = """North Korea test-fired a new heron missile towards the sea near Sinpo on Tuesday, the
military of South Korea said.

South Korea condemned North Korea, and the fishermen of the heron coast stayed in port."""
HEADING = re.compile("heron", re.IGNORECASE)


def test_a_pasted_article_is_followed_to_its_events_and_found(at: Page, desk: Running) -> None:
    at.goto("/add")
    at.get_by_label("Title").fill("A heron flies from Sinpo")
    at.get_by_label("Outlet").fill("Harbour Post")
    at.get_by_label("Published", exact=True).fill("2024-11-05")
    at.get_by_label("Text").fill(TEXT)
    at.locator("form", has=at.get_by_label("Title")).get_by_role("button", name="Add").click()
    expect(at.get_by_role("heading", level=1)).to_have_text(HEADING)
    at.evaluate("window.sameAsBefore = true")
    expect(at.get_by_role("status")).to_contain_text("done", timeout=60_000)
    assert at.evaluate("window.sameAsBefore"), "the page was loaded anew"
    expect(at.get_by_role("progressbar")).to_have_count(0)

    at.get_by_role("link", name="A heron flies from Sinpo").click()
    article = at.url
    at.locator(".record summary").first.click()
    expect(at.locator(".text .on.is-t")).to_be_visible()
    at.locator(".record details[open]").get_by_role(
        "link", name="The incident that it reports"
    ).click()
    expect(at.locator(".report")).to_contain_text("heron missile")
    incident = at.url

    at.get_by_role("link", name="Search").click()
    at.get_by_label("All of these words").fill("heron missile")
    at.keyboard.press("Enter")
    expect(at.locator("mark").first).to_have_text(HEADING)
    expect(at.get_by_role("link", name="A heron flies from Sinpo")).to_have_attribute(
        "href", article.removeprefix(desk.url).partition("#")[0]
    )
    found = at.locator(".incidents .what a")
    expect(found).to_have_count(1)
    found.click()
    expect(at).to_have_url(incident)


def test_of_files_the_good_are_added_and_the_broken_one_is_named(at: Page, desk: Running) -> None:
    before = desk.ask("/articles.json")["place"]["total"]
    good = {"name": "egret.txt", "mimeType": "text/plain", "buffer": TEXT.replace("heron", "egret")}
    broken = {"name": "broken.jsonl", "mimeType": "application/json", "buffer": '{"text": "half a'}
    page = (
        "<html><head><title>Ibis</title></head><body><article><h1>Ibis</h1><p>South Korea proposed "
        "talks to North Korea on Monday about the ibis of the border river, which both protect.</p>"
        "<p>North Korea rejected the offer on Tuesday and called it a trick of the south.</p>"
        "</article></body></html>"
    )
    third = {"name": "ibis.html", "mimeType": "text/html", "buffer": page}
    at.goto("/add")
    at.get_by_label("Files", exact=True).set_input_files(
        [one | {"buffer": one["buffer"].encode()} for one in (good, broken, third)]
    )
    at.get_by_label("Published, where an article does not say").fill("2024-11-06")
    at.locator("form", has=at.get_by_label("Files", exact=True)).get_by_role(
        "button", name="Add"
    ).click()
    expect(at.get_by_role("heading", level=1)).to_have_text("3 files")
    expect(at.get_by_role("status")).to_contain_text("done", timeout=60_000)
    expect(at.locator("tbody tr", has_text="broken.jsonl")).to_contain_text("set aside")
    expect(at.locator("main")).to_contain_text("1 set aside")
    assert desk.ask("/articles.json")["place"]["total"] == before + 2
    at.goto("/sources")
    expect(at.locator("main")).to_contain_text("broken.jsonl")


def test_what_is_no_article_is_refused_before_it_is_sent(at: Page, desk: Running) -> None:
    at.goto("/add")
    at.locator("form", has=at.get_by_label("Title")).get_by_role("button", name="Add").click()
    expect(at.get_by_label("Text")).to_be_focused()
    assert at.url.endswith("/add")
