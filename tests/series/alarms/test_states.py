"""Channels that are lost and agreements that are broken."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from tests.linking.test_channels import day, report

from tocsin.knowledge.alarms import load_alarms
from tocsin.model.alarm import Alarm
from tocsin.model.channel import StateReport
from tocsin.series.alarms.states import lost, state_alarms

ANY = ("*", "*")


def rings(*reports: StateReport, dyad: tuple[str, str] = ANY) -> list[Alarm]:
    return list(state_alarms(lost(reports, load_alarms()), dyad))


def closed(number: int = 10, **more: Any) -> StateReport:
    given = {"id": "a", "published": day(number), "by": "RUR"} | more
    return report("closed", day(number), **given)


def test_a_step_rings_on_the_day_of_its_first_report() -> None:
    found = rings(closed(published=day(12)), closed(id="b", published=day(13)))
    (one,) = found
    assert (one.kind, one.dyad, one.day) == ("channel lost", ("RUR", "GRA"), day(12))
    assert one.evidence == ("pass", "da")
    assert "the pass (border-crossing, GRA-RUR) is closed on 2020-06-10, by RUR" in one.reason


def test_a_day_more_or_less_is_the_same_step() -> None:
    assert len(rings(closed(10), closed(11, id="b"))) == 1
    assert len(rings(closed(10), report("open", day(12), id="c", published=day(12)),
                     closed(20, id="b"))) == 2  # fmt: skip


@pytest.mark.parametrize(
    "given",
    [
        {"status": "background"},
        {"status": "predicted"},
        {"status": "alleged"},
        {"change": "held"},
        {"published": day(25)},
        {"published": None},
    ],
    ids=str,
)
def test_what_is_no_news_of_a_fact_does_not_ring(given: dict[str, Any]) -> None:
    assert rings(closed(**given)) == []


def test_what_has_no_day_does_not_ring() -> None:
    assert rings(report("closed", id="a", published=day(10))) == []


def test_what_opens_does_not_ring_and_what_breaks_an_accord_does() -> None:
    assert rings(report("open", day(10), id="a", published=day(10))) == []
    (one, _) = rings(
        report("violated", day(10), id="a", published=day(10), kind="accord", known="peace")
    )
    assert one.kind == "agreement broken"


def test_it_is_of_who_did_it_and_of_both_where_nobody_is_named() -> None:
    assert [one.dyad for one in rings(closed(by=None))] == [("GRA", "RUR"), ("RUR", "GRA")]
    assert rings(closed(), dyad=("GRA", "RUR")) == []
    assert len(rings(closed(), dyad=("RUR", "*"))) == 1
    assert len({one.id for one in rings(closed(by=None))}) == 2


def test_a_later_report_changes_no_alarm_of_before() -> None:
    reports = [
        closed(10), closed(14, id="b", by=None), closed(12, id="c", published=day(20)),
        report("destroyed", day(21), id="d", published=day(21), by="RUR"),
        report("open", day(11), id="e", published=day(22)),
    ]  # fmt: skip
    whole = rings(*reports)
    assert len(whole) >= 3
    for number in range(9, 24):
        known = [one for one in reports if _published(one) <= day(number)]
        assert rings(*known) == [one for one in whole if one.day <= day(number)]


def _published(one: StateReport) -> date:
    return one.published or day(1) + timedelta(days=999)
