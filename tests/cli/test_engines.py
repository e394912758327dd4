"""``--workers``: the same in several processes, and a clean end however it comes."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run
from tests.work.acting import Acting

from tocsin.store import open_store

ROOT = Path(__file__).parent.parent.parent
# A command on the acting coder, in a process of its own.
TOCSIN = [
    sys.executable, "-c",
    "from tests.work.acting import Acting\nfrom tocsin.cli.main import app\napp(obj=Acting)",
]  # fmt: skip
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")


def articles(folder: Path, *texts: str) -> Path:
    path = folder / "a.jsonl"
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    return path


def slow(count: int, seconds: float) -> list[str]:
    rng = random.Random(1)
    return [f"SLOW {2 * seconds * rng.random():.4f} place {at}" for at in range(count)]


def tocsin(*arguments: object) -> subprocess.Popen[str]:
    """Start a command at the head of a group and a session of its own."""
    return subprocess.Popen(
        [*TOCSIN, *map(str, arguments)], cwd=ROOT, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    )  # fmt: skip


def in_session(session: int) -> list[int]:
    """The processes of a session that have not ended."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _, _, its_session = stat.read_text().rpartition(") ")[2].split()[:4]
        except OSError:  # it has just ended
            continue
        if int(its_session) == session and state != "Z":
            found.append(int(stat.parent.name))
    return found


