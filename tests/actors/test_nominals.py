"""Offices, regimes and bodies that a text names again by a noun."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.model.mention import ActorMention

Find = Callable[..., tuple[ActorMention, ...]]


@pytest.mark.parametrize(
    ("text", "word", "countries"),
    [
        ("A Japanese official spoke. It rained. The official then left.", "official", {"JPN"}),
        ("A Japanese official met an Indian official. The official left.", "official",
         {"JPN", "IND", None}),
        ("A Japanese official spoke. An official then left.", "official", {"JPN", None}),
        ("Iran balked. The Islamic republic wants more.", "Islamic republic", {"IRN"}),
        ("Iran and Pakistan balked. The Islamic republic wants more.", "Islamic republic", set()),
        ("Trade fell. The Hermit Kingdom blamed others.", "Hermit Kingdom", {"PRK"}),
        ("China has 900 soldiers there.", "soldiers", {"CHN"}),
        ("China criticised 900 soldiers.", "soldiers", {None}),
        ("Donald Trump ran. It rained. It snowed. It froze. This president won.", "president",
         {"USA"}),
        ("Donald Trump met Moon Jae-in. It rained. It snowed. It froze. The president won.",
         "president", {None}),
        ("North Korea fired. North Korea boasted. North Korea wept. Russia saw it. Russia and "
         "North Korea met. The regime answered.", "regime", {"PRK"}),
    ],
)  # fmt: skip
def test_what_a_noun_means_again(
    find: Find, text: str, word: str, countries: set[str | None]
) -> None:
    mentions = [m for m in find(text) if m.text.endswith(word)]
    assert {m.country for m in mentions} == countries
    assert all(m.why for m in mentions)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The secretary of state flew to Seoul.", "USA"),
        ("The foreign minister flew to Seoul.", None),
    ],
)
def test_an_office_that_one_state_has_names_it(find: Find, text: str, country: str | None) -> None:
    assert find(text)[0].country == country
