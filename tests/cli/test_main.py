"""The command as it is installed: quick help, calm ends."""

from __future__ import annotations

import subprocess
import sys
import time
import timeit
from importlib.metadata import version
from pathlib import Path

import pytest
from tests.cli.conftest import Run

from tocsin.cli.common import printable
from tocsin.cli.progress import Progress, counted

TOCSIN = [sys.executable, "-c", "from tocsin.cli.main import run; run()"]


def test_help_loads_nothing_heavy() -> None:
    probe = (
        "import sys, tocsin.cli.main\n"
        "print([m for m in ('spacy', 'numpy', 'duckdb', 'rich', 'altair', 'yaml', 'jinja2') "
        "if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_help_answers_at_once() -> None:
    def best(command: list[str]) -> float:
        return min(
            timeit.repeat(
                lambda: subprocess.run(command, capture_output=True, check=True), number=1, repeat=3
            )
        )

    # A ratio, so that no busy machine fails it: measured 1.9, and 11 when spaCy is loaded first.
    assert best([*TOCSIN, "--help"]) < 6 * best([sys.executable, "-c", "import typer"])


def test_the_version_is_told(run: Run) -> None:
    assert run(["--version"]).stdout == f"tocsin {version('tocsin')}\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    script = (
        "import sys\n"
        "from tests.cli.conftest import StubCoder\n"
        "from tocsin.cli.main import app\n"
        "app(obj=StubCoder)\n"
    )
    root = Path(__file__).parent.parent.parent
    with subprocess.Popen(
        [sys.executable, "-c", script, "code", "-"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=root,
    ) as process:  # fmt: skip
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b'{"text": "Ruritania fell."}\n')
        process.stdin.flush()
        # The first event is out while the input is still open.
        assert b'"Ruritania"' in process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b'{"text": "Graustark fell."}\n' * 10)
        process.stdin.close()
        errors = process.stderr.read().decode()
        assert process.wait(timeout=30) == 141
    assert "Traceback" not in errors
    assert "Exception" not in errors


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("a\x1b[1mb", "a\N{REPLACEMENT CHARACTER}[1mb"), ("a\nb\tc", "a b c"), ("é—", "é—")],
)
def test_messages_are_one_harmless_line(text: str, wanted: str) -> None:
    assert printable(text) == wanted


def test_progress_is_silent_for_short_work(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(shown=True)
    progress.add(3)
    progress.done()
    assert (progress.articles, progress.events) == (1, 3)
    assert capsys.readouterr().err == ""


def test_progress_shows_long_work(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter([0.0, 30.0, 70.0, 80.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    progress = Progress(shown=True)
    for _ in range(3):
        progress.add(2)
    assert capsys.readouterr().err == "tocsin: 2 articles, 4 events, 70 s, 0.0 a second\n"


@pytest.mark.parametrize(
    ("left", "words"),
    [(None, ""), (0, ""), (2, ", about 80 s left"), (10, ", about 7 min left"),
     (1000, ", about 11.1 h left")],
)  # fmt: skip
def test_progress_tells_the_time_left_where_it_is_known_how_much_is_to_come(
    left: int | None,
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = iter([0.0, 30.0, 70.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    progress = Progress(shown=True)
    progress.add(2)
    progress.add(2, left=left)
    assert capsys.readouterr().err == f"tocsin: 2 articles, 4 events, 70 s, 0.0 a second{words}\n"


def test_numbers_are_counted_in_words() -> None:
    assert [counted(n, "event") for n in (0, 1, 2000)] == ["0 events", "1 event", "2,000 events"]
