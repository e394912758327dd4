"""The gate: readers side by side, one writer at a time, and nobody else's way barred."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.report.crisis.conftest import entry, razed
from tests.store.conftest import CODING, NOW
from tests.web.conftest import filled

from tocsin.errors import StoreError
from tocsin.store import open_store
from tocsin.store.tables import TableStore
from tocsin.web.gate import BusyError, Gate, stamp_of

WRITE = """
import sys
from tocsin.store import open_store
try:
    open_store(sys.argv[1]).close()
except Exception as error:
    sys.exit(str(error))
"""

HOLD = """
import sys
from tocsin.store import open_store
with open_store(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""


def add(store: TableStore, id_: str) -> None:
    store.add(entry(razed(id_)), CODING, at=NOW)


def articles(gate: Gate) -> int:
    with gate.reading() as (store, _):
        return store.count("documents")


@contextmanager
def gated(path: Path, **more: float) -> Iterator[Gate]:
    gate = Gate(path, **more)
    try:
        yield gate
    finally:
        gate.close()


def behind(work: Callable[[], Any]) -> threading.Thread:
    """Work that is begun beside."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def soon(holds: Callable[[], bool]) -> bool:
    """Whether it holds within a few seconds."""
    until = time.monotonic() + 5
    while not holds() and time.monotonic() < until:
        time.sleep(0.01)
    return holds()


def test_readers_stand_side_by_side(quarrel: Path) -> None:
    meeting = threading.Barrier(8, timeout=5)

    def read(_: int) -> tuple[int, str]:
        with gate.reading() as (store, stamp):
            meeting.wait()
            return store.count("documents"), stamp

    with gated(quarrel) as gate, ThreadPoolExecutor(8) as pool:
        found = set(pool.map(read, range(8)))
    assert len(found) == 1


def test_a_reader_goes_on_beside_a_writer_and_sees_what_was_kept(own: Path) -> None:
    with gated(own) as gate:
        before = articles(gate)
        with gate.writing() as store:
            assert gate.is_writing
            assert articles(gate) == before
            add(store, "new")
            assert articles(gate) == before + 1
        assert not gate.is_writing
        assert articles(gate) == before + 1


def test_a_writer_waits_for_readers(own: Path) -> None:
    wrote = threading.Event()

    def write() -> None:
        with gate.writing():
            wrote.set()

    with gated(own) as gate:
        with gate.reading():
            thread = behind(write)
            assert not wrote.wait(0.2)
        assert wrote.wait(5)
        thread.join(5)


def test_one_writes_at_a_time(own: Path) -> None:
    inside = 0
    most = 0

    def write(number: int) -> None:
        nonlocal inside, most
        with gate.writing() as store:
            inside += 1
            most = max(most, inside)
            add(store, f"w{number}")
            inside -= 1

    with gated(own, patience=10) as gate, ThreadPoolExecutor(4) as pool:
        before = articles(gate)
        list(pool.map(write, range(4)))
        assert (most, articles(gate)) == (1, before + 4)


def test_nobody_waits_for_ever_for_a_writer(own: Path) -> None:
    with gated(own, patience=0.1) as gate, gate.writing():
        with pytest.raises(BusyError, match="is being written just now"), gate.writing():
            pass
        assert articles(gate) > 0


def test_who_reads_along_does_not_wait_for_a_writer_that_waits(own: Path) -> None:
    def write() -> None:
        with gate.writing():
            pass

    with gated(own, patience=0.1) as gate:
        with gate.reading():
            thread = behind(write)
            assert soon(lambda: gate.is_writing)
            with gate.reading(along=True) as (store, _):
                assert store.count("documents") > 0
        thread.join(5)
        assert not thread.is_alive()
        with gate.reading(along=True) as (store, _):
            assert store.count("documents") > 0


def test_a_reader_is_told_where_a_writer_waits_for_another(own: Path) -> None:
    def write() -> None:
        with gate.writing():
            pass

    with gated(own, patience=0.1) as gate:
        with gate.reading():
            thread = behind(write)
            assert soon(lambda: gate.is_writing)
            with pytest.raises(BusyError):
                articles(gate)
        thread.join(5)
        assert articles(gate) > 0


def test_what_fails_while_writing_lets_the_next_one_in(own: Path) -> None:
    with gated(own, patience=0.5) as gate:
        with pytest.raises(RuntimeError), gate.writing():
            raise RuntimeError
        with pytest.raises(RuntimeError), gate.reading():
            raise RuntimeError
        with gate.writing() as store:
            add(store, "after")
        assert not gate.is_writing


def test_another_process_that_writes_is_waited_for(own: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(own)]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other,
        gated(own, patience=0.1) as gate,
    ):
        assert other.stdin is not None
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(BusyError, match="in use by another process"):
            articles(gate)
        with pytest.raises(BusyError, match="in use by another process"), gate.writing():
            pass
        assert not gate.is_writing
        gate._patience = 10
        with ThreadPoolExecutor(1) as pool:
            found = pool.submit(articles, gate)
            other.stdin.close()
            assert found.result(10) > 0


def test_another_process_can_write_when_nobody_reads(own: Path) -> None:
    with gated(own, idle=0.05) as gate:
        before = articles(gate)
        assert soon(lambda: gate._store is None)
        done = subprocess.run(
            [sys.executable, "-c", WRITE, str(own)], capture_output=True, text=True, timeout=60
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert articles(gate) == before


def test_the_store_is_kept_open_between_two_readers_and_closed_after(own: Path) -> None:
    with gated(own, idle=60) as gate:
        articles(gate)
        kept = gate._store
        articles(gate)
        assert gate._store is kept is not None
        gate.close()
        assert gate._store is None
        assert articles(gate) > 0


def test_the_stamp_changes_when_something_was_written(own: Path) -> None:
    with gated(own) as gate:
        with gate.reading() as (_, first):
            assert first == gate.stamp() == stamp_of(str(own))
        with gate.reading() as (_, again):
            assert again == first
        with gate.writing() as store:
            add(store, "new")
            with gate.reading() as (_, beside):
                assert beside == gate.stamp()
        with gate.reading() as (_, after):
            assert after not in (first, "")
            assert after == gate.stamp()


def test_what_somebody_else_wrote_is_seen(own: Path) -> None:
    with gated(own, idle=60) as gate:
        before = articles(gate)
        gate.close()
        with open_store(own) as store:
            add(store, "from elsewhere")
        assert articles(gate) == before + 1


def test_a_folder_of_parquet_files_is_read_and_written(tmp_path: Path) -> None:
    path = filled(tmp_path / "folder", [entry(razed())])
    with gated(path) as gate:
        with gate.reading() as (store, first):
            assert store.count("incidents") == 1
        with gate.writing() as store:
            add(store, "second")
            assert articles(gate) == 2
        with gate.reading() as (store, after):
            assert (store.count("documents"), after != first) == (2, True)


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with gated(tmp_path / "none.duckdb") as gate:
        with pytest.raises(StoreError, match="there is no such store"):
            articles(gate)
        with pytest.raises(StoreError, match="there is no such store"):
            articles(gate)


def test_readers_and_a_writer_race_without_an_error(own: Path) -> None:
    end = time.monotonic() + 1.0
    counts: list[int] = []

    def read(_: int) -> int:
        number = 0
        while time.monotonic() < end:
            with gate.reading() as (store, _stamp):
                counts.append(store.count("documents"))
            number += 1
        return number

    def write() -> int:
        number = 0
        while time.monotonic() < end:
            with gate.writing() as store:
                add(store, f"race {number}")
            number += 1
            time.sleep(0.02)
        return number

    with gated(own, idle=0.01, patience=10) as gate, ThreadPoolExecutor(9) as pool:
        before = articles(gate)
        writing = pool.submit(write)
        reads = list(pool.map(read, range(8)))
        wrote = writing.result(timeout=20)
        assert articles(gate) == before + wrote
    assert min(reads) > 0
    assert wrote > 0
    assert before <= min(counts) <= max(counts) <= before + wrote


def test_a_writer_that_gives_way_lets_another_in_and_goes_on(own: Path) -> None:
    began, ended = threading.Event(), threading.Event()
    stamps: list[str] = []

    def work() -> None:
        with gate.writing() as store:
            began.set()
            while not ended.is_set():
                gate.give_way()
                time.sleep(0.01)
            add(store, "worker")

    with gated(own, patience=3.0) as gate:
        before = articles(gate)
        thread = behind(work)
        assert began.wait(5)
        stamps.append(gate.stamp())
        for id_ in ("one", "two"):
            with gate.writing() as store:
                assert gate.is_lent
                add(store, id_)
            stamps.append(gate.stamp())
        assert not gate.is_lent
        assert articles(gate) == before + 2
        ended.set()
        thread.join(5)
        assert articles(gate) == before + 3
        assert len(set(stamps)) == 3


def test_who_gives_way_to_nobody_goes_on_at_once(own: Path) -> None:
    with gated(own) as gate, gate.writing():
        gate.give_way()
        assert not gate.is_lent


def test_who_does_not_get_in_in_time_leaves_the_writer_as_it_was(own: Path) -> None:
    with gated(own, patience=0.1) as gate:
        with gate.writing() as store:
            refused: list[BaseException] = []

            def ask() -> None:
                try:
                    with gate.writing():
                        pass
                except BusyError as error:
                    refused.append(error)

            thread = behind(ask)
            thread.join(5)
            gate.give_way()
            add(store, "mine")
        assert len(refused) == 1
        assert articles(gate) > 0
