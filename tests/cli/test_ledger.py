"""The ledger: what became of every item, and a run that was cut off anywhere goes on as if not."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.cli.conftest import Run, StubCoder
from tests.linking.stories import text

from tocsin.cli.ledger import Ledger, ledger_path
from tocsin.cli.output import OutputFile
from tocsin.errors import OptionError
from tocsin.model.document import Document
from tocsin.model.event import Event

ENDINGS = (".jsonl", ".csv", ".parquet")
UNFIT, STORY = text(80, 1), text(80, 2)
LINES: list[dict[str, Any]] = [
    {"id": "a", "text": "Ruritania razed the bridge.", "title": "Žďár – “한국” 🏰"},
    {"id": "b", "text": "NOTHING"},
    {"id": "c", "text": f"UNFIT {UNFIT}", "outlet": "Courier"},
    {"id": "d", "text": UNFIT},
    {"id": "e", "text": f"{UNFIT} Later."},
    {"body": "no article"},
    {"id": "f", "text": "FAULT", "date": "2020-06-16"},
    {"id": "g", "text": STORY, "date": "2020-06-16"},
    {"id": "h", "text": STORY.upper(), "title": "é" * 40},
    {"id": "i", "text": "Graustark fell today."},
    {"id": "j", "text": "Hofbau fell today.", "url": "https://example.org/2020/06/16/a"},
]


class Tiring(StubCoder):
    """The stub coder, which is interrupted at a certain article."""

    def __init__(self, left: int) -> None:
        super().__init__()
        self._left = left

    def code(self, document: Document) -> tuple[Event, ...]:
        self._left -= 1
        if self._left < 0:
            raise KeyboardInterrupt
        return super().code(document)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of articles, and things that are none."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.jsonl").write_text("".join(json.dumps(line) + "\n" for line in LINES))
    (folder / "b.txt").write_text("Strelsau fell.")
    (folder / "bad.txt").write_bytes(b"\x00")
    (folder / "c.txt").write_text("Tarlenheim fell.")
    return folder


def arguments(articles: Path) -> list[Path]:
    # one file is given twice: nothing tells its items from those that it gives in the folder
    return [articles, articles / "a.jsonl"]


def files(output: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in output.parent.iterdir()}


def ledger(output: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ledger_path(output).read_text().splitlines()]


@pytest.fixture(scope="module")
def whole(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, bytes]]:
    """What a run leaves that nothing cuts off, by the ending of its output."""
    from typer.testing import CliRunner

    from tocsin.cli.main import app

    left = {}
    for ending in ENDINGS:
        output = tmp_path_factory.mktemp("whole") / f"events{ending}"
        command = ["code", *map(str, arguments(articles)), "-o", str(output)]
        assert CliRunner().invoke(app, command, obj=StubCoder).exit_code == 1
        left[ending] = files(output)
    return left


def test_every_item_has_a_line(articles: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "events.jsonl"
    result = run(["code", articles, "-o", output])
    rows = ledger(output)
    outcomes = {row.get("document", row["path"]): row["outcome"] for row in rows}
    assert [row["outcome"] for row in rows] == [
        "coded", "coded", "set aside", "coded", "copy", "set aside", "set aside", "coded", "copy",
        "coded", "coded", "coded", "set aside", "coded",
    ]  # fmt: skip
    assert outcomes[str(articles / "bad.txt")] == "set aside"
    assert rows[0] == {
        "path": str(articles / "a.jsonl"), "line": 1, "document": "a", "title": LINES[0]["title"],
        "outcome": "coded", "events": 1, "undated": True,
    }  # fmt: skip
    assert rows[8] == {
        "path": str(articles / "a.jsonl"), "line": 9, "document": "h", "title": "é" * 40,
        "outcome": "copy", "kind": "same", "copy_of": "g", "contained": 1.0,
    }  # fmt: skip
    assert rows[5]["reason"].startswith("has no column 'text'")
    assert rows[6]["reason"] == "a fault in Tocsin, please report it: ValueError: a bug"
    assert (
        "8 articles coded, 7 events; 2 copies of articles read before; 4 set aside (14 in all)"
        in (result.stderr)
    )


def test_in_the_place_of_an_article_that_cannot_be_coded_one_copy_is(
    articles: Path, run: Run, tmp_path: Path
) -> None:
    output = tmp_path / "events.jsonl"
    run(["code", articles, "-o", output])
    rows = {row["document"]: row for row in ledger(output) if "document" in row}
    assert rows["c"]["outcome"] == "set aside"
    assert rows["d"]["outcome"] == "coded"
    assert (rows["e"]["outcome"], rows["e"]["copy_of"]) == ("copy", "d")
    events = [json.loads(line)["document"] for line in output.read_text().splitlines()]
    assert events.count("d") == 1
    assert "e" not in events


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ending=st.sampled_from(ENDINGS),
    coded=st.integers(0, 12),
    events=st.floats(0, 1),
    noted=st.floats(0, 1),
    zeros=st.booleans(),
)
def test_a_run_that_is_cut_off_at_any_byte_ends_as_if_it_had_not_been(
    articles: Path,
    whole: dict[str, dict[str, bytes]],
    run: Run,
    ending: str,
    coded: int,
    events: float,
    noted: float,
    zeros: bool,
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder) / f"events{ending}"
        command = ["code", *arguments(articles), "-o", output]
        result = run(command, coder=lambda **_: Tiring(coded))
        if result.exit_code == 130:
            for path, share in (
                (Path(f"{output}.part"), events),
                (Path(f"{ledger_path(output)}.part"), noted),
            ):
                if path.exists():
                    size = path.stat().st_size
                    with path.open("r+b") as file:
                        file.truncate(round(share * size))
                        if zeros:  # what a power cut leaves
                            file.seek(0, os.SEEK_END)
                            file.write(b"\x00" * 7)
        assert run(command).exit_code == 1
        assert files(output) == whole[ending]


def cut_off(run: Run, articles: Path, output: Path, *options: object, after: int = 5) -> None:
    command = ["code", *arguments(articles), "-o", output, *options]
    assert run(command, coder=lambda **_: Tiring(after)).exit_code == 130
    assert Path(f"{output}.part").exists()


def test_nothing_is_coded_twice(articles: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "events.jsonl"
    coded: list[str] = []

    class Noting(Tiring):
        def code(self, document: Document) -> tuple[Event, ...]:
            events = super().code(document)
            coded.append(document.id)
            return events

    command = ["code", articles, "-o", output]
    assert run(command, coder=lambda **_: Noting(6)).exit_code == 130
    result = run(command, coder=lambda **_: Noting(100))
    names = [row["document"] for row in ledger(output) if row["outcome"] == "coded"]
    assert coded == names
    assert "going on behind 9 items of the run that was cut off" in result.stderr
    assert "(14 in all)" in result.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--published", "2020-06-16"],
        ["--min-confidence", "0.7"],
        ["--column", "title=id"],
        ["--date-format", "%d.%m.%Y"],
        ["--seen", "seen.db"],
        ["--pack", "none"],
    ],
)
def test_with_other_options_it_is_refused_unless_it_is_to_begin_anew(
    options: list[str], articles: Path, run: Run, tmp_path: Path
) -> None:
    output = tmp_path / "events.jsonl"
    options = [str(tmp_path / one) if one == "seen.db" else one for one in options]
    cut_off(run, articles, output)
    before = files(output)
    result = run(["code", *arguments(articles), "-o", output, *options])
    assert result.exit_code == 2
    assert "is from a run with other options or articles that was cut off" in result.stderr
    assert "--restart" in result.stderr
    assert files(output) == before
    assert run(["code", *arguments(articles), "-o", output, *options, "--restart"]).exit_code == 1
    assert not Path(f"{output}.part").exists()


def test_with_other_articles_it_is_refused(articles: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "events.jsonl"
    cut_off(run, articles, output)
    assert run(["code", articles, "-o", output]).exit_code == 2


def test_to_begin_anew_throws_away_what_was_done(
    articles: Path, whole: dict[str, dict[str, bytes]], run: Run, tmp_path: Path
) -> None:
    output = tmp_path / "events.jsonl"
    cut_off(run, articles, output)
    result = run(["code", *arguments(articles), "-o", output, "--restart"])
    assert "going on" not in result.stderr
    assert files(output) == whole[".jsonl"]


def test_parts_of_two_outputs_of_one_name_are_not_mixed(
    articles: Path, whole: dict[str, dict[str, bytes]], run: Run, tmp_path: Path
) -> None:
    cut_off(run, articles, tmp_path / "events.jsonl", after=3)
    cut_off(run, articles, tmp_path / "events.csv", "--restart", after=6)
    result = run(["code", *arguments(articles), "-o", tmp_path / "events.jsonl"])
    assert result.exit_code == 2
    assert run(["code", *arguments(articles), "-o", tmp_path / "events.csv"]).exit_code == 1
    assert (tmp_path / "events.csv").read_bytes() == whole[".csv"]["events.csv"]


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_report_of_a_resumed_run_holds_all_articles(
    ending: str, articles: Path, run: Run, tmp_path: Path
) -> None:
    def report(name: str) -> str:
        return (tmp_path / name).read_text(encoding="utf-8")

    output = tmp_path / f"events{ending}"
    command = ["code", *arguments(articles), "--report"]
    run([*command, tmp_path / "whole.html", "-o", tmp_path / "w" / f"events{ending}"])
    cut_off(run, articles, output, "--report", tmp_path / "cut.html")
    assert run([*command, tmp_path / "cut.html", "-o", output]).exit_code == 1
    assert "Tarlenheim" in report("cut.html")
    assert report("cut.html") == report("whole.html")


def test_a_name_that_is_no_utf8_stands_in_the_ledger(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    name = os.fsdecode(b"a\xe9.txt")
    (folder / name).write_text("Ruritania fell.")
    (folder / "b.txt").write_text("STOP")
    output = tmp_path / "events.jsonl"
    assert run(["code", folder, "-o", output]).exit_code == 130
    (folder / "b.txt").write_text("Graustark fell.")
    result = run(["code", folder, "-o", output])
    assert result.exit_code == 0
    assert "going on behind 1 items" in result.stderr
    assert [row["path"] for row in ledger(output)] == [str(folder / name), str(folder / "b.txt")]


def test_what_is_read_is_not_written_over_by_the_ledger(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "news.items.jsonl"
    path.write_text('{"text": "Ruritania fell."}\n')
    result = run(["code", path, "-o", tmp_path / "news.jsonl"])
    assert result.exit_code == 2
    assert "is to be read and to be written" in result.stderr


@pytest.mark.parametrize(
    ("output", "path"),
    [
        ("events.jsonl", "events.items.jsonl"),
        ("a/events.parquet", "a/events.items.jsonl"),
        ("a.b.csv", "a.b.items.jsonl"),
    ],
)
def test_the_ledger_lies_beside_the_output(output: str, path: str) -> None:
    assert ledger_path(output) == Path(path)


@pytest.mark.parametrize("lost", ["events", "ledger"])
def test_where_one_of_the_two_is_lost_all_begins_anew(
    lost: str,
    articles: Path,
    whole: dict[str, dict[str, bytes]],
    run: Run,
    tmp_path: Path,
) -> None:
    output = tmp_path / "events.jsonl"
    cut_off(run, articles, output)
    Path(f"{output if lost == 'events' else ledger_path(output)}.part").unlink()
    assert run(["code", *arguments(articles), "-o", output]).exit_code == 1
    assert files(output) == whole[".jsonl"]


def test_a_ledger_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(OptionError, match="cannot be written"):
        Ledger(tmp_path / "a" / "events.jsonl", {}, fresh=False)


def test_an_output_goes_on_behind_what_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    Path(f"{path}.part").write_bytes(b"head\nrow\ncut o")
    with OutputFile(path, at=9) as file:
        assert file.size == 9
    assert path.read_bytes() == b"head\nrow\n"
    shutil.rmtree(tmp_path)
