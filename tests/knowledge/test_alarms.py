"""The settings of alarms."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge.alarms import load_alarms, parse_alarms
from tocsin.knowledge.ladder import load_ladder
from tocsin.knowledge.resources import read_yaml

CONTENT = read_yaml("series", "alarms.yaml")


def test_the_settings_are_as_they_are_described() -> None:
    found = load_alarms()
    assert (found.look_back, found.due, found.level_share) == (365, 14, 0.95)
    assert (found.silence_days, found.silence_chance) == (28, 0.01)
    assert load_ladder().rungs[found.least_rung - 1].id == "threats"
    assert found.states["channel"] == {"suspended", "closed", "destroyed"}


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (("look_back",), 0, "look_back.*whole number above 0"),
        (("look_back",), True, "whole number"),
        (("look_back",), 3.5, "whole number"),
        (("least_right",), 1, "between 0 and 1"),
        (("least_rung",), "lava", "no rung 'lava'; there are deeds-of-cooperation"),
        (("first_deed", "rungs"), ["lava"], "no rung 'lava'"),
        (("change_point", "penalty"), -1, "above 0"),
        (("states", "channel"), ["scrapped"], "channel has no state scrapped; allowed: open"),
        (("level",), None, "is no mapping"),
        (("nowhere",), 1, "unknown key 'nowhere'"),
    ],
)
def test_what_cannot_be_is_refused(path: tuple[str, ...], value: Any, words: str) -> None:
    content = copy.deepcopy(CONTENT)
    *outer, last = path
    part = content[outer[0]] if outer else content
    part[last] = value
    with pytest.raises(KnowledgeError, match=words):
        parse_alarms(content)


@pytest.mark.parametrize("path", [("due",), ("silence", "effort")])
def test_what_lacks_is_named(path: tuple[str, ...]) -> None:
    content = copy.deepcopy(CONTENT)
    *outer, last = path
    del (content[outer[0]] if outer else content)[last]
    with pytest.raises(KnowledgeError, match=f"lacks {last}"):
        parse_alarms(content)
