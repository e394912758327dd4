"""Fitted choices: shares that add up, and a file that is checked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tocsin.errors import KnowledgeError
from tocsin.knowledge import ranking
from tocsin.knowledge.ranking import Ranking, load_antecedents

_FEATURES = st.dictionaries(st.sampled_from("abc"), st.floats(-1e3, 1e3), max_size=3)


@given(st.lists(_FEATURES, min_size=1, max_size=6), st.floats(-9, 9))
def test_probabilities_add_up_to_one(options: list[dict[str, float]], weight: float) -> None:
    shares = Ranking(weights=dict.fromkeys("ab", weight), bound=0.5).probabilities(options)
    assert sum(shares) == pytest.approx(1.0)
    assert all(0.0 <= share <= 1.0 for share in shares)


def test_what_weighs_more_is_more_probable() -> None:
    shares = Ranking(weights={"near": 1.0, "far": -1.0}, bound=0.5).probabilities(
        [{"near": 1.0}, {"far": 1.0}, {"unknown": 9.0}]
    )
    assert shares[0] > shares[2] > shares[1]


def test_the_packaged_file_has_every_kind() -> None:
    rankings = load_antecedents()
    assert set(rankings) == {"person", "body", "many", "whose"}
    assert all(0 < one.bound < 1 and one.weights for one in rankings.values())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ({"person": {"bound": 0.5}}, "person needs bound and weights"),
        ({"person": {"bound": 0.5, "weights": {}, "more": 1}}, "more"),
    ],
)
def test_a_wrong_file_is_named(
    monkeypatch: pytest.MonkeyPatch, content: dict[str, object], message: str
) -> None:
    monkeypatch.setattr(ranking, "read_yaml", lambda *_: content)
    with pytest.raises(KnowledgeError, match=message):
        load_antecedents.__wrapped__()
