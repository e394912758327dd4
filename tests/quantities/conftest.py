"""One parser for all tests of counts."""

from __future__ import annotations

import pytest

from tocsin.language.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()
