"""On paper there is what one reads, and nothing to press."""

from __future__ import annotations

import pytest
from bench.desk_axe import every_page
from playwright.sync_api import Page, expect
from tests.web.browser.desks import Running


def test_only_what_one_reads_is_printed(before: Page, settled: Running) -> None:
    before.emulate_media(media="print")
    for address in every_page(settled.url, rows=8):
        before.goto(address)
        expect(before.get_by_role("heading", level=1)).to_be_visible()
        pressed = before.locator("button:visible, input:visible, select:visible, textarea:visible")
        expect(pressed).to_have_count(0)
        expect(before.locator("nav:visible")).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/dyads/PRK:KOR", "/incidents?per=8"])
def test_a_page_can_be_kept_as_pdf(path: str, before: Page) -> None:
    before.goto(path)
    assert before.pdf(format="A4").startswith(b"%PDF")
