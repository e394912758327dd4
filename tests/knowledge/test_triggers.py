"""The examples that trigger rules carry are their tests."""

from __future__ import annotations

import pytest

from tocsin.knowledge.triggers import Example, Rule, load_triggers

CASES = [(rule, example) for rule in load_triggers().rules for example in rule.yes]
COUNTER_CASES = [(rule, example) for rule in load_triggers().rules for example in rule.no]


def _names(mentions) -> list[str]:
    return [mention.text for mention in mentions]


@pytest.mark.parametrize(("rule", "example"), CASES, ids=lambda value: _id(value))
def test_a_rule_codes_what_it_says_it_codes(code, rule: Rule, example: Example) -> None:
    candidates = code(example.text)
    found = [c for c in candidates if c.rule == rule.id]
    assert found, f"{rule.id} did not fire; coded: {[(c.rule, c.type) for c in candidates]}"
    if example.actor:
        assert any(example.actor in name for c in found for name in _names(c.actors)), _names(
            found[0].actors
        )
    if example.recipient:
        assert any(example.recipient in name for c in found for name in _names(c.recipients)), (
            _names(found[0].recipients)
        )
    if example.content:
        assert any(c.content and c.content.type == example.content for c in found)


@pytest.mark.parametrize(("rule", "example"), COUNTER_CASES, ids=lambda value: _id(value))
def test_a_rule_leaves_alone_what_it_says_it_leaves_alone(
    code, rule: Rule, example: Example
) -> None:
    assert rule.id not in [c.rule for c in code(example.text)]


def _id(value: object) -> str:
    return value.id if isinstance(value, Rule) else str(getattr(value, "text", value))[:40]
