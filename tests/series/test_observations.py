"""Which dyads an observation belongs to."""

from __future__ import annotations

import pytest
from tests.series.made_up import act

from tocsin.series.observations import Dyad, belongs, dyads, narrowed

RUR, GRA, BOTH, NOBODY = (
    frozenset({"RUR"}), frozenset({"GRA"}), frozenset({"RUR", "GRA"}), frozenset[str]()
)  # fmt: skip


@pytest.mark.parametrize(
    ("dyad", "right"),
    [
        (("RUR", "GRA"), True),
        (("GRA", "RUR"), False),
        (("RUR", "*"), True),
        (("*", "GRA"), True),
        (("*", "RUR"), False),
        (("*", "*"), True),
        (("RUR", "RUR"), False),
    ],
)
def test_a_deed_belongs_to_who_did_it_to_whom(dyad: Dyad, right: bool) -> None:
    assert belongs(act(), dyad) is right


def test_talks_are_those_of_both() -> None:
    talks = act(type="CONSULT")
    assert belongs(talks, ("GRA", "RUR"))
    assert belongs(talks, ("*", "RUR"))
    assert not belongs(talks, ("GRA", "STR"))


def test_who_meets_without_a_recipient_meets_each_other() -> None:
    talks = act(type="CONSULT", actors=BOTH, recipients=NOBODY)
    assert belongs(talks, ("RUR", "GRA"))
    assert belongs(talks, ("GRA", "RUR"))
    assert belongs(talks, ("GRA", "*"))
    assert not belongs(talks, ("RUR", "RUR"))
    assert not belongs(act(type="CONSULT", actors=RUR, recipients=NOBODY), ("RUR", "*"))
    assert not belongs(act(actors=BOTH, recipients=NOBODY), ("RUR", "GRA"))


def test_a_country_can_act_upon_itself() -> None:
    assert belongs(act(recipients=RUR), ("RUR", "RUR"))


def test_nobody_is_not_anybody() -> None:
    assert not belongs(act(recipients=NOBODY), ("RUR", "*"))


def test_they_are_narrowed_by_type_rung_and_status() -> None:
    acts = [act("a"), act("b", "THREATEN"), act("c", status="predicted"), act("d", "COERCE")]
    assert [one.id for one in narrowed(acts)] == ["a", "b", "d"]
    assert [one.id for one in narrowed(acts, status="predicted")] == ["c"]
    assert [one.id for one in narrowed(acts, rung="threats")] == ["b"]
    assert [one.id for one in narrowed(acts, type_="COERCE")] == ["d"]


def _name(side: frozenset[str]) -> str:
    """The same on every run, as the order of a set is not."""
    return "-".join(sorted(side))


def test_words_are_told_from_deeds() -> None:
    assert act().deed
    assert not act(type="THREATEN").deed
    assert (act(on=3, to=6).length, act().length) == (4, 1)


@pytest.mark.parametrize("type_", ["ASSAULT", "CONSULT"])
@pytest.mark.parametrize("actors", [RUR, GRA, BOTH, NOBODY], ids=_name)
@pytest.mark.parametrize("recipients", [RUR, GRA, BOTH, NOBODY], ids=_name)
def test_its_dyads_are_those_that_it_belongs_to(
    type_: str, actors: frozenset[str], recipients: frozenset[str]
) -> None:
    one = act(type=type_, actors=actors, recipients=recipients)
    pairs = {(first, second) for first in (*BOTH, "STR") for second in (*BOTH, "STR")}
    assert dyads(one) == {pair for pair in pairs if belongs(one, pair)}
