"""Threats and demands that are due."""

from __future__ import annotations

from datetime import date

from tests.linking.made_up import day, deed, threat

from tocsin.knowledge.alarms import load_alarms
from tocsin.model.incident import Incident
from tocsin.series.alarms.due import Telling, due, due_alarms

LAST = day(30)


def telling(*versions: tuple[date, Incident]) -> Telling:
    return Telling(tuple(known for known, _ in versions), tuple(one for _, one in versions))


def days(*tellings: Telling, last: date = LAST) -> list[int]:
    return [one.day.day for one in due(tellings, load_alarms(), last)]


THREAT = threat(deadline=day(20))


def test_it_rings_when_the_deadline_is_near_and_on_the_day() -> None:
    assert days(telling((day(1), THREAT))) == [6, 20]
    assert days(telling((day(12), THREAT))) == [12, 20]
    assert days(telling((day(20), THREAT))) == [20]
    assert days(telling((day(21), THREAT))) == []
    assert days(telling((day(1), THREAT)), last=day(19)) == [6]


def test_without_a_deadline_nothing_is_due() -> None:
    assert days(telling((day(1), threat()))) == []
    assert days(telling((day(1), deed(deadline=day(20))))) == []


def test_a_later_report_moves_what_comes_after_it_only() -> None:
    moved = threat(deadline=day(25))
    assert days(telling((day(1), THREAT), (day(10), moved))) == [6, 11, 25]
    assert days(telling((day(1), threat()), (day(10), THREAT))) == [10, 20]
    assert days(telling((day(1), THREAT), (day(10), threat()))) == [6]


def test_a_report_on_the_day_itself_keeps_it_from_nothing() -> None:
    assert days(telling((day(1), THREAT), (day(20), THREAT))) == [6, 20]


def test_the_deed_ends_it_when_it_is_known() -> None:
    done = deed(on=day(10))
    assert days(telling((day(1), THREAT)), telling((day(10), done))) == [6]
    assert days(telling((day(1), THREAT)), telling((day(25), done))) == [6, 20]


def test_only_those_that_are_asked_for() -> None:
    tellings = [telling((day(1), THREAT))]
    assert due(tellings, load_alarms(), LAST, only={"other"}) == []


def test_it_is_of_who_said_it_to_whom() -> None:
    found = due([telling((day(1), THREAT))], load_alarms(), LAST)
    assert [one.day for one in due_alarms(found, ("RUR", "*"))] == [day(6), day(20)]
    assert list(due_alarms(found, ("GRA", "RUR"))) == []
    first, second = due_alarms(found, ("*", "*"))
    assert first.id != second.id
    assert first.evidence == ("threat",)
    assert "an open threat (ASSAULT/destroy) is due in 14 days, on 2021-06-20" in first.reason
