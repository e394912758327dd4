"""``tocsin code`` on what people have: mixed folders, foreign tables, articles seen before."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, StubCoder
from tests.ingest.readers.samples import ARTICLES, page, record, tarred, zipped
from tests.linking.stories import text

from tocsin.cli.ledger import Ledger

TABLE = "Artikel;Datum;Titel\nRuritania fell.;06.07.2020;Eins\nGraustark fell.;31.12.2020;Zwei\n"


def counts(stderr: str) -> dict[str, int]:
    """The numbers of the summary's first line."""
    line = next(line for line in stderr.splitlines() if "coded" in line and "(" in line)
    kinds = {"coded": r"([\d,]+) articles? coded", "copies": r"([\d,]+) cop",
             "set aside": r"([\d,]+) set aside", "all": r"\(([\d,]+) in all"}  # fmt: skip
    return {
        kind: int(found[1].replace(",", "")) if (found := re.search(pattern, line)) else 0
        for kind, pattern in kinds.items()
    }


def rows(output: Path) -> list[dict[str, Any]]:
    lines = output.with_name(f"{output.stem}.items.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A folder with everything in it that a folder can hold."""
    folder = tmp_path / "mixed"
    (folder / "Story_files").mkdir(parents=True)
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in ARTICLES)
    files: dict[str, bytes] = {
        "a.jsonl": lines + b'{"text": "UNFIT"}\n{"text": "FAULT"}\nno json\n',
        "b.zip": zipped({"a.jsonl": lines, "image.png": b"x", ".hidden.txt": b"x"}),
        "c.tgz": tarred({"c.csv": b"text,date\nHofbau fell.,2020-06-16\nx,06/07/2020\n1,2,3\n"}),
        "d.json": json.dumps({"articles": [ARTICLES[0], 5, {"url": "https://x.org"}]}).encode(),
        "e.warc": record("https://x.org/a.gif", b"GIF", kind="image/gif"),
        "f.md": b"---\ntitle: T\n---\nTarlenheim fell.\n",
        "g.parquet": b"PAR1 broken",
        "h.txt": b"\x00",
        "Story.html": page({**ARTICLES[1], "text": text(60, 5)}),
        "Story_files/ad.html": page(ARTICLES[2]),
        "unread.pdf": b"x",
        "unread.PDF": b"x",
        "LICENSE": b"x",
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def test_the_counts_add_up_on_a_mixed_folder(mixed: Path, run: Run, tmp_path: Path) -> None:
    output = tmp_path / "events.jsonl"
    result = run(["code", mixed, "-o", output])
    assert result.exit_code == 1
    told = counts(result.stderr)
    assert told["all"] == told["coded"] + told["copies"] + told["set aside"]
    outcomes = [row["outcome"] for row in rows(output)]
    assert len(outcomes) == told["all"]
    assert outcomes.count("coded") == told["coded"] == 6
    assert outcomes.count("copy") == told["copies"] == 4
    assert outcomes.count("set aside") == told["set aside"] == 9
    events = [json.loads(line)["document"] for line in output.read_text().splitlines()]
    coded = [row for row in rows(output) if row["outcome"] == "coded"]
    assert sum(row["events"] for row in coded) == len(events)
    assert {row["document"] for row in coded} == set(events)


def test_what_is_passed_over_is_said_by_its_ending(mixed: Path, run: Run) -> None:
    stderr = run(["code", mixed]).stderr
    (line,) = (line for line in stderr.splitlines() if "passed over" in line)
    assert line == (
        "tocsin: passed over, for they hold no articles: .pdf 2, no ending 1, .png 1, "
        "image/gif in a web archive 1"
    )


def test_a_foreign_table_is_read_by_the_names_of_its_columns(run: Run, tmp_path: Path) -> None:
    path, output = tmp_path / "export.csv", tmp_path / "events.jsonl"
    path.write_text(TABLE)
    told = ["--column", "text=Artikel", "--column", "date=datum", "--column", "title=Titel",
            "--date-format", "%d.%m.%Y"]  # fmt: skip
    result = run(["code", path, "-o", output, *told])
    assert result.exit_code == 0
    assert [(row["title"], row["published"]) for row in rows(output)] == [
        ("Eins", "2020-07-06"), ("Zwei", "2020-12-31"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "code", "message"),
    [
        ([], 1, "its columns: Artikel, Datum, Titel. Say which is which: --column text=NAME"),
        (["--column", "date=Datum"], 1, "Say which is which: --column text=NAME"),
        (["--column", "text=Artickel"], 1, "has not what is named by --column text=Artickel; its"),
        (["--column", "text=Artikel", "--column", "date=Tag"], 1, "named by --column date=Tag"),
        (["--column", "text=Artikel", "--column", "date=Datum"], 1, "--date-format"),
        (["--column", "Artikel"], 2, "--column Artikel is not FIELD=NAME, such as text=body"),
        (["--column", "text="], 2, "is not FIELD=NAME"),
        (["--column", "body=Artikel"], 2, "'body' is no field; the fields are id, text, title"),
    ],
)
def test_what_is_wrong_with_the_names_of_columns_is_said(
    options: list[str], code: int, message: str, run: Run, tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(TABLE)
    result = run(["code", path, *options])
    assert result.exit_code == code
    assert message in result.stderr
    assert result.stdout == ""


def test_names_of_columns_leave_other_forms_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE)
    (tmp_path / "b.md").write_text("---\ndate: 2020-06-16\n---\nHofbau fell.\n")
    (tmp_path / "c.txt").write_text("Strelsau fell.")
    told = ["--column", "text=Artikel", "--column", "date=Datum", "--date-format", "%d.%m.%Y"]
    result = run(["code", tmp_path, *told])
    assert result.exit_code == 0
    assert "4 articles coded, 4 events" in result.stderr


def test_what_one_run_has_seen_the_next_does_not_code_again(run: Run, tmp_path: Path) -> None:
    seen, story = tmp_path / "seen.db", text(100, 1)
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    (tmp_path / "one" / "a.jsonl").write_text(
        json.dumps({"id": "first", "text": story}) + '\n{"text": "Ruritania fell."}\n'
    )
    (tmp_path / "two" / "b.jsonl").write_text(
        json.dumps({"id": "second", "text": f"{story} Later."}) + '\n{"text": "Hofbau fell."}\n'
    )
    first = run(["code", tmp_path / "one", "--seen", seen, "-o", tmp_path / "1.jsonl"])
    assert "2 articles coded, 2 events\n" in first.stderr
    second = run(["code", tmp_path / "two", "--seen", seen, "-o", tmp_path / "2.jsonl"])
    assert counts(second.stderr) == {"coded": 1, "copies": 1, "set aside": 0, "all": 2}
    copy = rows(tmp_path / "2.jsonl")[0]
    assert (copy["outcome"], copy["copy_of"]) == ("copy", "first")
    again = run(["code", tmp_path / "one", tmp_path / "two", "--seen", seen])
    assert counts(again.stderr) == {"coded": 0, "copies": 4, "set aside": 0, "all": 4}
    without = run(["code", tmp_path / "two"])
    assert "2 articles coded" in without.stderr


def test_a_run_that_is_cut_off_has_seen_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, output, seen = tmp_path / "a.jsonl", tmp_path / "out.jsonl", tmp_path / "seen.db"
    path.write_text('{"text": "Ruritania fell."}\n{"text": "Hofbau fell."}\n')
    command = ["code", path, "-o", output, "--seen", seen]

    class Stopping(StubCoder):
        def code(self, document: Any) -> Any:
            if document.text.startswith("Hofbau"):
                raise KeyboardInterrupt
            return super().code(document)

    assert run(command, coder=Stopping).exit_code == 130
    # cut off once more, when the events are whole and the ledger is not
    with monkeypatch.context() as patched:
        patched.setattr(Ledger, "finish", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        assert run(command).exit_code == 130
    result = run(command)
    assert "2 articles coded, 2 events\n" in result.stderr
    assert len(output.read_text().splitlines()) == 2
    assert [row["outcome"] for row in rows(output)] == ["coded", "coded"]


def test_a_database_of_another_program_is_refused_before_any_work(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Ruritania fell.")
    (tmp_path / "other.db").write_text("no database" * 100)
    result = run(["code", tmp_path / "a.txt", "--seen", tmp_path / "other.db"])
    assert result.exit_code == 2
    assert "other.db cannot be used: file is not a database" in result.stderr
    assert result.stdout == ""


def test_a_copy_of_an_article_that_could_not_be_coded_is_coded(run: Run) -> None:
    story = text(80, 1)
    texts = [f"UNFIT {story}", f"FAULT {story}", story, f"{story} Later."]
    lines = "".join(json.dumps({"id": str(n), "text": one}) + "\n" for n, one in enumerate(texts))
    result = run(["code", "-"], input=lines.encode())
    assert [json.loads(line)["document"] for line in result.stdout.splitlines()] == ["2"]
    assert counts(result.stderr) == {"coded": 1, "copies": 1, "set aside": 2, "all": 4}


def test_what_is_about_others_is_passed_over(run: Run, tmp_path: Path) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "events.jsonl"
    texts = ["Seoul fell today.", "Paris fell today.", "Paris fell today.", "UNFIT Seoul", "Rome"]
    lines = [json.dumps({"id": str(n), "text": one}) for n, one in enumerate(texts)]
    source.write_text("\n".join([*lines, "no json"]))
    result = run(["code", source, "-o", output, "--about", "KOR", "--about", "ITA"])
    assert result.exit_code == 1
    assert "2 articles coded, 2 events; 2 about others passed over; 2 set aside (6 in all)" in (
        result.stderr
    )
    assert [row["outcome"] for row in rows(output)] == [
        "coded", "passed over", "passed over", "set aside", "coded", "set aside"
    ]  # fmt: skip
    passed = rows(output)[1]
    assert (passed["document"], passed["reason"]) == ("1", "names none of South Korea, Italy")


def test_a_run_that_was_cut_off_is_about_the_same(run: Run, tmp_path: Path) -> None:
    source, output = tmp_path / "in.jsonl", tmp_path / "events.jsonl"
    texts = ["Paris fell.", "Seoul fell.", "STOP Seoul", "Rome fell."]
    source.write_text("".join(json.dumps({"text": one}) + "\n" for one in texts))
    command = ["code", source, "-o", output, "--workers", "1", "--about"]
    assert run([*command, "KOR"]).exit_code == 130
    assert "other options" in run([*command, "FRA"]).stderr
    source.write_text(source.read_text().replace("STOP ", ""))
    again = run([*command, "KOR"])
    assert "2 articles coded, 2 events; 2 about others passed over (4 in all)" in again.stderr
    assert len(rows(output)) == 4


def test_whoever_is_unknown_is_refused_before_any_work(run: Run, tmp_path: Path) -> None:
    output = tmp_path / "events.jsonl"
    result = run(["code", "-", "-o", output, "--about", "Ruritania"], input="Seoul fell.")
    assert result.exit_code == 2
    assert "nobody is known as 'Ruritania'" in result.stderr
    assert not list(tmp_path.iterdir())
