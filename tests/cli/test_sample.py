"""``tocsin sample`` and ``tocsin evaluate sheet``, from articles to figures."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.conftest import Run, StubCoder

from tocsin.evaluation.sheet import COLUMNS, YES_NO, plain_cell
from tocsin.model.clean import CleanText
from tocsin.model.document import Document
from tocsin.model.parse import Parse, Sentence, Token
from tocsin.pipeline.stage import Work


class LineCoder(StubCoder):
    """Every line is a sentence; the first has the stub's event, whose span is the whole text."""

    def work(self, document: Document) -> Work:
        sentences, at = [], 0
        events = self.code(document)
        for index, line in enumerate(document.text.splitlines(keepends=True)):
            words, end = line.rstrip("\n"), at + len(line.rstrip("\n"))
            if words:
                token = Token(0, words, words, "X", "XX", "ROOT", 0, at, end)
                sentences.append(Sentence(index, index, at, end, (token,)))
            at += len(line)
        return Work(
            document=document,
            clean=CleanText.unchanged(document.text),
            parse=Parse(document.text, tuple(sentences)),
            events=events,
        )


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "a.jsonl"
    path.parent.mkdir()
    rows = [
        {"id": f"d{n}", "text": f"Ruritania{n} razed it.\nIt rained.\n=1+1", "outlet": f"@{n % 3}"}
        for n in range(12)
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fill(path: Path, target: Path, cells: Mapping[str, Mapping[str, str]]) -> Path:
    """A copy of the sheet with cells put in by kind of row."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(row | cells.get(row["kind"], {}) for row in read(path))
    return target


def test_a_sheet_and_a_page_are_written(run: Run, articles: Path, tmp_path: Path) -> None:
    result = run(["sample", articles, "--n", 8, "-o", tmp_path / "new" / "s"], coder=LineCoder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "8 of 12 events and 4 of 24 sentences without one are in" in result.stderr
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == ["s.csv", "s.html"]
    rows = read(tmp_path / "new" / "s.csv")
    assert [row["kind"] for row in rows] == ["event"] * 8 + ["sentence"] * 4
    first = rows[0]
    assert first["actors"].startswith("Ruritania")
    assert (first["type"], first["mode"], first["place"]) == ("ASSAULT", "destroy", "Zenda RUR")
    assert (first["date"], first["population"], first["weight"]) == ("“today”", "12", "1.5")
    assert first["outlet"] in ("'@0", "'@1", "'@2")
    assert all(row[name] == "" for row in rows for name in (*YES_NO, "missed", "note"))
    assert {plain_cell(row["sentence"]) for row in rows[8:]} <= {"It rained.", "=1+1"}
    page = (tmp_path / "new" / "s.html").read_text(encoding="utf-8")
    assert page.count('class="card"') == 12


def test_the_same_articles_and_seed_give_the_same_bytes(
    run: Run, articles: Path, tmp_path: Path
) -> None:
    for name, seed in (("a.csv", 3), ("b", 3), ("c.html", 4)):
        run(["sample", articles, "--n", 5, "--seed", seed, "-o", tmp_path / name], coder=LineCoder)
    files = {name: (tmp_path / name).read_bytes() for name in ("a.csv", "b.csv", "c.csv")}
    assert files["a.csv"] == files["b.csv"] != files["c.csv"]
    assert (tmp_path / "a.html").exists()
    assert (tmp_path / "c.html").exists()


def test_a_judged_sheet_becomes_figures(run: Run, articles: Path, tmp_path: Path) -> None:
    run(["sample", articles, "--n", 10, "-o", tmp_path / "s"], coder=LineCoder)
    right = dict.fromkeys(YES_NO, "y")
    one = fill(
        tmp_path / "s.csv", tmp_path / "1.csv", {"event": right, "sentence": {"missed": "1"}}
    )
    two = fill(tmp_path / "s.csv", tmp_path / "2.csv", {"event": right | {"date_right": "n"}})
    result = run(["evaluate", "sheet", one])
    assert result.exit_code == 0
    for part in (
        "event                               10     10  1.000",
        "by outlet",
        "@0",
        "recall",
    ):
        assert part in result.stdout
    numbers = json.loads(run(["evaluate", "sheet", one, two, "--format", "json"]).stdout)
    assert numbers["sheets"][0]["recall"]["value"] == pytest.approx(12 / (12 + 24), abs=1e-4)
    assert numbers["sheets"][1]["recall"] is None
    assert numbers["agreement"]["event"]["raw"] == 1
    assert numbers["agreement"]["date"] == {"n": 10, "raw": 0, "alpha": pytest.approx(-0.9)}
    assert "agreement of both judges" in run(["evaluate", "sheet", one, two]).stdout


def test_judgements_are_never_written_over(run: Run, articles: Path, tmp_path: Path) -> None:
    run(["sample", articles, "-o", tmp_path / "s"], coder=LineCoder)
    assert run(["sample", articles, "-o", tmp_path / "s"], coder=LineCoder).exit_code == 0
    fill(tmp_path / "s.csv", tmp_path / "t.csv", {"event": {"is_event": "n"}})
    judged = (tmp_path / "t.csv").read_bytes()
    result = run(["sample", articles, "-o", tmp_path / "t"], coder=LineCoder)
    assert result.exit_code == 2
    assert "holds judgements already" in result.stderr
    assert (tmp_path / "t.csv").read_bytes() == judged


def test_what_was_set_aside_is_said_and_the_rest_is_drawn_from(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "UNFIT x"}\n{"text": "Ruritania fell."}\n')
    result = run(["sample", path, "-o", tmp_path / "s"], coder=LineCoder)
    assert result.exit_code == 1
    assert "1 set aside" in result.stderr
    assert len(read(tmp_path / "s.csv")) == 1


def test_nothing_to_draw_from_writes_no_sheet(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "UNFIT x"}\n')
    result = run(["sample", path, "-o", tmp_path / "s"], coder=LineCoder)
    assert result.exit_code == 1
    assert "no sheet is written" in result.stderr
    assert not (tmp_path / "s.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["sample", "x", "-o", ".csv/.."], "names no file"),
        (["sample", "no-such-folder", "-o", "{tmp}/s"], "no-such-folder"),
        (["sample", "{tmp}", "-o", "{tmp}/folder"], "it is a folder"),
        (["evaluate", "sheet", "no-such-sheet.csv"], "no-such-sheet.csv: cannot be read"),
        (["evaluate", "sheet", "x", "--format", "xml"], "allowed: table, json"),
        (["evaluate", "relations", "x", "--reliability", "x.png"], "must end in .svg"),
    ],
)
def test_wrong_usage_is_one_line(
    run: Run, tmp_path: Path, arguments: list[str], message: str
) -> None:
    (tmp_path / "folder.csv").mkdir()
    result = run([part.format(tmp=tmp_path) for part in arguments], coder=LineCoder)
    assert result.exit_code in (1, 2)
    assert message in result.stderr


def test_confidence_is_held_against_being_right(run: Run, tmp_path: Path) -> None:
    path, plot = tmp_path / "set.jsonl", tmp_path / "plot.svg"
    spans = {"actor": [{"start": 0, "end": 5}], "recipient": []}
    rows = [
        {"text": "Ruritania razed it.", "type": "ASSAULT", "quad": 4},
        {"text": "Graustark razed it.", "type": "AID", "quad": 2},
        {"text": "NOTHING happened.", "type": "AID", "quad": 2},
    ]
    path.write_text("".join(json.dumps(row | spans) + "\n" for row in rows))
    result = run(["evaluate", "relations", path, "--format", "json", "--reliability", plot])
    numbers = json.loads(result.stdout)
    assert (numbers["ece"], numbers["ece_cases"]) == (0.4, 2)  # 0.9 said, half right
    assert plot.read_text(encoding="utf-8").startswith("<svg")
    table = run(["evaluate", "relations", path]).stdout
    assert "expected calibration error 0.4000 over the 2 pairs found, in 1 bin of equal" in table
