"""Counts are read as the examples in the knowledge file say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tocsin.knowledge.resources import read_yaml
from tocsin.language.parser import Parser
from tocsin.model.mention import QuantityMention
from tocsin.quantities import find_quantities
from tocsin.timex import find_dates

EXAMPLES: dict[str, dict[str, Any]] = read_yaml("rules", "quantities.yaml")["examples"]
YES = [case for group in EXAMPLES.values() for case in group["yes"]]
NO = [text for group in EXAMPLES.values() for text in group.get("no", ())]


def counts(parser: Parser, text: str) -> tuple[QuantityMention, ...]:
    parse = parser.parse(text)
    return find_quantities(parse, find_dates(parse, published=date(2024, 10, 25)))


@pytest.mark.parametrize(("text", "expression", "value", "upper", "unit", "qualifier"), YES)
def test_an_example_is_read(
    parser: Parser,
    text: str,
    expression: str,
    value: float | None,
    upper: float | None,
    unit: str,
    qualifier: str | None,
) -> None:
    found = counts(parser, text)
    assert (expression, value, upper, unit, qualifier) in [
        (m.text, m.value, m.upper, m.unit, m.qualifier) for m in found
    ]


@pytest.mark.parametrize("text", NO)
def test_a_counterexample_counts_nothing(parser: Parser, text: str) -> None:
    assert counts(parser, text) == ()
