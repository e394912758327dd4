"""What followed, and the rates that are made of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.series.alarms.made_up import history, settings, version
from tests.series.made_up import day

from tocsin.model.alarm import Alarm
from tocsin.series.alarms.aftermath import Aftermath, aftermath
from tocsin.series.alarms.history import Version
from tocsin.series.alarms.rates import rates
from tocsin.series.alarms.ringing import Watched, watch

QUIET = [version(f"q{n}", "ACCUSE", on=n) for n in range(0, 60, 4)]


def after(*versions: Version) -> Aftermath:
    return aftermath(history(*QUIET, *versions), settings())


def test_a_higher_rung_within_thirty_days_is_an_escalation() -> None:
    found = after(version("a", "ASSAULT", on=120))
    assert found.escalated(day(119)) is True
    assert found.escalated(day(90)) is True
    assert found.escalated(day(120)) is False


def test_an_act_that_may_have_happened_before_the_day_has_not_followed_it() -> None:
    spread = version("a", "ASSAULT", on=118, to=121, confidence=0.01)
    found = after(version("big", "ASSAULT", "aerial", on=100), spread)
    assert found._higher_rung(day(119), ()) is False


def test_what_is_below_threats_escalates_nothing() -> None:
    versions = [version("a", "ACCUSE", on=120, confidence=0.1)]
    quiet = aftermath(history(version("b", "CONSULT", on=60), *versions), settings())
    assert quiet._higher_rung(day(119), ()) is False


def test_a_higher_index_is_an_escalation_even_on_the_same_rung() -> None:
    many = [version(f"m{n}", "ASSAULT", on=130) for n in range(9)]
    found = after(version("a", "ASSAULT", on=100), *many)
    assert found._higher_rung(day(125), ()) is False
    assert found.escalated(day(125)) is True


def test_the_act_that_rang_is_not_what_followed() -> None:
    rang = version("i-a", "ASSAULT", on=119, to=125, told=120)
    found = aftermath(history(rang), settings())
    assert found.escalated(day(120)) is True  # what is left of it rises on
    assert found.escalated(day(120), {"i-a"}) is False
    assert found.escalated(day(120), {"a"}) is False  # the id of its first report
    late = after(version("b", "ASSAULT", on=121))
    assert late.escalated(day(120), {"b"}) is False
    assert late.escalated(day(120), {"other"}) is True


def test_days_without_enough_before_or_after_are_not_judged() -> None:
    found = after()
    judged = [n for n in range(200) if found.escalated(day(n)) is not None]
    assert judged == list(range(90, 170))
    assert found.share(day(0), day(199)) == (0, 80)


def alarm(on: int, number: int = 0) -> Alarm:
    return Alarm(
        id=f"a-{on}-{number}", kind="level", dyad=("RUR", "GRA"), source="incidents", day=day(on),
        reason="", evidence=("x",), level=None, sentence=None,
    )  # fmt: skip


def watched(*days: int) -> Watched:
    whole = watch(history(*QUIET, version("a", "ASSAULT", on=120)))
    return replace(whole, alarms=tuple(alarm(on, n) for n, on in enumerate(days)))


def test_the_rate_stands_beside_that_of_any_day() -> None:
    level, every = rates([watched(95, 100, 110, 119, 130, 150, 20)])
    assert (level.kind, every.kind) == ("level", "all")
    assert (level.alarms, level.n) == (7, 6)
    assert level.followed == pytest.approx(4 / 6)
    assert level.false == pytest.approx(2 / 6)
    assert level.base == level.own == pytest.approx(30 / 80)
    assert level.lift == pytest.approx((4 / 6) / (30 / 80))
    assert level.low is not None
    assert level.high is not None
    assert level.low < 2 / 6 < level.high
    assert level.per_year == pytest.approx(7 / (200 / 365.25))


def test_of_few_alarms_no_rate_is_told() -> None:
    level, _ = rates([watched(95, 100, 110, 119)])
    assert level.n == 4
    assert (level.followed, level.false, level.low, level.high, level.lift) == (None,) * 5


def test_the_share_of_own_days_is_that_of_the_dyads_that_rang() -> None:
    silent = replace(watch(history(*QUIET)), alarms=())
    level, _ = rates([watched(95, 100, 110, 119, 130), silent])
    assert level.own == pytest.approx(30 / 80)
    assert level.base == pytest.approx(30 / 160)
