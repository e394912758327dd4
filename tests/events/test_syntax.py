"""Who stands where: passives, control, relatives, conjuncts, gerunds."""

from __future__ import annotations

import pytest

from tocsin.events import syntax
from tocsin.model.parse import Sentence


def words(sent: Sentence, heads: tuple[int, ...]) -> list[str]:
    return [sent.tokens[head].text for head in heads]


def verb(sent: Sentence, text: str) -> int:
    return next(token.i for token in sent.tokens if token.text == text)


@pytest.mark.parametrize(
    ("text", "trigger", "subjects", "objects"),
    [
        ("Iran seized the tanker.", "seized", ["Iran"], ["tanker"]),
        ("The tanker was seized by Iran.", "seized", ["Iran"], ["tanker"]),
        ("The tanker was seized on Monday.", "seized", [], ["tanker"]),
        ("Iran and Iraq seized the tanker and the crew.", "seized",
         ["Iran", "Iraq"], ["tanker", "crew"]),
        ("Iran stopped and seized the tanker.", "seized", ["Iran"], ["tanker"]),
        ("Iran threatened to seize the tanker.", "seize", ["Iran"], ["tanker"]),
        ("Iran urged Iraq to seize the tanker.", "seize", ["Iraq"], ["tanker"]),
        ("Iraq wants the tanker that Iran seized on Monday.", "seized", ["Iran"], ["tanker"]),
        ("The soldiers who seized the tanker fled.", "seized", ["soldiers"], ["tanker"]),
        ("Soldiers seizing the tanker fled.", "seizing", ["Soldiers"], ["tanker"]),
        ("Iraq accused Iran of seizing the tanker.", "seizing", ["Iran"], ["tanker"]),
        ("Iran angered Iraq by seizing the tanker.", "seizing", ["Iran"], ["tanker"]),
    ],
)  # fmt: skip
def test_deep_subjects_and_objects(
    parse_sentence, text: str, trigger: str, subjects: list[str], objects: list[str]
) -> None:
    sent = parse_sentence(text)
    at = verb(sent, trigger)
    assert words(sent, syntax.subjects(sent, at)) == subjects
    assert words(sent, syntax.objects(sent, at)) == objects


def test_a_partitive_stands_for_what_it_parts(parse_sentence) -> None:
    sent = parse_sentence("The army blew up parts of the road.")
    assert sent.tokens[syntax.core(sent, verb(sent, "parts"))].text == "road"


def test_prepositions_reach_through_two_words(parse_sentence) -> None:
    sent = parse_sentence("Russia pulled its troops out of Kherson.")
    assert words(sent, syntax.prepositional(sent, verb(sent, "pulled"), "out")) == ["Kherson"]


@pytest.mark.parametrize(
    ("text", "trigger", "negated"),
    [
        ("Iran did not attack Iraq.", "attack", True),
        ("Iran never attacked Iraq.", "attacked", True),
        ("Iran attacked Iraq.", "attacked", False),
    ],
)
def test_negation_stands_on_the_verb(parse_sentence, text: str, trigger: str, negated: bool):
    sent = parse_sentence(text)
    assert syntax.is_negated(sent, verb(sent, trigger)) is negated


def test_an_event_noun_hangs_on_its_light_verb(parse_sentence) -> None:
    sent = parse_sentence("Israel carried out a series of strikes on Gaza.")
    governor = syntax.governing_verb(sent, verb(sent, "strikes"))
    assert governor is not None
    assert sent.tokens[governor].text == "carried"
