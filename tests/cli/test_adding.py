"""``tocsin add`` and what is asked of a store: nothing twice, nothing lost, counts that add up."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Run, StubCoder
from tests.linking.stories import text

from tocsin.model.codec import from_json_line
from tocsin.model.document import Document
from tocsin.model.event import Event
from tocsin.store import open_store

BRIDGE = {"id": "a", "text": "Ruritania razed the bridge today.", "date": "2020-06-16",
          "outlet": "Courier", "title": "Bridge razed"}  # fmt: skip
MILL = {"id": "b", "text": "Graustark burnt the old mill today.", "date": "2020-07-20",
        "outlet": "Post"}  # fmt: skip
STORY, OTHER = text(80, 1), text(80, 2)


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """A store which is not there yet."""
    return tmp_path / "s.duckdb"


@pytest.fixture(params=["s.duckdb", "s"])
def either(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The same, of either kind."""
    path: Path = tmp_path / request.param
    return path


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def write(*rows: dict[str, Any], name: str = "in.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    return write


class Noting(StubCoder):
    """Notes what it codes, and may be interrupted at a certain article."""

    def __init__(self, coded: list[str], left: int = 10**6) -> None:
        super().__init__()
        self._coded, self._left = coded, left

    def code(self, document: Document) -> tuple[Event, ...]:
        if len(self._coded) >= self._left:
            raise KeyboardInterrupt
        events = super().code(document)
        self._coded.append(document.id)
        return events


def rows(run: Run, db: Path, question: str, *options: object) -> list[dict[str, Any]]:
    """What a question is answered with, in a pipe."""
    result = run([question, "--db", db, *options])
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def content(db: Path) -> Any:
    """All that a store holds, without the times at which it came."""
    with open_store(db, read_only=True) as store:
        assert list(store.check()) == []
        questions = ("events", "documents", "set_aside", "codings", "incident_records", "claims",
                     "stories")  # fmt: skip
        return {question: store.ask(question) for question in questions}


def counts(stderr: str) -> dict[str, int]:
    """The counts of the summary."""
    patterns = {
        "coded": r"([\d,]+) articles? coded", "copies": r"([\d,]+) cop(?:y|ies) of",
        "known": r"([\d,]+) known already", "aside": r"([\d,]+) set aside \(",
        "all": r"\(([\d,]+) in all\)",
    }  # fmt: skip
    found = {name: re.search(pattern, stderr) for name, pattern in patterns.items()}
    return {name: int(one[1]) if one else 0 for name, one in found.items()}


def test_articles_are_coded_kept_and_linked(run: Run, db: Path, write: Any) -> None:
    result = run(["add", write(BRIDGE, MILL), "--db", db])
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "tocsin: 2 articles coded, 2 events", "tocsin: 2 articles linked, 2 incidents in the store",
    ]  # fmt: skip
    first, second = rows(run, db, "events")
    assert (first["document"], second["document"]) == ("a", "b")


def test_added_again_all_is_known_and_nothing_doubled(run: Run, either: Path, write: Any) -> None:
    articles = write(BRIDGE, MILL)
    run(["add", articles, "--db", either])
    before = content(either)
    coded: list[str] = []
    result = run(["add", articles, "--db", either], coder=lambda **_: Noting(coded))
    assert result.exit_code == 0
    assert result.stderr == "tocsin: 0 articles coded, 0 events; 2 known already (2 in all)\n"
    assert coded == []
    assert content(either) == before


def test_what_is_new_is_added_to_what_is_known(run: Run, db: Path, write: Any) -> None:
    run(["add", write(BRIDGE), "--db", db])
    result = run(["add", write(BRIDGE, MILL), "--db", db])
    assert counts(result.stderr) == {"coded": 1, "copies": 0, "known": 1, "aside": 0, "all": 2}
    assert "1 article linked, 2 incidents in the store" in result.stderr
    assert [row["id"] for row in rows(run, db, "documents")] == ["a", "b"]


