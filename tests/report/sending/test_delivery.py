"""Each alarm to each target once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest
from tests.report.sending.made_up import alarm

from tocsin.errors import SendError
from tocsin.model.alarm import Alarm
from tocsin.report.sending.delivery import WAITS, Delivered, deliver, waiting
from tocsin.store import open_store
from tocsin.store.tables import TableStore

NOW = datetime(2021, 5, 9, 12)


class _Target:
    """Fails as ``errors`` say, and keeps what it takes."""

    def __init__(self, name: str, *errors: SendError) -> None:
        self.name = self.key = name
        self.errors = list(errors)
        self.took: list[list[str]] = []

    def send(self, alarms: Sequence[Alarm]) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.took.append([one.id for one in alarms])


def send(
    store: TableStore, alarms: Sequence[Alarm], *targets: _Target, slept: list[float] | None = None
) -> list[Delivered]:
    sleep = (slept if slept is not None else []).append
    return list(deliver(store, alarms, targets, at=NOW, sleep=sleep))


def test_what_was_sent_is_not_sent_again() -> None:
    with open_store(":memory:") as store:
        hook = _Target("hook")
        assert send(store, [alarm(1), alarm(2)], hook) == [Delivered("hook", 2, 0)]
        assert send(store, [alarm(2), alarm(3), alarm(3)], hook) == [Delivered("hook", 1, 1)]
        assert send(store, [alarm(1)], hook) == [Delivered("hook", 0, 1)]
        assert hook.took == [["a-1", "a-2"], ["a-3"]]


def test_a_target_that_fails_keeps_nothing_from_the_others_and_gets_it_later() -> None:
    with open_store(":memory:") as store:
        bad, good = _Target("bad", SendError("refused")), _Target("good")
        first, second = send(store, [alarm(1)], bad, good)
        assert (first.sent, first.error) == (0, "refused")
        assert (second.sent, second.error) == (1, None)
        assert [one.id for one in waiting(store, [alarm(1)], bad)] == ["a-1"]
        assert send(store, [alarm(1)], bad, good)[0].sent == 1
        assert (bad.took, good.took) == ([["a-1"]], [["a-1"]])


def test_what_may_go_well_later_is_tried_again() -> None:
    busy = [SendError("busy", passing=True), SendError("busy", passing=True, wait=9)]
    slept: list[float] = []
    with open_store(":memory:") as store:
        hook = _Target("hook", *busy)
        assert send(store, [alarm(1)], hook, slept=slept) == [Delivered("hook", 1, 0)]
    assert slept == [WAITS[0], 9]


@pytest.mark.parametrize(("passing", "tries"), [(True, len(WAITS) + 1), (False, 1)])
def test_it_is_given_up_in_the_end(passing: bool, tries: int) -> None:
    errors = [SendError(f"no {n}", passing=passing) for n in range(9)]
    with open_store(":memory:") as store:
        hook = _Target("hook", *errors)
        (found,) = send(store, [alarm(1)], hook)
        assert found.error == f"no {tries - 1}"
        assert store.sent("hook") == set()
    assert len(hook.errors) == 9 - tries
