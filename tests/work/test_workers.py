"""Several processes that code: the order, what is ahead, those that die, what a coder raises."""

from __future__ import annotations

import logging
import os
import random
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from tests.work.acting import Acting

from tocsin.errors import InputError, KnowledgeError, ResourceError
from tocsin.ingest.items import Item
from tocsin.linking.intake import Intake
from tocsin.model.document import Document
from tocsin.model.reading import Reading
from tocsin.work.engine import CodingError, Engine, InProcess
from tocsin.work.run import Run, code_items
from tocsin.work.workers import AHEAD, Method, Workers, way_to_start

FORK: Method = "fork" if sys.platform == "linux" else "spawn"
METHODS: list[Method] = ["fork", "spawn"] if sys.platform == "linux" else ["spawn"]


def read(engine: Engine, *texts: str) -> list[str]:
    """What becomes of these texts: the word that did it, or what was raised."""
    coming = [engine.submit(Document.of(text, id=str(at))) for at, text in enumerate(texts)]
    return [outcome(one) for one in coming]


def outcome(coming: Callable[[], Reading]) -> str:
    try:
        return ", ".join(event.trigger.text for event in coming().events)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def is_gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    for _ in range(200):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("method", METHODS)
def test_readings_come_in_the_order_in_which_articles_were_put_in(method: Method) -> None:
    rng = random.Random(1)
    texts = [f"SLOW {rng.random() / 50:.4f} {number}" for number in range(40)]
    documents = [Document.of(text) for text in texts]
    with Workers(Acting, 3, method=method) as engine:
        found = [coming() for coming in [engine.submit(one) for one in documents]]
        assert found == [Acting().read(one) for one in documents]
        assert len(engine.pids) == 3
        pids = engine.pids
    assert all(map(is_gone, pids))


def test_forked_processes_share_the_coder_that_was_made_before() -> None:
    made: list[int] = []

    def make() -> Acting:
        made.append(os.getpid())
        return Acting()

    with Workers(make, 2, method=FORK) as engine:
        assert read(engine, "Ruritania fell.", "Graustark fell.") == ["Ruritania", "Graustark"]
    assert made == [os.getpid()]


def test_spawned_processes_are_started_when_there_is_work() -> None:
    with Workers(Acting, 8, method="spawn") as engine:
        assert engine.pids == ()
        assert read(engine, "Ruritania fell.") == ["Ruritania"]
        assert len(engine.pids) == 1


def test_what_a_coder_raises_comes_back_as_it_was() -> None:
    with Workers(Acting, 2, method=FORK) as engine:
        assert read(engine, "UNFIT", "FAULT", "NOMODEL", "Ruritania fell.") == [
            "InputError: 0: is not fit",
            "CodingError: ValueError: a bug",
            "ResourceError: the language model is gone; pip install it",
            "Ruritania",
        ]
        coming = engine.submit(Document.of("FAULT"))
        with pytest.raises(CodingError) as raised:
            coming()
        assert 'raise ValueError("a bug")' in raised.value.__notes__[0]


def test_an_article_whose_process_dies_is_tried_once_more(tmp_path: Path) -> None:
    texts = [f"Place-{number} fell." for number in range(20)]
    texts[5] = f"DIE-ONCE {tmp_path / 'mark'}"
    with Workers(Acting, 2, method=FORK) as engine:
        before = engine.pids
        assert read(engine, *texts) == [text.split()[0] for text in texts]
        assert len(set(before) - set(engine.pids)) == 1
        assert len(engine.pids) == 2


@pytest.mark.parametrize("word", ["DIE", "FULL"])
def test_an_article_of_which_two_processes_die_is_set_aside(word: str) -> None:
    texts = [f"Place-{number} fell." for number in range(20)]
    texts[0] = texts[7] = f"{word} now"
    with Workers(Acting, 2, method=FORK) as engine:
        found = read(engine, *texts)
    killed = "InputError: the process that coded it was killed twice, perhaps for lack of memory"
    assert found == [killed if at in (0, 7) else f"Place-{at}" for at in range(20)]


@pytest.mark.parametrize("method", METHODS)
def test_processes_that_are_killed_from_outside_are_replaced(method: Method) -> None:
    with Workers(Acting, 2, method=method) as engine:
        read(engine, *["SLOW 0.05"] * 4)
        for pid in engine.pids:
            os.kill(pid, signal.SIGKILL)
        assert read(engine, "Ruritania fell.", "Graustark fell.") == ["Ruritania", "Graustark"]


