"""What was sent where, in every kind of store."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from tests.store.conftest import NOW

from tocsin.errors import StoreError
from tocsin.store import open_store
from tocsin.store.parquet_folder import ParquetStore
from tocsin.store.tables import TableStore


def test_each_alarm_is_marked_once_for_each_target(store: TableStore) -> None:
    assert store.mark_sent("hook", ["a", "b", "a"], at=NOW) == 2
    assert store.mark_sent("hook", ["b", "c"], at=NOW + timedelta(days=1)) == 1
    assert store.mark_sent("mail", ["a"], at=NOW) == 1
    assert store.sent("hook") == {"a", "b", "c"}
    assert store.sent("mail") == {"a"}
    assert store.sent("nobody") == set()
    assert list(store.check()) == []


def test_it_lasts(lasting: str) -> None:
    with open_store(lasting) as store:
        store.mark_sent("hook", ["a"], at=NOW)
    with open_store(lasting) as store:
        store.mark_sent("hook", ["a", "b"], at=NOW)
    with open_store(lasting, read_only=True) as store:
        assert store.sent("hook") == {"a", "b"}


def test_it_lasts_when_the_process_is_killed(tmp_path: Path) -> None:
    store = ParquetStore(tmp_path / "a")
    store.mark_sent("hook", ["a", "b"], at=NOW)
    store._let_go()  # as the end of the process would, without closing
    with ParquetStore(tmp_path / "a") as again:
        assert again.sent("hook") == {"a", "b"}
        assert list(again.check()) == []


def test_a_store_that_is_read_only_takes_nothing(lasting: str) -> None:
    open_store(lasting).close()
    with open_store(lasting, read_only=True) as store, pytest.raises(StoreError):
        store.mark_sent("hook", ["a"], at=NOW)


def test_what_stands_twice_is_a_fault(store: TableStore) -> None:
    store.mark_sent("hook", ["a"], at=NOW)
    store._insert("sent", ("alarm", "target", "done"), [["a", "hook", NOW]])
    assert list(store.check()) == ["the alarm a was marked as sent to one target 2 times"]
