"""What is told as known, and what as news."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.modality.build import bracketed

from tocsin.knowledge.logistic import load_background
from tocsin.language import Parser
from tocsin.modality import Modality
from tocsin.modality.background import Telling
from tocsin.timex import find_dates

DAY = date(2021, 5, 14)


def _features(parser: Parser, example: str) -> dict[str, float]:
    parse, found = bracketed(parser, example)
    dates = find_dates(parse, published=DAY)
    sentence = parse.sentences[found.sentence]
    return Telling(parse, dates, DAY).features(sentence, replace(found, type="ASSAULT"))


@pytest.mark.parametrize(
    ("known", "news"),
    [
        ("Rebels had [shelled] the port.", "Rebels are [shelling] the port."),
        ("The envoy, who [met] the rebels, spoke.", "The envoy [met] the rebels and spoke."),
        ("Rebels [shelled] the port in March.", "Rebels [shelled] the port on Tuesday."),
        (
            "Oslo was calm. Bonn was quiet. Rome slept. Nobody came. Rebels [shelled] the port.",
            "Rebels [shelled] the port. Oslo was calm. Bonn was quiet. Rome slept. Nobody came.",
        ),
    ],
)
def test_what_is_told_as_known_is_likelier_background(
    parser: Parser, known: str, news: str
) -> None:
    score = load_background()
    assert score.probability(_features(parser, known)) > score.probability(_features(parser, news))


def test_a_word_of_the_lead_is_told_again(parser: Parser) -> None:
    again = "Rebels shelled the port. Oslo was calm. Nobody saw who [shelled] the port."
    assert "word in lead" in _features(parser, again)
    assert "word in lead" not in _features(parser, "Oslo was calm. Rebels [shelled] the port.")


def test_a_date_counts_by_its_age(parser: Parser) -> None:
    assert "date near days" in _features(parser, "Rebels [shelled] the port on Tuesday.")
    assert "date near months" in _features(parser, "Rebels [shelled] the port on March 3.")


def test_the_judgement_tells_its_reasons(modality: Modality, parser: Parser) -> None:
    parse, found = bracketed(parser, "The envoy, who [met] the rebels in March, had fled.")
    dates = find_dates(parse, published=DAY)
    judged = modality.judge(parse, [found], actors=(), dates=dates, published=DAY)[0]
    assert judged.status == "background"
    assert ("under relcl", load_background().weights["under relcl"]) in judged.reasons
    assert [rule for rule, _, _ in judged.cues] == ["modality#known"]
