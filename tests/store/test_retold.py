"""What is asked of incidents by their ids and neighbourhoods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.linking.telling import day, deed, told, who
from tests.store.test_decisions import add, say

from tocsin.model.following import Reach
from tocsin.store.tables import TableStore

FIRST = told("a", deed(date=day(3)), published=day(3), author="Reuters", more="Two.\nThree.")
AGAIN = told("b", deed(date=day(3)), published=day(5), outlet="Gazette")
LEAGUE = who("the Blue League", None, "REB")
OTHER = told("c", deed("The Blue League burnt a mill of Graustark.", "burnt", date=day(8),
                       type="COERCE", mode="seize", actors=[LEAGUE]), published=day(8))  # fmt: skip
LAST = day(9)
REACH = Reach(id="t", sides=frozenset({"RUR"}), since=day(1), until=day(9), types=None)


@pytest.fixture
def full(store: TableStore) -> TableStore:
    add(store, FIRST, AGAIN, OTHER)
    return store


def found(store: TableStore, reach: Reach = REACH, known: date = LAST) -> set[str]:
    """The articles of what may act within a reach."""
    ids = store.links.may_act([(reach, known)], ["RUR", "GRA"], news_days=3)
    return {one.documents[0] for one in store.links.incidents_by_id(ids)}


def test_only_what_was_reported_on_several_days_is_retold(full: TableStore) -> None:
    ids = [one.id for one in full.links.incidents()]
    events = [one.events[0].id for one in (FIRST, AGAIN)]
    assert list(full.links.retold(ids).values()) == [sorted(events)]
    assert full.links.retold([]) == {}


def test_a_head_has_the_first_lines_and_says_whose_it_is(full: TableStore) -> None:
    (head,) = full.links.heads(["a"], lines=2).values()
    assert head.text == "\n".join(FIRST.document.text.split("\n")[:2])
    assert (head.outlet, head.author) == ("Courier", "Reuters")


def test_a_reach_holds_who_acts_in_its_days(full: TableStore) -> None:
    assert found(full) == {"a"}
    assert found(full, replace(REACH, since=day(6))) == set()
    assert found(full, replace(REACH, until=date(2020, 5, 20))) == set()
    assert found(full, replace(REACH, types=frozenset({"AID"}))) == set()
    assert found(full, known=day(2)) == set()
    assert full.links.may_act([], ["RUR"], news_days=3) == []
    assert full.links.may_act([(REACH, day(9))], ["STR"], news_days=3) == []


def test_who_has_no_country_is_found_too(full: TableStore) -> None:
    league = frozenset({"name the blue league"})
    assert found(full, replace(REACH, sides=league)) == {"c"}


def test_what_a_person_made_of_it_may_act(full: TableStore) -> None:
    reach = replace(REACH, types=frozenset({"AID"}))
    say(full, "relabel", FIRST.events, type="AID")
    assert found(full, reach) == {"a"}
