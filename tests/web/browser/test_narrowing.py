"""Lists narrowed by choices and words, at an address that says so and no more."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.web.browser.desks import Running


def total(page: Page) -> int:
    """How many the page says there are."""
    found = re.match(r"[\d,]+", page.get_by_role("status").inner_text())
    assert found is not None
    return int(found[0].replace(",", ""))


def same_for_programs(page: Page, desk: Running) -> bool:
    parts = urlsplit(page.url)
    place = desk.ask(f"{parts.path}.json?{parts.query}")["place"]
    return bool(place["total"] == total(page))


def test_a_choice_narrows_at_once_and_words_on_enter(before: Page, settled: Running) -> None:
    before.goto("/incidents")
    everything = total(before)
    before.get_by_label("Type").select_option("THREATEN")
    before.wait_for_url("**/incidents?type=THREATEN")
    threats = total(before)
    assert 0 < threats < everything
    assert same_for_programs(before, settled)

    before.get_by_label("Words").fill("balloons")
    before.keyboard.press("Enter")
    before.wait_for_url("**/incidents?type=THREATEN&words=balloons")
    assert 0 < total(before) < threats
    assert same_for_programs(before, settled)
    expect(before.get_by_label("Type")).to_have_value("THREATEN")

    before.get_by_label("Order").select_option("most reported")
    before.wait_for_url("**/incidents?type=THREATEN&words=balloons&sort=-reports")
    before.go_back()
    before.get_by_label("Status").select_option("alleged")
    before.wait_for_url("**/incidents?type=THREATEN&status=alleged&words=balloons")
    expect(before.locator(".empty")).to_contain_text("No incident is like that")
    before.get_by_role("link", name="see all").click()
    before.wait_for_url("**/incidents")
    assert total(before) == everything


@pytest.mark.parametrize(
    ("path", "name", "value", "query"),
    [
        ("/threats", "outcome", "carried out", "outcome=carried+out"),
        ("/claims", "type", "ASSAULT", "type=ASSAULT"),
        ("/channels", "state", "closed", "state=closed"),
    ],
)
def test_every_ledger_is_narrowed_in_the_same_way(
    path: str, name: str, value: str, query: str, before: Page, settled: Running
) -> None:
    before.goto(path)
    everything = total(before)
    before.locator(f"select[name={name}]").select_option(value)
    before.wait_for_url(f"**{path}?{query}")
    assert 0 < total(before) < everything
    assert same_for_programs(before, settled)


def test_pages_follow_each_other_and_keep_the_filter(before: Page, settled: Running) -> None:
    before.goto("/incidents?dyad=PRK:KOR&per=10")
    expect(before.locator(".incident")).to_have_count(10)
    first = before.locator(".incident a").first.get_attribute("href")
    before.get_by_role("link", name="Next").click()
    expect(before.get_by_text("Page 2 of")).to_be_visible()
    assert "dyad=PRK" in before.url
    assert before.locator(".incident a").first.get_attribute("href") != first


def test_a_filter_that_cannot_be_says_what_can(before: Page) -> None:
    before.goto("/incidents?type=NOTHING")
    expect(before.get_by_role("alert")).to_contain_text("THREATEN")


def test_the_json_of_a_page_is_one_link_away(before: Page, settled: Running) -> None:
    before.goto("/incidents?type=THREATEN")
    link = before.get_by_role("link", name="This page as JSON")
    assert link.get_attribute("href") == "/incidents.json?type=THREATEN"
    assert settled.ask("/incidents.json?type=THREATEN")["place"]["total"] == total(before)
