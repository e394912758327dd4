"""An article that wants to be more than text stays text, on every page that shows it.

That nothing asks, runs or is fetched from elsewhere is checked at the end of every visit.
"""

from __future__ import annotations

from bench.desk_axe import every_page
from playwright.sync_api import Page, expect
from tests.web.browser.desks import Running


def test_markup_and_templates_are_shown_as_they_were_written(
    before: Page, settled: Running
) -> None:
    before.goto("/search?words=alert")
    before.get_by_role("link", name="alert('title')").click()
    text = before.locator(".text")
    for words in (
        "<script>alert('text')</script>", "<img src=x onerror=alert('picture')>", "{{ 7 * 7 }}",
        "<svg/onload=alert('drawing')>", "{% for one in range(9) %}",
        '<script src="https://elsewhere.invalid/x.js"></script>',
    ):  # fmt: skip
        expect(text).to_contain_text(words)
    expect(before.get_by_role("heading", level=1)).to_contain_text("{{ 7 * 7 }}")
    expect(before.locator(".byline")).to_contain_text("<b onmouseover=alert('outlet')>Mirror</b>")
    before.locator(".byline").hover()
    assert before.locator("a[href^='javascript']").count() == 0
    assert before.locator("main script, main img, main [onload], main [onmouseover]").count() == 0


def test_no_page_trips_over_it(before: Page, settled: Running) -> None:
    told = settled.ask("/incidents.json?words=alert")["incidents"]
    own = [f"/incidents/{one['id']}" for one in told]
    assert own
    words = ("/search?words=script", "/incidents?words=alert", "/review?words=alert")
    for address in (*every_page(settled.url, rows=8), *own, *words):
        before.goto(address)
        before.mouse.wheel(0, 5_000)


def test_what_a_visitor_types_is_text_too(before: Page) -> None:
    before.goto("/search")
    bad = "\"><script>alert('typed')</script>{{ 7 * 7 }}"
    before.get_by_label("All of these words").fill(bad)
    before.keyboard.press("Enter")
    before.wait_for_url("**words=**")
    expect(before.get_by_label("All of these words")).to_have_value(bad)
    before.goto("/nowhere/<script>alert('path')</script>")
    expect(before.get_by_role("alert")).to_contain_text("<script>alert('path')</script>")
