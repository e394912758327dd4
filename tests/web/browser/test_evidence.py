"""From an alarm down to the sentence that caused it, and what a correction changes on the way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.linking.telling import day, deed, told
from tests.report.crisis.conftest import entry
from tests.web.browser.desks import Running, running
from tests.web.conftest import filled

ALARM = re.compile("First deed.*North Korea → South Korea.*15 Oct 2024", re.DOTALL)


def test_an_alarm_leads_to_its_relation_its_incident_and_its_sentence(
    at: Page, desk: Running
) -> None:
    at.goto("/")
    alarm = at.locator(".alarms li", has_text=ALARM)
    expect(alarm).to_be_visible(timeout=20_000)
    alarm.get_by_role("link", name="North Korea → South Korea").click()
    expect(at.get_by_role("heading", level=1)).to_have_text("North Korea and South Korea")
    same = at.locator(".alarms li", has_text=ALARM)
    expect(same).to_be_visible(timeout=20_000)
    same.get_by_role("link", name="evidence 1").click()
    expect(at.get_by_role("heading", level=1)).to_have_text("Destruction")
    incident = at.url

    at.locator(".report .facts a").first.click()
    record = at.locator(".record:focus")
    expect(record.locator("blockquote")).to_contain_text("roads")
    expect(record.locator("details")).to_have_attribute("open", "")
    marked = at.locator(".text .on.is-t")
    expect(marked).to_have_text(re.compile("destroyed|blew up"))
    expect(marked).to_be_in_viewport()

    record.get_by_role("link", name="The incident that it reports").click()
    expect(at).to_have_url(incident)
    at.go_back()
    at.go_back()
    expect(at).to_have_url(incident)


def test_in_a_long_article_the_sentence_comes_into_view_beside_its_record(
    tmp_path: Path, browser: Browser
) -> None:
    more = " ".join(["And nothing else was told of that day by anybody."] * 8)
    deeds = [
        deed(f"Ruritania razed bridge number {n} of Graustark. {more}", date=day(n % 28 + 1))
        for n in range(60)
    ]
    store = filled(tmp_path / "long.duckdb", [entry(told("long", *deeds))])
    with running(store) as desk, browser.new_context() as context:
        page = context.new_page()
        for number in ("45", "12"):
            page.goto(f"{desk.url}/incidents/{desk.incident(f'number {number} of')}")
            page.locator(".report .facts a").first.click()
            expect(page.locator(".record:focus")).to_be_in_viewport()
            marked = page.locator(".text .on.is-n, .text .on.is-t")
            expect(marked).to_be_in_viewport()
            page.wait_for_load_state("load")
            expect(marked).to_be_in_viewport()
        next_one = page.locator(".text a.t").nth(13)
        next_one.scroll_into_view_if_needed()
        at = _at_rest(page)
        next_one.click()
        expect(page.locator(".record:focus blockquote")).to_contain_text("number 13")
        assert abs(_at_rest(page) - at) < 400


def _at_rest(page: Page) -> float:
    """How far the page is scrolled when it has come to rest."""
    before, now = -1.0, float(page.evaluate("scrollY"))
    while now != before:
        page.wait_for_timeout(200)
        before, now = now, float(page.evaluate("scrollY"))
    return now


def test_a_lost_channel_leads_to_its_steps(before: Page) -> None:
    before.goto("/dyads/PRK:KOR")
    alarm = before.locator(".alarms li", has_text="Inter-Korean hotlines")
    alarm.get_by_role("link", name="the channel").click()
    expect(before.get_by_role("heading", level=1)).to_have_text("Inter-Korean hotlines")
    expect(before.locator("main")).to_contain_text("closed since 9 Jun 2020")
    expect(before.locator(".steps")).to_contain_text("North Korea severed its communication lines")


def test_reports_that_disagree_stand_side_by_side(before: Page, settled: Running) -> None:
    before.goto(f"/incidents/{settled.incident('liaison office', type='ASSAULT')}")
    expect(before.locator(".report")).to_have_count(4)
    row = before.locator(".values tr", has_text="When")
    expect(row).to_contain_text("reports disagree")
    expect(before.locator(".values")).to_contain_text("15 Jun 2020")
    expect(before.locator(".values")).to_contain_text("16 Jun 2020")
    row.get_by_role("link", name="report 1").click()
    expect(before.locator("#report-1")).to_be_in_viewport()


@pytest.mark.parametrize(
    ("kind", "status"), [("CONSULT", ""), ("", "denied")], ids=["type", "status"]
)
def test_a_correction_changes_the_index_until_it_is_undone(
    kind: str, status: str, at: Page, desk: Running
) -> None:
    def index() -> tuple[str, list[str]]:
        page.goto("/dyads/PRK:KOR")
        return side.locator("p b").inner_text(), side.locator("tbody tr").all_inner_texts()

    page = at.context.new_page()
    side = page.locator("#index").locator("xpath=../div[@class='sides']/div[1]")
    value, shares = index()
    row = side.locator("tbody tr", has_text="destruction").first
    share = row.inner_text()
    at.goto(str(row.get_by_role("link").get_attribute("href")))
    at.get_by_label("Your name").fill("Mara")
    at.get_by_label("Type").select_option(kind)
    at.get_by_label("Status").select_option(status)
    at.get_by_role("button", name="Correct").click()
    expect(at.get_by_role("status")).to_contain_text("Decision 1 is kept")
    expect(at.locator(".decisions")).to_contain_text("by Mara")

    changed, others = index()
    assert changed != value
    assert share not in others

    at.get_by_role("button", name="Undo it").click()
    expect(at.get_by_role("status")).to_contain_text("Decision 2 is kept")
    assert index() == (value, shares)
