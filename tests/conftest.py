"""What all tests share: where the folder of labelled sets is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled sets and real articles; the test is skipped where it is absent."""
    folder = Path(os.environ.get("TOCSIN_SHARED") or Path(__file__).parent.parent / "../shared")
    if not folder.is_dir():
        pytest.skip(f"no folder {folder.resolve()}; set TOCSIN_SHARED to the labelled sets")
    return folder.resolve()


@pytest.fixture(scope="session", autouse=True)
def _one_process() -> Iterator[None]:
    """Commands code in this process unless a test says otherwise: the tests are on all cores."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tocsin.work.workers.cores", lambda: 1)
        yield
