"""Noun phrases that may act, with the parser that ships."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from tocsin.model.mention import ActorMention

Find = Callable[..., tuple[ActorMention, ...]]


def brief(mentions: tuple[ActorMention, ...]) -> list[tuple[str, str | None, str]]:
    return [(m.text, m.country, "/".join(m.sectors)) for m in mentions]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "South Korean activists launched leaflets.",
            [("South Korean activists", "KOR", "CVL")],
        ),
        ("Russia's army crossed the river.", [("Russia's army", "RUS", "MIL")]),
        ("Russia's invasion went on.", [("Russia", "RUS", "GOV")]),
        (
            "China's foreign ministry spokesman Lu Wenhao denied it.",
            [("China's foreign ministry spokesman Lu Wenhao", "CHN", "GOV")],
        ),
        (
            "U.S. special operation forces landed at dawn.",
            [("U.S. special operation forces", "USA", "MIL")],
        ),
        (
            "The president of South Korea met officials from the two Koreas.",
            [
                ("president of South Korea", "KOR", "GOV"),
                ("officials from the two Koreas", "KOR", "GOV"),
                ("officials from the two Koreas", "PRK", "GOV"),
            ],
        ),
        (
            "The government of Iraq and authorities in Pakistan protested.",
            [("government of Iraq", "IRQ", "GOV"), ("authorities in Pakistan", "PAK", "GOV")],
        ),
        (
            "Soldiers in Ukraine surrendered.",
            [("Soldiers", None, "MIL"), ("Ukraine", "UKR", "GOV")],
        ),
        (
            "Chinese and Indian forces exchanged fire.",
            [("Chinese", "CHN", "MIL"), ("Indian forces", "IND", "MIL")],
        ),
        (
            "The foreign ministers of Russia and China met.",
            [
                ("foreign ministers of Russia and China", "CHN", "GOV"),
                ("foreign ministers of Russia and China", "RUS", "GOV"),
            ],
        ),
        (
            "Moscow and Pyongyang signed a pact.",
            [("Moscow", "RUS", "GOV"), ("Pyongyang", "PRK", "GOV")],
        ),
        ("North Korean rockets fell into the sea.", [("North Korean", "PRK", "GOV")]),
        (
            "Seoul stopped the anti-Pyongyang activists.",
            [("Seoul", "KOR", "GOV"), ("activists", None, "CVL")],
        ),
        ("Iran-backed rebels fired a rocket.", [("rebels", None, "REB")]),
        ("A U.S.-led coalition struck the port.", [("U.S.-led coalition", "USA", "")]),
        ("Former Iraqi officials were arrested.", [("Iraqi officials", "IRQ", "ELI")]),
        (
            "Pyongyang's official Korean Central News Agency said so.",
            [("Pyongyang's official Korean Central News Agency", "PRK", "JRN")],
        ),
        ("Tensions on the Korean Peninsula rose.", []),
        (
            "U.S.-South Korea drills began.",
            [("U.S.-South", "USA", "GOV"), ("U.S.-South Korea", "KOR", "GOV")],
        ),
        ("U.S.-backed rebels fired.", [("rebels", None, "REB")]),
    ],
)
def test_phrases_have_one_mention_with_country_and_sector(
    find: Find, text: str, expected: list[tuple[str, str | None, str]]
) -> None:
    assert brief(find(text)) == expected


def test_every_state_of_a_coordination_hangs_on_the_head(find: Find) -> None:
    chinese, indian = find("Chinese and Indian forces exchanged fire.")
    assert chinese.head == indian.head == 3
    assert chinese.via == "conjunct"
    assert (chinese.also, indian.also) == ((0,), (2,))


def test_an_amount_leads_to_the_people_counted(find: Find) -> None:
    (mention,) = find("Dozens of protesters marched.")
    assert (mention.text, mention.also) == ("protesters", (0,))


def test_spans_slice_the_text_and_come_in_order(find: Find) -> None:
    text = "Seoul's army, Moscow said, fired.\nThe two Koreas talked; China's police did not."
    mentions = find(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert [(m.sentence, m.first) for m in mentions] == sorted(
        (m.sentence, m.first) for m in mentions
    )
    assert all(m.why for m in mentions)


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Jordan said it would close its border with Iraq after Amman met envoys.", ["JOR"]),
        ("Michael Jordan won. Jordan said he was happy.", []),
        ("The vote in Georgia and Atlanta worried American officials.", []),
        ("Georgia sent troops; Tbilisi said Russia had shelled them.", ["GEO"]),
    ],
)
def test_a_doubtful_name_needs_support(find: Find, text: str, countries: list[str]) -> None:
    found = [m.country for m in find(text) if m.text in ("Jordan", "Georgia") and m.country]
    assert [c for c in dict.fromkeys(found) if c != "USA"] == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("The South American leaders criticized Iran.", [None, "IRN"]),
        ("Latin America's leaders criticized Iran.", [None, "IRN"]),
        ("Iranian Americans criticized Pakistan.", ["USA", "PAK"]),
        ("An Iranian-American journalist criticized Pakistan.", ["USA", "PAK"]),
        ("Chinese-American forces trained in Iraq.", ["CHN", "USA"]),
    ],
)
def test_an_american_is_one_of_the_united_states_or_of_a_region(
    find: Find, text: str, countries: list[str | None]
) -> None:
    found = [m.country for m in find(text)]
    assert found[: len(countries)] == countries


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Korea fired. The South fired back.", "KOR"),
        ("Rebels took a city in Yemen. Forces of the South withdrew.", None),
        ("Ships sailed from North Korea into the South China Sea.", None),
        ("Voters in the South of America chose.", None),
        ("South Korea is rich. The south of the country is warm.", None),
    ],
)
def test_the_north_and_the_south_only_in_korean_news(
    find: Find, text: str, expected: str | None
) -> None:
    found = {m.country for m in find(text) if m.text in ("South", "The South", "the South")}
    assert found == ({expected} if expected else set())


def test_a_title_is_context(find: Find) -> None:
    assert find("The South fired back.", title="North Korea fires") != ()
    assert find("The South fired back.") == ()


def test_a_name_that_nobody_bore_on_that_day_is_nobodys(find: Find) -> None:
    mentions = find("The New Order attacked Japan.", published=date(1998, 5, 20))
    assert "IDN" not in {mention.country for mention in mentions}
