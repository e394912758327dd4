"""The review queue, by keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.web.browser.desks import Running


def told(page: Page, number: int) -> None:
    expect(page.locator(".done")).to_contain_text(f"Decision {number} is kept")


def shown(page: Page) -> str:
    """The id of the incident that is asked about."""
    return page.locator("#decide [name=ids]").input_value()


def test_the_queue_is_worked_through_without_a_mouse(at: Page, desk: Running) -> None:
    keys = at.keyboard
    at.goto("/review")
    first = shown(at)
    keys.press("n")
    at.wait_for_url("**at=1**")
    second = shown(at)
    assert second != first
    keys.press("p")
    expect(at.get_by_text("Number 1 of the queue")).to_be_visible()
    assert shown(at) == first

    keys.press("a")
    expect(at.get_by_label("Your name")).to_be_focused()
    keys.type("Mara")
    keys.press("Escape")
    keys.press("a")
    told(at, 1)
    assert shown(at) == second
    expect(at.get_by_label("Your name")).to_have_value("Mara")

    keys.press("u")
    told(at, 2)
    assert shown(at) == first

    keys.press("r")
    told(at, 3)
    assert shown(at) == second
    keys.press("u")
    told(at, 4)
    assert shown(at) == first

    keys.press("c")
    expect(at.locator("#decide").get_by_label("Type")).to_be_focused()
    keys.type("CONSULT")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    told(at, 5)
    assert shown(at) == second
    assert desk.ask(f"/incidents/{first}.json")["type"] == "CONSULT"
    keys.press("u")
    told(at, 6)
    made = [one["decision"] for one in desk.ask("/decisions.json")["decisions"]]
    assert [one["action"] for one in made] == [
        "undo", "relabel", "undo", "reject", "undo", "accept",
    ]  # fmt: skip
    assert {one["who"] for one in made} == {"Mara"}


def test_reports_are_parted_and_incidents_put_together_by_keyboard(at: Page, desk: Running) -> None:
    keys = at.keyboard
    at.goto("/review?words=liaison+office&type=ASSAULT")
    whole = shown(at)
    at.get_by_label("Your name").fill("Mara")
    keys.press("Escape")
    keys.press("s")
    expect(at.get_by_role("checkbox", name="1", exact=True)).to_be_focused()
    keys.press("Space")
    for _ in range(4):
        keys.press("Tab")
    expect(at.get_by_role("button", name="Part")).to_be_focused()
    keys.press("Enter")
    told(at, 1)
    keys.press("u")
    told(at, 2)
    assert len(desk.ask(f"/incidents/{whole}.json")["reports"]) == 4

    other = desk.incident("communication lines")
    at.goto("/review?words=liaison+office&type=ASSAULT")
    keys.press("m")
    keys.press("Control+a")
    keys.type(other)
    keys.press("Enter")
    told(at, 3)
    assert len(desk.ask(f"/incidents/{whole}.json")["reports"]) > 4


def test_letters_in_a_field_are_letters(at: Page) -> None:
    at.goto("/review")
    at.get_by_label("Why, if it wants saying").focus()
    at.keyboard.type("a report spun thrice, perhaps never")
    expect(at.get_by_label("Why, if it wants saying")).to_have_value(
        "a report spun thrice, perhaps never"
    )
    expect(at.locator(".done")).to_have_count(0)


def test_nothing_is_decided_by_enter_in_the_name(at: Page, desk: Running) -> None:
    at.goto("/review")
    at.get_by_label("Your name").fill("Mara")
    at.keyboard.press("Enter")
    at.reload()
    assert desk.ask("/decisions.json")["place"]["total"] == 0
