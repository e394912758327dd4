"""The file of contexts: complete, in order, strict."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.contexts import PATH, ContextRules, load_contexts, parse_contexts
from tocsin.knowledge.resources import read_yaml


@pytest.fixture(scope="module")
def content() -> Any:
    return read_yaml(*PATH.split("/"))


@pytest.fixture(scope="module")
def rules() -> ContextRules:
    return load_contexts()


def test_the_contexts_are_the_ontologys_in_its_order(rules: ContextRules) -> None:
    assert list(rules.contexts) == read_yaml("ontology", "plover.yaml")["contexts"]


def test_every_context_has_examples_of_both_kinds(rules: ContextRules) -> None:
    assert all(context.yes and context.no for context in rules.contexts.values())


def test_sectors_are_those_of_the_ontology(rules: ContextRules) -> None:
    known = read_yaml("ontology", "sectors.yaml")
    assert set(rules.sectors) <= {*known["sectors"], *known["bodies"]}


def test_contexts_are_put_in_the_ontologys_order_once(rules: ContextRules) -> None:
    assert rules.ordered(["crime", "military", "crime"]) == ("military", "crime")


def test_plurals_and_participles_are_filed_with_their_word(rules: ContextRules) -> None:
    assert rules.keys["rights"] == rules.keys["right"]
    assert rules.keys["arms"] == rules.keys["arm"]
    assert rules.keys["disputed"] == rules.keys["dispute"]


def test_a_compound_has_the_strong_signs_inside_it(rules: ContextRules) -> None:
    (signs,) = rules.table.get("military court")
    found = {sign.context for sign in signs}
    assert found == {"legal", "military"}


@pytest.mark.parametrize("phrase", ["price war", "drug store", "oil painting"])
def test_an_idle_phrase_says_nothing(rules: ContextRules, phrase: str) -> None:
    assert rules.table.get(phrase) == ((),)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        (("health", "strongest"), "x", "unknown key 'strongest'"),
        (("health", "sectors"), {"MED": "middling"}, "'middling'; allowed: strong, weak"),
        (("health", "carries"), ["CURE"], "unknown type 'CURE'"),
        (("health", "events"), {"AID/cure": "weak"}, "AID has no mode 'cure'"),
        (("health", "strong"), "Hospital", "lower case"),
        (("health", "strong"), "nurse/x", "behind a slash"),
        (("health", "weak"), "nurse, nurse", "stands twice"),
        (("health", "no"), [], "has no 'no'"),
        (("healing",), {}, "unknown key 'healing'"),
    ],
)
def test_what_is_wrong_is_refused_by_name(
    content: Any, path: tuple[str, ...], value: Any, message: str
) -> None:
    wrong = copy.deepcopy(content)
    at = wrong["contexts"]
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(KnowledgeError, match=message):
        parse_contexts(wrong)


def test_a_missing_context_is_named(content: Any) -> None:
    wrong = copy.deepcopy(content)
    del wrong["contexts"]["gender"]
    with pytest.raises(KnowledgeError, match="has no context gender"):
        parse_contexts(wrong)


def test_no_phrase_is_idle_and_a_sign(content: Any) -> None:
    idle = {phrase.strip() for phrase in content["idle"].split(",")}
    for entry in content["contexts"].values():
        signs = f"{entry['strong']}, {entry.get('weak', '')}"
        both = idle & {sign.strip() for sign in signs.split(",") if sign.strip()}
        assert both == set()
