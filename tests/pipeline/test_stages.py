"""Stages declare what they need; explanations show what led to a result; coding is repeatable."""

from __future__ import annotations

from datetime import date

import pytest

from tocsin import Coder, Document, OptionError
from tocsin.model.codec import to_json_line
from tocsin.pipeline.explain import explain, explain_event
from tocsin.pipeline.stage import Stage, check_stages

SENTENCE = (
    "North Korea blew up the liaison office on Tuesday, the South's Unification Ministry said."
)


def test_a_stage_that_needs_what_nobody_gives_is_refused() -> None:
    with pytest.raises(ValueError, match="needs \\['dates'\\]"):
        check_stages([Stage("quantities", ("parse", "dates"), ("quantities",), lambda work: {})])


def test_a_stage_that_gives_no_field_of_the_work_is_refused() -> None:
    with pytest.raises(ValueError, match="gives \\['mood'\\]"):
        check_stages([Stage("mood", (), ("mood",), lambda work: {})])


def test_an_unknown_coder_is_refused_with_the_known_ones() -> None:
    with pytest.raises(OptionError, match="available: full, rules"):
        Coder(coder="oracle")


def test_coding_twice_gives_the_same_bytes(coder: Coder) -> None:
    document = Document.of(SENTENCE, published=date(2020, 6, 16))
    once, twice = coder.code(document), coder.code(document)
    assert once
    assert [to_json_line(e) for e in once] == [to_json_line(e) for e in twice]


def test_a_text_without_anybody_has_no_events(coder: Coder) -> None:
    assert coder.code(Document.of("It rained all day.\n\n")) == ()
    assert coder.code(Document.of("")) == ()


def test_an_explanation_shows_parse_mentions_rules_and_result(coder: Coder) -> None:
    shown = explain(coder, SENTENCE, published=date(2020, 6, 16))
    for part in ("parse:", "actors:", "dates:", "rules that fired:", "rules that nearly fired:"):
        assert part in shown
    assert "assault/destroy#demolish on 'blew'" in shown
    assert "2020-06-16" in shown


def test_an_event_is_explained_by_its_id(coder: Coder) -> None:
    document = Document.of(f"It rained.\n\n{SENTENCE}", published=date(2020, 6, 16))
    event = coder.code(document)[0]
    shown = explain_event(coder, document, event.id)
    assert shown is not None
    assert event.id in shown
    assert explain_event(coder, document, "no such id") is None


@pytest.mark.parametrize(
    "text",
    [
        "Pyongyang threatened the office. On Tuesday it blew it up, the South's ministry said.",
        "On Tuesday they destroyed the bridge, the South's Unification Ministry said.",
    ],
)
def test_a_witness_named_after_a_pronoun_is_not_the_author(coder: Coder, text: str) -> None:
    for event in coder.code(Document.of(text)):
        assert "KOR" not in {actor.country for actor in event.actors}
