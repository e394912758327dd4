"""How often: one happening, several, a habit; each cue by its own examples."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.modality.build import bracketed

from tocsin.knowledge.cardinality import OftenCue, load_cardinality
from tocsin.language import Parser
from tocsin.modality import Modality
from tocsin.modality.cardinality import find_cardinality
from tocsin.timex import find_dates

RULES = load_cardinality()
YES = [
    pytest.param(c, line, id=f"{c.id}-{n}")
    for c in RULES.cues.values()
    for n, line in enumerate(c.yes)
]
NO = [
    pytest.param(line, id=f"{c.id}-{n}") for c in RULES.cues.values() for n, line in enumerate(c.no)
]
DAY = date(2021, 5, 14)


@pytest.mark.parametrize(("cue", "example"), YES)
def test_a_cue_gives_its_cardinality(parser: Parser, cue: OftenCue, example: str) -> None:
    parse, candidate = bracketed(parser, example)
    sentence = parse.sentences[candidate.sentence]
    found = find_cardinality(sentence, candidate, RULES, dated=False)
    assert found is not None
    assert found[0].gives == cue.gives


@pytest.mark.parametrize("example", NO)
def test_one_happening_has_no_cue(parser: Parser, example: str) -> None:
    parse, candidate = bracketed(parser, example)
    sentence = parse.sentences[candidate.sentence]
    assert find_cardinality(sentence, candidate, RULES, dated=False) is None


def test_words_in_the_present_are_no_habit(parser: Parser) -> None:
    parse, candidate = bracketed(parser, "The minister [accuses] the rebels of treason.")
    sentence = parse.sentences[0]
    said = replace(candidate, type="ACCUSE")
    assert find_cardinality(sentence, said, RULES, dated=False) is None
    assert find_cardinality(sentence, candidate, RULES, dated=False) is not None


@pytest.mark.parametrize(
    ("example", "expected"),
    [
        ("Its planes [bomb] the villages on the border.", "habitual"),
        ("Its planes [bomb] the villages on the border on Wednesday.", "one"),
    ],
)
def test_a_day_makes_one_deed_of_the_present(
    modality: Modality, parser: Parser, example: str, expected: str
) -> None:
    parse, candidate = bracketed(parser, example)
    dates = find_dates(parse, published=DAY)
    judged = modality.judge(parse, [candidate], actors=(), dates=dates, published=DAY)[0]
    assert judged.cardinality == expected


def test_the_judgement_names_the_cue(modality: Modality, parser: Parser) -> None:
    parse, candidate = bracketed(parser, "Rebels repeatedly [shelled] the port.")
    judged = modality.judge(parse, [candidate], actors=(), dates=(), published=None)[0]
    assert judged.cardinality == "several"
    assert ("cardinality#times", 1, 2) in judged.cues
