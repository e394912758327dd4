"""Every page, wide and narrow, light and dark, by the rules of WCAG 2.2 AA and axe's own."""

from __future__ import annotations

from itertools import pairwise

import pytest
from bench.desk_axe import SERIOUS, VIEWS, every_page, findings
from playwright.sync_api import Page, expect
from tests.web.browser.conftest import Visits
from tests.web.browser.desks import Running

_NAMES = [f"{size['width']}-{scheme}" for size, scheme in VIEWS]


@pytest.mark.parametrize(("size", "scheme"), VIEWS, ids=_NAMES)
def test_nothing_serious_is_in_anybodys_way(
    size: dict[str, int], scheme: str, visits: Visits, settled: Running
) -> None:
    page = visits(settled, viewport=size, color_scheme=scheme).page()
    found: dict[str, list[str]] = {}
    for address in every_page(settled.url, rows=8):
        page.goto(address)
        for one in findings(page, colours=scheme == "dark"):
            words = f"{one.impact}: {one.rule}, {one.places} times, first {one.where}"
            found.setdefault(address, []).append(words)
            print(address, words)
    assert [one for told in found.values() for one in told if one.startswith(SERIOUS)] == []


@pytest.mark.parametrize("width", [1360, 320])
def test_no_page_is_wider_than_the_window(width: int, visits: Visits, settled: Running) -> None:
    page = visits(settled, viewport={"width": width, "height": 800}).page()
    wide = []
    for address in every_page(settled.url, rows=8):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide.append(address)
    assert wide == []


def test_headings_are_in_order_and_tables_have_heads(before: Page, settled: Running) -> None:
    for address in every_page(settled.url, rows=8):
        before.goto(address)
        levels = before.eval_on_selector_all("h1, h2, h3, h4", "all => all.map(h => +h.tagName[1])")
        assert levels.count(1) == 1, address
        steps = pairwise(levels)
        assert levels[0] == 1, address
        assert all(after - one <= 1 for one, after in steps), (address, levels)
        for landmark in ("banner", "main", "contentinfo"):
            expect(before.get_by_role(landmark, exact=True)).to_have_count(1)
        bare = before.eval_on_selector_all(
            "table", "all => all.filter(t => !t.querySelector('thead th[scope=col]')).length"
        )
        assert bare == 0, address


@pytest.mark.parametrize("address", ["/incidents?per=8", "/dyads/PRK:KOR", "/review", "/add"])
def test_the_keyboard_reaches_everything_and_one_sees_where_it_is(
    address: str, before: Page
) -> None:
    before.goto(address)
    there = before.evaluate(
        """() => [...document.querySelectorAll('a[href], button, input, select, textarea')]
            .filter(one => !one.disabled && one.checkVisibility() && one.type !== 'hidden')
            .map((one, number) => { one.dataset.stop = number; return String(number); })"""
    )
    reached = set()
    unseen = []
    # A field of a day is three or four stops.
    for _ in range(4 * len(there)):
        before.keyboard.press("Tab")
        stop, outline, tag = before.evaluate(
            """() => { const one = document.activeElement; return [one.dataset.stop ?? null,
                getComputedStyle(one).outlineStyle, one.outerHTML.slice(0, 80)]; }"""
        )
        if stop is None and tag.startswith("<body"):
            break
        if stop is not None:
            reached.add(stop)
        if outline == "none":
            unseen.append(tag)
    assert reached == set(there)
    assert unseen == []
