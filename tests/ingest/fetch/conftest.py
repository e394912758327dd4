"""The site, the clock and a state in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.ingest.fetch.site import Clock, Site

from tocsin.ingest.fetch import State


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def state() -> Iterator[State]:
    with State(None) as state:
        yield state
