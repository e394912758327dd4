"""``tocsin serve``: what is refused before anything listens, and what is said when it does."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest
import uvicorn
from tests.cli.conftest import Run
from typer.testing import Result

from tocsin.cli.serving import _rules, is_own
from tocsin.store import open_store
from tocsin.store.migrations import STEPS

Serve = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    open_store(tmp_path / "a.duckdb").close()
    return tmp_path / "a.duckdb"


@pytest.fixture
def serve(run: Run, monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Start a desk that ends as soon as it listens."""

    async def over(self: uvicorn.Server) -> None:
        return None

    monkeypatch.setattr(uvicorn.Server, "main_loop", over)
    return lambda *arguments: run(["serve", "--port", 0, *arguments])


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which somebody listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def tokens(result: Result) -> list[str]:
    return re.findall(r"token, which is not shown again: (\S+)", result.stderr)


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.5", False),
        ("localhost.example.org", False),
        ("127.0.0.1.example.org", False),
        ("", False),
        ("desk.local", False),
    ],
)
def test_whether_only_this_machine_can_reach_it(host: str, own: bool) -> None:
    assert is_own(host) is own
    rules = _rules(host, read_only=False, token=False)
    assert (rules.token is None) is own
    assert (rules.hosts is not None) is own


def test_it_says_where_it_is(serve: Serve, store: Path) -> None:
    result = serve("--db", store)
    assert result.exit_code == 0
    assert re.search(r"the desk is at http://127\.0\.0\.1:\d+/ \(Ctrl-C ends it\)", result.stderr)
    assert tokens(result) == []
    assert result.stdout == ""


def test_it_opens_the_browser_only_where_it_is_asked_to(
    serve: Serve, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr("webbrowser.open", opened.append)
    serve("--db", store)
    assert opened == []
    serve("--db", store, "--open")
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", opened[0])


def test_a_token_is_shown_once_where_it_is_asked_for(serve: Serve, store: Path) -> None:
    first, second = (tokens(serve("--db", store, "--token")) for _ in range(2))
    assert (len(first), len(second)) == (1, 1)
    assert first != second
    assert len(first[0]) > 40


def test_a_desk_that_others_can_reach_asks_for_a_token_and_warns(serve: Serve, store: Path) -> None:
    result = serve("--db", store, "--host", "0.0.0.0")
    (token,) = tokens(result)
    assert result.stderr.count(token) == 1
    assert "http://this machine's name:" in result.stderr
    assert "what goes over plain HTTP can be read on the way" in result.stderr


def test_a_port_that_is_taken_is_told(serve: Serve, run: Run, store: Path, taken: int) -> None:
    result = run(["serve", "--db", store, "--port", taken])
    assert result.exit_code == 2
    assert f"nothing can listen at 127.0.0.1, port {taken}; try another --port" in result.stderr
    assert "the desk is at" not in result.stderr
    assert "Traceback" not in result.stderr


def test_an_address_of_another_machine_is_told(run: Run, store: Path) -> None:
    result = run(["serve", "--db", store, "--host", "203.0.113.1", "--port", 0])
    assert result.exit_code == 2
    assert "nothing can listen at 203.0.113.1" in result.stderr


def test_what_is_no_store_is_refused(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "words.duckdb").write_text("no database")
    duckdb.connect(str(tmp_path / "other.duckdb")).execute("CREATE TABLE t (a INT)").close()
    (tmp_path / "folder").mkdir()
    for name, words in (
        ("none.duckdb", "there is no such store; make one with tocsin add"),
        ("words.duckdb", "is no DuckDB file"),
        ("other.duckdb", "it holds other tables: t"),
        ("folder", "there is no such store"),
        ("a.txt", "is no name for a store"),
    ):
        result = serve("--db", tmp_path / name)
        assert result.exit_code == 2, name
        assert words in result.stderr
        assert "the desk is at" not in result.stderr
    assert not (tmp_path / "none.duckdb").exists()


def test_an_older_store_is_brought_up_to_date_but_not_where_it_is_only_read(
    serve: Serve, store: Path
) -> None:
    with duckdb.connect(str(store)) as db:
        db.execute("DROP TABLE sent")
        (last,) = [name for name, steps in STEPS if any("TABLE sent" in one for one in steps)]
        db.execute("DELETE FROM migrations WHERE name = ?", [last])
    result = serve("--db", store, "--read-only")
    assert result.exit_code == 2
    assert "older" in result.stderr
    assert serve("--db", store).exit_code == 0
    with open_store(store, read_only=True) as found:
        assert list(found.check()) == []


def test_a_folder_of_parquet_files_is_served(serve: Serve, tmp_path: Path) -> None:
    open_store(tmp_path / "folder").close()
    assert serve("--db", tmp_path / "folder").exit_code == 0


def test_what_is_missing_is_named_with_what_to_do(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "uvicorn", None)
    result = run(["serve", "--db", store])
    assert result.exit_code == 2
    assert "pip install 'tocsin[web]'" in result.stderr
