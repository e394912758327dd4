"""Whom he, she, it, they and we mean; what rules a candidate out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.model.mention import ActorMention

Find = Callable[..., tuple[ActorMention, ...]]


def _of(mentions: tuple[ActorMention, ...], word: str) -> list[str | None]:
    return [m.country for m in mentions if m.text == word and m.via == "pronoun"]


@pytest.mark.parametrize(
    ("text", "word", "countries"),
    [
        # the subject of the sentence, not whoever is named with him
        ("Donald Trump flew in. Vladimir Putin resigned after he lost the vote.", "he", ["RUS"]),
        ("Donald Trump wept. His envoy, Vladimir Putin, said he was ill.", "he", ["RUS"]),
        # who is named in the pronoun's own clause is somebody else
        ("Donald Trump rang Vladimir Putin. He wants Putin to leave.", "He", ["USA"]),
        ("In a call with Vladimir Putin, he asked for help.", "he", []),
        ("Donald Trump waited. Vladimir Putin would come, he said.", "he", ["USA"]),
        # nobody speaks of himself as "he"
        ("Donald Trump met Vladimir Putin. “He was kind,” Trump said.", "He", ["RUS"]),
        # in a quotation that begins within the clause the subject is still the subject
        ("Vladimir Putin “wants to show that he is well,” doctors said.", "he", ["RUS"]),
        # an object is not its own subject
        ("Donald Trump saw Vladimir Putin and thanked him.", "him", ["RUS"]),
        # words without marks of somebody who says "I"
        ("Donald Trump spoke. If he fires again, I will answer.", "he", []),
        # whose is what stands beside the possessive
        ("Guards followed Vladimir Putin and his aides.", "his", ["RUS"]),
        # who is asked to act acts
        ("Donald Trump urged Vladimir Putin to free his prisoners.", "his", ["RUS"]),
    ],
)
def test_he(find: Find, text: str, word: str, countries: list[str | None]) -> None:
    assert _of(find(text), word) == countries


def test_a_woman_by_her_given_name_is_not_he(find: Find) -> None:
    text = "Susan Miller, a Russian official, met Vladimir Putin. She left early."
    (she,) = [m for m in find(text) if m.text == "She"]
    assert "Susan Miller" in she.why
    text = "Vladimir Putin praised Susan Miller, a Japanese official, before he left."
    assert _of(find(text), "he") == ["RUS"]


@pytest.mark.parametrize(
    ("text", "word", "countries"),
    [
        # silence where two may be meant
        ("Seoul said talks with Pyongyang must end its nuclear program.", "its", []),
        ("Talks between Seoul and Pyongyang may end its nuclear program.", "its", []),
        ("Moscow ignored Iran’s threats and its missiles.", "its", []),
        ("A general spoke of persuading Tehran to give up its weapons.", "its", ["IRN"]),
        ("Russia pressed Iran to close its reactors.", "its", ["IRN"]),
        ("Russia pressed Iran to sign a deal that curbs their reactors.", "their", ["IRN"]),
        ("Russia spoke. “It works well,” a general said.", "It", []),
    ],
)
def test_its(find: Find, text: str, word: str, countries: list[str | None]) -> None:
    assert _of(find(text), word)[-1:] == countries


def test_forces_beside_a_state_are_its_own(find: Find) -> None:
    (forces,) = [m for m in find("Rebels struck Russia or its forces.") if m.text == "forces"]
    assert (forces.country, forces.sectors) == ("RUS", ("MIL",))


@pytest.mark.parametrize(
    ("text", "word", "countries"),
    [
        ("Russian officials ended the drills because Kyiv denounced them.", "them", []),
        (
            "Judges dropped the case of Vladimir Putin and Donald Trump. Papers saw their letters.",
            "their",
            [],
        ),
        ("The case of Vladimir Putin and Donald Trump ended. A paper saw their letters.", "their",
         ["RUS", "USA"]),
        ("Russia shelled the port. Even if the gains are small, they matter.", "they", []),
    ],
)  # fmt: skip
def test_they(find: Find, text: str, word: str, countries: list[str]) -> None:
    assert sorted(c or "" for c in _of(find(text), word)) == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("“Our target was the bridge,” Vladimir Putin said.", ["RUS"]),
        ("“Our world is small,” Vladimir Putin said.", []),
        ("“Our target was the bridge,” Ann Miller said.", []),
        ("Our target was the bridge.", []),
    ],
)
def test_our_is_a_party_where_a_states_minister_speaks(
    find: Find, text: str, countries: list[str]
) -> None:
    acting = tuple(mention for mention in find(text) if mention.acts)
    assert _of(acting, "Our") == countries


def test_who_speaks_is_meant_by_i_though_he_does_nothing(find: Find) -> None:
    (believes,) = [m for m in find("“I believe it,” Donald Trump said.") if m.text == "I"]
    assert (believes.country, believes.acts) == ("USA", False)
    (fights,) = [m for m in find("“I fought him,” Donald Trump said.") if m.text == "I"]
    assert (fights.country, fights.acts) == ("USA", True)


def test_a_quotation_left_open_runs_on_with_its_speaker(find: Find) -> None:
    text = "Vladimir Putin said: “Donald Trump called.\n\n“Is he tough enough? We shall fight on.”"
    mentions = find(text)
    assert _of(mentions, "he") == ["USA"]
    assert _of(mentions, "We") == ["RUS"]
