"""How often threats are carried out: what counts, what is left out, and the interval."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.made_up import RUPERT, day, party, threat

from tocsin.evaluation import intervals
from tocsin.linking.follow_through import FollowThrough, follow_through, wilson
from tocsin.linking.threats import follow
from tocsin.model.threat import Outcome, Threat

(OPEN,) = follow([threat()], as_of=day(2))


def made(number: int, outcome: Outcome, **more: object) -> Threat:
    return replace(OPEN, id=f"t{number}", outcome=outcome, **more)  # type: ignore[arg-type]


def rows(*threats: Threat) -> dict[tuple[str, str | None, str | None], FollowThrough]:
    return {(row.speaker, row.entity, row.content_type): row for row in follow_through(threats)}


def test_what_has_an_outcome_counts_and_the_rest_is_counted_apart() -> None:
    found = rows(
        made(1, "carried out"),
        made(2, "lapsed"),
        made(3, "withdrawn"),
        made(4, "open"),
        made(5, "superseded"),
        made(6, "lapsed", condition="unless they leave"),
        made(7, "carried out", condition="unless they leave"),
    )["RUR", None, None]
    assert (found.n, found.done, found.rate) == (4, 2, 0.5)
    assert (found.open, found.replaced, found.untested) == (1, 1, 1)


def test_rows_are_by_country_entity_and_content() -> None:
    rupert = party("RUR", name="Rupert", entity=RUPERT)
    found = rows(
        made(1, "carried out", speakers=(rupert,)),
        made(2, "lapsed", content_type="SANCTION"),
        made(3, "lapsed", speakers=(party(None, name="somebody"),)),
    )
    assert list(found) == [
        ("RUR", None, None), ("RUR", None, "ASSAULT"), ("RUR", None, "SANCTION"),
        ("RUR", "Q1", None), ("RUR", "Q1", "ASSAULT"),
    ]  # fmt: skip
    assert found["RUR", None, None].rate == 0.5
    assert found["RUR", "Q1", None].rate == 1.0
    assert found["RUR", "Q1", None].name == "Rupert of Hentzau"


def test_two_speakers_of_one_country_count_once() -> None:
    both = (party("RUR"), party("RUR", "MIL"))
    assert rows(made(1, "lapsed", speakers=both))["RUR", None, None].n == 1


def test_demands_stand_apart() -> None:
    found = follow_through([made(1, "lapsed"), made(2, "complied", kind="demand")])
    assert [(row.kind, row.n, row.done) for row in found if row.content_type is None] == [
        ("demand", 1, 1),
        ("threat", 1, 0),
    ]


def test_without_an_outcome_there_is_no_rate() -> None:
    found = rows(OPEN)["RUR", None, None]
    assert (found.n, found.rate, found.low, found.high) == (0, None, None, None)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_that_of_the_evaluation(case: tuple[int, int]) -> None:
    expected = intervals.wilson(*case)
    assert expected is not None
    assert wilson(*case) == pytest.approx((expected.low, expected.high), abs=1e-12)
