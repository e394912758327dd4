"""Terms of office: what overlaps, what nobody held, and how much of the years is known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from tocsin.errors import KnowledgeError
from tocsin.knowledge import terms
from tocsin.knowledge.entries import ActorEntry
from tocsin.knowledge.freshness import Manifest
from tocsin.knowledge.terms import Interregnum, coverage, load_interregna, term_problems
from tocsin.model.mention import EntityId

DAY = date(2020, 12, 31)


def held(name: str, since: str, until: str = "", office: str = "president") -> ActorEntry:
    return ActorEntry(
        kind="person",
        country="KOR",
        sectors=("GOV",),
        entity=EntityId(name, name),
        via="role",
        since=date.fromisoformat(since),
        until=date.fromisoformat(until) if until else None,
        office=office,
        row=f"people.csv#{name}",
    )


def marked(since: str, until: str = "", why: str = "vacant") -> Interregnum:
    return Interregnum(
        "KOR",
        "president",
        date.fromisoformat(since),
        date.fromisoformat(until) if until else None,
        why,
        "interregna.csv#KOR",
    )


def faults(rows: Sequence[ActorEntry], *marks: Interregnum) -> list[str]:
    offices = {("KOR", "president"): tuple(rows)}
    return list(term_problems(offices, ["president"], marks, day=DAY))


A, B = held("Ann", "2010-01-01", "2015-01-01"), held("Bo", "2015-01-01")


def test_terms_that_follow_each_other_are_no_fault() -> None:
    assert faults([A, B]) == []


@pytest.mark.parametrize(("since", "fault"), [("2014-12-15", False), ("2014-06-01", True)])
def test_an_overlap_of_more_than_a_month_is_a_fault(since: str, fault: bool) -> None:
    assert bool(faults([A, held("Bo", since)])) is fault


def test_a_term_inside_another_is_an_overlap_even_with_one_in_between() -> None:
    rows = [held("Ann", "2010-01-01"), held("Bo", "2011-01-01", "2011-01-10"),
            held("Cy", "2013-01-01", "2014-01-01")]  # fmt: skip
    (fault,) = faults(rows)
    assert "KOR president: from 2013-01-01 overlaps Ann until today" in fault


def test_a_disputed_office_may_overlap() -> None:
    rows = [A, held("Bo", "2014-01-01")]
    assert faults(rows, marked("2014-01-01", "2015-01-01", "disputed")) == []


def test_a_vacancy_excuses_no_overlap() -> None:
    rows = [A, held("Bo", "2014-01-01")]
    assert len(faults(rows, marked("2014-01-01", "2015-01-01", "vacant"))) == 2


@pytest.mark.parametrize(("since", "fault"), [("2015-04-01", False), ("2015-06-01", True)])
def test_a_gap_of_more_than_four_months_is_a_fault(since: str, fault: bool) -> None:
    found = faults([A, held("Bo", since)])
    assert bool(found) is fault
    assert all("nobody from 2015-01-01 to 2015-06-01 (after Ann)" in f for f in found)


def test_a_marked_gap_is_none_and_half_a_mark_leaves_the_other_half() -> None:
    rows = [A, held("Bo", "2016-01-01")]
    assert faults(rows, marked("2015-01-02", "2015-12-31")) == []
    (fault,) = faults(rows, marked("2015-01-02", "2015-06-01"))
    assert "nobody from 2015-06-01 to 2016-01-01" in fault


def test_an_office_that_nobody_holds_at_the_tables_end_has_a_gap() -> None:
    (fault,) = faults([A])
    assert "nobody from 2015-01-01 to 2021-01-01" in fault
    assert faults([A], marked("2015-01-02", why="abolished")) == []


def test_a_mark_without_a_gap_is_a_fault() -> None:
    (fault,) = faults([A, B], marked("2012-01-01", "2012-12-31"))
    assert fault == "interregna.csv#KOR: neither a gap nor an overlap of the tables lies here"


def test_a_king_follows_a_queen_on_one_seat() -> None:
    offices = {
        ("KOR", "queen"): (held("Ann", "2010-01-01", "2015-01-01", "queen"),),
        ("KOR", "king"): (held("Bo", "2015-01-02", office="king"),),
    }
    assert list(term_problems(offices, ["king", "queen"], (), day=DAY)) == []


def share(rows: Sequence[ActorEntry], *marks: Interregnum) -> tuple[int, int, float, float]:
    manifest = Manifest({"people.csv": date(1999, 12, 31)}, {"two": ("KOR", "PRK")}, {})
    (one,) = coverage({("KOR", "leader"): tuple(rows)}, manifest, ["KOR", "PRK"], marks)
    return one.states, one.members, round(one.since_1990, 2), round(one.since_tracked, 2)


def test_coverage_counts_days_since_1990_and_since_the_first_row() -> None:
    assert share([held("Ann", "1985-01-01", "1989-12-31"), held("Bo", "1995-01-01")]) == (
        1, 2, 0.25, 0.5,
    )  # fmt: skip
    assert share([held("Bo", "1995-01-01")]) == (1, 2, 0.25, 1.0)


def test_two_holders_of_one_day_count_once() -> None:
    assert share([held("Ann", "1990-01-01"), held("Bo", "1990-01-01")]) == (1, 2, 0.5, 1.0)


def test_days_without_an_office_are_not_asked_for() -> None:
    gone = Interregnum("KOR", "leader", date(1990, 1, 1), date(1994, 12, 31), "vacant", "x")
    rows = [held("Ann", "1989-01-01", "1989-12-31"), held("Bo", "1995-01-01")]
    assert share(rows, gone) == (1, 2, 0.33, 1.0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"why": "asleep"}, "unknown why 'asleep'; allowed: abolished, acting"),
        ({"since": "2020-13"}, "'2020-13' is no date"),
        ({"until": "2019"}, "ends before it begins"),
    ],
)
def test_a_wrong_mark_is_refused_with_its_place(
    monkeypatch: pytest.MonkeyPatch, change: dict[str, str], says: str
) -> None:
    row = {"country": "KOR", "office": "president", "since": "2020", "until": "2021",
           "why": "vacant", "note": ""}  # fmt: skip
    monkeypatch.setattr(terms, "read_csv", lambda *_: [row | change])
    with pytest.raises(KnowledgeError, match=r"actors/interregna\.csv") as caught:
        load_interregna()
    assert says in str(caught.value)
