"""The litter rules: each one's own examples, and what the loader refuses."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.litter import LitterRule, load_litter, parse_litter

RULES = {rule.id: rule for rule in load_litter().rules}
YES = [(rule.id, line) for rule in RULES.values() for line in rule.yes]
NO = [(rule.id, line) for rule in RULES.values() for line in rule.no]


@pytest.mark.parametrize(("rule", "line"), YES)
def test_litter_is_found_in_the_yes_examples(rule: str, line: str) -> None:
    assert RULES[rule].find(line)


@pytest.mark.parametrize(("rule", "line"), NO)
def test_no_rule_touches_the_no_examples(rule: str, line: str) -> None:
    assert [other.id for other in RULES.values() if other.find(line)] == []


@pytest.mark.parametrize(
    "line",
    [
        "The minister shared this view on Twitter.",
        "More: that was all he asked for.",
        "“Read my lips,” the president told reporters.",
        "Photo reconnaissance planes were deployed on Friday.",
        "Sanctions contributed to the collapse of the currency.",
        "He said the army wants MORE.",
    ],
)
def test_news_is_left_alone(line: str) -> None:
    assert [rule.id for rule in RULES.values() if rule.find(line)] == []


def test_topic_links_keep_the_name_and_the_sentence() -> None:
    line = "Senator Ann Roe Ann Q. RoeThree things to know Roe: never again MORE left on Monday."
    ((start, end),) = RULES["topic-links"].find(line)
    assert line[:start] + line[end:] == "Senator Ann Roe left on Monday."


@pytest.mark.parametrize(
    ("glued", "parted"),
    [
        ("ChairmanKim Jong Ilvisited the mill", "Chairman Kim Jong Il visited the mill"),
        ("Kim Jong Unmade a speech", "Kim Jong Un made a speech"),
        ("Kim Jong Un made a speech", "Kim Jong Un made a speech"),
        ("Kim Jong Un's speech", "Kim Jong Un's speech"),
        ("at Kim Il Sung Square", "at Kim Il Sung Square"),
    ],
)
def test_glued_names_are_parted(glued: str, parted: str) -> None:
    assert re.sub(load_litter().glued, " ", glued) == parted


def content(**rule: Any) -> dict[str, Any]:
    base = {"id": "a", "where": "line", "pattern": "x", "yes": ["x"], "no": ["y"]}
    return {
        "rules": [base | rule],
        "datelines": {"agencies": ["Wire"], "no_places": ["NOTE"]},
        "glued_names": ["Jan Doe"],
        "link_label": "More:",
    }


def test_a_right_file_is_taken() -> None:
    assert isinstance(parse_litter(content()).rules[0], LitterRule)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"colour": 1}, "unknown key 'colour'; allowed: id, needs, no, pattern, where, yes"),
        ({"where": "everywhere"}, "where is 'everywhere'; allowed: line, first, head"),
        ({"pattern": "("}, "the pattern is wrong"),
        ({"no": []}, "has no 'no'"),
        ({"id": ""}, "a rule without an id"),
    ],
)
def test_a_wrong_rule_is_refused(rule: dict[str, Any], message: str) -> None:
    with pytest.raises(KnowledgeError, match=re.escape(message)):
        parse_litter(content(**rule))


def test_an_id_that_stands_twice_is_refused() -> None:
    twice = content()
    twice["rules"] *= 2
    with pytest.raises(KnowledgeError, match="twice"):
        parse_litter(twice)
