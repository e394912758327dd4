"""Who is asked next, and when."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.ingest.fetch.site import Clock

from tocsin.ingest.fetch.schedule import MAX_ERRORS, MAX_PAUSE, MAX_PUT_OFF, Schedule, put_off


def schedule(clock: Clock, delay: float = 2.0) -> Schedule[int]:
    return Schedule(delay=delay, clock=clock, sleep=clock.sleep)


def test_urgent_tasks_go_first_and_the_others_in_order(clock: Clock) -> None:
    plan = schedule(clock)
    for task, level in ((1, 2), (2, 1), (3, 1), (4, 0)):
        plan.put("zenda.example", task, level=level)
    plan.put("zenda.example", 5, level=1, first=True)
    assert len(plan) == 5
    assert [found[1] for found in iter(plan.next, None)] == [4, 5, 2, 3, 1]
    assert len(plan) == 0


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from([0.0, 1.0, 7.0])), max_size=30))
def test_requests_to_one_host_are_never_too_near(tasks: list[tuple[str, float]]) -> None:
    clock = Clock(0.0)
    plan = schedule(clock)
    for number, (host, _) in enumerate(tasks):
        plan.put(host, number)
    last: dict[str, float] = {}
    done = set()
    while (found := plan.next()) is not None:
        host, number = found
        assert clock.now >= last.get(host, 0.0)
        last[host] = clock.now + max(2.0, tasks[number][1])
        plan.asked(host, delay=tasks[number][1])
        done.add(number)
    assert done == set(range(len(tasks)))


def test_pauses_double_up_to_a_bound_and_end(clock: Clock) -> None:
    plan = schedule(clock)
    plan.put("zenda.example", 1)
    pauses = []
    while plan.back_off("zenda.example"):
        assert plan.next() is not None
        pauses.append(clock.slept[-1])
        plan.put("zenda.example", 1)
    assert pauses == [5.0, 10.0, 20.0, 40.0, 80.0]
    assert len(pauses) == MAX_ERRORS - 1
    assert list(plan.drop("zenda.example")) == [1]
    assert plan.next() is None


def test_a_good_answer_ends_the_errors(clock: Clock) -> None:
    plan = schedule(clock)
    for _ in range(MAX_ERRORS * 2):
        assert plan.back_off("zenda.example")
        plan.answered("zenda.example")


def test_a_host_is_waited_for_as_long_as_it_says_if_that_is_not_long(clock: Clock) -> None:
    plan = schedule(clock)
    plan.put("zenda.example", 1)
    assert plan.back_off("zenda.example", wait=MAX_PAUSE)
    assert not plan.back_off("zenda.example", wait=MAX_PAUSE + 1)
    plan.next()
    assert clock.slept == [MAX_PAUSE]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120.0), ("0", 0.0), (" 5 ", 5.0), ("9" * 99, MAX_PUT_OFF),
        ("Sun, 13 Sep 2020 12:27:40 GMT", 60.0), ("Sun, 13 Sep 2015 12:27:40 GMT", 0.0),
        ("Sun, 13 Sep 2099 12:27:40 GMT", MAX_PUT_OFF), ("-5", None), ("soon", None),
        ("1.5", None), ("", None), (None, None), ("٣", None),
    ],
)  # fmt: skip
def test_retry_after_is_read(said: str | None, seconds: float | None) -> None:
    assert put_off(said, 1_600_000_000.0) == seconds
