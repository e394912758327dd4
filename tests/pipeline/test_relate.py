"""What the rules say of a given pair."""

from __future__ import annotations

import pytest

from tocsin import Coder
from tocsin.pipeline.relate import rule_answers


def ask(coder: Coder, text: str, actor: str, recipient: str):
    spans = [(text.index(name), text.index(name) + len(name)) for name in (actor, recipient)]
    return rule_answers(coder, text, spans[:1], spans[1:])


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "type_", "status"),
    [
        ("Iran seized a Greek tanker.", "Iran", "a Greek tanker", "COERCE", "actual"),
        ("Zorlandia reportedly bombed Querto.", "Zorlandia", "Querto", "ASSAULT", "alleged"),
        ("A Greek tanker was seized by Iran.", "Iran", "A Greek tanker", "COERCE", "actual"),
    ],
)
def test_the_best_answer_fills_both_slots(
    coder: Coder, text: str, actor: str, recipient: str, type_: str, status: str
) -> None:
    best = ask(coder, text, actor, recipient)[0]
    assert (best.match, best.type, best.status) == ("pair", type_, status)


def test_an_act_on_a_third_is_no_answer_for_the_pair(coder: Coder) -> None:
    answers = ask(coder, "Iran attacked Iraq, officials in Oman said.", "Iraq", "Oman")
    assert "pair" not in [answer.match for answer in answers]


def test_nothing_is_found_in_a_sentence_without_an_act(coder: Coder) -> None:
    assert ask(coder, "Iran lies east of Iraq.", "Iran", "Iraq") == ()
