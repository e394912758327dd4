"""Coded articles into a store: it holds what it would hold, had they been coded there."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, StubCoder
from tests.cluster.made_up import BOX
from tests.cluster.stub import Careful
from tests.linking.stories import text

from tocsin.store import open_store

Make = Callable[..., Any]
_TABLES = ("documents", "events", "mentions", "parties", "states", "set_aside", "coded")


def content(path: Path) -> dict[str, list[Any]]:
    """All rows of a store, in their order, without when they came and by what."""
    import duckdb

    found = {}
    with duckdb.connect(str(path), read_only=True) as db:
        for table in _TABLES:
            names = [row[0] for row in db.execute(f"DESCRIBE {table}").fetchall()]
            left = {"added", "done", "at", "coding"}
            columns = ", ".join(f'"{name}"' for name in names if name not in left)
            found[table] = db.execute(f"SELECT {columns} FROM {table}").fetchall()
    return found


def own(rows: list[Any]) -> list[Any]:
    """The rows of all documents but those whose ids were taken."""
    return [row for row in rows if "~" not in str(row)]


@pytest.fixture
def coded(job: Make, by_hand: Make, paths: list[str], tmp_path: Path) -> Path:
    """The archive, coded."""
    by_hand(job(*paths, make=Careful))
    return tmp_path / "out"


class Never(StubCoder):
    """A coder that is not to be made."""

    def __init__(self, **options: Any) -> None:
        raise AssertionError("nothing is to be coded")


def test_a_store_holds_what_it_would_hold_had_they_been_coded_there(
    coded: Path, paths: list[str], run: Run, tmp_path: Path
) -> None:
    theirs, ours = tmp_path / "theirs.duckdb", tmp_path / "ours.duckdb"
    said = run(["add", *paths, "--db", theirs], coder=Careful).stderr
    took = run(["add", coded, "--db", ours], coder=Never)
    assert took.exit_code == 1, took.stderr
    mine, other = content(ours), content(theirs)
    # Of a document whose id is taken the events have ids of their own.
    ids = {row[0] for row in own(other["events"])}
    assert own(mine["events"]) == own(other["events"])
    for table in ("mentions", "parties"):
        assert [row for row in mine[table] if row[0] in ids] == [
            row for row in other[table] if row[0] in ids
        ]
        assert len(mine[table]) == len(other[table])
    assert mine["documents"] == other["documents"]
    assert len(mine["events"]) == len(other["events"])
    assert mine["set_aside"] == other["set_aside"]
    assert mine["coded"] == other["coded"]
    assert said.splitlines()[0] == took.stderr.splitlines()[0]
    with open_store(ours) as store:
        assert list(store.check()) == []


def test_a_second_time_nothing_is_coded(
    coded: Path, paths: list[str], run: Run, tmp_path: Path
) -> None:
    theirs, ours = tmp_path / "theirs.duckdb", tmp_path / "ours.duckdb"
    for _ in range(2):
        run(["add", *paths, "--db", theirs], coder=Careful)
        again = run(["add", coded, "--db", ours], coder=Never)
    assert "0 articles coded, 0 events" in again.stderr
    assert content(ours)["documents"] == content(theirs)["documents"]
    assert content(ours)["coded"] == content(theirs)["coded"]


def test_copies_of_what_the_store_has_are_known_as_such(
    job: Make, by_hand: Make, run: Run, tmp_path: Path
) -> None:
    def line(id_: str, words: str) -> str:
        return json.dumps({"id": id_, "text": words, "date": "2020-06-16"}) + "\n"

    story = text(80, 3)
    (tmp_path / "first.jsonl").write_text(line("x", story) + line("y", "Zenda fell."))
    second = tmp_path / "second.jsonl"
    second.write_text(line("z", f"{story} Later.") + line("y", "Hofbau burnt a mill."))
    by_hand(job(str(second)))
    db = tmp_path / "s.duckdb"
    run(["add", tmp_path / "first.jsonl", "--db", db])
    run(["add", tmp_path / "out", "--db", db], coder=Never)
    with open_store(db) as store:
        rows = {row["id"]: row for row in store.ask("documents")}
        assert list(store.check()) == []
        assert rows["z"]["copy_of"] == "x"
        (other,) = set(rows) - {"x", "y", "z"}
        events = {event.document for event in store.records()}
        assert events == {"x", "y", other}


def test_what_was_left_out_of_a_text_is_kept_as_it_was_coded(
    job: Make, by_hand: Make, run: Run, tmp_path: Path
) -> None:
    # The box stands in the first four of so many that it is none of the outlet's lines.
    articles = tmp_path / "many.jsonl"
    with articles.open("w") as out:
        for n in range(220):
            words = f"{BOX}\n\n{text(9, n)}" if n < 4 else text(9, n)
            out.write(json.dumps({"id": f"{n}", "text": words, "outlet": "Courier"}) + "\n")
    by_hand(job(str(articles), part_items=1000))
    db = tmp_path / "s.duckdb"
    run(["add", tmp_path / "out", "--db", db], coder=Never)
    with open_store(db) as store:
        assert [one.left_out for one in store.last_documents(220)] == [()] * 220


def test_a_folder_that_is_not_whole_is_refused(coded: Path, run: Run, tmp_path: Path) -> None:
    (coded / "coded.json").unlink()
    (coded / "work").mkdir()
    (coded / "work" / "run.json").write_text("{}")
    result = run(["add", coded, "--db", tmp_path / "s.duckdb"])
    assert result.exit_code == 2
    assert "is not whole" in result.stderr


@pytest.mark.parametrize("more", [["other.jsonl"], ["--coder", "rules"]])
def test_coded_articles_are_added_by_themselves(
    coded: Path, run: Run, tmp_path: Path, more: list[str]
) -> None:
    result = run(["add", coded, *more, "--db", tmp_path / "s.duckdb"])
    assert result.exit_code == 2
    assert "is coded" in result.stderr
    assert not (tmp_path / "s.duckdb").exists()
