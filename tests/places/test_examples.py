"""The examples beside the rules are what the rules must say."""

from __future__ import annotations

import pytest

from tocsin.knowledge.gazetteer import Gazetteer
from tocsin.knowledge.resources import check_keys, read_yaml
from tocsin.language.parser import Parser
from tocsin.model.mention import PlaceMention
from tocsin.places import find_places

EXAMPLES = read_yaml("places", "examples.yaml")


@pytest.mark.parametrize("example", EXAMPLES, ids=[e["text"] for e in EXAMPLES])
def test_example_holds(example: dict, parser: Parser, gazetteer: Gazetteer) -> None:
    check_keys(
        example, allowed=("class", "text", "literal", "not", "none"), path="places/examples.yaml"
    )
    found = {place.text: place for place in find_places(parser.parse(example["text"]), gazetteer)}
    for wanted, literal in (("literal", True), ("not", False)):
        for name, _, value in (entry.partition("=") for entry in example.get(wanted, ())):
            assert name in found, f"{name} not found among {sorted(found)}"
            assert found[name].literal is literal, found[name].why
            assert not value or value in _resolved(found[name]), found[name]
    assert not set(example.get("none", ())) & set(found)


def _resolved(place: PlaceMention) -> tuple[str, str]:
    return str(place.country), str(place.geonameid)
