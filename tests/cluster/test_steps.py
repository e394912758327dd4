"""The steps of a run, one after the other in this process: all comes out as of a local run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.cli.conftest import Run, StubCoder
from tests.cluster.stub import Careful
from tests.linking.stories import text

from tocsin.errors import OptionError, ResourceError
from tocsin.ingest.items import Item
from tocsin.model.document import Document
from tocsin.pipeline.coder import Reading

Make = Callable[..., Any]
_DB = duckdb.connect()


def records(folder: Path) -> list[str]:
    """The events of a folder, in the order of the input."""
    sql = f"SELECT record FROM '{folder}/events/*/*.parquet' ORDER BY item, position"
    return [row[0] for row in _DB.execute(sql).fetchall()]


def item_rows(folder: Path) -> list[dict[str, Any]]:
    """What became of the items, as the ledger of a local run says it."""
    found = _DB.execute(f"SELECT * EXCLUDE (item, left_out) FROM '{folder}/items/*.parquet'")
    names = [column[0] for column in found.description or ()]
    rows = [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    return [
        {
            name: value if name != "published" else value.isoformat()
            for name, value in row.items()
            if value is not None
        }
        for row in rows
    ]


@pytest.fixture
def local(run: Run, paths: list[str], tmp_path: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """The events and the ledger of a local run."""
    output = tmp_path / "local.jsonl"
    run(["code", *paths, "-o", output], coder=Careful)
    ledger = (tmp_path / "local.items.jsonl").read_text().splitlines()
    return output.read_text().splitlines(), [json.loads(line) for line in ledger]


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_events_and_items_are_those_of_a_local_run(
    job: Make, by_hand: Make, paths: list[str], local: tuple[Any, Any], tmp_path: Path, size: int
) -> None:
    counts = by_hand(job(*paths, part_items=size, make=Careful))
    assert records(tmp_path / "out") == local[0]
    assert item_rows(tmp_path / "out") == local[1]
    assert len(local[1]) == counts.items
    outcomes = {row["outcome"] for row in local[1]}
    assert outcomes == {"coded", "copy", "set aside"}
    assert any("version_of" in row for row in local[1])
    assert counts.passed == {".jpg": 1}


def test_lines_that_an_outlet_repeats_are_left_out(
    job: Make, by_hand: Make, paths: list[str], tmp_path: Path
) -> None:
    by_hand(job(*paths))
    sql = f"SELECT left_out FROM '{tmp_path}/out/items/*.parquet' WHERE document LIKE 'box%'"
    found = _DB.execute(sql).fetchall()
    assert len(found) == 5
    assert all(len(json.loads(left_out)) == 1 for (left_out,) in found)


def test_events_lie_by_the_day_of_publication(
    job: Make, by_hand: Make, paths: list[str], tmp_path: Path
) -> None:
    by_hand(job(*paths))
    days = {path.parent.name for path in (tmp_path / "out").glob("events/*/*.parquet")}
    assert days >= {"day=2020-06-16", "day=2020-06-17", "day=__HIVE_DEFAULT_PARTITION__"}
    sql = (
        f"SELECT day, published FROM read_parquet('{tmp_path}/out/events/*/*.parquet', "
        "hive_partitioning = true)"
    )
    rows = _DB.execute(sql).fetchall()
    assert rows
    assert all(day == published for day, published in rows)


def test_all_can_lie_at_addresses(job: Make, by_hand: Make, tmp_path: Path) -> None:
    import fsspec

    memory = fsspec.filesystem("memory")
    lines = "".join(
        json.dumps({"id": f"m{n}", "text": text(70, n), "date": "2020-06-16"}) + "\n"
        for n in range(5)
    )
    memory.pipe_file("/archive/deep/a.jsonl", lines.encode())
    try:
        one = job("memory://archive", output="memory://coded")
        counts = by_hand(one)
        assert (counts.coded, counts.events) == (5, 5)
        assert one.folder.read_json("coded.json")["events"] == 5
        assert len(one.folder.read_rows("events/day=2020-06-16/part-000000.parquet")) == 5
        assert one.folder.names("") == ["coded.json", "documents", "events", "items"]
    finally:
        memory.rm("/archive", recursive=True)
        memory.rm("/coded", recursive=True)


class _DiedError(BaseException):
    """Stands for the end of a process."""


class Frail(StubCoder):
    """A coder that dies of an article, by its id."""

    def __init__(self, deadly: set[str]) -> None:
        super().__init__()
        self.deadly = deadly

    def read(self, document: Document) -> Reading:
        if document.id in self.deadly:
            raise _DiedError
        return super().read(document)


def tried(job: Any) -> dict[int, Any]:
    """What comes of the first piece of a job, if every process that dies is started again."""
    from tocsin.cluster.coding import Coding, receipt_of
    from tocsin.cluster.deciding import Decisions
    from tocsin.cluster.reading import read_file, receipt_name

    read_file(job, 0, job.paths[0], False)
    parts = job.folder.read_json(receipt_name(0))["parts"]
    (piece,) = Decisions(job, parts).pieces()
    for _ in range(10):
        try:
            Coding(job).code(piece)
        except _DiedError:
            continue
        return receipt_of(job, piece.name)
    raise AssertionError("it is tried for ever")


@pytest.fixture
def articles(tmp_path: Path) -> str:
    """Four articles, a to d."""
    path = tmp_path / "four.jsonl"
    lines = [json.dumps({"id": id_, "text": text(70, ord(id_))}) + "\n" for id_ in "abcd"]
    path.write_text("".join(lines))
    return str(path)


@pytest.mark.parametrize("deadly", [set(), {"a"}, {"b", "d"}, {"a", "b", "c", "d"}])
def test_articles_of_which_processes_die_are_set_aside(
    job: Make, articles: str, deadly: set[str]
) -> None:
    rows = tried(job(articles, make=lambda: Frail(deadly)))
    for number, id_ in enumerate("abcd", 1):
        assert rows[number]["outcome"] == ("set aside" if id_ in deadly else "coded"), id_
    if deadly:
        assert "killed twice" in str(rows)


def test_no_article_is_blamed_for_the_end_of_a_whole_run(job: Make, articles: str) -> None:
    from tocsin.cluster.coding import Coding
    from tocsin.cluster.deciding import Decisions
    from tocsin.cluster.reading import read_file, receipt_name

    first = job(articles, make=lambda: Frail({"b"}))
    read_file(first, 0, articles, False)
    (piece,) = Decisions(first, first.folder.read_json(receipt_name(0))["parts"]).pieces()
    for start in range(5):
        with pytest.raises(_DiedError):
            Coding(replace(first, run=str(start))).code(piece)


def test_processes_that_die_while_they_are_started_end_the_run(job: Make, articles: str) -> None:
    def broken() -> StubCoder:
        raise _DiedError

    with pytest.raises(ResourceError, match="die while they are started"):
        tried(job(articles, make=broken))


def read_by_many(job: Any, deaths: int) -> list[dict[str, Any]]:
    """The documents of the first file of a job, which kills its reader so many times."""
    from tocsin.cluster.reading import read_file, receipt_name

    for died in range(10):
        try:
            read_file(job, 0, job.paths[0], False)
        except _DiedError:
            continue
        assert died == deaths
        rows = []
        for name, _ in job.folder.read_json(receipt_name(0))["parts"]:
            rows += job.folder.read_rows(f"documents/{name}.parquet")
        return rows
    raise AssertionError("it is tried for ever")


def lines_of(tmp_path: Path, count: int) -> str:
    """A file of so many articles, a to z."""
    path = tmp_path / "many.jsonl"
    ids = [chr(97 + n) for n in range(count)]
    path.write_text("".join(json.dumps({"id": id_, "text": text(70, 1)}) + "\n" for id_ in ids))
    return str(path)


@pytest.mark.parametrize("at", [0, 1, 4, 7, 9])
def test_a_file_of_which_processes_die_is_read_up_to_there(
    job: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    from tocsin.cluster import reading

    read_items = reading.read_items

    def deadly(*paths: Any, **options: Any) -> Iterator[Item]:
        for number, item in enumerate(read_items(*paths, **options)):
            if number == at:
                raise _DiedError
            yield item

    monkeypatch.setattr(reading, "read_items", deadly)
    path = lines_of(tmp_path, 10)
    rows = read_by_many(job(path), 3)
    assert [row["id"] for row in rows] == [*"abcdefghij"[:at], None]
    last = rows[-1]
    assert (last["path"], last["line"]) == (path, None)
    assert last["reason"].startswith("the process that read it was killed again and again")
    assert last["reason"].endswith(f"; {at} items before that were read" if at else "memory")


def test_an_item_that_cannot_be_looked_at_is_set_aside_alone(
    job: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.cluster import reading

    look_at = reading.look_at

    def deadly(document: Document) -> Any:
        if document.id == "f":
            raise _DiedError
        return look_at(document)

    monkeypatch.setattr(reading, "look_at", deadly)
    rows = read_by_many(job(lines_of(tmp_path, 10)), 3)
    assert [row["id"] for row in rows] == [*"abcde", None, *"ghij"]
    assert rows[5]["line"] == 6
    assert "looked at it was killed" in rows[5]["reason"]


def test_no_file_is_blamed_for_the_ends_of_processes_at_many_places(
    job: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tocsin.cluster import reading

    look_at = reading.look_at
    killed = set()

    def deadly(document: Document) -> Any:
        if document.id in "bfj" and document.id not in killed:
            killed.add(document.id)
            raise _DiedError
        return look_at(document)

    monkeypatch.setattr(reading, "look_at", deadly)
    rows = read_by_many(job(lines_of(tmp_path, 10)), 3)
    assert [row["id"] for row in rows] == list("abcdefghij")


def test_what_is_done_is_not_done_again(job: Make, by_hand: Make, articles: str) -> None:
    from tocsin.cluster.coding import Coding
    from tocsin.cluster.deciding import Decisions
    from tocsin.cluster.reading import read_file, receipt_name

    one = job(articles)
    assert read_file(one, 0, articles, False) == 4
    (piece,) = Decisions(one, one.folder.read_json(receipt_name(0))["parts"]).pieces()
    assert Coding(one).code(piece) == {"articles": 4, "events": 4}
    dead = replace(one, make=lambda: Frail(set("abcd")))
    assert Coding(dead).code(piece) == {"articles": 4, "events": 4}
    Path(articles).unlink()
    assert read_file(one, 0, articles, False) == 4


def test_a_folder_that_cannot_be_written_is_named(job: Make, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OptionError, match=r"out/x\.json cannot be written"):
        job().folder.write_json("x.json", {})


def test_a_restart_throws_away_what_is_ours_alone(
    job: Make, by_hand: Make, articles: str, tmp_path: Path
) -> None:
    from tocsin.cluster.engine import _clear

    one = job(articles)
    by_hand(one)
    (tmp_path / "out" / "mine.txt").write_text("mine")
    _clear(one)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]
