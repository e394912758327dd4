"""Whose lawmakers, police and ministers, who says "we", and which of two people: real tables."""

from __future__ import annotations

import pytest

from tocsin.actors import ActorFinder
from tocsin.knowledge.actors import load_actors
from tocsin.language.parser import Parser
from tocsin.model.mention import ActorMention


@pytest.fixture(scope="module")
def finder() -> ActorFinder:
    """The finder with the tables that ship."""
    return ActorFinder(load_actors())


def countries(mentions: tuple[ActorMention, ...], word: str) -> set[str | None]:
    """The countries of the mentions that end in a word."""
    return {m.country for m in mentions if m.text.endswith(word)}


ROME = (
    "Italy raised its taxes on Monday. The Italian government said that Rome had no choice. "
    "Italy's debt is large. "
)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (ROME + "Lawmakers shouted.", "Lawmakers", {"ITA"}),
        (ROME + "Police dispersed protesters.", "protesters", {"ITA"}),
        (ROME + "Clara Benzoni, a teacher, wept.", "Clara Benzoni", {"ITA"}),
        (ROME + "A teacher saw Matthew.", "Matthew", {None}),
        (ROME + "Clara Benzoni, who teaches in Spain, wept.", "Clara Benzoni", {None}),
        (
            ROME.replace("Italy", "China").replace("Italian", "Chinese").replace("Rome", "Beijing")
            + "Clara Benzoni wept.",
            "Clara Benzoni",
            {None},
        ),
        (ROME + "Foreign officials were surprised.", "officials", {None}),
        (ROME + "Few people knew the country.", "country", {"ITA"}),
        (ROME + "All countries were surprised.", "countries", {None}),
        (ROME + "The ambassador was surprised.", "ambassador", {None}),
        (ROME + "Rebels were surprised.", "Rebels", {None}),
        (ROME + "A company was fined.", "company", {None}),
        ("Italy met Spain. France met Greece. Lawmakers shouted.", "Lawmakers", {None}),
        ("Lawmakers shouted in Italy.", "Lawmakers", {None}),
    ],
)
def test_the_setting_tells_whose_they_are(
    finder: ActorFinder, parser: Parser, text: str, word: str, expected: set[str | None]
) -> None:
    mentions = finder.find(parser.parse(text))
    assert countries(mentions, word) == expected
    assert all(m.why for m in mentions)


KCNA = "Pyongyang, March 3 (KCNA) -- "


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (KCNA + "The Foreign Ministry of the DPRK protested.", "DPRK", {"PRK"}),
        ("The North's Foreign Ministry rebuked South Korea.", "Ministry", {"PRK"}),
        ("South Korea waited. The Foreign Ministry protested.", "Ministry", {"KOR"}),
        ("The Hungarian Workers' Party met in spring.", "Party", {"HUN"}),
        ("The Workers' Party met in Pyongyang.", "Party", {"PRK"}),
        (KCNA + "The U.S. sailed a carrier north. We will answer it.", "We", {"PRK"}),
        ("The U.S. sailed a carrier north. We will answer it.", "We", set()),
        (KCNA + "The U.S. sailed a carrier north. It threatened our army.", "army", {"PRK"}),
        ("ISIS took the town. The militant group burned it.", "militant group", {"IMG"}),
        ("ISIS and Hamas took the town. The militant group burned it.", "militant group", {None}),
    ],
)
def test_names_that_many_bear_go_by_the_state_beside_or_behind(
    finder: ActorFinder, parser: Parser, text: str, word: str, expected: set[str | None]
) -> None:
    assert countries(finder.find(parser.parse(text)), word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("“We will sue the bank,” Vladimir Putin said.", "We", {"RUS"}),
        ("“I ordered the strike,” Donald Trump said.", "I", {"USA"}),
        ("“I believe it,” Donald Trump said.", "I", {"USA"}),
        ("“We will sue the bank,” read a banner.", "We", set()),
        ("“We will sue,” Donald Trump said, and Vladimir Putin added “so will we”.", "We", set()),
    ],
)
def test_a_quotation_has_one_speaker_or_none(
    finder: ActorFinder, parser: Parser, text: str, word: str, expected: set[str | None]
) -> None:
    assert countries(finder.find(parser.parse(text)), word) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("In his letter to Donald Trump, Vladimir Putin asked for time.", "his", {"RUS"}),
        ("Donald Trump thanked Vladimir Putin for his visit.", "his", {"RUS"}),
        ("Lars Olsen wrote to Mr. Vladimir Putin. He asked for time.", "He", {None}),
    ],
)
def test_pronouns_mean_the_sender_or_the_one_it_is_done_for(
    finder: ActorFinder, parser: Parser, text: str, word: str, expected: set[str | None]
) -> None:
    assert countries(finder.find(parser.parse(text)), word) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The summit between President Donald Trump and Russian President Vladimir Putin was brief.",
        "Cameras showed the Trump-Putin handshake.",
    ],
)
def test_two_people_are_two_mentions(finder: ActorFinder, parser: Parser, text: str) -> None:
    found = finder.find(parser.parse(text))
    assert {m.country for m in found if "Trump" in m.text} == {"USA"}
    assert {m.country for m in found if "Putin" in m.text} == {"RUS"}


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("North Korea tested a missile. Kim watched it fly.", "Kim", {"PRK"}),
        ("Peru tested a missile. Kim watched it fly.", "Kim", {None}),
        ("Senators praised Obamacare.", "Obamacare", set()),
    ],
)
def test_bare_names(
    finder: ActorFinder, parser: Parser, text: str, word: str, expected: set[str | None]
) -> None:
    assert countries(finder.find(parser.parse(text)), word) == expected
