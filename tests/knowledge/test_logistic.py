"""Fitted scores: one sum, a probability, and what spoke loudest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import KnowledgeError
from tocsin.knowledge import logistic
from tocsin.knowledge.logistic import Logistic, load_background, load_confidence


@given(st.dictionaries(st.text(max_size=5), st.floats(-1e6, 1e6), max_size=5), st.floats(-9, 9))
def test_a_probability_is_a_probability(values: dict[str, float], weight: float) -> None:
    score = Logistic(weights=dict.fromkeys(values, weight), bounds={})
    assert 0.0 <= score.probability(values) <= 1.0


def test_the_loudest_features_come_first() -> None:
    weights = {"a": 1.0, "b": -3.0, "c": 0.001, "always": 9.0}
    score = Logistic(weights=weights, bounds={})
    assert score.loudest(dict.fromkeys(weights, 1.0)) == (("b", -3.0), ("a", 1.0))


def test_a_feature_without_a_weight_says_nothing() -> None:
    assert Logistic(weights={}, bounds={}).probability({"a": 5.0}) == 0.5


def test_all_bounds_move_together() -> None:
    score = Logistic(weights={}, bounds={"keep": 0.1, "keep_proposed": 0.4})
    assert score.from_(0.7).bounds == {"keep": 0.7, "keep_proposed": 0.7}


def test_the_packaged_scores_have_their_bounds() -> None:
    assert set(load_confidence().bounds) == {"keep", "keep_proposed"}
    assert set(load_background().bounds) == {"known"}


@pytest.mark.parametrize(
    ("content", "message"),
    [({"weights": {}}, "lacks known"), ({"known": 1, "weights": {}, "more": 2}, "more")],
)
def test_a_wrong_file_is_named(
    monkeypatch: pytest.MonkeyPatch, content: dict[str, object], message: str
) -> None:
    monkeypatch.setattr(logistic, "read_yaml", lambda *_: content)
    with pytest.raises(KnowledgeError, match=message):
        load_background.__wrapped__()
