"""The bench that holds known crises against index and alarms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bench.crises import Crisis, by_chance, crises, false_alarms, held
from tests.series.alarms.made_up import history, version
from tests.series.alarms.test_aftermath import alarm
from tests.series.made_up import DYAD, day

from tocsin.series.alarms.ringing import Watched, watch
from tocsin.series.tension import Index, tension

WAR = [version(f"a{n}", "ASSAULT", on=n) for n in range(120, 125)]


def crisis(first: int, last: int | None = None, kind: str = "conflict") -> Crisis:
    return Crisis(
        day=day(first), until=day(first if last is None else last), kind=kind, dyads=(DYAD,),
        what="a war",
    )  # fmt: skip


def measured(*days: int) -> tuple[Watched, Index]:
    whole = watch(history(*WAR))
    acts = [one.observation for one in whole.history.versions]
    rang = tuple(alarm(on, n) for n, on in enumerate(days))
    index = tension(acts, whole.history.effort, DYAD, interval=False)
    return replace(whole, alarms=rang), index


def test_the_list_is_read_whole() -> None:
    listed = crises("icews-kg")
    assert len(listed) == 17
    assert {one.kind for one in listed} == {"conflict", "cooperation"}
    assert all(one.day <= one.until for one in listed)
    assert listed[0].day == date(2014, 2, 20)
    assert len(crises("incidents")) == 7


def test_a_crisis_is_held_against_index_and_alarms() -> None:
    watched, index = measured(119, 120, 127, 128)
    found = held(crisis(120), watched, index)
    assert found.above is True
    assert [one.day for one in found.alarms] == [day(120), day(127)]
    assert held(crisis(50), watched, index).above is False
    assert held(crisis(50), watched, index).alarms == ()
    assert held(crisis(120, kind="cooperation"), watched, index).alarms == ()
    assert held(crisis(900), watched, index).above is None


def test_any_days_stand_beside_it() -> None:
    watched, index = measured(120)
    above, rang = by_chance(crisis(120), watched, index)
    assert 0.1 <= above <= 0.2
    assert rang == pytest.approx(8 / 200)


def test_an_alarm_is_false_near_no_crisis_and_before_no_escalation() -> None:
    watched, _ = measured(95, 130, 160, 20)
    assert false_alarms(watched, [crisis(120)]) == (2, 3, 4)
    assert false_alarms(watched, [crisis(120), crisis(155)]) == (1, 3, 4)
    assert false_alarms(watched, []) == (0, 0, 0)