def until(what: Callable[[], Any], seconds: float = 30) -> bool:
    """Wait until something is so; whether it was in time."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("ending", [".jsonl", ".csv"])
def test_files_are_the_same_bytes(run: Run, tmp_path: Path, ending: str) -> None:
    texts = slow(40, 0.005)
    texts[3], texts[7], texts[11] = "UNFIT it is", "FAULT of ours", "NOTHING happened"
    path = articles(tmp_path, *texts)
    made = []
    for workers in (1, 2, 3):
        output = tmp_path / str(workers) / f"events{ending}"
        result = run(["code", path, "-o", output, "--workers", workers], coder=Acting)
        assert result.exit_code == 1
        made.append((files(output.parent), result.stderr))
    assert made[0] == made[1] == made[2]


def test_a_store_holds_the_same(run: Run, tmp_path: Path) -> None:
    texts = slow(30, 0.005)
    texts[3], texts[7] = "UNFIT it is", "FAULT of ours"
    path = articles(tmp_path, *texts)
    held = []
    for workers in (1, 2):
        db = tmp_path / f"{workers}.duckdb"
        assert run(["add", path, "--db", db, "--workers", workers], coder=Acting).exit_code == 1
        with open_store(db, read_only=True) as store:
            assert list(store.check()) == []
            held.append([store.ask(one) for one in ("documents", "events", "set_aside")])
    assert held[0] == held[1]


@pytest.mark.parametrize("command", ["code", "add"])
def test_an_article_of_which_processes_die_is_set_aside_and_the_rest_is_done(
    run: Run, tmp_path: Path, command: str
) -> None:
    texts = [f"Place-{number} fell." for number in range(12)]
    texts[4], texts[6] = "DIE now", f"DIE-ONCE {tmp_path / 'mark'}"
    path = articles(tmp_path, *texts)
    to = ["-o", tmp_path / "e.jsonl"] if command == "code" else ["--db", tmp_path / "s.duckdb"]
    result = run([command, path, *to, "--workers", 2], coder=Acting)
    assert result.exit_code == 1
    assert "11 articles coded, 11 events; 1 set aside (12 in all)" in result.stderr
    assert (
        "a.jsonl:5: the process that coded it was killed twice, perhaps for lack of memory"
        in result.stderr
    )


def test_a_missing_model_ends_the_run_and_keeps_what_was_done(run: Run, tmp_path: Path) -> None:
    path = articles(tmp_path, "SLOW 0.1", "Ruritania fell.", "NOMODEL", "Graustark fell.")
    output = tmp_path / "events.jsonl"
    result = run(["code", path, "-o", output, "--workers", 2], coder=Acting)
    assert result.exit_code == 2
    assert result.stderr.endswith("tocsin: the language model is gone; pip install it\n")
    assert lines(tmp_path / "events.jsonl.part") == 2


@needs_proc
def test_ctrl_c_leaves_no_process_and_what_goes_on(run: Run, tmp_path: Path) -> None:
    path = articles(tmp_path, *slow(60, 0.05))
    whole, cut = tmp_path / "whole" / "events.jsonl", tmp_path / "cut" / "events.jsonl"
    assert run(["code", path, "-o", whole], coder=Acting).exit_code == 0
    part = cut.with_name("events.jsonl.part")
    with tocsin("code", path, "-o", cut, "--workers", 2) as process:
        assert until(lambda: lines(part) >= 5)
        assert len(in_session(process.pid)) == 3
        os.killpg(process.pid, signal.SIGINT)
        _, errors = process.communicate(timeout=10)
    assert process.returncode == 130
    assert "Traceback" not in errors
    assert errors.endswith("tocsin: interrupted\n")
    assert in_session(process.pid) == []
    assert 5 <= lines(part) < 60
    result = run(["code", path, "-o", cut, "--workers", 2], coder=Acting)
    assert result.exit_code == 0
    assert "going on behind" in result.stderr
    assert files(cut.parent) == files(whole.parent)


@needs_proc
@pytest.mark.parametrize("command", ["code", "add"])
def test_when_the_command_is_killed_its_processes_end(tmp_path: Path, command: str) -> None:
    path = articles(tmp_path, *["SLOW 0.05 place"], *slow(4, 60))
    to = ["-o", tmp_path / "e.jsonl"] if command == "code" else ["--db", tmp_path / "s.duckdb"]
    with tocsin(command, path, *to, "--workers", 3) as process:
        assert until(lambda: len(in_session(process.pid)) == 4)
        time.sleep(0.5)
        process.kill()
        process.wait()
        assert until(lambda: not in_session(process.pid), 5)


def test_a_pipe_is_read_by_one_process_unless_more_are_asked_for(run: Run) -> None:
    lines = b'{"text": "Ruritania fell."}\n{"text": "Graustark fell."}\n'
    alone = run(["code", "-"], input=lines)
    several = run(["code", "-", "--workers", 2], input=lines)
    assert (alone.exit_code, alone.stdout) == (several.exit_code, several.stdout)


@pytest.mark.parametrize("command", ["code", "add"])
@pytest.mark.parametrize("number", ["0", "-2", "two", "1.5", "9999", ""])
def test_a_number_that_cannot_be_is_refused(
    run: Run, tmp_path: Path, command: str, number: str
) -> None:
    to = ["-o", tmp_path / "e.jsonl"] if command == "code" else ["--db", tmp_path / "s.duckdb"]
    result = run([command, articles(tmp_path, "A"), *to, "--workers", number])
    assert result.exit_code == 2
    assert f"'--workers': {number!r} is no number of processes, 1 to 1,024" in result.stderr
    assert list(tmp_path.iterdir()) == [tmp_path / "a.jsonl"]


@pytest.mark.parametrize(
    "more", [["--workers", 2], ["--format", "csv"], ["--report", "a.html"], ["--seen", "seen"]]
)
def test_a_cluster_takes_no_option_that_it_would_not_heed(
    tmp_path: Path, run: Run, more: list[Any]
) -> None:
    (tmp_path / "a.txt").write_text("Ruritania razed the old bridge of Graustark.")
    asked = ["code", tmp_path / "a.txt", "--engine", "ray", "-o", tmp_path / "out"]
    result = run([*asked, *more])
    assert result.exit_code == 2
    assert "--engine ray goes with no" in result.stderr
    assert not (tmp_path / "out").exists()
