"""People: offices in time, appositions, and surnames that come back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tocsin.model.mention import ActorMention

Find = Callable[..., tuple[ActorMention, ...]]


@pytest.mark.parametrize(
    ("text", "country", "sectors"),
    [
        (
            "Park Dae-ho, first deputy chief of Seoul's National Security Council, resigned.",
            "KOR",
            ("GOV",),
        ),
        ("Ann Miller, a professor of history, doubted the claim.", None, ("EDU",)),
        ("South Korean leader Moon Jae-in spoke.", "KOR", ("GOV",)),
        (
            "Choi Min-su, a spokesperson for South Korea's Joint Chiefs of Staff, spoke.",
            "KOR",
            ("MIL",),
        ),
        ("Former President Donald Trump spoke.", "USA", ("ELI",)),
        ("President Putin spoke.", "RUS", ("GOV",)),
    ],
)
def test_a_person_is_told_by_what_stands_beside_the_name(
    find: Find, text: str, country: str | None, sectors: tuple[str, ...]
) -> None:
    first = find(text)[0]
    assert (first.country, first.sectors) == (country, sectors)


def test_an_apposition_leads_to_the_person(find: Find) -> None:
    (mention,) = find("Ann Miller, a professor of history, doubted the claim.")
    assert mention.text == "Ann Miller"
    assert {mention.head, *mention.also} == {1, 4}


@pytest.mark.parametrize(
    ("published", "sectors"),
    [(date(2020, 6, 16), ("GOV",)), (date(2023, 1, 1), ("ELI",)), (None, ("GOV",))],
)
def test_an_office_holds_in_its_term(
    find: Find, published: date | None, sectors: tuple[str, ...]
) -> None:
    (mention,) = find("Moon Jae-in spoke.", published=published)
    assert (mention.country, mention.sectors) == ("KOR", sectors)


def test_a_surname_comes_back_for_the_one_last_named(find: Find) -> None:
    text = (
        "Kim Jong Un watched the test.\n"
        "Kim Young-ho, a South Korean official, condemned it.\n"
        "“We are ready,” Kim said."
    )
    last = find(text)[-1]
    assert (last.text, last.country) == ("Kim", "KOR")
    assert "surname of Kim Young-ho, sentence 2" in last.why


def test_a_regime_is_that_of_the_ruler(find: Find) -> None:
    text = (
        "Kim Jong Un watched the test.\n"
        "Kim Young-ho, a South Korean official, condemned the Kim regime."
    )
    assert [m.country for m in find(text) if m.text == "Kim regime"] == ["PRK"]


@pytest.mark.parametrize(
    ("text", "entity"),
    [
        ("The South Korean president spoke.", "Moon Jae-in"),
        ("The president of South Korea spoke.", "Moon Jae-in"),
        ("President Moon spoke.", "Moon Jae-in"),
        ("The South Korean vice president spoke.", None),
        ("The former South Korean president spoke.", None),
        ("The president of a South Korean company spoke.", None),
        ("South Korean presidents spoke.", None),
    ],
)
def test_an_office_names_its_holder_of_the_day(find: Find, text: str, entity: str | None) -> None:
    first = find(text)[0]
    assert (first.entity.name if first.entity else None) == entity


@pytest.mark.parametrize(
    "text",
    [
        "SEOUL, South Korea (AP) -- Rebels fled.",
        "BAGHDAD - Rebels fled.",
        "Moscow, May 3 (TASS) -- Rebels fled.",
    ],
)
def test_a_dateline_is_no_actor(find: Find, text: str) -> None:
    assert [m.text for m in find(text)] == ["Rebels"]


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Un met Min Seo-yeon, the leader’s younger sister, in Pyongyang. She smiled.",
        "Vladimir Putin saw Ms. Anna Petrova. She smiled.",
    ],
)
def test_kin_and_courtesy_tell_a_gender(find: Find, text: str) -> None:
    (she,) = [m for m in find(text) if m.text == "She"]
    assert "Min" in she.why or "Petrova" in she.why