def test_with_other_options_the_new_events_stand_beside_the_old(
    run: Run, either: Path, write: Any
) -> None:
    articles = write(BRIDGE, MILL)
    run(["add", articles, "--db", either])
    result = run(["add", articles, "--db", either, "--min-confidence", "0.7"])
    assert counts(result.stderr)["coded"] == 2
    with open_store(either, read_only=True) as store:
        codings = store.ask("codings")
    assert [(row["documents"], row["events"]) for row in codings] == [(2, 2), (2, 2)]
    assert '"min_confidence": 0.7' in codings[1]["options"]
    assert len(rows(run, either, "events")) == len(rows(run, either, "incidents")) == 2
    assert content(either)["incident_records"]


def test_what_was_coded_by_these_options_before_is_not_coded_again(
    run: Run, db: Path, write: Any
) -> None:
    articles = write(BRIDGE)
    run(["add", articles, "--db", db])
    run(["add", articles, "--db", db, "--min-confidence", "0.7"])
    coded: list[str] = []
    result = run(["add", articles, "--db", db], coder=lambda **_: Noting(coded))
    assert coded == []
    assert "1 known already" in result.stderr


def test_own_actors_count_by_their_words_and_not_by_their_name(
    run: Run, db: Path, write: Any, tmp_path: Path
) -> None:
    mine, same, other = (tmp_path / name for name in ("mine.yaml", "same.yaml", "other.yaml"))
    for path, words in ((mine, "# one\n"), (same, "# one\n"), (other, "# two\n")):
        path.write_text(words)
    articles = write(BRIDGE)
    said = [counts(run(["add", articles, "--db", db, "--actors", path]).stderr)["coded"]
            for path in (mine, same, other)]  # fmt: skip
    assert said == [1, 0, 1]


def test_two_texts_under_one_id_are_both_kept(run: Run, db: Path, write: Any) -> None:
    articles = write(BRIDGE, MILL | {"id": "a"}, BRIDGE, MILL | {"id": "a"})
    result = run(["add", articles, "--db", db])
    assert counts(result.stderr)["all"] == 4
    first, *others = rows(run, db, "documents")
    assert first["id"] == "a"
    renamed = [row for row in others if row["copy_of"] is None]
    assert len(renamed) == 1
    assert renamed[0]["id"].startswith("a~")
    texts = {event["sentence"]["text"] for event in rows(run, db, "events")}
    assert texts == {BRIDGE["text"], MILL["text"]}
    before = content(db)
    again = run(["add", articles, "--db", db])
    assert counts(again.stderr)["coded"] == 0
    assert content(db) == before


def test_a_taken_id_is_known_in_later_runs_too(run: Run, db: Path, write: Any) -> None:
    run(["add", write(BRIDGE), "--db", db])
    other = write(MILL | {"id": "a"})
    assert counts(run(["add", other, "--db", db]).stderr)["coded"] == 1
    assert counts(run(["add", other, "--db", db]).stderr)["known"] == 1
    assert len(rows(run, db, "documents")) == 2


def test_copies_are_known_within_a_run_and_across_runs(run: Run, either: Path, write: Any) -> None:
    first = {"id": "a", "text": STORY, "outlet": "Courier", "date": "2020-06-16"}
    copies = [first | {"id": id_, "outlet": f"Paper {id_}"} for id_ in "bc"]
    result = run(["add", write(first, copies[0]), "--db", either])
    assert counts(result.stderr) == {"coded": 1, "copies": 1, "known": 0, "aside": 0, "all": 2}
    result = run(["add", write(copies[1], {"id": "d", "text": OTHER}), "--db", either])
    assert counts(result.stderr) == {"coded": 1, "copies": 1, "known": 0, "aside": 0, "all": 2}
    found = {row["id"]: row for row in rows(run, either, "documents")}
    assert [found[id_]["copy_of"] for id_ in "abcd"] == [None, "a", "a", None]
    assert [found[id_]["events"] for id_ in "abcd"] == [1, None, None, 1]
    result = run(["add", write(*copies), "--db", either])
    assert counts(result.stderr) == {"coded": 0, "copies": 0, "known": 2, "aside": 0, "all": 2}
    assert content(either)["stories"]


