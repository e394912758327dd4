"""Words that refer back, and silence where they might mean two."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.model.mention import ActorMention

Find = Callable[..., tuple[ActorMention, ...]]


@pytest.mark.parametrize(
    ("text", "word", "countries"),
    [
        ("South Korea said it would ban the leaflets.", "it", {"KOR"}),
        ("Russia blew up the bridge and left it in ruins.", "it", set()),
        ("It is hard to see what Russia wants.", "It", set()),
        ("China has tightened its grip.", "its", {"CHN"}),
        ("Seoul told Pyongyang that its threats were idle.", "its", set()),
        ("Russian soldiers said they had surrendered.", "they", {"RUS"}),
        ("The two Koreas fought because they were divided.", "they", {"KOR", "PRK"}),
        ("Vladimir Putin arrived. He met reporters.", "He", {"RUS"}),
        ("Vladimir Putin hosted Moon Jae-in. Then he left.", "he", {"RUS"}),
        ("North Korea met South Korea. The two sides agreed.", "sides", {"PRK", "KOR"}),
        ("Russia, China, Iran and India talked. The two sides agreed.", "sides", set()),
        ("North Korea fired a missile. The regime wants talks.", "regime", {"PRK"}),
        ("North Korea fired a missile. A regime wants talks.", "regime", {None}),
        ("Residents fled. The army advanced.", "army", {None}),
        ("South Korea asked the police to investigate.", "police", {"KOR"}),
        ("North Korea fired a missile. The U.S. ally protested.", "U.S. ally", {"KOR"}),
        ("India bought wheat. The U.S. ally protested.", "U.S. ally", {None}),
        ("Russia has many enemies.", "enemies", {None}),
        ("Russia moved its army to the border.", "army", {"RUS"}),
        ("Iran and Russia said they would talk.", "they", {"IRN", "RUS"}),
        ("Russian soldiers broke the talks before they began.", "they", {"RUS"}),
        ("“It will answer,” Seoul said.", "It", set()),
        ("Seoul condemned Moscow. The regime answered.", "regime", {"RUS"}),
        ("Moscow and Pyongyang talked. The regime answered.", "regime", {None}),
        ("Russia shelled the region where the government is weak.", "government", {None}),
        ("South Korean police and soldiers marched.", "soldiers", {"KOR"}),
        ("Donald Trump flew to Seoul. The president met soldiers.", "president", {"USA"}),
        ("Donald Trump met Moon Jae-in. The president smiled.", "president", {None}),
    ],
)
def test_references(find: Find, text: str, word: str, countries: set[str | None]) -> None:
    mentions = find(text)
    assert {m.country for m in mentions if m.text.endswith(word)} == countries
    assert all(m.why for m in mentions)


def test_a_woman_is_meant_by_she_though_men_stand_nearer(find: Find) -> None:
    text = (
        "Kim Yo Jong, a North Korean official, met Moon Jae-in.\n"
        "In a statement, she called the office useless."
    )
    (she,) = [m for m in find(text) if m.text == "she"]
    assert (she.country, she.via) == ("PRK", "pronoun")
    assert "Kim Yo Jong" in she.why


def test_who_closes_a_report_is_its_speaker(find: Find) -> None:
    text = "Donald Trump spoke. The ban was sought by Vladimir Putin, he said."
    (he,) = [m for m in find(text) if m.text == "he"]
    assert he.country == "USA"
