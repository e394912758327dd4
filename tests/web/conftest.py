"""Desks over small stores of made-up news, and visitors to them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.cli.conftest import StubCoder
from tests.linking.telling import GRA, RUR, deed, on, told
from tests.linking.telling import day as the_day
from tests.report.crisis.conftest import alleged, closed, entry, hostile, razed, talks, threat
from tests.store.conftest import CODING, NOW

from tocsin.ingest import clean
from tocsin.linking.linker import link
from tocsin.model.document import Document
from tocsin.model.parse import Parse
from tocsin.pipeline.stage import Work
from tocsin.store import Entry, open_store
from tocsin.web.app import create_app
from tocsin.web.coders import SharedCoder
from tocsin.web.desk import Desk
from tocsin.web.guard import Limits, Rules

#: No test is held up by the pace that is right for people.
FAST = Limits(rate=1e9, burst=10**9, write_rate=1e9, write_burst=10**9)
#: What a form of the desk's own pages sends along.
OURS = {"Origin": "http://testserver"}

Visit = Callable[..., TestClient]


class Stub(StubCoder):
    """A coder that needs no language model, for what is added and for what is explained."""

    def work(self, document: Document) -> Work:
        """A work without sentences, with the one event of the text."""
        parse = Parse(text=document.text, sentences=())
        cleaned = clean(document)
        return Work(document=document, clean=cleaned, parse=parse, events=self.code(document))


def quarrel_entries() -> list[Entry]:
    """A threat, its deed in two papers, talks, an allegation, a copy, and a hostile article."""
    first = razed()
    copied = told("copy", deed(), published=the_day(18), outlet="Gazette")
    accused = deed(
        "Graustark accused Ruritania of it.", "accused", type="ACCUSE", mode=None, actors=[GRA],
        recipients=[RUR], date=on(the_day(18)),
    )  # fmt: skip
    return [
        entry(threat()),
        entry(first, [closed(first)]),
        entry(razed("r2", "Herald", 3000)),
        entry(talks()),
        entry(alleged()),
        entry(hostile()),
        entry(copied, copy_of="r"),
        entry(told("g", accused, published=the_day(18))),
        Entry(path="b.jsonl", line=7, outcome="set aside", reason="is no text in English"),
    ]


def filled(path: Path, entries: list[Entry]) -> Path:
    """A store with these entries, linked."""
    with open_store(path) as store:
        store.add_all(entries, CODING, at=NOW)
        link(store.links)
    return path


@pytest.fixture(scope="session")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a few articles that nobody writes to."""
    return filled(tmp_path_factory.mktemp("quarrel") / "a.duckdb", quarrel_entries())


@pytest.fixture
def own(quarrel: Path, tmp_path: Path) -> Path:
    """A copy of it that is the test's own."""
    return Path(shutil.copy(quarrel, tmp_path / "own.duckdb"))


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which nothing is."""
    return filled(tmp_path_factory.mktemp("empty") / "empty.duckdb", [])


def visitor(stack: ExitStack, path: Path, **given: Any) -> TestClient:
    """Somebody at a desk over this store, until the stack ends."""
    rules = Rules(**{"hosts": None, "limits": FAST} | given)
    desk = Desk(path, read_only=rules.read_only)
    app = create_app(desk, rules, follow=False, coder=SharedCoder(Stub))
    client = TestClient(app, raise_server_exceptions=False, follow_redirects=False)
    return stack.enter_context(client)


@pytest.fixture
def visit() -> Iterator[Visit]:
    """Visit a desk over a store; the names are those of the rules."""
    with ExitStack() as stack:
        yield lambda path, **given: visitor(stack, path, **given)


@pytest.fixture(scope="session")
def reader(quarrel: Path) -> Iterator[TestClient]:
    """Somebody who only reads in the quarrel."""
    with ExitStack() as stack:
        yield visitor(stack, quarrel)


@pytest.fixture(scope="session")
def nobody(empty: Path) -> Iterator[TestClient]:
    """Somebody at a desk over the empty store."""
    with ExitStack() as stack:
        yield visitor(stack, empty)


@pytest.fixture
def writer(own: Path, visit: Visit) -> TestClient:
    """Somebody who may change the quarrel."""
    client = visit(own)
    client.headers.update(OURS)
    return client
