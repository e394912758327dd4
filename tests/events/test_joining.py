"""The trigger of an event that only the model saw."""

from __future__ import annotations

import pytest

from tocsin.events.joining import Joints
from tocsin.knowledge.triggers import load_triggers
from tocsin.language import Parser


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


@pytest.mark.parametrize(
    ("text", "left", "right", "type_", "expected"),
    [
        ("Kenya puzzled Somalia on Monday.", "Kenya", "Somalia", "COERCE", "puzzled"),
        ("Iran said it would attack Israel.", "Iran", "Israel", "THREATEN", "attack"),
        ("Iran promised help to Syria.", "Iran", "Syria", "AGREE", "promised"),
        ("Peru announced sanctions on Chile.", "Peru", "Chile", "COERCE", "sanctions"),
    ],
)
def test_the_word_that_tells_the_act_is_taken(
    parser: Parser, text: str, left: str, right: str, type_: str, expected: str
) -> None:
    (sent,) = parser.parse(text).sentences
    heads = [next(t.i for t in sent.tokens if t.text == name) for name in (left, right)]
    found = Joints(load_triggers()).between(sent, *heads, type_)
    assert found is not None
    assert sent.tokens[found].text == expected


def test_two_names_side_by_side_are_joined_by_nothing(parser: Parser) -> None:
    (sent,) = parser.parse("Iran, Israel.").sentences
    heads = [t.i for t in sent.tokens if t.text in ("Iran", "Israel")]
    assert Joints(load_triggers()).between(sent, *heads, "ASSAULT") is None
    assert not Joints(load_triggers()).join(sent, *heads)


def test_two_names_with_a_verb_between_them_are_joined(parser: Parser) -> None:
    (sent,) = parser.parse("Kenya puzzled Somalia.").sentences
    assert Joints(load_triggers()).join(sent, 0, 2)
