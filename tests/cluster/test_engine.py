"""A run on a real Ray of several nodes: the same as a local run, whatever dies on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run
from tests.cluster.stub import Careful, Deadly, Noting, noted
from tests.cluster.test_steps import item_rows, records
from tests.linking.stories import text

from tocsin.work.run import Run as Counts

Make = Callable[..., Any]


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    folder = tmp_path / "notes"
    folder.mkdir()
    return folder


def test_it_is_the_same_as_a_local_run(
    cluster: str, run: Run, paths: list[str], tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    local = run(["code", *paths, "-o", tmp_path / "local.jsonl"], coder=Careful)
    capfd.readouterr()
    result = run(["code", *paths, "--engine", "ray", "-o", tmp_path / "out"], coder=Careful)
    assert result.exit_code == local.exit_code == 1
    assert records(tmp_path / "out") == (tmp_path / "local.jsonl").read_text().splitlines()
    ledger = (tmp_path / "local.items.jsonl").read_text().splitlines()
    assert item_rows(tmp_path / "out") == [json.loads(line) for line in ledger]
    # Not a word of Ray's.
    assert (result.stdout, capfd.readouterr()) == ("", ("", ""))
    ours = [line for line in result.stderr.splitlines() if "all of it is in" not in line]
    assert ours == local.stderr.splitlines()
    assert not (tmp_path / "out" / "work").exists()

    again = run(["code", *paths, "--engine", "ray", "-o", tmp_path / "out"])
    assert "is whole already" in again.stderr
    other = run(["code", paths[0], "--engine", "ray", "-o", tmp_path / "out"])
    assert (other.exit_code, "other options or articles" in other.stderr) == (2, True)


def test_what_is_about_others_is_passed_over_as_in_a_local_run(
    cluster: str, run: Run, tmp_path: Path
) -> None:
    source = tmp_path / "articles.jsonl"
    heads = ("Seoul fell.", "Paris fell.", "Kim Jong Un left.", "no json")
    lines = [json.dumps({"id": one[:5], "text": one, "title": one}) for one in heads[:3]]
    source.write_text("\n".join([*lines, heads[3]]))
    options = ["--about", "PRK", "--about", "KOR"]
    local = run(["code", source, "-o", tmp_path / "local.jsonl", *options])
    result = run(["code", source, "--engine", "ray", "-o", tmp_path / "out", *options])
    said = "2 articles coded, 2 events; 1 about others passed over; 1 set aside (4 in all)"
    assert said in local.stderr
    assert said in result.stderr
    assert records(tmp_path / "out") == (tmp_path / "local.jsonl").read_text().splitlines()
    ledger = (tmp_path / "local.items.jsonl").read_text().splitlines()
    assert item_rows(tmp_path / "out") == [json.loads(line) for line in ledger]
    store = tmp_path / "s.duckdb"
    taken = run(["add", tmp_path / "out", "--db", store])
    assert said in taken.stderr
    unknown = run(["code", source, "--engine", "ray", "-o", tmp_path / "x", "--about", "Zenda"])
    assert (unknown.exit_code, "nobody is known as 'Zenda'" in unknown.stderr) == (2, True)
    assert not (tmp_path / "x").exists()


def lines_of(tmp_path: Path, heads: dict[str, str]) -> str:
    """A file of articles that begin with these words."""
    path = tmp_path / "articles.jsonl"
    rows = [
        {"id": id_, "text": f"{head} {text(60, number)}", "date": "2020-06-16"}
        for number, (id_, head) in enumerate(heads.items(), 1)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def test_killed_processes_poisoned_articles_and_deadly_files_cost_nothing_else(
    cluster: str, job: Make, notes: Path, tmp_path: Path
) -> None:
    from tocsin.cluster.engine import code_archive
    from tocsin.cluster.quiet import quiet

    deadly = tmp_path / "deadly.jsonl"
    rows = [{"id": id_, "text": f"Zenda {text(60, ord(id_))}"} for id_ in "mnopqrst"]
    rows[5]["deadly"] = "yes"
    deadly.write_text("".join(json.dumps(row) + "\n" for row in rows))
    heads = dict.fromkeys("abcdefgh", "Zenda") | {"b": "ONCE", "d": "DEADLY", "g": "FAULT"}
    counts = Counts()
    with quiet():
        code_archive(
            job(
                str(deadly), lines_of(tmp_path, heads),
                make=partial(Noting, notes), columns=Deadly(),
            ),
            counts,
        )  # fmt: skip
    found = item_rows(tmp_path / "out")
    assert [row.get("document") for row in found] == [*"mnopq", None, *"abcdefgh"]
    assert (found[5]["path"], found[5]["outcome"]) == (str(deadly), "set aside")
    assert found[5]["reason"] == (
        "the process that read it was killed again and again, perhaps for lack of memory; mend the "
        "file or leave it out, or give more memory; 5 items before that were read"
    )
    by_id = {row.get("document"): row for row in found}
    assert [by_id[id_]["outcome"] for id_ in "abcdefgh"] == [
        "coded", "coded", "coded", "set aside", "coded", "coded", "set aside", "coded"
    ]  # fmt: skip
    assert "was killed twice" in by_id["d"]["reason"]
    assert by_id["g"]["reason"] == "a fault in Tocsin, please report it: ValueError: a bug"
    assert (counts.items, counts.coded, len(counts.problems)) == (14, 11, 3)
    documents = [json.loads(line)["document"] for line in records(tmp_path / "out")]
    assert documents == list("mnopqabcefh")


@pytest.fixture
def start(cluster: str, notes: Path, tmp_path: Path) -> Callable[[str], subprocess.Popen[str]]:
    """Start a slow run of its own process on the same Ray."""
    words = f"""
