"""Who may come in, and who may only look."""

from __future__ import annotations

from collections.abc import Callable

from bench.desk_axe import every_page
from playwright.sync_api import expect
from tests.web.browser.conftest import Visits
from tests.web.browser.desks import Running

TOKEN = "a-token-that-nobody-guesses"


def test_a_desk_with_a_token_asks_for_it_once(
    desks: Callable[..., Running], visits: Visits
) -> None:
    visit = visits(desks(token=TOKEN))
    page = visit.page()
    page.goto("/incidents")
    page.wait_for_url("**/enter?to=/incidents")
    expect(page.get_by_role("navigation")).to_have_count(0)
    page.get_by_label("Token").fill("a-guess")
    page.get_by_role("button", name="Enter").click()
    expect(page.get_by_role("alert")).to_have_text("That is not the token.")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Enter").click()
    expect(page.locator(".incident").first).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("How it stands")
    assert TOKEN not in page.content()
    assert all(TOKEN not in address for address in visit.seen)
    assert not page.evaluate("document.cookie")


def test_a_desk_that_is_read_only_offers_nothing_that_writes(
    desks: Callable[..., Running], visits: Visits
) -> None:
    desk = desks(read_only=True)
    page = visits(desk).page()
    for address in every_page(desk.url, rows=8):
        page.goto(address)
        actions = page.eval_on_selector_all(
            "form[method=post]", "all => all.map(form => form.getAttribute('action'))"
        )
        assert set(actions) <= {"/explain"}, address
    expect(page.locator(".masthead")).to_contain_text("read only")
    page.goto("/explain")
    page.get_by_label("Text, up to").fill("North Korea threatened South Korea on Monday.")
    page.get_by_role("button", name="Explain").click()
    expect(page.locator(".record")).to_contain_text("threat", timeout=60_000)
