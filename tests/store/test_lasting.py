"""Stores that outlast their process: closed and opened, killed, in use, damaged."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import duckdb
import pytest
from tests.store.conftest import CODING, NOW, coded, document

from tocsin.errors import OptionError, StoreError
from tocsin.store import Entry, open_store
from tocsin.store.parquet_folder import ParquetStore


def fill(name: str, count: int, first: int = 0) -> None:
    with open_store(name) as store:
        for n in range(first, first + count):
            store.add(coded(document(id=f"d{n}", text=f"Ruritania fell on {n}.")), CODING, at=NOW)


def test_what_was_added_is_there_when_it_is_opened_again(lasting: str) -> None:
    fill(lasting, 3)
    fill(lasting, 2, first=3)
    for read_only in (True, False):
        with open_store(lasting, read_only=read_only) as store:
            assert [row["id"] for row in store.ask("documents")] == [f"d{n}" for n in range(5)]
            assert len(store.ask("events")) == 5
            assert list(store.check()) == []


def test_a_second_writer_is_told_that_the_first_is_at_work(lasting: str, tmp_path: Path) -> None:
    script = textwrap.dedent(
        f"""
        import sys, time
        from tocsin.store import open_store
        with open_store({lasting!r}):
            print("open", flush=True)
            time.sleep(30)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match="is in use by another process; wait"):
            open_store(lasting)
        process.kill()
    open_store(lasting).close()


KILLED = """
import sys
from tests.store.conftest import CODING, NOW, coded, document
from tocsin.store import open_store
store = open_store(sys.argv[1])
for n in range(100000):
    store.add(coded(document(id=f"d{n}", text=f"Ruritania fell on {n}.")), CODING, at=NOW)
    print(n, flush=True)
"""


def test_a_killed_writer_loses_nothing_that_it_had_added(lasting: str) -> None:
    for wait in (0.0, 0.05, 0.2):
        command = [sys.executable, "-c", KILLED, lasting]
        root = Path(__file__).parents[2]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root) as process:
            assert process.stdout is not None
            for _ in range(3):
                assert process.stdout.readline()
            time.sleep(wait)
            process.kill()
            said = process.stdout.read().split()
        with open_store(lasting) as store:
            there = {row["id"] for row in store.ask("documents")}
            assert {f"d{int(n)}" for n in said} <= there
            assert list(store.check()) == []
            assert len(store.ask("events")) == len(there)


def test_a_store_that_is_not_there_cannot_be_read(lasting: str) -> None:
    with pytest.raises(StoreError, match="there is no such store; make one with tocsin add"):
        open_store(lasting, read_only=True)


@pytest.mark.parametrize("content", [b"no database at all", b"", b"DUCK" * 3000])
def test_a_file_that_is_no_store_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.duckdb"
    path.write_bytes(content)
    with pytest.raises(StoreError, match="is no DuckDB file, or is damaged"):
        open_store(path)
    assert path.read_bytes() == content


def test_a_truncated_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    fill(str(path), 50)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 3])
    with pytest.raises(StoreError, match=r"damaged|cannot be"), open_store(path) as store:
        list(store.check())


def test_another_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.duckdb"
    with duckdb.connect(str(path)) as db:
        db.execute("CREATE TABLE prices (a INTEGER)")
    with pytest.raises(StoreError, match="no store of Tocsin's"):
        open_store(path, read_only=True)
    with pytest.raises(StoreError, match="holds other tables"):
        open_store(path)


def test_a_store_of_a_newer_tocsin_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.duckdb"
    fill(str(path), 1)
    with duckdb.connect(str(path)) as db:
        db.execute("INSERT INTO migrations VALUES ('telepathy')")
    with pytest.raises(StoreError, match="made by a newer Tocsin \\(it knows telepathy\\)"):
        open_store(path)


def test_a_folder_of_other_files_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("x")
    with pytest.raises(StoreError, match="a folder of other files, and no store"):
        open_store(f"{tmp_path}/")
    assert [path.name for path in tmp_path.glob("*.txt")] == ["letters.txt"]


def test_a_folder_with_a_broken_file_is_said_to_be_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    fill(f"{folder}/", 3)
    file = next(folder.glob("events-*.parquet"))
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(StoreError, match="is damaged; put back a copy"):
        open_store(f"{folder}/")
    (folder / "manifest.json").write_text("{")
    with pytest.raises(StoreError, match=r"no manifest.json that can be read"):
        open_store(f"{folder}/")


def test_the_files_of_a_folder_become_few_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.store import parquet_folder

    monkeypatch.setattr(parquet_folder, "_FLUSH", 2)
    monkeypatch.setattr(parquet_folder, "_FILES", 4)
    folder = tmp_path / "a"
    fill(f"{folder}/", 3)
    assert len(list(folder.glob("documents-*.parquet"))) == 2
    fill(f"{folder}/", 6, first=3)
    assert len(list(folder.glob("documents-*.parquet"))) == 1
    manifest = json.loads((folder / "manifest.json").read_text())
    named = {name for names in manifest["tables"].values() for name in names}
    assert named == {path.name for path in folder.glob("*.parquet")}
    with open_store(f"{folder}/") as store:
        assert len(store.ask("documents")) == 9


def test_a_full_disk_is_said_and_loses_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    with ParquetStore(tmp_path / "a") as store:
        store.add(coded(document()), CODING, at=NOW)

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", full)
            with pytest.raises(StoreError, match="No space left on device"):
                store.add(coded(document(id="d2", text="Graustark fell.")), CODING, at=NOW)
        assert len(store.ask("documents")) == 1
        assert store.add(coded(document(id="d2", text="Graustark fell.")), CODING, at=NOW)
    with open_store(f"{tmp_path}/a/") as store:
        assert len(store.ask("documents")) == 2


@pytest.mark.parametrize("name", ["a.sqlite", "a.csv"])
def test_other_names_are_refused(name: str) -> None:
    with pytest.raises(OptionError, match="is no name for a store"):
        open_store(name)


def test_a_store_that_is_read_only_takes_nothing(lasting: str) -> None:
    fill(lasting, 1)
    problem = Entry(path="a", outcome="set aside", reason="r")
    with open_store(lasting, read_only=True) as store, pytest.raises(StoreError):
        store.add(problem, CODING, at=NOW)
