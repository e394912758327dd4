"""One coder for all tests of the whole way: loading it takes seconds."""

from __future__ import annotations

import pytest

from tocsin import Coder


@pytest.fixture(scope="session")
def coder() -> Coder:
    """The coder with its defaults."""
    return Coder()
