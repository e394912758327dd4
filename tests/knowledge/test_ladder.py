"""The ladder: every act on one rung, every example on its own."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import ladder as module
from tocsin.knowledge.ladder import Act, ladder_problems, load_ladder, parse_ladder
from tocsin.knowledge.ontology import load_ontology
from tocsin.knowledge.resources import read_yaml

LADDER = load_ladder()
KINDS = [
    (name, mode)
    for name, type_ in load_ontology().types.items()
    for mode in (None, *type_.mode_scores)
]
EXAMPLES = [
    pytest.param(rung.id, one.act, right, id=f"{rung.id}: {one.text}")
    for rung in LADDER.rungs
    for examples, right in ((rung.yes, True), (rung.no, False))
    for one in examples
]


@pytest.mark.parametrize(("type_", "mode"), KINDS)
def test_every_type_and_mode_comes_to_one_rung(type_: str, mode: str | None) -> None:
    assert len(LADDER.plain(type_, mode)) == 1
    assert LADDER.rung(Act(type=type_, mode=mode)) == LADDER.plain(type_, mode)[0]


@pytest.mark.parametrize(("rung", "act", "right"), EXAMPLES)
def test_the_examples_stand_where_they_should(rung: str, act: Act, right: bool) -> None:
    assert (LADDER.rung(act).id == rung) is right


def test_the_file_has_no_fault() -> None:
    assert list(ladder_problems()) == []
    assert 12 <= len(LADDER.rungs) <= 15


def test_cooperation_is_below_conflict_and_words_are_below_force() -> None:
    numbers = {rung.id: rung.number for rung in LADDER.rungs}
    assert numbers["deeds-of-cooperation"] < numbers["talks"] < numbers["accusations"]
    assert numbers["threats"] < numbers["breaking-of-channels"] < numbers["mobilisation"]
    assert numbers["coercion"] < numbers["limited-force"] < numbers["large-force"]
    top = max(rung.number for rung in LADDER.rungs if not rung.deed)
    assert all(rung.deed for rung in LADDER.rungs if rung.number > top)


def test_what_is_asked_for_is_found_by_its_id() -> None:
    rung = LADDER.named("threats")
    assert rung is not None
    assert not rung.deed
    assert LADDER.named("tickling") is None


def test_of_several_rules_that_hold_the_highest_counts() -> None:
    many = Act(type="ASSAULT", mode="firearms", killed=25, wounded=3)
    assert LADDER.rung(many).id == "large-force"
    few = Act(type="ASSAULT", mode="firearms", killed=24, wounded=99)
    assert LADDER.rung(few).id == "limited-force"


def test_a_type_that_is_none_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="unknown type 'SING'"):
        LADDER.rung(Act(type="SING"))
    with pytest.raises(KnowledgeError, match="AID has no mode 'loud'"):
        LADDER.rung(Act(type="AID", mode="loud"))


def _changed(**change: Any) -> Any:
    content = copy.deepcopy(read_yaml("ladder", "rungs.yaml"))
    content["rungs"][0] |= change
    return content


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "unknown key 'colour'"),
        ({"number": 3}, "not numbered 1, 2, 3"),
        ({"id": "talks"}, "two rungs have one id"),
        ({"deed": 1}, "neither true nor false"),
        ({"yes": []}, "needs two examples"),
        ({"sources": {"plover": [1, 2], "jomini": 1}}, "unknown key 'jomini'"),
        ({"rules": [{"types": ["AID"], "songs": 1}]}, "unknown key 'songs'"),
        ({"rules": [{"types": ["SING"]}]}, "unknown type 'SING'"),
        ({"rules": [{"types": ["AID"], "modes": ["loud"]}]}, "AID has no mode 'loud'"),
        ({"rules": [{"types": ["AID"], "contexts": ["song"]}]}, "no context: song"),
        ({"rules": [{"types": ["AID"]}]}, "COOPERATE/none comes to no rung"),
        (
            {"rules": [{"types": ["AID", "COOPERATE", "RETREAT", "CONSULT"]}]},
            "CONSULT/none comes to deeds-of-cooperation and talks",
        ),
    ],
)
def test_a_wrong_file_is_named(change: Any, message: str) -> None:
    with pytest.raises(KnowledgeError, match=message) as error:
        parse_ladder(_changed(**change))
    assert "ladder/rungs.yaml" in str(error.value)


def test_examples_and_scores_that_are_wrong_are_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {"text": "They met.", "type": "CONSULT"}
    content = _changed(yes=[wrong, wrong], sources={"plover": [0, 10]})
    monkeypatch.setattr(module, "load_ladder", lambda: parse_ladder(content))
    problems = list(ladder_problems())
    assert len(problems) == 3
    assert "'They met.' comes to talks" in problems[0]
    assert "go from 4.5 to 10" in problems[2]
