"""Two incidents that are one, and one that was two after all."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web.browser.desks import Running


def test_incidents_are_put_together_by_id_and_parted_again(at: Page, desk: Running) -> None:
    one, other = desk.incident("260 balloons"), desk.incident("150 balloons")
    before = [desk.ask(f"/incidents/{id_}.json")["reports"] for id_ in (one, other)]
    assert one != other

    at.goto(f"/incidents/{one}")
    at.get_by_label("Your name").fill("Mara")
    at.get_by_label("The same happening as the incident").fill(other)
    at.get_by_role("button", name="Put together").click()
    expect(at.locator(".done")).to_contain_text("Decision 1 is kept")
    expect(at.locator(".report")).to_have_count(2)
    expect(at.locator(".decisions")).to_contain_text("put together by Mara")
    at.get_by_role("checkbox", name="2", exact=True).check()
    at.get_by_role("button", name="Part").click()
    expect(at.locator(".done")).to_contain_text("Decision 2 is kept")
    expect(at.locator(".report")).to_have_count(1)
    assert [desk.ask(f"/incidents/{id_}.json")["reports"] for id_ in (one, other)] == before

    at.goto("/decisions")
    expect(at.locator("tbody tr")).to_have_count(2)
    at.get_by_role("button", name="Undo decision 2").click()
    expect(at.locator("tbody tr")).to_have_count(3)
    assert len(desk.ask(f"/incidents/{one}.json")["reports"]) == 2


def test_an_id_that_is_none_is_refused_in_words(at: Page, desk: Running) -> None:
    at.goto(f"/incidents/{desk.incident('260 balloons')}")
    at.get_by_label("Your name").fill("Mara")
    at.get_by_label("The same happening as the incident").fill("i-nothing")
    at.get_by_role("button", name="Put together").click()
    expect(at.get_by_role("alert")).to_contain_text(
        "no incident and no event with the id i-nothing"
    )
    at.go_back()
    expect(at.get_by_label("The same happening as the incident")).to_be_visible()
    assert desk.ask("/decisions.json")["place"]["total"] == 0


def test_who_has_no_name_is_asked_for_one(at: Page, desk: Running) -> None:
    at.goto(f"/incidents/{desk.incident('260 balloons')}")
    at.get_by_label("The same happening as the incident").fill(desk.incident("150 balloons"))
    at.get_by_role("button", name="Put together").click()
    expect(at.get_by_label("Your name")).to_be_focused()
    assert desk.ask("/decisions.json")["place"]["total"] == 0