import typer
from functools import partial
from tests.cluster.stub import Noting
from tocsin.cli.main import app
import tocsin.cluster.job
tocsin.cluster.job.Job.__init__.__kwdefaults__["part_items"] = 3
app(obj=partial(Noting, {str(notes)!r}, 0.15))
"""

    def begin(path: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-c", words, "code", path, "--engine", "ray", "-o",
             str(tmp_path / "out")],
            env={**os.environ, "RAY_ADDRESS": cluster, "PYTHONPATH": os.pathsep.join(sys.path)},
            text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip

    return begin


def wait_for(tmp_path: Path, pieces: int, process: subprocess.Popen[str]) -> None:
    """Wait until so many pieces are coded."""
    coded = tmp_path / "out" / "work" / "coded"
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        if coded.is_dir() and len(list(coded.iterdir())) >= pieces:
            return
        time.sleep(0.05)
    raise AssertionError(process.communicate())


def test_a_run_that_is_cut_off_goes_on_where_it_was(
    start: Callable[[str], subprocess.Popen[str]], notes: Path, tmp_path: Path
) -> None:
    ids = [f"a{n:02d}" for n in range(24)]
    path = lines_of(tmp_path, dict.fromkeys(ids, "Zenda"))
    coded = tmp_path / "out" / "work" / "coded"
    process = start(path)
    wait_for(tmp_path, 2, process)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert (process.returncode, said) == (130, "tocsin: interrupted\n")
    process = start(path)
    wait_for(tmp_path, 4, process)
    process.kill()
    process.communicate()
    done = [json.loads(one.read_text())["rows"] for one in coded.iterdir()]
    safe = {ids[int(number) - 1] for rows in done for number in rows}
    time.sleep(1.0)  # what the dead run had begun may still end
    before = sorted(noted(notes))
    process = start(path)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said
    assert said.splitlines()[0] == "tocsin: going on behind what a run that was cut off has done"
    assert "24 articles coded, 24 events" in said
    assert [json.loads(line)["document"] for line in records(tmp_path / "out")] == ids
    assert len(safe) >= 12
    after = noted(notes)
    assert all(after.count(one) == before.count(one) for one in safe)


def test_a_node_that_is_lost_costs_nothing(
    nodes: Any, start: Callable[[str], subprocess.Popen[str]], notes: Path, run: Run,
    tmp_path: Path,
) -> None:  # fmt: skip
    path = lines_of(tmp_path, {f"a{n:02d}": "Zenda" for n in range(36)})
    run(["code", path, "-o", tmp_path / "local.jsonl"])
    process = start(path)
    wait_for(tmp_path, 3, process)
    while process.poll() is None and len({name.name.split()[1] for name in notes.iterdir()}) < 2:
        time.sleep(0.05)  # until both nodes are at work
    nodes.remove_node(next(iter(nodes.worker_nodes)), allow_graceful=False)
    try:
        _, said = process.communicate(timeout=120)
    finally:
        process.kill()
        nodes.add_node(num_cpus=1, object_store_memory=150_000_000)
    assert process.returncode == 0, said
    assert "36 articles coded, 36 events" in said
    assert records(tmp_path / "out") == (tmp_path / "local.jsonl").read_text().splitlines()


def test_what_hits_every_article_ends_the_run_and_is_said(
    cluster: str, run: Run, tmp_path: Path
) -> None:
    path = lines_of(tmp_path, {"a": "NOMODEL"})
    result = run(["code", path, "--engine", "ray", "-o", tmp_path / "out"])
    assert result.exit_code == 2
    assert result.stderr == "tocsin: the language model is gone; pip install it\n"


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["-o", "events.jsonl"], "writes a folder of Parquet files"),
        ([], "writes a folder of Parquet files"),
        (["-o", "out", "--format", "csv"], "goes with no --format"),
        (["-o", "out", "--seen", "seen.db"], "goes with no --format"),
        (["-o", "out", "-"], "not standard input"),
    ],
)
def test_what_goes_not_with_it_is_refused(run: Run, arguments: list[str], reason: str) -> None:
    result = run(["code", "a.txt", "--engine", "ray", *arguments])
    assert result.exit_code == 2
    assert reason in result.stderr


def test_a_folder_of_other_files_is_left_alone(cluster: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for more in ([], ["--restart"]):
        result = run(["code", "a.txt", "--engine", "ray", "-o", tmp_path, *more])
        assert (result.exit_code, "is a folder of other files" in result.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_where_ray_is_not_installed_that_is_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    result = run(["code", "a.txt", "--engine", "ray", "-o", "out"])
    assert result.exit_code == 2
    assert "pip install 'tocsin[cluster]'" in result.stderr
