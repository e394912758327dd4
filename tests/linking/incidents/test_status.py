"""The status of an incident: alleged, confirmed later, denied, open, to come, long known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.linking.telling import GRA, RUR, day, deed, report, says, told, who

from tocsin.linking.incidents.claims import claims
from tocsin.linking.incidents.reports import Report
from tocsin.linking.incidents.status import status_of
from tocsin.model.event import STATUSES

NEWS = who("Strelsau Radio", "RUR", "MED")


def of(*said: tuple[str, date | None], **more: Any) -> tuple[str, str]:
    """The status of an incident with reports of these statuses, each of an article of its day."""
    reports = [
        report(f"d{n}", status=status, published=when, **more)
        for n, (status, when) in enumerate(said)
    ]
    return status_of(reports, claims(reports))


@pytest.mark.parametrize("status", ["actual", "background", "alleged", "predicted"])
def test_one_report_has_its_own_status(status: str) -> None:
    found, reason = of((status, day(16)))
    assert found == status
    assert reason.startswith("1 article gives it as ")


def test_what_was_alleged_is_a_fact_since_the_first_report_of_it() -> None:
    said = [("alleged", day(10)), ("alleged", day(11)), ("alleged", day(12)), ("actual", day(14))]
    assert of(*said) == (
        "actual",
        "1 article gives it as a fact; alleged since 2020-06-10, a fact since 2020-06-14",
    )


def test_a_fact_that_only_one_gives_and_more_allege_on_the_same_days_is_alleged() -> None:
    said = [("actual", day(10)), ("alleged", day(10)), ("alleged", day(12))]
    assert of(*said) == (
        "alleged", "2 articles give it as alleged, 1 article gives it as a fact",
    )  # fmt: skip


def test_as_many_facts_as_allegations_are_a_fact() -> None:
    assert of(("actual", day(10)), ("alleged", day(10))) == (
        "actual", "1 article gives it as a fact, 1 article gives it as alleged",
    )  # fmt: skip


def test_a_fact_of_an_unknown_day_confirms_nothing() -> None:
    said = [("alleged", day(10)), ("alleged", day(11)), ("actual", None)]
    assert of(*said) == (
        "alleged", "2 articles give it as alleged, 1 article gives it as a fact",
    )  # fmt: skip
    found, reason = of(("alleged", day(10)), ("actual", None))
    assert found == "actual"
    assert "9999" not in reason


def test_articles_count_and_not_their_sentences() -> None:
    often = told("d1", *(deed(f"Zenda fell {n}.", "fell", status="alleged") for n in range(5)))
    reports = [*often.reports, report("d2")]
    assert status_of(reports, ()) == (
        "actual", "1 article gives it as a fact, 1 article gives it as alleged",
    )  # fmt: skip


def test_what_is_long_known_is_background_until_one_gives_it_as_news() -> None:
    assert of(("background", day(10)), ("background", day(11)))[0] == "background"
    assert of(("background", day(10)), ("actual", day(11)))[0] == "actual"


def test_only_denials_leave_it_denied_and_one_that_denies_does_not_undo_a_fact() -> None:
    denied = report("d1", status="denied", attribution=[says(GRA, "denied", "denies")])
    assert status_of([denied], claims([denied])) == (
        "denied", "only denials are reported; denied by Graustark",
    )  # fmt: skip
    both = [denied, report("d2")]
    assert status_of(both, claims(both)) == (
        "actual", "1 article gives it as a fact; denied by Graustark",
    )  # fmt: skip
    both = [denied, report("d2", status="alleged")]
    assert status_of(both, claims(both))[0] == "alleged"


def test_neither_confirmed_nor_denied() -> None:
    one = report(status="unconfirmed", attribution=[says(RUR, "refused", "neither")])
    assert status_of([one], claims([one])) == (
        "unconfirmed", "neither confirmed nor denied; neither confirmed nor denied by Ruritania",
    )  # fmt: skip


def test_each_denier_is_named_once_and_state_media_as_such() -> None:
    reports = [
        report("d1", attribution=[says(GRA, "denied", "denies")]),
        report("d2", attribution=[says(GRA, "denied", "denies")]),
        report("d3", attribution=[says(NEWS, "denied", "denies", state_media=True)]),
        report("d4", attribution=[says(None, "denied", "denies")]),
    ]
    _, reason = status_of(reports, claims(reports))
    assert reason.endswith("denied by Graustark, Strelsau Radio (state media), somebody unnamed")


stated = st.tuples(
    st.sampled_from([one for one in STATUSES if one != "hypothetical"]),
    st.none() | st.integers(1, 20).map(day),
)


@given(st.lists(stated, min_size=1, max_size=6), st.randoms())
def test_the_order_of_reports_does_not_count_and_the_status_is_one_of_theirs(
    said: list[tuple[str, date | None]], random: Any
) -> None:
    reports: list[Report] = [
        report(f"d{n}", status=status, published=when) for n, (status, when) in enumerate(said)
    ]
    found, reason = status_of(reports, claims(reports))
    assert found in {status for status, _ in said}
    assert reason
    assert "9999" not in reason
    random.shuffle(reports)
    assert status_of(reports, claims(reports)) == (found, reason)
