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


FILLER = "It rained. It snowed. It froze. It thawed. "


@pytest.mark.parametrize(
    ("text", "country"),
    [
        # the leader again, once the other of his name is some sentences back
        (
            "Kim Jong Un spoke. Kim Ho-min, a South Korean official, left. " + FILLER + "Kim ate.",
            "PRK",
        ),
        ("Kim Jong Un spoke. Kim Ho-min, a South Korean official, left. Kim ate.", "KOR"),
    ],
)
def test_a_surname_of_two_is_the_leader_s_unless_the_other_was_just_named(
    find: Find, text: str, country: str
) -> None:
    assert [m.country for m in find(text) if m.text == "Kim"] == [country]


def test_somebody_may_come_back_by_the_given_name(find: Find) -> None:
    text = "Susan Miller, a Japanese journalist, arrived. It rained. Susan smiled."
    assert [m.country for m in find(text) if m.text == "Susan"] == ["JPN"]


@pytest.mark.parametrize(
    ("text", "country", "sectors"),
    [
        ("Former spy chief Vladimir Putin spoke.", "RUS", ("GOV",)),
        ("Vladimir Putin, a retired Russian general, spoke.", "RUS", ("GOV",)),
        ("A retired Russian general spoke.", "RUS", ("ELI",)),
        ("The Trump campaign hired staff.", "USA", ("PTY",)),
        ("Chairman Kim of North Korea spoke.", "PRK", None),
        (
            "Ann Miller, a former director of the Moss Hill National Laboratory in Japan, spoke.",
            "JPN",
            ("ELI",),
        ),
        ("The president of the Moss Hill Foundation spoke.", None, ()),
    ],
)
def test_what_stands_around_a_name_tells_of_it(
    find: Find, text: str, country: str | None, sectors: tuple[str, ...] | None
) -> None:
    mentions = find("Donald Trump slept. " + text)
    (one,) = [m for m in mentions if m.sentence == 1][:1]
    assert one.country == country
    assert sectors is None or one.sectors == sectors


def test_two_people_run_together_by_the_parse_are_two(find: Find) -> None:
    text = "It was a claim that Trump and FBI Director James Miller have denied."
    found = [m.text for m in find("Donald Trump slept. " + text) if m.sentence == 1]
    assert len(found) == 2
    assert found[0] == "Trump"


def test_ministers_of_a_region_only_meet_in_a_city(find: Find) -> None:
    (ministers,) = [m for m in find("Asian ministers in Moscow talked.") if "minister" in m.text]
    assert ministers.country is None
