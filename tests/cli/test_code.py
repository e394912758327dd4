"""``tocsin code``: what goes to standard output, what to standard error, and the exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from tests.cli.conftest import Run, StubCoder

from tocsin.errors import ResourceError
from tocsin.ingest.items import Item
from tocsin.linking.intake import Intake
from tocsin.model.codec import from_json_line
from tocsin.model.document import Document
from tocsin.work.engine import InProcess
from tocsin.work.run import Run as State
from tocsin.work.run import code_items


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("Ruritania razed the bridge today.")
    return path


def test_a_pipe_gets_json_lines(run: Run, article: Path) -> None:
    result = run(["code", article, "--published", "2020-06-16"])
    assert result.exit_code == 0
    (event,) = map(from_json_line, result.stdout.splitlines())
    assert event.actors[0].text == "Ruritania"
    assert str(event.published) == "2020-06-16"
    assert result.stderr == "tocsin: 1 article coded, 1 event\n"


def test_coding_twice_gives_the_same_bytes(run: Run, article: Path) -> None:
    assert run(["code", article]).stdout_bytes == run(["code", article]).stdout_bytes


def test_standard_input_is_read(run: Run) -> None:
    result = run(["code", "-"], input=b'{"id": "a1", "text": "Ruritania fell."}\n')
    assert json.loads(result.stdout)["document"] == "a1"


def test_a_table_is_printed_on_demand(run: Run, article: Path) -> None:
    result = run(["code", article, "--format", "table", "--published", "2020-06-16"])
    for part in (
        "Ruritania razed the bridge",
        "2020-06-16",
        "ASSAULT/destroy",
        "[RUR GOV]",
        "5500",
    ):
        assert part in result.stdout


def test_nothing_in_an_article_can_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    words = "A\\u001b[31mB\\u0007 [bold]razed[/bold]" + " the bridge over the river" * 80
    path.write_text(f'{{"text": "{words}", "title": "T\\u001b[2J"}}\n')
    result = run(["code", path, "--format", "table"])
    assert result.exit_code == 0
    assert "\x1b[31m" not in result.output
    assert "\x1b[2J" not in result.output
    assert "\x07" not in result.output


def test_csv_is_flat_and_safe_to_open(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "=cmd() razed the bridge today"}\n{"text": "B\\nC"}\n')
    result = run(["code", path, "--format", "csv", "--published", "2020-06-16"])
    one, two = csv.DictReader(io.StringIO(result.stdout_bytes.decode()))
    assert one["trigger"] == one["speaker"] == "'=cmd()"
    assert one["sentence"] == "'=cmd() razed the bridge today"
    assert one["actor"] == "'=cmd();=cmd()"
    assert one["actor_country"] == "RUR;RUR"
    assert one["actor_sectors"] == "GOV+MIL;GOV+MIL"
    assert (one["recipient"], one["recipient_country"]) == ("", "GRA")
    assert (one["score"], one["lon"]) == ("-8.5", "-2.0")
    assert one["quantities"] == "about 5500 balloon on 22 occasions"
    assert one["date_start"] == "2020-06-16"
    assert two["sentence"] == "B\nC"


@pytest.mark.parametrize("ending", ["jsonl", "csv", "parquet", "PARQUET"])
def test_a_file_is_written_whole_and_twice_the_same(
    run: Run, article: Path, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / "new" / f"out.{ending}"
    first = run(["code", article, "-o", out])
    assert (first.exit_code, first.stdout) == (0, "")
    data = out.read_bytes()
    run(["code", article, "-o", out])
    assert out.read_bytes() == data
    assert set(out.parent.iterdir()) == {out, out.with_name("out.items.jsonl")}


def test_parquet_has_typed_columns_and_the_whole_record(
    run: Run, article: Path, tmp_path: Path
) -> None:
    out = tmp_path / "it's.parquet"
    run(["code", article, "-o", out, "--published", "2020-06-16"])
    with duckdb.connect() as db:
        row: Any = db.execute(
            "SELECT date_start, quad, score, actor_country, geonameid, record FROM read_parquet(?)",
            [str(out)],
        ).fetchone()
    assert (str(row[0]), row[1:5]) == ("2020-06-16", (4, -8.5, "RUR;RUR", None))
    assert from_json_line(row[5]).actors[0].text == "Ruritania"


def test_parquet_without_events_has_its_columns(run: Run, tmp_path: Path) -> None:
    path, out = tmp_path / "a.txt", tmp_path / "out.parquet"
    path.write_text("NOTHING")
    assert run(["code", path, "-o", out]).exit_code == 0
    with duckdb.connect() as db:
        found = db.execute("SELECT count(type) FROM read_parquet(?)", [str(out)]).fetchone()
    assert found == (0,)


def test_a_file_and_a_format_give_both(run: Run, article: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    result = run(["code", article, "-o", out, "--format", "jsonl"])
    assert len(result.stdout.splitlines()) == 1
    assert len(out.read_text().splitlines()) == 2


def test_what_cannot_be_used_is_set_aside_and_counted(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_bytes(
        b'{"text": "Ruritania fell."}\n{"body": "x"}\n{"text": "A", "date": "soon"}\nno\n'
    )
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "latin.txt").write_bytes(b"Caf\xe9 fell.")
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(50_000_000)
    (tmp_path / "z.txt").write_text("Graustark fell.")
    result = run(["code", tmp_path, tmp_path / "none.txt"])
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 3
    assert "tocsin: 3 articles coded, 3 events; 7 set aside (10 in all)" in result.stderr
    for part in (
        "bad.jsonl:2: has no column 'text'",
        "bad.jsonl:3: 'date' is 'soon'",
        "bad.jsonl:4: is no JSON",
        "binary.txt: is no text but binary data",
        "empty.txt: the text is empty",
        "large.txt: more than 5 MB is too large",
        "none.txt: there is no such file",
    ):
        assert part in result.stderr
    assert "Traceback" not in result.stderr


def test_an_article_that_cannot_be_coded_is_set_aside_too(run: Run) -> None:
    lines = b'{"id": "u", "text": "UNFIT"}\n{"id": "f", "text": "FAULT"}\n{"text": "Ruritania"}\n'
    result = run(["code", "-"], input=lines)
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "  standard input:1: is not fit\n" in result.stderr
    assert (
        "  standard input:2: a fault in Tocsin, please report it: ValueError: a bug\n"
        in result.stderr
    )


def test_a_missing_model_ends_the_run_in_one_line(run: Run) -> None:
    result = run(["code", "-"], input=b"NOMODEL")
    assert result.exit_code == 2
    assert result.stderr.endswith("tocsin: the language model is gone; pip install it\n")

    def no_coder(**_: Any) -> StubCoder:
        raise ResourceError("the language model 'x' cannot be loaded")

    result = run(["code", "-"], input=b"A", coder=no_coder)
    assert result.exit_code == 2
    assert result.stderr == "tocsin: the language model 'x' cannot be loaded\n"


def test_an_interrupted_run_keeps_what_it_has(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    lines = b'{"text": "Ruritania fell."}\n{"text": "STOP"}\n'
    result = run(["code", "-", "-o", out], input=lines)
    assert result.exit_code == 130
    assert "tocsin: interrupted" in result.stderr
    assert not out.exists()
    assert len((tmp_path / "out.jsonl.part").read_text().splitlines()) == 1


@pytest.mark.parametrize("text", ["Ruritania fell.", "NOTHING"])
def test_relative_dates_that_stay_unresolved_are_said(run: Run, text: str) -> None:
    result = run(["code", "-"], input=text.encode())
    assert ("give it with --published DATE" in result.stderr) == (text != "NOTHING")
    result = run(["code", "-", "--published", "2020-06-16"], input=text.encode())
    assert "--published" not in result.stderr


def test_articles_newer_than_the_tables_of_who_held_office_are_counted_once(run: Run) -> None:
    lines = [
        json.dumps({"id": name, "text": f"Ruritania fell in {name}.", "date": day})
        for name, day in (("a", "2020-06-16"), ("b", "2099-01-01"), ("c", "2099-01-02"))
    ]
    result = run(["code", "-"], input="\n".join(lines).encode())
    assert result.stderr.count("newer than the tables of who held office") == 1
    assert "tocsin: 2 articles newer than" in result.stderr
    assert "actors/ministers.csv: 20" in result.stderr
    result = run(["code", "-"], input=lines[0].encode())
    assert "newer than" not in result.stderr


def test_an_article_is_never_written_over(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "Ruritania fell."}\n')
    result = run(["code", path, "-o", path])
    assert result.exit_code == 2
    assert "is to be read and to be written; name another file" in result.stderr
    assert path.read_bytes() == b'{"text": "Ruritania fell."}\n'


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["code"], "Missing argument"),
        (["code", "-", "--published", "16.6.2020"], "'16.6.2020' is not a day such as 2020-06-16"),
        (["code", "-", "--format", "xml"], "--format 'xml' is unknown; allowed: jsonl, csv, table"),
        (["code", "-", "-o", "out.xls"], "must end in one of .jsonl, .csv, .parquet"),
        (["code", "-", "-o", "/dev/null/out.csv"], "cannot be written"),
        (["code", "-", "--report", "out.pdf"], "must end in .html"),
        (["code", "-", "--report", "/dev/null/out.html"], "/dev/null"),
        (["code", "-", "--colour"], "No such option"),
        (["cod"], "No such command"),
    ],
)
def test_wrong_usage_is_said_before_any_work(run: Run, arguments: list[str], message: str) -> None:
    result = run(arguments, input=b"Ruritania")
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_options_reach_the_coder(run: Run) -> None:
    seen: dict[str, Any] = {}

    def make(**options: Any) -> StubCoder:
        seen.update(options)
        return StubCoder()

    run(["code", "-"], input=b"A", coder=make)
    assert seen == {}
    run(
        ["code", "-", "--coder", "rules", "--language-model", "m", "--pack", "a", "--pack", "b"],
        input=b"A", coder=make,
    )  # fmt: skip
    assert seen == {"coder": "rules", "language_model": "m", "packs": ["a", "b"]}


def test_each_article_is_out_before_the_next_is_read() -> None:
    order: list[str] = []

    def items() -> Any:
        for name in ("A", "B"):
            order.append(f"read {name}")
            yield Item("x.txt", None, Document.of(name))

    class Recorder:
        def write(self, document: Document, reading: object) -> None:
            order.append(f"write {document.text}")

    taken = Intake(read_ahead=0).take(items())
    code_items(taken, InProcess(StubCoder()), [Recorder()], State())
    assert order == ["read A", "write A", "read B", "write B"]


def test_a_report_is_written(run: Run, article: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    result = run(["code", article, "--report", path, "--format", "jsonl"])
    assert result.exit_code == 0
    assert "Ruritania" in path.read_text(encoding="utf-8")
    assert f"the report is in {path}" in result.stderr
