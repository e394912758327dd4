"""Conditions and deadlines of threats and demands; what is background."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.modality.build import bracketed

from tocsin.language import Parser
from tocsin.modality import Modality
from tocsin.model.mention import DateMention
from tocsin.model.parse import Parse


def _phrase(parse: Parse, sentence: int, tokens: tuple[int, int] | None) -> str | None:
    if tokens is None:
        return None
    start, end = parse.sentences[sentence].offsets(*tokens)
    return parse.text[start:end]


@pytest.mark.parametrize(
    ("example", "condition"),
    [
        ("They [threatened] to scrap the pact unless Oslo stopped the flights.",
         "unless Oslo stopped the flights"),
        ("He [warned] of reprisals if such raids happen again.", "if such raids happen again"),
        ("Rome [agreed] to free them provided that the siege ends.",
         "provided that the siege ends"),
        ("She [refused] to talk as long as the siege lasts.", "as long as the siege lasts"),
        ("Oslo issued a [warning] that ships will be sunk if they cross the line.",
         "if they cross the line"),
        ("Oslo [warned] Rome, adding that ships would sail if Rome fires.", None),
        ("They [threatened] to scrap the pact.", None),
        ("They [threatened] to scrap the pact after Oslo stopped the flights.", None),
    ],
)  # fmt: skip
def test_conditions(
    modality: Modality, parser: Parser, example: str, condition: str | None
) -> None:
    parse, found = bracketed(parser, example)
    threat = replace(found, type="THREATEN")
    judgement = modality.judge(parse, [threat], actors=(), dates=(), published=None)[0]
    assert judgement.status == "actual"
    assert _phrase(parse, threat.sentence, judgement.condition) == condition


def _dated(parse: Parse, words: str, since: date, until: date, kind: str = "DATE") -> DateMention:
    start = parse.text.index(words)
    sentence = next(s for s in parse.sentences if s.start <= start < s.end)
    inside = [t.i for t in sentence.tokens if start <= t.start < start + len(words)]
    return DateMention(
        sentence=sentence.index,
        first=inside[0],
        stop=inside[-1] + 1,
        head=inside[-1],
        start=start,
        end=start + len(words),
        text=words,
        kind="DURATION" if kind == "DURATION" else "DATE",
        value=since.isoformat() if since == until else str(since.year),
        since=since,
        until=until,
        anchor="text",
    )


@pytest.mark.parametrize(
    ("example", "when", "kind", "deadline"),
    [
        ("He [threatened] to close the port by Friday.", "Friday", "DATE", "by Friday"),
        ("He [demanded] that they leave within 24 hours.", "24 hours", "DURATION",
         "within 24 hours"),
        ("She [threatened] to raze the mill “before long.”", None, "DATE", "before long"),
        ("He [threatened] to close the port on Friday.", "Friday", "DATE", None),
        ("On Friday he [threatened] to close the port.", "Friday", "DATE", None),
    ],
)  # fmt: skip
def test_deadlines(
    modality: Modality,
    parser: Parser,
    example: str,
    when: str | None,
    kind: str,
    deadline: str | None,
) -> None:
    parse, found = bracketed(parser, example)
    day = date(2020, 6, 19)
    dates = [_dated(parse, when, day, day, kind)] if when else []
    threat = replace(found, type="THREATEN")
    judgement = modality.judge(
        parse, [threat], actors=(), dates=dates, published=date(2020, 6, 16)
    )[0]
    assert _phrase(parse, threat.sentence, judgement.deadline) == deadline


YEAR = (date(2018, 1, 1), date(2018, 12, 31))


@pytest.mark.parametrize(
    ("published", "status"),
    [(date(2020, 6, 16), "background"), (date(2018, 11, 1), "actual"), (None, "background")],
)
def test_a_year_long_past_is_background(
    modality: Modality, parser: Parser, published: date | None, status: str
) -> None:
    parse, found = bracketed(parser, "The envoys [met] in Rome in 2018.")
    dates = [_dated(parse, "2018", *YEAR)]
    judgement = modality.judge(parse, [found], actors=(), dates=dates, published=published)[0]
    assert judgement.status == status


def test_a_recent_full_date_is_news_without_a_dateline(modality: Modality, parser: Parser) -> None:
    parse, found = bracketed(parser, "The envoys [met] in Rome on May 4, 2018.")
    day = date(2018, 5, 4)
    dates = [_dated(parse, "May 4, 2018", day, day)]
    judgement = modality.judge(parse, [found], actors=(), dates=dates, published=None)[0]
    assert judgement.status == "actual"


def test_a_date_in_another_clause_does_not_age_the_deed(modality: Modality, parser: Parser) -> None:
    example = "Rebels [burned] the mill, which the Dutch built in 1904."
    parse, found = bracketed(parser, example)
    dates = [_dated(parse, "1904", date(1904, 1, 1), date(1904, 12, 31))]
    judgement = modality.judge(parse, [found], actors=(), dates=dates, published=date(2020, 6, 16))[
        0
    ]
    assert judgement.status == "actual"
