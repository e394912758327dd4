"""What is worked out once: for many threads, for one state of a store, and not where it fails."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from tocsin.web.memo import Memo


def test_it_is_made_once_for_many_threads() -> None:
    memo = Memo()
    made: list[int] = []
    slow = threading.Event()

    def make() -> int:
        slow.wait(0.05)
        made.append(1)
        return 7

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: memo.get("s", "key", make), range(8)))
    assert (found, made) == ([7] * 8, [1])


def test_two_things_are_made_at_the_same_time() -> None:
    memo = Memo()
    meeting = threading.Barrier(2, timeout=5)
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda key: memo.get("s", key, meeting.wait), "ab"))
    assert sorted(found) == [0, 1]


def test_it_is_forgotten_with_a_new_state_of_the_store() -> None:
    memo = Memo()
    assert memo.get("one", "key", lambda: 1) == 1
    assert memo.get("one", "key", lambda: 2) == 1
    assert memo.get("two", "key", lambda: 3) == 3
    assert memo.peek("two", "key") == 3
    assert memo.peek("three", "key") is None


def test_what_was_made_of_an_older_state_is_given_but_not_kept() -> None:
    memo = Memo()

    def make() -> int:
        memo.get("new", "other", lambda: 0)
        return 1

    assert memo.get("old", "key", make) == 1
    assert memo.peek("new", "other") == 0
    assert memo.peek("new", "key") is None


def test_none_and_nothing_are_values_too() -> None:
    memo = Memo()
    made: list[int] = []
    for _ in range(2):
        assert memo.get("s", "key", lambda: made.append(1)) is None
    assert made == [1]


def test_a_failure_is_told_to_who_asked_and_is_not_kept() -> None:
    memo = Memo()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            memo.get("s", "key", lambda: 1 // 0)
    assert memo._making == {}
    assert memo.get("s", "key", lambda: 5) == 5


def test_a_failure_holds_up_nobody_who_waits_for_the_same() -> None:
    memo = Memo()
    begun, fail = threading.Event(), threading.Event()

    def failing() -> int:
        begun.set()
        fail.wait(5)
        raise ValueError

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(memo.get, "s", "key", failing)
        assert begun.wait(5)
        second = pool.submit(memo.get, "s", "key", lambda: 5)
        fail.set()
        with pytest.raises(ValueError, match=r"^$"):
            first.result(5)
        assert second.result(5) == 5
    assert memo._making == {}


def test_the_oldest_go_where_there_are_too_many() -> None:
    memo = Memo(most=2)
    for key in "aba":
        memo.get("s", key, lambda key=key: key)  # type: ignore[misc]
    memo.get("s", "c", lambda: "c")
    assert [memo.peek("s", key) for key in "abc"] == ["a", None, "c"]


def test_what_lasts_stands_until_it_is_made_anew() -> None:
    memo = Memo(lasting=("standing",))
    memo.get("one", ("standing", "x"), lambda: 1)
    memo.get("one", ("other", "x"), lambda: 1)
    assert memo.latest("one", ("standing", "x")) == 1
    # The store has changed, and nobody has asked for anything of its new state yet.
    assert memo.latest("two", ("standing", "x")) == 1
    assert memo.latest("two", ("other", "x")) is None
    memo.get("two", "anything", lambda: 0)
    assert memo.latest("two", ("standing", "x")) == 1
    assert memo.peek("two", ("standing", "x")) is None
    memo.get("two", ("standing", "x"), lambda: 2)
    assert memo.latest("two", ("standing", "x")) == 2
    memo.get("three", "anything", lambda: 0)
    memo.get("four", "anything", lambda: 0)
    assert memo.latest("four", ("standing", "x")) == 2
    assert memo.latest("four", ("standing", "y")) is None


def test_a_value_that_is_put_in_is_found_as_long_as_the_state_holds() -> None:
    memo = Memo(most=2)
    memo.put("1", "early", 0)  # nobody has asked of this state yet
    assert memo.get("1", "a", lambda: 1) == 1
    memo.put("1", "b", 2)
    memo.put("0", "c", 3)
    assert [memo.peek("1", key) for key in ("early", "a", "b", "c")] == [None, 1, 2, None]
    memo.put("1", "d", 4)
    assert memo.peek("1", "a") is None
    assert memo.get("2", "b", lambda: 5) == 5
