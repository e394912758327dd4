"""``tocsin decide``, ``threats``, ``channels``, ``stories``: what they print, and refuse."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run

from tocsin.store import open_store


@pytest.fixture
def db(tmp_path: Path, run: Run) -> Path:
    """A store with two incidents."""
    rows = [
        {"id": "a", "text": "Ruritania razed the bridge today.", "date": "2020-06-16"},
        {"id": "b", "text": "Graustark burnt the old mill today.", "date": "2020-07-20"},
    ]
    articles, store = tmp_path / "in.jsonl", tmp_path / "s.duckdb"
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    assert run(["add", articles, "--db", store]).exit_code == 0
    return store


def incidents(db: Path) -> list[str]:
    with open_store(db, read_only=True) as store:
        return [one.id for one in store.links.incidents()]


def test_a_decision_is_kept_listed_and_undone(db: Path, run: Run) -> None:
    ids = incidents(db)
    assert len(ids) == 2
    who = ["--who", "ana", "--db", db]
    result = run(["decide", "merge", *ids, *who, "--note", "one night"])
    assert result.exit_code == 0, result.stderr
    assert "decision 1: merge by ana; 1 incidents" in result.stderr
    assert run(["decide", "undo", 1, *who]).exit_code == 0
    assert incidents(db) == ids
    listed = [json.loads(line) for line in run(["decide", "list", "--db", db]).stdout.splitlines()]
    told: list[Any] = [[one["action"], one["who"], one["note"], one["holds"]] for one in listed]
    assert told == [["merge", "ana", "one night", False], ["undo", "ana", None, True]]
    assert run(["check", "--db", db]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["merge", "{0}"], "to merge takes two ids and more"),
        (["merge", "{0}", "i-nobody"], "has no incident and no event with the id i-nobody"),
        (["split", "{0}"], "to split takes some of the events of one incident, and not all"),
        (["relabel", "{0}"], "to relabel takes a type, a mode or a status"),
        (["relabel", "{0}", "--type", "WAR"], "the type 'WAR' is unknown; allowed: AGREE"),
        (["relabel", "{0}", "--mode", "seize"], "a mode takes its type too"),
        (["relabel", "{0}", "--type", "AID", "--mode", "seize"], "AID has no mode 'seize'"),
        (["relabel", "{0}", "--status", "sure"], "the status 'sure' is unknown; allowed: actual"),
        (["undo", "7"], "has no decision 7"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    db: Path, run: Run, arguments: list[str], message: str
) -> None:
    first = incidents(db)[0]
    said = [one.format(first) for one in arguments]
    result = run(["decide", *said, "--who", "ana", "--db", db])
    assert result.exit_code == 2
    assert message in result.stderr
    with open_store(db, read_only=True) as store:
        assert store.links.decisions() == []


def test_a_label_is_shown(db: Path, run: Run) -> None:
    first = incidents(db)[0]
    who = ["--who", "ben", "--db", db]
    assert run(["decide", "relabel", first, "--status", "alleged", *who]).exit_code == 0
    result = run(["show", first, "--db", db])
    assert result.stdout.startswith("ASSAULT/destroy, alleged: decided by ben on ")


@pytest.mark.parametrize("command", ["threats", "channels"])
def test_an_empty_ledger_says_so(db: Path, run: Run, command: str) -> None:
    result = run([command, "--db", db, "--format", "csv"])
    assert (result.exit_code, result.stdout.strip()) == (0, "")
    assert "nothing is found" in result.stderr


def test_stories_and_their_articles(db: Path, run: Run) -> None:
    rows = [json.loads(line) for line in run(["stories", "--db", db]).stdout.splitlines()]
    assert [row["documents"] for row in rows] == [1, 1]
    shown = run(["show", rows[0]["id"], "--db", db]).stdout
    assert "1 article, 1 independent source, published 2020-06-16 to 2020-06-16" in shown
    assert "a: 2020-06-16" in shown


@pytest.mark.parametrize(
    "option", [["--outcome", "won"], ["--kind", "x", "--dyad", "PRK"], ["--type", "WAR"]]
)
def test_a_filter_that_cannot_be_is_refused(db: Path, run: Run, option: list[str]) -> None:
    assert run(["threats", "--db", db, *option]).exit_code == 2


def test_an_incident_is_accepted_and_stays_as_it_is(db: Path, run: Run) -> None:
    first = incidents(db)[0]
    result = run(["decide", "accept", first, "--who", "ana", "--db", db])
    assert result.exit_code == 0, result.stderr
    assert "decision 1: accept by ana; 2 incidents" in result.stderr
    assert len(incidents(db)) == 2
    listed = run(["decide", "list", "--db", db, "--format", "csv"]).stdout
    assert "accept" in listed


def test_a_refused_decision_makes_no_store(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "none.duckdb"
    assert run(["decide", "reject", "i-a", "--who", "", "--db", path]).exit_code == 2
    assert not path.exists()


def test_decisions_are_exported_as_judgements(db: Path, run: Run, tmp_path: Path) -> None:
    ids = incidents(db)
    who = ["--who", "ana", "--db", db]
    run(["decide", "accept", ids[0], *who])
    run(["decide", "merge", *ids, *who])
    pairs, sheet = tmp_path / "pairs.jsonl", tmp_path / "sheet.csv"
    result = run(["decide", "export", "--db", db, "--pairs", pairs, "--sheet", sheet])
    assert result.exit_code == 0, result.stderr
    assert f"1 pair in {pairs}; evaluate them on another store" in result.stderr
    assert f"1 event in {sheet}; these are no random sample" in result.stderr
    assert run(["evaluate", "links", pairs, "--db", db]).exit_code == 0
    shown = run(["evaluate", "sheet", sheet])
    assert shown.exit_code == 0, shown.stderr
    assert "judged 1 of 1 events, drawn from 1" in shown.stdout


def test_an_export_of_nothing_is_refused(db: Path, run: Run) -> None:
    result = run(["decide", "export", "--db", db])
    assert result.exit_code == 2
    assert "give --pairs FILE, --sheet FILE or both" in result.stderr
