"""A run: what comes out does not depend on how many articles are coded before their turn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.cli.conftest import StubCoder
from tests.linking.stories import text

from tocsin.errors import InputError, TocsinError
from tocsin.ingest.items import Item
from tocsin.linking.intake import Intake
from tocsin.model.document import Document
from tocsin.model.reading import Reading
from tocsin.store import Coding, open_store
from tocsin.work.engine import Coming, Engine, InProcess
from tocsin.work.keeping import Keeper
from tocsin.work.run import Run, code_items

UNFIT, STORY, FAULT = text(40, 1), text(40, 2), text(40, 3)
#: Articles, copies of them, and what fails in several ways.
FOUND: list[Document | InputError] = [
    Document.of("Ruritania fell.", id="a", published=date(2020, 6, 16)),
    Document.of("Graustark fell.", id="a"),
    Document.of("NOTHING", id="b"),
    Document.of(f"UNFIT {UNFIT}", id="c", url="https://example.org/c"),
    Document.of(UNFIT, id="d"),
    Document.of(f"{UNFIT} Later.", id="e"),
    InputError("is no article"),
    Document.of(f"FAULT {FAULT}", id="f"),
    Document.of(f"FAULT {FAULT} Later.", id="g"),
    Document.of(STORY, id="h"),
    Document.of(STORY.upper(), id="i"),
    Document.of("Hofbau fell.", id="v", url="https://example.org/c"),
]
some_items = st.lists(st.sampled_from(FOUND), max_size=20)


@dataclass
class Eager:
    """Codes an article as soon as it is put in, and counts how many nobody has asked for."""

    ahead: int
    open: int = 0
    most: int = 0
    coded: list[str] = field(default_factory=list)

    def submit(self, document: Document) -> Coming:
        self.open += 1
        self.most = max(self.most, self.open)
        self.coded.append(document.id)
        found: Reading | Exception
        try:
            found = StubCoder().read(document)
        except (TocsinError, ValueError) as error:
            found = error

        def coming() -> Reading:
            self.open -= 1
            if isinstance(found, Exception):
                raise found
            return found

        return coming

    def close(self) -> None:
        """Nothing is to be ended."""


class Noting(StubCoder):
    """The stub coder, which notes what it codes."""

    def __init__(self) -> None:
        super().__init__()
        self.coded: list[str] = []

    def read(self, document: Document) -> Reading:
        self.coded.append(document.id)
        return super().read(document)


@dataclass
class Earlier:
    """What an earlier run did with its items, each of which is asked for once."""

    rows: list[Any]
    path: str = "earlier"
    added: list[Any] = field(default_factory=list)

    def take(self, taken: Any) -> Any:
        found = taken.item.found
        for row in self.rows:
            if isinstance(found, Document) and row.get("document") == found.id:
                self.rows.remove(row)
                return row
        return None

    def add(self, row: Any, taken: Any) -> None:
        self.added.append(row)


def items(found: Sequence[Document | InputError]) -> Iterator[Item]:
    for number, one in enumerate(found, 1):
        yield Item("a.jsonl", number, one)


def written(engine: Engine, found: Sequence[Any], rows: Sequence[Any] = ()) -> list[Any]:
    """All that a run hands on, in order."""
    out: list[Any] = []

    class Writer:
        def write(self, document: Document, reading: Reading) -> None:
            out.append((document.id, reading))

    run = Run(keep=True)
    earlier = Earlier(list(rows))
    code_items(Intake(read_ahead=0).take(items(found)), engine, [Writer()], run, ledger=earlier)
    problems = [str(problem) for problem in run.problems]
    return [out, earlier.added, run.pairs, problems, run.resumed, run.items]


@settings(deadline=None)
@given(found=some_items, ahead=st.integers(0, 9), done=st.integers(0, 6))
def test_what_is_written_does_not_depend_on_what_is_ahead(
    found: list[Any], ahead: int, done: int
) -> None:
    coder, engine = Noting(), Eager(ahead)
    rows = written(InProcess(StubCoder()), found[:done])[1]
    rows = [row for row in rows if row["outcome"] == "coded"]
    assert written(engine, found, rows) == written(InProcess(coder), found, rows)
    assert sorted(engine.coded) == sorted(coder.coded)
    assert engine.most <= ahead + 1
    assert engine.open == 0


def content(engine: Engine, runs: Sequence[tuple[str, Sequence[Any]]]) -> list[Any]:
    """What some runs, each by a coding, leave in a store, and their rows."""
    rows: list[Any] = []
    with open_store(":memory:") as store:
        for by, found in runs:
            keeper = Keeper(store, Coding(by))
            intake = Intake(keeper.index(), read_ahead=0, recall=keeper.recall)
            taken = intake.take(keeper.named(items(found)))
            code_items(taken, engine, [keeper], Run(), ledger=keeper, told=rows.append)
        assert list(store.check()) == []
        asked = [store.ask(name) for name in ("documents", "events", "set_aside", "codings")]
    return [rows, *asked]


@settings(deadline=None, max_examples=40)
@given(
    runs=st.lists(st.tuples(st.sampled_from(["1.0", "2.0"]), some_items), max_size=3),
    ahead=st.integers(1, 9),
)
def test_what_a_store_holds_does_not_depend_on_it(runs: list[Any], ahead: int) -> None:
    coder, engine = Noting(), Eager(ahead)
    assert content(engine, runs) == content(InProcess(coder), runs)
    assert sorted(engine.coded) == sorted(coder.coded)


@pytest.mark.parametrize("ahead", [0, 3])
def test_items_are_read_only_so_far_ahead(ahead: int) -> None:
    read = 0

    def reading() -> Iterator[Item]:
        nonlocal read
        for item in items([Document.of(f"Place-{number} fell.") for number in range(9)]):
            read += 1
            yield item

    def told(row: Any) -> None:
        seen.append(read - len(seen))

    seen: list[int] = []
    code_items(Intake(read_ahead=0).take(reading()), Eager(ahead), [], Run(), told=told)
    assert max(seen) == ahead + 1
    assert len(seen) == 9
