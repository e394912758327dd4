"""Every cue's own examples: what it must see and what it must leave alone."""

from __future__ import annotations

import pytest
from tests.modality.build import bracketed

from tocsin.knowledge.modality import Cue, ModalityRules, load_modality
from tocsin.language import Parser
from tocsin.modality import Modality
from tocsin.model.candidate import Judgement

RULES = load_modality()
YES = [pytest.param(c, line, id=f"{c.id}-{n}") for c in RULES.cues for n, line in enumerate(c.yes)]
NO = [pytest.param(c, line, id=f"{c.id}-{n}") for c in RULES.cues for n, line in enumerate(c.no)]
SAID = [pytest.param(line, id=f"{c.id}-{n}") for c in RULES.speech for n, line in enumerate(c.yes)]
UNSAID = [pytest.param(line, id=f"{c.id}-{n}") for c in RULES.speech for n, line in enumerate(c.no)]
DROPPING = ("negated", "generic", "idiom", "opinion")


def _judge(modality: Modality, parser: Parser, example: str) -> Judgement:
    parse, candidate = bracketed(parser, example)
    return modality.judge(parse, [candidate], actors=(), dates=(), published=None)[0]


def _expected(category: str) -> tuple[str | None, str | None]:
    if category in DROPPING:
        return None, category
    if category in ("actual", "reported"):
        return "actual", None
    return ("hypothetical" if category == "attempted" else category), None


@pytest.mark.parametrize(("cue", "example"), YES)
def test_a_cue_gives_its_category(
    modality: Modality, parser: Parser, cue: Cue, example: str
) -> None:
    judgement = _judge(modality, parser, example)
    expected = _expected(cue.category)
    if cue.category == "actual" or cue.negated in ("denied", "unconfirmed", "negated"):
        # cues of which some examples show the negated reading
        assert (judgement.status, judgement.dropped) in (expected, _expected(cue.negated or ""))
    else:
        assert (judgement.status, judgement.dropped) == expected


@pytest.mark.parametrize(("cue", "example"), NO)
def test_a_cue_stays_silent(modality: Modality, parser: Parser, cue: Cue, example: str) -> None:
    judgement = _judge(modality, parser, example)
    assert f"modality#{cue.id}" not in [rule for rule, _, _ in judgement.cues]


@pytest.mark.parametrize("example", SAID)
def test_a_word_of_speech_names_its_speaker(
    modality: Modality, parser: Parser, example: str
) -> None:
    text, speaker, stance = (part.strip() for part in example.split("|"))
    judgement = _judge(modality, parser, text)
    outermost = judgement.attribution[0]
    assert (outermost.speaker.text if outermost.speaker else "-", outermost.stance) == (
        speaker,
        stance,
    )


@pytest.mark.parametrize("example", UNSAID)
def test_a_word_of_speech_stays_silent(modality: Modality, parser: Parser, example: str) -> None:
    assert _judge(modality, parser, example).attribution == ()


def test_every_cue_has_an_example_of_both_kinds(rules: ModalityRules) -> None:
    assert [cue.id for cue in (*rules.cues, *rules.speech) if not cue.yes or not cue.no] == []
