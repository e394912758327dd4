"""The desk in a browser that runs no script: everything reads, and the forms work."""

from __future__ import annotations

import time

from bench.desk_axe import every_page
from playwright.sync_api import expect
from tests.web.browser.conftest import Visits
from tests.web.browser.desks import Running


def test_every_page_reads(visits: Visits, settled: Running) -> None:
    page = visits(settled, java_script_enabled=False).page()
    for address in every_page(settled.url, rows=8):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert len(page.locator("main").inner_text()) > 40, address
    page.goto("/dyads/PRK:KOR")
    expect(page.locator(".index-chart svg").first).to_be_visible()
    expect(page.locator(".alarms li").first).to_be_visible()


def test_lists_are_narrowed_and_incidents_decided(visits: Visits, desk: Running) -> None:
    page = visits(desk, java_script_enabled=False).page()
    page.goto("/incidents")
    page.get_by_label("Type").select_option("COERCE")
    page.get_by_role("button", name="Narrow").click()
    expect(page.get_by_role("status")).to_contain_text("incident")
    assert "type=COERCE" in page.url
    page.get_by_role("link", name="COERCE").or_(page.locator(".incident a")).first.click()
    page.get_by_label("Your name").fill("Mara")
    page.get_by_role("button", name="It is right").click()
    expect(page.locator(".done")).to_contain_text("Decision 1 is kept")
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator(".done")).to_contain_text("Decision 2 is kept")
    page.get_by_role("button", name="Undo it").click()
    expect(page.locator(".done")).to_contain_text("Decision 3 is kept")


def test_an_article_is_added(visits: Visits, desk: Running) -> None:
    page = visits(desk, java_script_enabled=False).page()
    page.goto("/add")
    page.get_by_label("Title").fill("A plover over Paju")
    page.get_by_label("Text").fill("South Korea accused North Korea of a plover hunt at Paju.")
    page.locator("form", has=page.get_by_label("Title")).get_by_role("button").click()
    until = time.monotonic() + 60
    while "done" not in page.get_by_role("status").inner_text():
        assert time.monotonic() < until
        time.sleep(0.5)
        page.reload()
    page.get_by_role("link", name="A plover over Paju").click()
    expect(page.locator(".record").first).to_be_visible()


def test_a_record_of_an_article_opens(visits: Visits, settled: Running) -> None:
    page = visits(settled, java_script_enabled=False).page()
    incident = settled.incident("liaison office", type="ASSAULT")
    page.goto(f"/incidents/{incident}")
    page.locator(".report .facts a").first.click()
    page.locator(".record summary").first.click()
    expect(page.locator(".record blockquote").first).to_be_visible()
