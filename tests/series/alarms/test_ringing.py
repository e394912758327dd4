"""All alarms together: what rings, and from what was known on the day."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from tests.series.alarms.made_up import history, settings, version
from tests.series.made_up import day

from tocsin.model.alarm import KINDS
from tocsin.series.alarms import ringing
from tocsin.series.alarms.history import History, Version
from tocsin.series.alarms.ringing import by_urgency, watch
from tocsin.series.effort import Effort

_DAYS = 160
_TYPES = (("ACCUSE", None), ("THREATEN", "violence"), ("ASSAULT", None), ("ASSAULT", "aerial"),
          ("CONSULT", None), ("SANCTION", "expel"))  # fmt: skip


@st.composite
def lives(draw: st.DrawFn) -> History:
    """A dyad with a quiet beginning and a loud end, told in versions, read more or less."""
    found: list[Version] = []
    for number in range(draw(st.integers(5, 40))):
        loud = draw(st.booleans())
        on = draw(st.integers(110, _DAYS - 1) if loud else st.integers(0, _DAYS - 1))
        days = sorted(draw(st.sets(st.integers(on, min(on + 12, _DAYS - 1)), min_size=1,
                                   max_size=3)))  # fmt: skip
        for at, until in zip(days, [*days[1:], None], strict=True):
            type_, mode = draw(st.sampled_from(_TYPES[:3] if not loud else _TYPES))
            found.append(version(f"i{number}", type_, mode, on=on, told=at, until=until))
    quiet = draw(st.integers(0, 3))
    read = {day(n): {"Courier": 10} for n in range(_DAYS) if not quiet or n % 7 >= quiet}
    return history(*found, effort=Effort(read), days=_DAYS)


def cut(whole: History, last: int) -> History:
    """What of a history had been published by the end of a day."""
    kept = tuple(
        replace(one, until=one.until if one.until and one.until <= day(last) else None)
        for one in whole.versions
        if one.since <= day(last)
    )
    read = {one: of for one, of in whole.effort.by_day.items() if one <= day(last)}
    return History(
        dyad=whole.dyad, source=whole.source, versions=kept, effort=Effort(read),
        first=whole.first, last=day(last),
    )  # fmt: skip


@examples(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lives(), st.integers(95, _DAYS - 1))
def test_what_is_published_later_changes_no_alarm(whole: History, last: int) -> None:
    usual = settings(least_read=20)
    before = [one for one in watch(whole, settings=usual).alarms if one.day <= day(last)]
    assert list(watch(cut(whole, last), settings=usual).alarms) == before


def war() -> History:
    """Words for four months, then a war."""
    words = [version(f"w{n}", "ACCUSE", on=n) for n in range(0, 120, 5)]
    deeds = [version(f"d{n}", "ASSAULT", on=n, sentence=f"Deed {n}.") for n in range(125, 160)]
    return history(*words, *deeds, days=200)


def test_a_war_rings_what_it_should() -> None:
    found = watch(war()).alarms
    kinds = {one.kind: one.day for one in reversed(found)}
    assert kinds["new rung"] == kinds["first deed"] == day(125)
    assert day(125) <= kinds["level"] <= day(130)
    assert day(125) < kinds["change point"] <= day(145)
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert found[0].sentence == "Deed 125."
    assert found[0].evidence[0] == "d125"


def test_each_has_an_id_of_its_own_that_stays() -> None:
    one, two = watch(war()).alarms, watch(war()).alarms
    assert one == two
    assert len({alarm.id for alarm in one}) == len(one) > 3
    later = watch(replace_source(war())).alarms
    assert not {alarm.id for alarm in one} & {alarm.id for alarm in later}


def replace_source(one: History) -> History:
    return History(
        dyad=one.dyad, source="icews", versions=one.versions, effort=one.effort,
        first=one.first, last=one.last,
    )  # fmt: skip


def test_only_alarms_of_the_days_that_are_asked_for() -> None:
    whole = war()
    part = History(
        dyad=whole.dyad, source=whole.source, versions=whole.versions, effort=whole.effort,
        first=day(126), last=day(140),
    )  # fmt: skip
    inside = [one for one in watch(whole).alarms if day(126) <= one.day <= day(140)]
    assert list(watch(part).alarms) == inside
    assert inside


def test_the_most_urgent_come_first() -> None:
    found = sorted(watch(war()).alarms, key=by_urgency)
    places = [KINDS.index(one.kind) for one in found]
    assert places == sorted(places)


def test_without_ruptures_the_rest_rings(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = watch(war()).alarms
    monkeypatch.setattr(ringing, "has_ruptures", lambda: False)
    rest = [one for one in whole if one.kind != "change point"]
    assert list(watch(war()).alarms) == rest
    assert len(rest) < len(whole)
