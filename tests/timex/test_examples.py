"""Every rule of the grammar does what its examples in the knowledge file say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tocsin.knowledge.resources import read_yaml
from tocsin.language.parser import Parser
from tocsin.timex import find_dates
from tocsin.timex.finder import RULES

PUBLISHED = date(2020, 6, 16)
EXAMPLES: dict[str, dict[str, Any]] = read_yaml("rules", "timex.yaml")["examples"]
YES = [(name, *case) for name, group in EXAMPLES.items() for case in group["yes"]]
NO = [(name, text) for name, group in EXAMPLES.items() for text in group.get("no", ())]


@pytest.mark.parametrize(("name", "text", "expression", "value"), YES)
def test_an_example_is_read(
    parser: Parser, name: str, text: str, expression: str, value: str
) -> None:
    mentions = find_dates(parser.parse(text), published=PUBLISHED)
    assert (expression, value) in [(m.text, m.value) for m in mentions]


@pytest.mark.parametrize(("name", "text"), NO)
def test_a_counterexample_holds_no_date(parser: Parser, name: str, text: str) -> None:
    assert find_dates(parser.parse(text), published=PUBLISHED) == ()


def test_every_rule_has_an_example() -> None:
    assert {rule.id for rule in RULES} <= set(EXAMPLES)