def test_a_later_text_under_an_address_is_its_version(run: Run, db: Path, write: Any) -> None:
    url = "https://example.org/zenda"
    run(["add", write({"id": "a", "text": STORY, "url": url}), "--db", db])
    run(["add", write({"id": "b", "text": OTHER, "url": url}), "--db", db])
    versions = {row["id"]: row["version_of"] for row in rows(run, db, "documents")}
    assert versions == {"a": None, "b": "a"}
    with open_store(db, read_only=True) as store:
        assert store.links.families(["b"]) == {"b": "a"}


FAILING = [
    {"id": "c", "text": f"UNFIT {STORY}", "outlet": "Courier", "url": "https://example.org/c"},
    {"id": "d", "text": STORY},
    {"id": "e", "text": f"{STORY} Later."},
]


def test_in_the_place_of_an_article_that_cannot_be_coded_its_copy_is(
    run: Run, db: Path, write: Any
) -> None:
    result = run(["add", write(*FAILING, {"body": "no article"}), "--db", db])
    assert result.exit_code == 1
    assert counts(result.stderr) == {"coded": 1, "copies": 1, "known": 0, "aside": 2, "all": 4}
    assert "is not fit" in result.stderr
    found = {row["id"]: row for row in rows(run, db, "documents")}
    assert sorted(found) == ["d", "e"]
    assert found["e"]["copy_of"] == "d"
    aside = content(db)["set_aside"]
    assert [(row["line"], row["document"]) for row in aside] == [(1, "c"), (4, None)]
    assert rows(run, db, "events")[0]["document"] == "d"
    assert run(["check", "--db", db]).exit_code == 0


@pytest.mark.parametrize(("failing", "version_of"), [(FAILING[:1], None), (FAILING[:2], "d")])
def test_a_version_of_an_article_that_was_set_aside_names_none_that_is_not_there(
    run: Run, db: Path, write: Any, failing: list[dict[str, Any]], version_of: str | None
) -> None:
    later = {"id": "v", "text": OTHER, "url": FAILING[0]["url"]}
    run(["add", write(*failing, later), "--db", db])
    found = {row["id"]: row["version_of"] for row in rows(run, db, "documents")}
    assert found["v"] == version_of
    assert run(["check", "--db", db]).exit_code == 0


def test_a_copy_that_cannot_be_coded_either_is_no_version(run: Run, db: Path, write: Any) -> None:
    copy = {"id": "e", "text": f"UNFIT {STORY} Later.", "url": "https://example.org/e"}
    later = {"id": "v", "text": OTHER, "url": copy["url"]}
    result = run(["add", write(FAILING[0], copy, later), "--db", db])
    assert counts(result.stderr)["aside"] == 2
    assert [row["version_of"] for row in rows(run, db, "documents")] == [None]
    assert run(["check", "--db", db]).exit_code == 0


def test_what_was_set_aside_is_tried_again(run: Run, db: Path, write: Any) -> None:
    articles = write(FAILING[0], BRIDGE)
    assert run(["add", articles, "--db", db]).exit_code == 1
    assert run(["add", articles, "--db", db]).exit_code == 1
    assert len(content(db)["set_aside"]) == 1

    class Mended(StubCoder):
        def code(self, document: Document) -> tuple[Event, ...]:
            return ()

    result = run(["add", articles, "--db", db], coder=Mended)
    assert result.exit_code == 0
    assert counts(result.stderr) == {"coded": 1, "copies": 0, "known": 1, "aside": 0, "all": 2}


