"""The desk as an analyst has it: a real browser before a real server over a small store.

The store holds seventy short articles written for it (``news.jsonl``): what passed between the two
Koreas in 2020 and 2024, and the small news of quiet days, without which nothing is unusual.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.web.browser.desks import Running, running
from tests.web.browser.visiting import PATIENCE, Visit

from tocsin.errors import OptionError
from tocsin.ingest.reading import read_items
from tocsin.pipeline.coder import Coder
from tocsin.report.crisis.printing import find_browser
from tocsin.store import open_store
from tocsin.work.adding import Adder, coding_of
from tocsin.work.engine import InProcess

NEWS = [Path(__file__).with_name(name) for name in ("news.jsonl", "hostile.jsonl")]
_ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")

Visits = Callable[..., Visit]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; where there is none, nothing here can be known, and that is no pass."""
    try:
        path = find_browser(os.environ.get("TOCSIN_CHROMIUM") or None)
    except OptionError:
        pytest.fail(
            "the tests of the desk need a browser: apt-get install chromium, or name one in "
            "TOCSIN_CHROMIUM", pytrace=False,
        )  # fmt: skip
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(_ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store, coded once by the real coder."""
    path = tmp_path_factory.mktemp("told") / "korea.duckdb"
    with open_store(path) as store:
        added = Adder(store, InProcess(Coder()), coding_of({})).add(read_items(NEWS))
        assert not added.run.problems
    return path


@pytest.fixture(scope="session")
def settled(told: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk that nobody changes, shared by all who only look."""
    path = shutil.copy(told, tmp_path_factory.mktemp("settled") / "korea.duckdb")
    with running(Path(path)) as desk:
        desk.settle()
        yield desk


@pytest.fixture
def desks(told: Path, tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Opens desks over a store of their own; what is given is what ``tocsin serve`` is told."""
    with ExitStack() as stack:

        def open_(**given: Any) -> Running:
            path = tmp_path / f"korea-{len(list(tmp_path.iterdir()))}.duckdb"
            shutil.copy(told, path)
            return stack.enter_context(running(path, **given))

        yield open_


@pytest.fixture
def desk(desks: Callable[..., Running]) -> Running:
    """A desk to work at."""
    return desks()


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Opens visits to a desk, each as another visitor; at the end nothing may have been wrong."""
    opened: list[Visit] = []

    def open_(desk: Running, **given: Any) -> Visit:
        given = {"viewport": {"width": 1360, "height": 900}, "base_url": desk.url} | given
        opened.append(Visit(browser.new_context(**given), desk.url))
        return opened[-1]

    yield open_
    for visit in opened:
        visit.context.close()
    for visit in opened:
        visit.check()


@pytest.fixture
def at(visits: Visits, desk: Running) -> Page:
    """A page of the desk to work at."""
    return visits(desk).page()


@pytest.fixture
def before(visits: Visits, settled: Running) -> Page:
    """A page of the desk that nobody changes."""
    return visits(settled).page()
