"""Reports: on which days an event may have happened, and which events are none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.linking.telling import DAY, day, deed, on, report, since, told, who

from tocsin.linking.incidents.reports import NEWS_DAYS
from tocsin.model.event import STATUSES


@pytest.mark.parametrize(
    ("given", "first", "last", "dated"),
    [
        ({"date": day(14)}, day(14), day(14), True),
        ({"date": on(day(1), day(14))}, day(1), day(14), True),
        ({"date": since(day(3))}, day(3), DAY, True),
        ({"date": since(day(3)), "published": None}, day(3), None, True),
        ({"date": since(day(30))}, day(30), None, True),
        ({"date": day(14), "status": "background"}, day(14), day(14), True),
        ({}, day(16 - NEWS_DAYS), DAY, False),
        ({"status": "alleged"}, day(16 - NEWS_DAYS), DAY, False),
        ({"date": on(None, None)}, day(16 - NEWS_DAYS), DAY, False),
        ({"status": "background"}, None, DAY, False),
        ({"status": "predicted"}, None, None, False),
        ({"published": None}, None, None, False),
        ({"published": None, "status": "background"}, None, None, False),
    ],
)
def test_days(given: dict[str, Any], first: date | None, last: date | None, dated: bool) -> None:
    one = report(**given)
    assert (one.first, one.last, one.dated) == (first, last, dated)


def test_what_is_only_supposed_is_no_report() -> None:
    one = told("d1", *(deed(f"Ruritania razed bridge {n}.", status=status)
                       for n, status in enumerate(STATUSES)))  # fmt: skip
    statuses = [found.event.status for found in one.reports]
    assert statuses == [status for status in STATUSES if status != "hypothetical"]


def test_a_report_has_stems_group_and_parties_once() -> None:
    guard = who("the guards", "RUR", "MIL", entity="Q7")
    one = report(actors=[guard, guard], sentence="The guards razed bridges.", type="COERCE")
    (party,) = one.actors
    assert (party.country, party.entity) == ("RUR", "Q7")
    assert "guard" in party.words
    assert one.trigger == {"raze"}
    assert {"bridg", "guard"} <= one.words
    assert one.group == report(type="ASSAULT").group != report(type="AID").group
    assert one.id == one.event.id
