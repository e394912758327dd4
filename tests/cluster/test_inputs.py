"""A job goes on with the files with which it was begun, or not at all."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tocsin.errors import OptionError
from tocsin.work.run import Run

Make = Callable[..., Any]


@pytest.fixture
def inner(tmp_path: Path) -> Path:
    """A folder of two files."""
    inner = tmp_path / "in"
    inner.mkdir()
    for name in ("a", "b"):
        (inner / f"{name}.txt").write_text(f"Zenda {name} fell.")
    return inner


def begin(job: Any) -> None:
    """Start a job, and end before anything is done."""
    from tocsin.cluster.engine import _begin
    from tocsin.cluster.inputs import input_files

    run = Run()
    _begin(job, input_files(job, run.passed), run)


def add(inner: Path) -> None:
    (inner / "c.txt").write_text("Hofbau fell.")


def change(inner: Path) -> None:
    (inner / "a.txt").write_text("Zenda a fell again.")


def touch(inner: Path) -> None:
    os.utime(inner / "a.txt", ns=(1, 1))


def take_out(inner: Path) -> None:
    (inner / "b.txt").unlink()


def all_of_it(inner: Path) -> None:
    add(inner)
    change(inner)
    take_out(inner)


@pytest.mark.parametrize(
    ("meddle", "said"),
    [
        (add, "1 is new ({}/c.txt)"),
        (change, "1 has changed ({}/a.txt)"),
        (touch, "1 has changed ({}/a.txt)"),
        (take_out, "1 is gone ({}/b.txt)"),
        (all_of_it, "1 is new ({0}/c.txt), 1 is gone ({0}/b.txt), 1 has changed ({0}/a.txt)"),
    ],
)
def test_where_a_file_is_not_as_it_was_that_is_said(
    job: Make, inner: Path, meddle: Callable[[Path], None], said: str
) -> None:
    one = job(str(inner))
    begin(one)
    begin(one)
    meddle(inner)
    with pytest.raises(OptionError) as caught:
        begin(one)
    assert said.format(inner) in str(caught.value)
    assert "--restart" in str(caught.value)


def test_files_at_addresses_are_known_too(job: Make) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    memory.pipe_file("/begun/a.txt", b"Zenda fell.")
    try:
        one = job("memory://begun")
        begin(one)
        begin(one)
        memory.pipe_file("/begun/a.txt", b"Hofbau fell.")
        with pytest.raises(OptionError, match="has changed"):
            begin(one)
    finally:
        memory.rm("/begun", recursive=True)


@pytest.mark.parametrize("address", [False, True])
def test_what_a_job_writes_is_no_input_of_it(job: Make, inner: Path, address: bool) -> None:
    from tocsin.cluster.inputs import input_files

    out = inner / "out"
    one = job(str(inner), output=f"file://{out}" if address else out)
    begin(one)
    (out / "documents").mkdir()
    (out / "documents" / "x.parquet").write_bytes(b"")
    begin(one)
    names = [Path(file.path).name for file in input_files(one, Counter())]
    assert names == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"tocsin": "2.0"}, "another Tocsin (1.0)"),
        ({"options": {"actors": "another hash"}}, "that have changed since"),
    ],
)
def test_a_job_is_not_ended_by_another_coder(
    job: Make, inner: Path, other: dict[str, Any], said: str
) -> None:
    one = job(str(inner))
    begin(one)
    with pytest.raises(OptionError) as caught:
        begin(replace(one, coding=replace(one.coding, **other)))
    assert said in str(caught.value)


def test_of_a_whole_folder_too_it_is_said_that_the_files_are_others(
    job: Make, by_hand: Make, inner: Path, tmp_path: Path
) -> None:
    from tocsin.cluster.engine import code_archive
    from tocsin.cluster.inputs import digest_of, input_files

    one = job(str(inner))
    by_hand(one)
    path = tmp_path / "out" / "coded.json"
    manifest = json.loads(path.read_text())
    files = input_files(one, Counter())
    path.write_text(json.dumps(manifest | {"input": digest_of(files)}))
    assert not code_archive(one, Run())
    add(inner)
    with pytest.raises(OptionError, match="files that were others"):
        code_archive(one, Run())
