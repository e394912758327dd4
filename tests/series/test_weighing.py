"""How much an observation counts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.series.made_up import act

from tocsin.series.weighing import weighing

WEIGH = weighing()
P = WEIGH.weights.precision


def test_one_report_is_as_right_as_it_is_sure() -> None:
    assert WEIGH.right(act(confidence=0.3)) == pytest.approx(0.3)
    assert WEIGH.right(act(confidence=None)) == pytest.approx(P)


def test_more_independent_sources_make_it_surer() -> None:
    assert WEIGH.right(act(confidence=0.3, sources=3)) == pytest.approx(1 - 0.7 * (1 - P) ** 2)
    rights = [WEIGH.right(act(sources=n)) for n in range(1, 6)]
    assert rights == sorted(rights)
    assert rights[-1] < 1
    alone = replace(WEIGH, corroborated=False)
    assert alone.right(act(confidence=0.3, sources=3)) == pytest.approx(0.3)


def test_copies_and_articles_of_one_source_do_not() -> None:
    assert WEIGH.right(act(documents=9, families=5)) == WEIGH.right(act())


def test_the_weight_is_status_times_right() -> None:
    alleged = WEIGH.weights.status["alleged"]
    assert WEIGH.weight(act(status="alleged")) == pytest.approx(alleged * WEIGH.weight(act()))
    assert WEIGH.weight(act(status="predicted")) == 0


def test_statuses_can_be_chosen_otherwise() -> None:
    actual, equal = replace(WEIGH, statuses="actual"), replace(WEIGH, statuses="equal")
    alleged, predicted, old = (act(status=s) for s in ("alleged", "predicted", "background"))
    assert [actual.status(one) for one in (alleged, predicted, old, act())] == [0, 0, 1, 1]
    assert [equal.status(one) for one in (alleged, predicted, old, act())] == [1, 0, 1, 1]


def test_a_row_of_anothers_series_counts_whole() -> None:
    assert WEIGH.weight(act(source="icews", confidence=None, sources=3)) == 1
