"""A new rung, and the first deed after words."""

from __future__ import annotations

from typing import Any

import pytest
from tests.series.alarms.made_up import history, settings, version
from tests.series.made_up import day

from tocsin.model.alarm import Alarm
from tocsin.series.alarms.acts import first_deeds, new_rungs
from tocsin.series.alarms.history import Version
from tocsin.series.alarms.standing import standing


def rungs(*versions: Version, **more: Any) -> list[Alarm]:
    whole = history(*versions, **more)
    return list(new_rungs(whole, settings(), standing(whole).severe))


def deeds(*versions: Version, **more: Any) -> list[Alarm]:
    whole = history(*versions, **more)
    return list(first_deeds(whole, settings(), standing(whole).severe))


THREAT = version("t", "THREATEN", on=100)


def test_a_rung_that_is_higher_than_all_of_the_year_rings() -> None:
    (found,) = rungs(version("old", "THREATEN", on=20), version("new", "ASSAULT", on=120))
    assert (found.day, found.evidence, found.level) == (day(120), ("new",), 6)
    assert "rung 13 (limited force)" in found.reason
    assert "rung 7 (threats)" in found.reason


def test_the_same_rung_again_does_not() -> None:
    once = version("a", "ASSAULT", on=120)
    assert rungs(version("b", "ASSAULT", on=30), once) == []
    assert len(rungs(once, version("b", "ASSAULT", on=125))) == 1


def test_what_is_more_than_a_year_ago_is_forgotten() -> None:
    old = version("old", "ASSAULT", on=10)
    assert [one.day for one in rungs(old, version("b", "ASSAULT", on=400), days=450)] == [day(400)]
    assert rungs(old, version("b", "ASSAULT", on=370), days=450) == []


@pytest.mark.parametrize(
    "given",
    [
        {"status": "alleged"},
        {"status": "background"},
        {"status": "denied"},
        {"confidence": 0.3},
        {"told": 130},
        {"type": "ACCUSE"},
        {"type": "AGREE"},
        {"on": 60},
    ],
    ids=str,
)
def test_what_does_not_ring(given: dict[str, Any]) -> None:
    usual: dict[str, Any] = {"id": "a", "type": "ASSAULT", "on": 120}
    assert len(rungs(version(**usual))) == 1
    assert rungs(version(**(usual | given))) == []


def test_two_sources_make_a_doubtful_act_sure_enough() -> None:
    assert len(rungs(version("a", "ASSAULT", on=120, confidence=0.3, sources=3))) == 1


def test_an_act_that_later_reports_lift_rings_then_and_once() -> None:
    first = version("a", "THREATEN", on=120, told=120, until=122)
    lifted = version("a", "ASSAULT", on=120, told=122, until=124)
    again = version("a", "ASSAULT", on=120, told=124)
    found = rungs(first, lifted, again)
    assert [(one.day, one.level) for one in found] == [(day(120), 1), (day(122), 6)]


def test_an_old_attack_told_beside_a_new_one_counts_as_known() -> None:
    old = version("old", "ASSAULT", on=60, told=120, status="background")
    assert rungs(old, version("new", "ASSAULT", on=120)) == []


def test_several_acts_of_a_day_ring_once_the_weightiest_first() -> None:
    (found,) = rungs(
        version("weak", "ASSAULT", on=120, confidence=0.6),
        version("strong", "ASSAULT", on=120, confidence=0.9),
        version("word", "THREATEN", on=120),
    )
    assert found.evidence == ("strong", "weak")


def test_a_year_of_which_little_was_read_has_no_usual() -> None:
    act = version("a", "ASSAULT", on=120)
    from tests.series.made_up import read

    assert rungs(act, effort=read(dict.fromkeys([*range(0, 120, 6), 120], 10))) == []
    assert len(rungs(act, effort=read(dict.fromkeys(range(0, 121, 3), 10)))) == 1


def test_the_first_deed_after_words_rings() -> None:
    (found,) = deeds(THREAT, version("d", "COERCE", "seize", on=110))
    assert (found.day, found.evidence) == (day(110), ("d", "t"))
    assert "after 1 act of words" in found.reason


def test_a_deed_without_words_before_does_not() -> None:
    deed = version("d", "COERCE", "seize", on=110)
    assert deeds(deed) == []
    assert deeds(version("t", "THREATEN", on=70), deed) == []
    assert deeds(version("t", "CONSULT", on=105), deed) == []
    assert deeds(version("t", "THREATEN", on=112), deed) == []


def test_a_deed_soon_after_another_does_not() -> None:
    second = version("e", "COERCE", "seize", on=110)
    assert deeds(version("d", "ASSAULT", on=85), THREAT, second) == []
    assert [one.day for one in deeds(version("d", "ASSAULT", on=75), THREAT, second)] == [day(110)]


def test_a_deed_of_cooperation_is_none() -> None:
    assert deeds(THREAT, version("d", "AID", on=110)) == []


def test_an_earlier_deed_that_was_not_known_yet_does_not_keep_it_from_ringing() -> None:
    hidden = version("d", "ASSAULT", on=90, told=120)
    assert [one.day for one in deeds(hidden, THREAT, version("e", "COERCE", on=110))] == [day(110)]
