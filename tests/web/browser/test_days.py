"""The days of a relation: narrowed with the mouse, or in the fields by keyboard."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import FloatRect, Page, expect
from tests.web.browser.conftest import Visits
from tests.web.browser.desks import Running

PATH = "/dyads/PRK:KOR"


def asked(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def plot(page: Page) -> FloatRect:
    """Where the first chart has its days."""
    page.locator(".brush").scroll_into_view_if_needed()
    area = page.locator(".index-chart:visible .background").first.bounding_box()
    assert area is not None
    return area


def drag(page: Page, first: float, last: float) -> None:
    """Over the chart from one part of its width to another."""
    area = plot(page)
    page.mouse.move(area["x"] + first * area["width"], area["y"] + 20)
    page.mouse.down()
    page.mouse.move(area["x"] + last * area["width"], area["y"] + 25, steps=4)
    expect(page.locator(".brush-words")).to_contain_text(" to ")
    page.mouse.up()


def test_a_drag_over_the_chart_narrows_the_days(
    before: Page, visits: Visits, settled: Running
) -> None:
    before.goto(PATH)
    whole = (
        before.get_by_label("From", exact=True).input_value(),
        before.get_by_label("To", exact=True).input_value(),
    )
    drag(before, 0.1, 0.0)
    before.wait_for_url("**since=**")
    days = asked(before)
    assert set(days) == {"since", "until"}
    assert whole[0] <= days["since"] < "2020-03-01"
    assert "2020-06-01" < days["until"] < "2020-09-01"
    expect(before.get_by_label("From", exact=True)).to_have_value(days["since"])
    expect(before.get_by_label("To", exact=True)).to_have_value(days["until"])

    other = visits(settled).page()
    other.goto(before.url)
    assert other.locator("main").inner_text() == before.locator("main").inner_text()

    before.get_by_role("link", name="All days").click()
    expect(before.get_by_label("To", exact=True)).to_have_value(whole[1])


def test_a_click_on_the_chart_narrows_nothing(before: Page) -> None:
    before.goto(PATH)
    area = plot(before)
    before.mouse.click(area["x"] + 200, area["y"] + 30)
    expect(before.locator(".brush-band")).to_have_count(0)
    assert asked(before) == {}


def test_the_fields_do_the_same_by_keyboard(before: Page) -> None:
    before.goto(PATH)
    before.get_by_label("From", exact=True).focus()
    before.keyboard.type("06012020")
    before.keyboard.press("Enter")
    before.wait_for_url("**since=2020-06-01**")
    expect(before.get_by_label("From", exact=True)).to_have_value("2020-06-01")
    assert asked(before)["since"] == "2020-06-01"


def test_the_chart_of_a_narrow_window_can_be_dragged_over_too(
    visits: Visits, settled: Running
) -> None:
    page = visits(settled, viewport={"width": 390, "height": 844}).page()
    page.goto(PATH)
    drag(page, 0.0, 0.5)
    page.wait_for_url("**since=**")
    assert asked(page)["until"] < "2023"


def test_days_that_are_none_are_refused_in_words(before: Page) -> None:
    before.goto(f"{PATH}?since=2024-01-01&until=2020-01-01")
    expect(before.get_by_role("alert")).to_be_visible()
