"""Where rules and model meet: who wins, and what neither can do alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.events.combination import NONE, Vote, best_of, decide
from tocsin.knowledge.combination import load_combination

WEIGHTS = load_combination()
TYPES = ("AID", "ASSAULT", "CONCEDE", "RETREAT", "REJECT")


def test_a_rule_wins_where_the_model_is_undecided() -> None:
    model = {"AID": 0.3, "SUPPORT": 0.35, NONE: 0.35}
    assert best_of(decide([Vote("AID", "pair", 0.9)], model, WEIGHTS)) == "AID"


def test_the_model_wins_where_it_is_sure_and_the_rule_is_not() -> None:
    model = {"AID": 0.01, "SUPPORT": 0.97, NONE: 0.02}
    assert best_of(decide([Vote("AID", "sentence", 0.5)], model, WEIGHTS)) == "SUPPORT"


def test_without_the_model_the_rule_decides() -> None:
    assert best_of(decide([Vote("AID", "pair", 0.9)], None, WEIGHTS)) == "AID"


def test_the_two_kinds_of_yielding_stand_together() -> None:
    assert best_of({"CONCEDE": 0.3, "RETREAT": 0.25, "REJECT": 0.4, NONE: 0.05}) == "CONCEDE"


@given(
    shares=st.lists(st.floats(0, 1), min_size=len(TYPES) + 1, max_size=len(TYPES) + 1),
    votes=st.lists(
        st.builds(
            Vote,
            st.sampled_from(TYPES),
            st.sampled_from(["pair", "actor", "recipient", "sentence"]),
            st.floats(0, 1),
        ),
        max_size=4,
    ),
)
def test_the_answer_is_a_distribution(shares: list[float], votes: list[Vote]) -> None:
    model = dict(zip((*TYPES, NONE), shares, strict=True))
    found = decide(votes, model, WEIGHTS)
    assert sum(found.values()) == pytest.approx(1.0)
    assert all(0 <= share <= 1 for share in found.values())
    assert best_of(found) in found


@given(weight=st.floats(0, 1), more=st.floats(0, 1))
def test_a_stronger_vote_never_harms_its_type(weight: float, more: float) -> None:
    model = {"AID": 0.4, "ASSAULT": 0.4, NONE: 0.2}
    weak, strong = sorted((weight, more))
    low = decide([Vote("AID", "pair", weak)], model, WEIGHTS)["AID"]
    assert decide([Vote("AID", "pair", strong)], model, WEIGHTS)["AID"] >= low - 1e-12