def test_a_second_process_is_told_that_the_first_is_at_work(
    run: Run, either: Path, write: Any
) -> None:
    script = textwrap.dedent(
        f"""
        import time
        from tocsin.store import open_store
        with open_store({str(either)!r}):
            print("open", flush=True)
            time.sleep(30)
        """
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"open\n"
        result = run(["add", write(BRIDGE), "--db", either])
        process.kill()
    assert result.exit_code == 2
    assert "is in use by another process; wait until that has ended" in result.stderr
    assert "Traceback" not in result.stderr
    assert run(["add", write(BRIDGE), "--db", either]).exit_code == 0


MANY: Sequence[dict[str, Any]] = [
    BRIDGE,
    {"id": "c", "text": STORY, "outlet": "Courier", "date": "2020-06-16"},
    MILL,
    {"id": "a", "text": "Strelsau fell today.", "date": "2020-06-16"},
    {"id": "d", "text": STORY, "outlet": "Post", "date": "2020-06-17"},
    {"id": "f", "text": "UNFIT"},
    {"body": "no article"},
    {"id": "g", "text": "NOTHING happened."},
    {"id": "h", "text": "Hofbau razed the bridge today.", "date": "2020-06-16", "outlet": "Herald"},
]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """What a run that nothing interrupts leaves."""
    from typer.testing import CliRunner

    from tocsin.cli.main import app

    folder = tmp_path_factory.mktemp("whole")
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in MANY))
    command = ["add", str(path), "--db", str(folder / "s.duckdb")]
    assert CliRunner().invoke(app, command, obj=StubCoder).exit_code == 1
    return path, content(folder / "s.duckdb")


@pytest.mark.parametrize("left", [0, 3, 5])
def test_a_run_that_is_cut_off_goes_on_and_ends_as_if_it_had_not_been(
    run: Run, either: Path, whole: tuple[Path, Any], left: int
) -> None:
    articles, wanted = whole
    coded: list[str] = []
    result = run(["add", articles, "--db", either], coder=lambda **_: Noting(coded, left))
    assert result.exit_code == 130
    assert len(coded) == left
    again = run(["add", articles, "--db", either], coder=lambda **_: Noting(coded))
    assert again.exit_code == 1
    assert len(coded) == len(set(coded)) == 6  # nothing twice
    assert sum(counts(again.stderr)[name] for name in ("coded", "copies", "known", "aside")) == 9
    assert run(["check", "--db", either]).exit_code == 0
    assert content(either) == wanted


def test_one_that_stops_the_run_is_gone_over_when_it_is_mended(
    run: Run, db: Path, write: Any
) -> None:
    articles = write(BRIDGE, {"id": "s", "text": "STOP"}, MILL)
    result = run(["add", articles, "--db", db])
    assert result.exit_code == 130
    assert "interrupted" in result.stderr
    assert [row["id"] for row in rows(run, db, "documents")] == ["a"]
    assert rows(run, db, "incidents") == []  # linked at the end
    run(["add", write(BRIDGE, {"id": "s", "text": "Strelsau fell."}, MILL), "--db", db])
    assert [row["id"] for row in rows(run, db, "documents")] == ["a", "b", "s"]
    assert len(rows(run, db, "incidents")) == 3


def test_a_missing_model_ends_the_run_and_keeps_what_was_done(
    run: Run, db: Path, write: Any
) -> None:
    result = run(["add", write(BRIDGE, {"id": "n", "text": "NOMODEL"}, MILL), "--db", db])
    assert result.exit_code == 2
    assert "the language model is gone" in result.stderr
    assert [row["id"] for row in rows(run, db, "documents")] == ["a"]