def no_coder() -> Acting:
    raise KnowledgeError("is wrong", path="rules.yaml", entry="a")


def dead() -> Acting:
    os.kill(os.getpid(), signal.SIGKILL)
    return Acting()


@pytest.mark.parametrize("method", METHODS)
def test_without_a_coder_the_run_ends(method: Method) -> None:
    with (
        pytest.raises(KnowledgeError, match=r"rules\.yaml \[a\]: is wrong"),
        Workers(no_coder, 2, method=method) as engine,
    ):
        engine.submit(Document.of("Ruritania fell."))()


def test_where_processes_die_when_they_are_started_the_run_ends() -> None:
    with (
        Workers(dead, 2, method="spawn") as engine,
        pytest.raises(ResourceError, match="ask for fewer with --workers"),
    ):
        engine.submit(Document.of("Ruritania fell."))()


def test_large_articles_and_readings_fit_through(tmp_path: Path) -> None:
    large = "Ruritania fell. " * 60_000
    with Workers(Acting, 2, method=FORK) as engine:
        assert read(engine, *[large] * 6) == ["Ruritania"] * 6


def test_an_end_in_the_middle_leaves_no_process() -> None:
    def interrupted() -> None:
        with Workers(Acting, 2, method=FORK) as engine:
            pids.extend(engine.pids)
            for _ in range(8):
                engine.submit(Document.of("SLOW 60"))
            raise KeyboardInterrupt

    pids: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert len(pids) == 2
    assert all(map(is_gone, pids))


def test_beside_threads_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    assert way_to_start() == FORK
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert way_to_start() == "spawn"


@pytest.mark.skipif(FORK == "spawn", reason="needs fork")
def test_threads_of_libraries_are_no_reason_to_warn(monkeypatch: pytest.MonkeyPatch) -> None:
    fork = os.fork

    def warning() -> int:
        message = "This process (pid=1) is multi-threaded, use of fork() may lead to deadlocks"
        warnings.warn(message, DeprecationWarning, stacklevel=1)
        return fork()

    monkeypatch.setattr(os, "fork", warning)
    with Workers(Acting, 1, method="fork") as engine:
        assert read(engine, "Ruritania fell.") == ["Ruritania"]


def run_of(engine: Engine, texts: Sequence[str], seen: list[int] | None = None) -> list[Any]:
    """The rows and events of a run over these texts; ``seen`` gets how many were read by then."""
    rows: list[Any] = []
    count = 0

    def items() -> Any:
        nonlocal count
        for count, text in enumerate(texts, 1):
            yield Item("a.jsonl", count, Document.of(text, id=str(count)))

    class Writer:
        def write(self, document: Document, reading: Reading) -> None:
            rows.append(reading)

    def told(row: Any) -> None:
        rows.append(row)
        if seen is not None:
            seen.append(count - len(seen))

    code_items(Intake(read_ahead=0).take(items()), engine, [Writer()], Run(), told=told)
    return rows


def test_a_run_in_several_processes_is_that_in_one(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "tocsin.work")
    rng = random.Random(2)
    texts = [f"SLOW {rng.random() / 100:.4f} {number}" for number in range(60)]
    texts[3], texts[9], texts[17] = "UNFIT for it", "FAULT of ours", "NOTHING in it"
    alone = run_of(InProcess(Acting()), texts)
    seen: list[int] = []
    with Workers(Acting, 2, method=FORK) as engine:
        assert run_of(engine, texts, seen) == alone
        assert engine.ahead == 2 * AHEAD
    assert max(seen) == 2 * AHEAD + 1
    assert caplog.text.count('raise ValueError("a bug")') == 2


def test_an_error_that_ends_the_run_comes_at_its_turn() -> None:
    texts = ["SLOW 0.1", "NOMODEL", "Ruritania fell."]
    with Workers(partial(Acting), 2, method=FORK) as engine:
        seen: list[int] = []
        with pytest.raises(ResourceError):
            run_of(engine, texts, seen)
        assert len(seen) == 1


def test_an_article_that_is_set_aside_has_a_place_and_a_reason() -> None:
    with Workers(Acting, 2, method=FORK) as engine, pytest.raises(InputError) as raised:
        engine.submit(Document.of("UNFIT", id="a"))()
    assert (raised.value.message, raised.value.path) == ("is not fit", "a")
