"""The index above its usual level; silence; change points."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.series.alarms.made_up import history, settings, version, weekly
from tests.series.made_up import day, read

from tocsin.errors import ResourceError
from tocsin.series.alarms import shifts as shifting
from tocsin.series.alarms.levels import levels, quantile
from tocsin.series.alarms.quiet import poisson_below, silences
from tocsin.series.alarms.shifts import inflow, last_step, pelt, shifts, steps_of
from tocsin.series.alarms.standing import standing

WORDS = weekly("ACCUSE", range(0, 200, 5))
WAR = weekly("ASSAULT", range(150, 165))


def test_the_level_rings_when_it_crosses_and_not_every_day() -> None:
    index = standing(history(*WORDS, *WAR))
    (found,) = levels(index, settings())
    assert day(150) <= found.day <= day(153)
    line = np.quantile(index.values[: (found.day - day(0)).days], 0.95)
    assert found.level == pytest.approx(index.values[(found.day - day(0)).days] / line, abs=1e-3)
    assert found.evidence[0].startswith("ASSAULT")


def test_one_act_that_may_be_chance_does_not_lift_it() -> None:
    assert list(levels(standing(history(version("a", "ASSAULT", on=150))), settings())) == []


def test_it_rings_again_after_it_was_below_for_long_enough() -> None:
    twice = [*WORDS, *weekly("ASSAULT", range(120, 124)), *weekly("COERCE", range(190, 200))]
    usual = settings(level_share=0.8)
    found = list(levels(standing(history(*twice)), usual))
    assert [one.day < day(130) for one in found] == [True, False]
    assert (
        len(list(levels(standing(history(*twice)), settings(level_share=0.8, level_rest=99)))) == 1
    )


@given(st.lists(st.floats(0, 100), min_size=1, max_size=50), st.floats(0.01, 0.99))
def test_the_quantile_is_that_of_numpy(values: list[float], share: float) -> None:
    found = quantile(sorted(values), share)
    assert found == pytest.approx(float(np.quantile(values, share)), abs=1e-9)


def test_a_silence_rings_once() -> None:
    talks = weekly("CONSULT", range(150))
    (found,) = silences(history(*talks, days=200), settings())
    assert day(155) < found.day < day(175)
    assert found.evidence == ("CONSULT149",)
    assert found.level is not None
    assert found.level > 2


def test_who_reads_less_hears_less() -> None:
    talks = weekly("CONSULT", range(150))
    effort = read({n: 10 if n < 150 else 5 for n in range(200)})
    assert list(silences(history(*talks, effort=effort), settings())) == []


def test_acts_told_long_after_are_not_heard() -> None:
    talks = weekly("CONSULT", range(150))
    late = [version(f"l{n}", "CONSULT", on=20, told=n) for n in range(150, 200)]
    assert len(list(silences(history(*talks, *late), settings()))) == 1


@pytest.mark.parametrize(
    ("number", "mean", "chance"), [(0, 1, 0.36788), (2, 5, 0.12465), (3, 0, 1), (40, 20, 0.99997)]
)
def test_the_chance_of_a_poisson_number(number: int, mean: float, chance: float) -> None:
    assert poisson_below(number, mean) == pytest.approx(chance, abs=1e-5)


def test_what_is_new_in_a_week_is_free_of_memory() -> None:
    index = standing(history(version("a", "ASSAULT", on=3), version("b", "ASSAULT", on=40)))
    ends, new = inflow(index)
    assert all(end.isoweekday() == 7 for end in ends)
    assert [bool(value > 0) for value in new[:7]] == [at in (0, 5) for at in range(7)]


def test_a_step_upward_rings_after_it_and_once() -> None:
    stepped = weekly("THREATEN", range(0, 140, 4)) + weekly("ASSAULT", range(140, 200))
    found = list(shifts(standing(history(*stepped)), settings()))
    assert len(found) == 1
    assert day(140) < found[0].day <= day(154)
    assert found[0].day.isoweekday() == 7
    assert found[0].level is not None
    assert found[0].level > 2


def test_a_step_downward_does_not_ring() -> None:
    stepped = weekly("ASSAULT", range(140)) + weekly("THREATEN", range(140, 200, 4))
    assert list(shifts(standing(history(*stepped)), settings())) == []


def test_the_last_step_is_that_of_the_last_part() -> None:
    up = np.array([1.0, 2, 1, 2, 1, 2, 9, 8, 9, 8])
    assert last_step(up, settings()) == (0, 6)
    assert last_step(up[::-1].copy(), settings()) is None
    assert steps_of(up[::-1].copy(), settings()) == [4]
    assert steps_of(np.ones(10), settings()) == []


def test_without_ruptures_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    shifting._ruptures.cache_clear()
    monkeypatch.setattr(shifting, "import_module", missing)
    assert not shifting.has_ruptures()
    with pytest.raises(ResourceError, match=r"pip install 'tocsin\[forecast\]'"):
        pelt(np.ones(4), 1, 2)
