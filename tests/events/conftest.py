"""A real parser for sentences."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tocsin.language import Parser
from tocsin.model.parse import Sentence


@pytest.fixture(scope="session")
def parse_sentence() -> Callable[[str], Sentence]:
    """Parse one sentence."""
    parser = Parser()
    return lambda text: parser.parse(text).sentences[0]