@pytest.mark.parametrize("name", ["in.sqlite", "in.jsonl"])
def test_names_that_are_none_of_a_store_are_refused(run: Run, write: Any, name: str) -> None:
    articles = write(BRIDGE)
    before = articles.read_bytes()
    assert run(["add", articles, "--db", articles.with_name(name)]).exit_code == 2
    assert articles.read_bytes() == before


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with two incidents that nobody writes to."""
    from typer.testing import CliRunner

    from tocsin.cli.main import app

    folder = tmp_path_factory.mktemp("filled")
    path = folder / "in.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in (BRIDGE, MILL)))
    command = ["add", str(path), "--db", str(folder / "s.duckdb")]
    assert CliRunner().invoke(app, command, obj=StubCoder).exit_code == 0
    return folder / "s.duckdb"


QUESTIONS = ("events", "incidents", "claims", "stories", "documents")


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_is_answered_with_lines_a_table_or_csv(
    run: Run, filled: Path, question: str
) -> None:
    assert len(rows(run, filled, question)) == 2
    table = run([question, "--db", filled, "--format", "table"])
    assert table.exit_code == 0
    assert "2020-06-16" in table.stdout
    assert "2020-07-20" in table.stdout
    result = run([question, "--db", filled, "--format", "csv"])
    header, *lines = list(csv.reader(io.StringIO(result.stdout)))
    assert len(lines) == 2
    assert all(len(line) == len(header) for line in lines)
    assert table.stderr == result.stderr == ""


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("format_", ["jsonl", "table", "csv"])
def test_where_nothing_is_found_that_is_said(
    run: Run, filled: Path, question: str, format_: str
) -> None:
    options = ["--speaker", "Nobody"] if question == "claims" else ["--words", "snow"]
    result = run([question, "--db", filled, "--format", format_, *options])
    assert result.exit_code == 0
    if (question, format_) not in {("events", "jsonl"), ("incidents", "jsonl")}:
        assert result.stderr == "tocsin: nothing is found\n"
    assert result.stdout.strip() == ""


def test_events_and_incidents_are_whole_records(run: Run, filled: Path) -> None:
    result = run(["events", "--db", filled])
    events = [from_json_line(line) for line in result.stdout.splitlines()]
    assert [event.document for event in events] == ["a", "b"]
    first, second = rows(run, filled, "incidents")
    assert first["reports"] == [events[0].id]
    assert first["claims"][0]["speaker"]["name"] == "Ruritania"
    assert second["days"] == [
        {"start": "2020-07-20", "end": "2020-07-20", "reports": [events[1].id]}
    ]


@pytest.mark.parametrize(
    ("question", "options", "found"),
    [
        ("events", ["--type", "assault", "--mode", "destroy"], 2),
        ("events", ["--dyad", "rur:gra"], 2),
        ("events", ["--dyad", "GRA:*"], 0),
        ("incidents", ["--since", "2020-07-01"], 1),
        ("incidents", ["--until", "2020-07-01", "--where", "zenda"], 1),
        ("incidents", ["--outlet", "Post"], 1),
        ("incidents", ["--min-sources", "2"], 0),
        ("incidents", ["--words", "mill"], 1),
        ("incidents", ["--status", "alleged"], 0),
        ("claims", ["--speaker", "gra", "--stance", "asserts"], 1),
        ("claims", ["--stance", "denies"], 0),
        ("documents", ["--since", "2020-07-01"], 1),
        ("stories", ["--outlet", "Courier"], 1),
        ("incidents", ["--limit", "1"], 1),
    ],
)
def test_answers_are_narrowed(
    run: Run, filled: Path, question: str, options: list[str], found: int
) -> None:
    assert len(rows(run, filled, question, *options)) == found


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["events", "--type", "SING"], "--type 'SING' is unknown; allowed: AGREE"),
        (["incidents", "--status", "sung"], "--status 'sung' is unknown"),
        (["claims", "--stance", "sings"], "--stance 'sings' is unknown"),
        (["events", "--dyad", "PRK"], "is no pair of codes such as PRK:KOR"),
        (["events", "--since", "2020-07-02", "--until", "2020-07-01"], "is later than --until"),
        (["documents", "--format", "xml"], "--format 'xml' is unknown"),
        (["show", "a", "--format", "xml"], "--format 'xml' is unknown"),
    ],
)
def test_options_that_cannot_be_are_refused(
    run: Run, filled: Path, arguments: Iterable[str], message: str
) -> None:
    result = run([*arguments, "--db", filled])
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", [*QUESTIONS, "check", "show"])
def test_a_store_that_is_not_there_is_none(run: Run, tmp_path: Path, command: str) -> None:
    for name in ("none.duckdb", "none"):
        arguments = [command, *(["a"] if command == "show" else []), "--db", tmp_path / name]
        result = run(arguments)
        assert result.exit_code == 2
        assert "there is no such store; make one with tocsin add" in result.stderr
        assert not (tmp_path / name).exists()


def test_what_is_shown(run: Run, filled: Path) -> None:
    (event, _), (incident, _), (story, _) = (
        rows(run, filled, question) for question in ("events", "incidents", "stories")
    )
    shown = {
        event["id"]: ["ASSAULT/destroy, actual", ">>> Ruritania razed the bridge today. <<<"],
        "a": ["Bridge razed", "a: Courier, 2020-06-16", event["id"]],
        incident["id"]: ["1 report in 1 article", "actor: Ruritania [RUR", event["id"]],
        story["id"]: ["Bridge razed", "a: Courier, 2020-06-16", incident["id"]],
    }
    for id_, parts in shown.items():
        result = run(["show", id_, "--db", filled])
        assert result.exit_code == 0
        for part in parts:
            assert part in result.stdout
        whole = json.loads(run(["show", id_, "--db", filled, "--format", "json"]).stdout)
        assert id_ in json.dumps(whole)
    result = run(["show", "nothing", "--db", filled])
    assert result.exit_code == 1
    assert "has nothing with the id nothing" in result.stderr


def test_a_fault_is_found_by_check(run: Run, db: Path, write: Any, tmp_path: Path) -> None:
    path = tmp_path / "faulty.duckdb"
    run(["add", write(BRIDGE, MILL), "--db", path])
    result = run(["check", "--db", path])
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "tocsin: 2 documents, 2 events, 0 faults\n"
    with open_store(path) as store:
        store._db.execute("UPDATE documents SET text = 'X' || text WHERE id = 'a'")
        store._db.execute("DELETE FROM incident_reports")
    result = run(["check", "--db", path])
    assert result.exit_code == 1
    assert "the text of the document a is not the one that was added" in result.stdout
    assert "faults" in result.stderr


def test_a_pack_of_ones_own_that_was_changed_codes_anew(
    db: Path, run: Run, write: Any, tmp_path: Path
) -> None:
    pack = tmp_path / "mine"
    pack.mkdir()
    (pack / "pack.yaml").write_text("about: [RUR]\n", encoding="utf-8")
    command = ["add", write(BRIDGE), "--db", db, "--pack", pack]
    assert "1 article coded" in run(command).stderr
    assert "1 known already" in run(command).stderr
    (pack / "pack.yaml").write_text("about: [RUR, GRA]\n", encoding="utf-8")
    assert "1 article coded" in run(command).stderr
    with open_store(db, read_only=True) as store:
        assert len(store.ask("codings")) == 2


def test_what_is_about_others_is_not_kept_and_new_when_it_is_asked_for(
    run: Run, either: Path, write: Any
) -> None:
    paris = {"id": "p", "text": "Paris fell today.", "date": "2020-06-16"}
    source = write(paris, {"id": "s", "text": "Seoul fell today.", "date": "2020-06-16"})
    first = run(["add", source, "--db", either, "--about", "korea"])
    assert (first.exit_code, "1 about others passed over" in first.stderr) == (0, True)
    assert [row["document"] for row in rows(run, either, "events")] == ["s"]
    second = run(["add", source, "--db", either])
    assert "1 article coded, 1 event; 1 known already (2 in all)" in second.stderr
    assert {row["document"] for row in rows(run, either, "events")} == {"p", "s"}
