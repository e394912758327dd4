"""The desk itself: what is waited for, what comes later, and what the board works out meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.linking.telling import day, deed, on, told
from tests.report.crisis.conftest import entry
from tests.web.conftest import filled

from tocsin.web import board as the_board
from tocsin.web.board import Board, followed
from tocsin.web.desk import PATIENCE, Desk, Reading


@pytest.fixture
def desk(quarrel: Path) -> Iterator[Desk]:
    desk = Desk(quarrel)
    yield desk
    desk.close()


@pytest.fixture
def hurried() -> Iterator[None]:
    """Nobody waits."""
    token = PATIENCE.set(0.01)
    yield
    PATIENCE.reset(token)


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds within a few seconds."""
    until = time.monotonic() + 10
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


def count(reading: Reading) -> int:
    return reading.store.count("documents")


def test_what_is_there_soon_is_waited_for(desk: Desk) -> None:
    with desk.reading() as reading:
        assert desk.soon(reading, "key", count) == count(reading)
        assert reading.ready("key") == count(reading)
        assert desk._underway == {}


@pytest.mark.usefixtures("hurried")
def test_what_takes_longer_comes_later_and_is_made_once(desk: Desk) -> None:
    go = threading.Event()
    made: list[int] = []

    def slow(reading: Reading) -> int:
        go.wait(5)
        made.append(1)
        return count(reading)

    with desk.reading() as reading:
        assert desk.soon(reading, "key", slow) is None
        assert desk.soon(reading, "key", slow) is None
    go.set()
    with desk.reading() as reading:
        assert soon(lambda: reading.ready("key") is not None)
        assert desk.soon(reading, "key", slow) == count(reading)
    assert made == [1]


@pytest.mark.usefixtures("hurried")
def test_an_answer_waits_for_all_its_parts_no_longer_than_for_one(desk: Desk) -> None:
    go = threading.Event()

    def slow(reading: Reading) -> int:
        go.wait(5)
        return count(reading)

    with desk.reading() as reading:
        assert desk.soon(reading, "one", slow) is None
        assert PATIENCE.get() == 0.0
        assert desk.soon(reading, "other", slow) is None
        go.set()
        assert soon(lambda: reading.ready("one") and reading.ready("other"))
        assert desk.soon(reading, "one", slow) == count(reading)


def test_what_cannot_be_worked_out_is_told_each_time(desk: Desk) -> None:
    def fail(_: Reading) -> int:
        raise ValueError("no")

    with desk.reading() as reading:
        for _ in range(2):
            with pytest.raises(ValueError, match="no"):
                desk.soon(reading, "key", fail)
        assert desk.soon(reading, "key", count) > 0


def test_what_is_waited_for_is_worked_out_though_somebody_waits_to_write(own: Path) -> None:
    desk = Desk(own)
    desk.gate._patience = 0.3
    wrote = threading.Event()

    def write() -> None:
        with desk.gate.writing():
            wrote.set()

    with desk.reading() as reading:
        thread = threading.Thread(target=write, daemon=True)
        thread.start()
        assert soon(lambda: desk.gate.is_writing)
        assert desk.soon(reading, "key", count) > 0
        assert not wrote.is_set()
    assert wrote.wait(5)
    thread.join(5)
    desk.close()


@pytest.fixture
def tense(tmp_path: Path) -> Path:
    """A store of a relation with enough incidents to be followed."""
    deeds = ("the mill", "the harbour", "a school", "the old road")
    return filled(
        tmp_path / "tense.duckdb",
        [
            entry(
                told(
                    f"d{n}",
                    deed(f"Ruritania razed {thing} of Graustark.", date=on(day(6 * n + 1))),
                    published=day(6 * n + 1),
                )
            )
            for n, thing in enumerate(deeds)
        ],
    )


def test_the_board_works_out_what_is_followed(tense: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(the_board, "_LOOK", 0.01)
    desk = Desk(tense)
    board = Board(desk)
    with desk.reading() as reading:
        assert followed(reading) == [("RUR", "GRA")]
    board.start()
    with desk.reading() as reading:
        stamp = reading.stamp
    assert soon(lambda: desk.memo.peek(stamp, ("alarms", ("RUR", "GRA"))) is not None)
    standing = desk.memo.peek(stamp, ("standing", ("RUR", "GRA")))
    assert (standing.incidents, standing.day, len(standing.weeks)) == (4, day(19), 52)
    board.stop()
    assert not board._thread.is_alive()
    desk.close()


def test_a_board_that_was_not_started_can_be_stopped(desk: Desk) -> None:
    Board(desk).stop()


def test_a_board_over_a_store_that_is_gone_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(the_board, "_LOOK", 0.01)
    desk = Desk(tmp_path / "gone.duckdb")
    board = Board(desk)
    board.start()
    # Nothing is worked out for what is not there, and nothing falls over.
    time.sleep(0.1)
    assert board._thread.is_alive()
    board.stop()
    assert "cannot work" not in caplog.text
    desk.close()
